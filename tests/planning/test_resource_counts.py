"""Where topics, tutors, times and rooms cannot suffice is told at once, by counting."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Roster
from planner.planning.counting import check_counts
from planner.rules import read_rules
from tests.builders.classes import make_roster, partitions
from tests.builders.topic_classes import TOPICS, topic_rosters, with_taken

ROSTER = make_roster(
    [
        {"Keuze": choice, "Vrij": free, "Prog": prog, "Klas": place}
        for choice, free, prog, place in (
            ("Rover", "ma ochtend", "ja", "1"),
            ("Rover", "ma ochtend", "nee", "1"),
            ("Rover", "di middag", "nee", "1"),
            ("Brug", "di middag", "nee", "2"),
            ("Brug; Rover", "di middag", "nee", "2"),
            ("", "", "nee", "2"),
            ("Brug", "wo avond", "nee", "2"),
            ("Brug", "di middag", "nee", "2"),
        )
    ]
)
NICE = '[meetings]\ncolumns = ["Vrij"]\nimportance = "nice"\n'
CHOICES = '[topics]\nchoices = ["Keuze"]\nimportance = "must"\n'


def problems(toml: str) -> dict[str, str]:
    """Return what counting finds for groups of four, by code; each has a way out and a Dutch text."""
    rules = read_rules(f'language = "en"\n[groups]\nsize = [4, 4]\n{toml}'.encode())
    found = check_counts(rules, ROSTER)
    assert all(one.hint is not None and one.text("nl") != one.text("en") for one in found)
    return {one.code: one.message.text("en") for one in found}


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ('[[topic]]\nname = "Rover"\ngroups = [0, 2]\n[[tutor]]\nname = "A"\ngroups = [1, 2]', {}),
        (
            '[[topic]]\nname = "Rover"\ngroups = [0, 1]',
            {"resources-short": "The topics have room for one group, and there are at least 2 groups."},
        ),
        (
            '[[tutor]]\nname = "A"\ngroups = [2, 2]\n[[tutor]]\nname = "B"\ngroups = [1, 2]',
            {
                "resources-many": "The tutors are to have at least 3 groups together, "
                "and there are at most 2 groups."
            },
        ),
        (
            f'{NICE}[[tutor]]\nname = "A"\nmoments = ["di middag"]',
            {"resources-short": "The tutors have room for one group, and there are at least 2 groups."},
        ),
        (
            f'{NICE}[[room]]\nname = "B2"\nmoments = ["di middag"]',
            {"resources-short": "The rooms have room for one group, and there are at least 2 groups."},
        ),
        (
            '[meetings]\ncolumns = ["Vrij"]\n[[room]]\nname = "B2"\nmoments = ["ma ochtend", "di middag"]',
            {"time-short": "Teun is free at none of the times at which a group could meet."},
        ),
        (
            f'{CHOICES}[[topic]]\nname = "Rover"\ngroups = [2, 2]\n[[topic]]\nname = "Brug"',
            {"topic-short": "5 students chose “Rover” or nothing, and 2 groups on it would need at least 8."},
        ),
        (
            f'{CHOICES}[[topic]]\nname = "Rover"\ngroups = [0, 1]\n[[topic]]\nname = "Brug"\ngroups = [0, 1]',
            {},
        ),
        (
            '[[topic]]\nname = "Rover"\ngroups = [2, 2]\n'
            'needs = [{ column = "Prog", value = "ja", at_least = 1 }]',
            {"need-short": "“Rover” needs 2 × Prog = ja in all, and one student has this answer."},
        ),
        (
            '[classes]\ncolumn = "Klas"',
            {
                "section-out-of-reach": "Rule “Same Klas together”: 3 students have “1”, "
                "and they cannot form groups of 4."
            },
        ),
    ],
)
def test_what_cannot_be_is_said_with_a_way_out(toml: str, expected: Mapping[str, str]) -> None:
    assert problems(toml) == expected


def test_students_who_chose_nothing_else_than_what_is_full() -> None:
    roster = make_roster([{"Keuze": "Rover"}] * 3 + [{"Keuze": "Rover; Brug"}, {"Keuze": "Brug"}])
    rules = read_rules(
        f'[groups]\nsize = [1, 2]\n{CHOICES}[[topic]]\nname = "Rover"\ngroups = [0, 1]\n'
        '[[topic]]\nname = "Brug"\n'.encode()
    )
    (found,) = check_counts(rules, roster)
    assert found.message.text("en") == "3 students chose nothing but “Rover”, where there is room for 2."


@given(topic_rosters(), st.lists(st.sampled_from([None, (0, 1), (1, 2)]), min_size=3, max_size=3))
def test_whatever_is_called_impossible_is(roster: Roster, ranges: list[tuple[int, int] | None]) -> None:
    """Held against every way to form two groups and give them topics."""
    listed = "".join(
        f'[[topic]]\nname = "{name}"\n' + ("" if asked is None else f"groups = {list(asked)}\n")
        for name, asked in zip(TOPICS, ranges, strict=True)
    )
    choices = CHOICES.replace('"Keuze"', '"Keuze 1", "Keuze 2"')
    toml = f"[groups]\nsize = [1, 7]\ncount = 2\n{choices}{listed}"
    rules = read_rules(toml.encode())
    if not check_counts(rules, roster):
        return
    ids = [student.id for student in roster.students]
    for first, second in partitions(ids, 2, 1, 7):
        groups = [Group(name="1", members=tuple(first)), Group(name="2", members=tuple(second))]
        for taken in product(range(3), repeat=2):
            having = with_taken(rules.resources, roster, groups, [[place] for place in taken])
            assert not audit(rules, roster, having).holds
