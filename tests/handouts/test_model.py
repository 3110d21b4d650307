"""What stands on a card: people and roles, moments, weeks, goals, and a welcome."""

from __future__ import annotations

import pytest

from planner.handouts.content import content
from planner.handouts.html import cards_html
from planner.handouts.model import StarterCard, cards_of
from planner.handouts.moments import moments_of
from planner.model.domain import (
    Column,
    ColumnKind,
)
from planner.model.problems import InputError
from planner.model.text import Language
from planner.plans.course import Course
from tests.builders.handouts import LATIN, NAMES, OTHERS, OVERLAP, course, rerun

NL, EN = content("nl"), content("en")


def cards(made: Course, language: Language = "nl", week: int | None = None) -> tuple[StarterCard, ...]:
    return cards_of(made, content(language), language, week)


def test_a_card_has_everyone_with_a_role_and_what_they_do_in_it() -> None:
    (card,) = cards(course(NAMES))
    assert [person.called for person in card.people] == ["Noor", "Sem", "Ali", "Zoë"]
    told = {person.roles[0]: person.what[0] for person in card.people}
    assert told == {
        "Gespreksleider": "Je opent met een korte check-in en geeft iedereen een beurt.",
        "Notulist": "Je schrijft op wat jullie afspreken.",
        "Woordvoerder": "Je deelt het antwoord of de vraag van de groep.",
        "Procesbewaker": "Je let op hoe het gaat en noemt één ding om te proberen.",
    }
    assert {person.starts for person in card.people} == {NL.starts(role) for role in told}


def test_roles_are_called_as_in_the_plan_and_told_in_the_language_of_the_card() -> None:
    """In English a card and the mail had other names for roles than groups.csv and the page beside them."""
    (card,) = cards(course(NAMES), "en")
    assert card.roles == ("Gespreksleider", "Notulist", "Woordvoerder", "Procesbewaker")
    told = {person.roles[0]: person.what[0] for person in card.people}
    assert told["Notulist"] == "You write down what you agree on."
    own = course(NAMES[:2], rules='[roles]\nnames = ["Notulist", "Materiaalbaas"]\n[groups]\nsize = [2, 2]')
    (card,) = cards(own, "en")
    assert card.roles == ("Notulist", "Materiaalbaas")
    what = {person.roles[0]: person.what for person in card.people}
    assert what["Materiaalbaas"] == (EN.card.own_role,)


def test_in_small_groups_roles_are_minded_and_in_large_ones_somebody_has_none() -> None:
    (pair,) = cards(course(NAMES[:2]))
    assert {person.roles: person.minds for person in pair.people} == {
        ("Gespreksleider",): ("Procesbewaker",),
        ("Notulist",): ("Woordvoerder",),
    }
    assert all(len(person.what) == 2 for person in pair.people)
    (large,) = cards(course((*NAMES, *OTHERS[:1])))
    assert [person.what for person in large.people if not person.roles] == [(NL.card.no_role,)]
    (none,) = cards(course(NAMES, rules="[roles]\nnames = []"))
    assert none.roles == ()
    assert all(person.what == () for person in none.people)


def test_this_week_and_every_week_to_come_with_its_question() -> None:
    (card,) = cards(course(NAMES), week=8)
    assert [one.week for one in card.weeks] == [8, 9, 10]
    assert [one.ask for one in card.weeks] == [NL.check_in_of(week).ask for week in (8, 9, 10)]
    for one in card.weeks:
        assert sorted(one.turns) == ["Ali", "Noor", "Sem", "Zoë"]
    held = {role: person.called for person in card.people for role in person.roles}
    assert card.weeks[0].turns == tuple(held[role] for role in card.roles)


@pytest.mark.parametrize("week", [0, 11])
def test_a_week_outside_the_term_is_refused(week: int) -> None:
    with pytest.raises(InputError, match="These groups run from week 1 to week 10"):
        cards(course(NAMES), week=week)


def test_the_moments_at_which_everyone_is_free() -> None:
    free = {"Sem de Wit": {"Vrij": "di middag; vr ochtend"}}
    (card,) = cards(course(NAMES, answers=free))
    assert card.moments == ("di middag",)
    (card,) = cards(course(NAMES, answers={"Sem de Wit": {"Vrij": "vr ochtend"}}))
    assert card.moments == ()
    (card,) = cards(course(NAMES, rules=""))
    assert card.moments == ()


