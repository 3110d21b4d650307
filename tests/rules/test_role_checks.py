"""What is said of roles before a run, with the way out."""

from __future__ import annotations

import pytest

from planner.model.problems import Level
from planner.rules import RoleSettings
from planner.rules.asked_roles import would_like
from planner.rules.role_checks import roles_named
from tests.builders.classes import column_of, make_roster, make_rules, texts

OWN = '[roles]\nnames = ["Chair", "Writer", "Speaker", "Reader", "Timer"]\n'
EIGHT = make_roster([{} for _ in range(8)])


def told(toml: str, heading: str = "Graag", *answers: str) -> list[str]:
    roster = column_of(heading, *answers) if answers else EIGHT
    problems = make_rules(f'language = "en"\n{toml}').check(roster)
    assert all(one.level is Level.ASSUMED and one.hint is not None for one in problems)
    return [one.message.text("en") for one in problems]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("size = [3, 5]", "In groups of 4 nobody gets the role “Timer”: only groups of 5 or more have it."),
        (
            "size = [3, 4]\nprefer = 4",
            "Nobody gets the role “Timer”: a group has 4 members at most, and fills the first 4 roles.",
        ),
        (
            "size = [3, 6]\nprefer = 5\ncount = 2",
            "In groups of 4 nobody gets the role “Timer”: only groups of 5 or more have it.",
        ),
    ],
)
def test_a_role_that_nobody_gets(groups: str, expected: str) -> None:
    """A fifth role in groups of four was nobody's, and nothing was said."""
    assert told(f"[groups]\n{groups}\n{OWN}") == [expected]


def test_a_role_that_somebody_gets_or_minds() -> None:
    assert told(f"[groups]\nsize = [3, 6]\nprefer = 5\n{OWN}") == []
    assert told("[groups]\nsize = [2, 3]") == []  # the facilitator minds what the catalogue has more
    assert told('[groups]\nsize = [4, 4]\n[roles]\nnames = ["A", "B", "C", "D"]') == []


def test_two_roles_too_many_in_dutch() -> None:
    rules = make_rules(f"[groups]\nsize = [3, 3]\n{OWN}")
    assert texts(rules.check(EIGHT), "nl") == [
        f"Niemand krijgt de rol “{role}”: een groep heeft hooguit 3 leden en vult de eerste 3 rollen. "
        "Zet de rol verder naar voren in de lijst, of sta grotere groepen toe."
        for role in ("Reader", "Timer")
    ]


WISH = '[groups]\nsize = [2, 2]\n[roles]\nnames = ["Gespreksleider", "Notulist"]\nwish = "Graag"'


def test_a_wish_with_a_typo_is_said_with_the_nearest_role() -> None:
    roster = column_of("Graag", "Notuist", "notulist", "Notuist; gespreksleider", "geen voorkeur")
    (problem,) = make_rules(WISH).check(roster)
    assert problem.code == "unknown-role"
    assert problem.column == "Graag"
    assert problem.message.text("en") == (
        "A wish for “Notuist” does not count, because this course does not have that role: Noor and Ali."
    )
    assert problem.hint is not None
    assert problem.hint.text("nl") == "Bedoelde je “Notulist”?"


def test_a_wish_in_the_other_language_counts() -> None:
    assert told(WISH, "Graag", "Facilitator", "Note-taker", "notulist") == []
    rules, roster = make_rules(WISH), column_of("Graag", "Facilitator", "note-taker", "Spokesperson")
    assert [would_like(rules, one) for one in roster.students] == [{0}, {1}, frozenset()]


def test_wishes_that_look_like_no_role_are_named_together() -> None:
    assert told(WISH, "Graag", "xyz", "???", "xyz") == [
        "Wishes for roles that this course does not have do not count: xyz and ???."
    ]


def test_a_role_left_to_others_with_a_typo_is_said_with_the_nearest_role() -> None:
    rules = make_rules('[groups]\nsize = [2, 2]\n[roles]\nnames = ["Chair", "Writer"]\nopt_out = "Niet"')
    (problem,) = rules.check(column_of("Niet", "Writr", ""))
    assert problem.hint is not None
    assert problem.hint.text("en") == "Did you mean “Writer”?"


def test_roles_that_students_name_are_those_of_the_course_first_and_the_most_named_next() -> None:
    roster = column_of("Liever geen", "Scriba", "Lezer; scriba", "Notulist", "geen", "geen voorkeur")
    settings = RoleSettings(opt_out="Liever geen")
    names = ("Gespreksleider", "Notulist")
    assert roles_named(names, settings, roster) == ("Notulist", "Scriba", "Lezer")
    own = RoleSettings(names=names, opt_out="Liever geen")
    assert roles_named(names, own, roster) == ("Gespreksleider", "Notulist", "Scriba", "Lezer")
    assert roles_named(names, RoleSettings(), roster) == ()
