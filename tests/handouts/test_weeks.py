"""A term with a refresh: every block has its cards, its visits and its welcome."""

from __future__ import annotations

import pytest

from planner.handouts.content import content
from planner.handouts.mail import mail_csv
from planner.handouts.model import cards_of
from planner.handouts.sheet import sheet_of
from planner.handouts.visits import VisitReason, course_visits
from planner.handouts.weeks import all_labels, block_end, groups_in
from planner.model.domain import Block, Group
from planner.model.text import Language
from planner.planning.roles import plan_turns
from planner.plans.course import Course
from tests.builders.handouts import LATIN, NAMES, OTHERS, course, planned

NL = content("nl")
RULES = "[term]\nweeks = 6\nrefresh_after = [3]"


@pytest.fixture
def refreshed() -> Course:
    """Return a course in which Zoë and Bram change places in week 4."""
    first = course(NAMES, OTHERS, LATIN, rules=RULES)
    one, two, three = first.plan.groups
    later = (
        Group(name=one.name, members=(*one.members[:3], two.members[0])),
        Group(name=two.name, members=(*two.members[1:], one.members[3])),
        three,
    )
    turns = [turn for turn in first.plan.turns if turn.week < 4]
    turns += [turn for turn in plan_turns(first.rules, first.roster, later, 1) if turn.week >= 4]
    plan = planned(first.rules, first.roster, first.plan.groups, first.plan.turns).model_copy(
        update={"turns": tuple(turns), "later": (Block(from_week=4, groups=later),)}
    )
    return Course(roster=first.roster, rules=first.rules, plan=plan)


def people(made: Course, week: int, language: Language = "nl") -> list[list[str]]:
    return [[one.called for one in card.people] for card in cards_of(made, content(language), language, week)]


def test_cards_are_of_the_groups_of_their_week_and_end_with_them(refreshed: Course) -> None:
    assert people(refreshed, 2)[0] == ["Noor", "Sem", "Ali", "Zoë"]
    assert people(refreshed, 4)[0] == ["Noor", "Sem", "Ali", "Bram"]
    first, then = (cards_of(refreshed, NL, "nl", week)[0] for week in (2, 4))
    assert [one.week for one in first.weeks] == [2, 3]
    assert [one.week for one in then.weeks] == [4, 5, 6]
    assert all("Bram" in one.turns for one in then.weeks)
    assert (block_end(refreshed, 1), block_end(refreshed, 4)) == (3, 6)
    assert groups_in(refreshed, 3) == refreshed.plan.groups
    assert all_labels(refreshed) == ("Groep 1", "Groep 2", "Groep 3")


def test_who_comes_with_a_refresh_is_welcome(refreshed: Course) -> None:
    one, two, three = cards_of(refreshed, NL, "nl", 4)
    assert one.welcome == NL.card.welcome.format(names="Bram")
    assert [person.called for person in two.people if person.is_new] == ["Zoë"]
    assert three.welcome == ""
    assert not any(card.welcome for card in cards_of(refreshed, NL, "nl", 5))


def test_nobody_is_new_where_everybody_is(refreshed: Course) -> None:
    one, two, three = refreshed.plan.groups
    turned = (
        Group(name=one.name, members=two.members),
        Group(name=two.name, members=one.members),
        three,
    )
    plan = refreshed.plan.model_copy(update={"later": (Block(from_week=4, groups=turned),)})
    made = Course(roster=refreshed.roster, rules=refreshed.rules, plan=plan)
    assert not any(card.welcome for card in cards_of(made, NL, "nl", 4))


def test_the_sheet_tells_of_a_refresh_and_goes_to_who_is_new(refreshed: Course) -> None:
    sheet = sheet_of(refreshed, 4, NL, "nl", each_week=1)
    assert [(visit.group, visit.new) for visit in sheet.visits] == [("Groep 1", ("Bram",))]
    assert [(one.name, one.way) for one in sheet.changes] == [
        ("Bram Kok", "Groep 2 → Groep 1"),
        ("Zoë Bos", "Groep 1 → Groep 2"),
    ]
    assert {one.reason for one in sheet.changes} == {"Deze week is er een wissel, zoals gepland."}
    assert sheet_of(refreshed, 5, NL, "nl").changes == sheet_of(refreshed, 3, NL, "nl").changes == ()
    visits = course_visits(refreshed, 1)
    assert [week[0].group for week in visits] == [f"Groep {n}" for n in (1, 2, 3, 1, 2, 3)]
    assert [week[0].why for week in visits[3:]] == [
        VisitReason.NEWCOMERS,
        VisitReason.NEWCOMERS,
        VisitReason.TURN,
    ]


def test_the_mail_is_about_the_groups_of_its_week(refreshed: Course) -> None:
    row = next(
        line for line in mail_csv(refreshed, "nl", 4).decode("utf-8-sig").splitlines() if "Bram Kok" in line
    )
    assert ";Groep 1;" in row
    assert "Noor, Sem en Ali" in row