def test_several_rules_about_moments_are_put_together() -> None:
    twice = OVERLAP + OVERLAP.replace("Vrij", "Online")
    made = course(
        NAMES[:2],
        rules=twice,
        columns=[Column(heading="Online", kind=ColumnKind.SLOTS)],
        answers={name: {"Online": "wo avond"} for name in NAMES},
    )
    assert moments_of(made, made.plan.groups[0]) == ("ma ochtend", "di middag", "wo avond")


def test_a_moment_when_somebody_cannot_is_on_no_card() -> None:
    """Once a group of two who could not at nine had "9AM" as its moment."""
    not_at = Column(heading="Niet", kind=ColumnKind.BUSY, moments=("9AM", "10AM", "11AM"))
    rules = OVERLAP.replace("Vrij", "Niet")
    busy = {"Noor van der Berg": {"Niet": "9AM"}, "Sem de Wit": {"Niet": "9AM; 11AM"}}
    (card,) = cards(course(NAMES[:2], rules=rules, columns=[not_at], answers=busy))
    assert card.moments == ("10AM",)
    denied = {"Noor van der Berg": {"Niet": "ma ochtend"}, "Sem de Wit": {"Niet": ""}}
    both = course(
        NAMES[:2],
        rules=OVERLAP + rules,
        columns=[not_at.model_copy(update={"moments": ("ma ochtend",)})],
        answers=denied,
    )
    assert moments_of(both, both.plan.groups[0]) == ("di middag",)


GOALS = """
    [goals]
    column = "Leren"
    course = ["Presenteren"]
"""
LEARN = (Column(heading="Leren", kind=ColumnKind.TEXT),)
WORDS = {"Sem de Wit": {"Leren": "rustig  voor een groep staan"}}


def test_own_words_stand_on_the_card_only_where_they_may_be_shared() -> None:
    (card,) = cards(course(NAMES, rules=GOALS, answers=WORDS, columns=LEARN))
    assert card.goals == ("Presenteren",)
    assert [person.words for person in card.people] == ["", "", "", ""]
    shared = GOALS.replace("course", "shareable = true\n    course")
    (card,) = cards(course(NAMES, rules=shared, answers=WORDS, columns=LEARN))
    assert [person.words for person in card.people] == ["", "rustig voor een groep staan", "", ""]
    sensitive = (Column(heading="Leren", kind=ColumnKind.SENSITIVE),)
    (card,) = cards(course(NAMES, rules=shared, answers=WORDS, columns=sensitive))
    assert [person.words for person in card.people] == ["", "", "", ""]


def test_after_a_rerun_who_is_new_is_welcome_and_the_rest_have_the_same_card() -> None:
    before = course(NAMES, OTHERS, LATIN)
    now = rerun(before)
    one, two, three = cards(now)
    assert two.week == 4
    assert [person.called for person in two.people if person.is_new] == ["Nova", "Zoë"]
    assert two.welcome == NL.card.welcome.format(names="Nova en Zoë")
    assert one.welcome == three.welcome == ""
    assert not any(person.is_new for person in (*one.people, *three.people))
    assert three == cards(before, week=4)[2]


def test_a_welcome_is_for_the_first_week() -> None:
    assert all(card.welcome == "" for card in cards(rerun(course(NAMES, OTHERS, LATIN)), week=5))


def test_a_card_names_no_member_of_another_group_and_no_number() -> None:
    made = course(NAMES, OTHERS)
    for card, others in zip(cards(made), reversed(cards(made)), strict=True):
        written = card.model_dump_json()
        assert not [person.called for person in others.people if f'"{person.called}"' in written]
        assert not [one.id for one in made.roster.students if one.id in written]
        assert "school.example" not in written


def test_a_card_of_groups_that_have_met_does_not_speak_of_a_first_time() -> None:
    """In week 4 a card had "Your first quarter of an hour" for people who met for weeks."""
    made = course(NAMES)
    first, later = cards_of(made, EN, "en")[0], cards_of(made, EN, "en", week=4)[0]
    for card, heading, other in (
        (first, "Your first quarter of an hour", "To begin your meeting"),
        (later, "To begin your meeting", "Your first quarter of an hour"),
    ):
        drawn = cards_html([card], EN, "en").decode()
        assert heading in drawn
        assert other not in drawn
