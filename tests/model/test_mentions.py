"""Whom an answer names, in any of the ways in which people write names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.domain import Roster
from planner.model.mentions import known_people, mentioned, mentions, name_words
from tests.builders.classes import make_roster

PEOPLE = [
    "Bart Simpson",
    "Lisa Simpson",
    "Noor van der Berg",
    "Fernando Alandes",
    "Sanders Anders",
    "Will Ent",
]
CLASS: Roster = make_roster([{"name": name} for name in PEOPLE])
KNOWN = CLASS.known_people
WAYS = (" and ", " en ", " & ", " + ", ", ", "; ", "\n", " AND ", ",", " | ")


def called(answer: str) -> list[str]:
    return [CLASS.by_id[one].name for one in mentioned(answer, KNOWN)]


def ways_of(name: str) -> list[str]:
    first, _, last = name.partition(" ")
    return [name, name.upper(), f"{last}, {first}", f" {name} ", f"{first} {last[0]}."]


@given(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=4, unique=True), st.sampled_from(WAYS), st.data()
)
def test_any_names_in_any_order_with_any_sign_between(
    names: list[str], between: str, data: st.DataObject
) -> None:
    written = [data.draw(st.sampled_from(ways_of(name)[:4])) for name in names]
    assert called(between.join(written)) == names


@pytest.mark.parametrize(
    ("answer", "names"),
    [
        ("Sanders", ["Sanders Anders"]),  # no "and" in it
        ("Fernando", ["Fernando Alandes"]),
        ("Bart", ["Bart Simpson"]),
        ("Simpson", []),  # two have it
        ("van der Berg", ["Noor van der Berg"]),
        ("Berg", ["Noor van der Berg"]),
        ("Berg, Noor van der", ["Noor van der Berg"]),
        ("I would like to be with Noor and Lisa", ["Noor van der Berg", "Lisa Simpson"]),
        ("Ik wil graag met Fernando Alandes.", ["Fernando Alandes"]),
        ("will you put me anywhere", []),
        ("1. Bart\n2. Lisa", ["Bart Simpson", "Lisa Simpson"]),
        ("['Bart Simpson', 'Lisa Simpson']", ["Bart Simpson", "Lisa Simpson"]),
        ("Bart Simpsen", []),  # asked, not taken for Bart
        ("a and b", ["Bart Simpson", "Lisa Simpson"]),  # their ids
        ("no preference", []),
        ("", []),
    ],
)
def test_what_is_understood(answer: str, names: list[str]) -> None:
    assert called(answer) == names


@pytest.mark.parametrize(
    "answer", ["niemand", "geen voorkeur", "-", "n/a", "No preference.", "maakt niet uit"]
)
def test_who_asks_for_nobody_names_nobody(answer: str) -> None:
    assert mentions(answer, KNOWN) == []


def test_what_names_nobody_is_kept_as_it_was_written() -> None:
    assert [(one.written, one.student) for one in mentions("Bert Simson & Lisa", KNOWN)] == [
        ("Bert Simson", None),
        ("Lisa", "b"),
    ]


def test_a_whole_name_means_who_has_it_and_not_who_begins_with_it() -> None:
    roster = make_roster([{"name": "Anna Maria"}, {"name": "Anna Maria de Vries"}])
    assert mentioned("Anna Maria", roster.known_people) == ("a",)
    assert mentioned("Anna", roster.known_people) == ()
    assert known_people(roster.students)[name_words("de Vries")] == "b"
