"""Where students are on other clocks: both times stand on cards and in mails, and answers are told on one."""

from __future__ import annotations

from datetime import date

import pytest

from planner.handouts.content import content
from planner.handouts.html import cards_html
from planner.handouts.mail import mail_csv
from planner.handouts.model import cards_of
from planner.model.term import TermSettings
from planner.model.text import Language
from planner.plans.course import Course
from planner.plans.previous import previous_from_course
from planner.rules.overlap import Overlap
from planner.rules.settings import Rules
from planner.services.compare_lists import ListComparison
from planner.services.pending import pending_changes
from planner.services.taking_back import without_changes
from planner.ui.groups.answers import beside
from tests.builders.files import Rows, read
from tests.builders.plans import plan_of

ELSEWHERE: Rows = [
    ("Student ID", "Name", "Time zone", "Availability"),
    ("1290001", "Noor Prins", "Europe/Amsterdam", "Sat 22-24; Mon 9:00, 9:30, 10:00"),
    ("1290002", "Kenji Mori", "Asia/Tokyo", "Sun 04-09"),
    ("1290003", "Sem Kok", "Europe/Amsterdam", "Sat 22-24"),
]


def course(weeks: int = 6, rows: Rows = ELSEWHERE) -> Course:
    roster = read(rows).require()
    term = TermSettings(weeks=weeks, starts=date(2026, 9, 7))
    rules = Rules(language="en", rules=[Overlap(columns=("Availability",))], term=term)
    plan = plan_of([("Group 1", [student.id for student in roster.students])], language="en")
    return Course(roster=roster, rules=rules, plan=plan)


@pytest.mark.parametrize(
    ("weeks", "language", "told", "line"),
    [
        (6, "en", ("Sun 5\u20137",), "Sun 5\u20137"),
        (
            10,
            "en",
            ("Sun 5\u20137", "Sun 6\u20138"),
            "Sun 5\u20137 or Sun 6\u20138 (depending on summer time)",
        ),
        (
            10,
            "nl",
            ("Sun 5\u20137", "Sun 6\u20138"),
            "Sun 5\u20137 of Sun 6\u20138 (afhankelijk van de zomertijd)",
        ),
    ],
)
def test_cards_and_mails_tell_own_times(
    weeks: int, language: Language, told: tuple[str, ...], line: str
) -> None:
    """Once the times before and after the clocks change stood beside each other as if both held."""
    made, texts = course(weeks), content(language)
    (card,) = cards_of(made, texts, language)
    assert [one.times for one in card.people] == [(), told, ()]
    assert (card.moments, card.clock) == (("Sat 22\u201324",), "Europe/Amsterdam")
    assert f"Kenji</bdi>: {line}</p>" in cards_html([card], texts, language).decode()
    assert " / ".join(told) in mail_csv(made, language).decode()


def test_answers_beside_a_name_are_ranges_on_the_clock_of_the_course() -> None:
    """Once they were what was typed, however long, on whichever clock."""
    made = course()
    told = [
        list(beside(made.roster, one.id, ["Availability"], made.rules.term.clock))
        for one in made.roster.students
    ]
    assert told == [
        ["Mon 9\u201310:30; Sat 22\u201324"],
        ["Sat 21\u201324; Sun 0\u20132"],
        ["Sat 22\u201324"],
    ]


@pytest.mark.parametrize(("zone", "other"), [("Europe/London", True), ("Tokyo", False), ("", True)])
def test_another_time_zone_is_another_answer(zone: str, other: bool) -> None:
    """Once who moved to another time zone was no change: the groups stayed as for the clock of before."""
    made = course()
    rows = [(*one[:2], zone, *one[3:]) if one[0] == "1290002" else one for one in ELSEWHERE]
    found = ListComparison.of(previous_from_course(made), made.rules, read(rows).require(), 2)
    changes = pending_changes(found)
    told = [change.message.text("en") for change in changes]
    assert told == (["Kenji Mori: other answer to Time zone"] if other else [])
    again = without_changes(found, changes).by_id["1290002"].answer("Time zone")
    assert again == ("Asia/Tokyo" if other else zone)
