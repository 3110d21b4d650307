"""The starting catalogue of roles, and which roles a group fills."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.role_catalogue import (
    CATALOGUE,
    default_names,
    find,
    positions,
)
from tests.builders.classes import make_rules


def test_the_first_four_roles_are_the_start() -> None:
    assert default_names("nl") == ("Gespreksleider", "Notulist", "Woordvoerder", "Procesbewaker")
    assert default_names("en") == ("Facilitator", "Note-taker", "Spokesperson", "Reflector")
    assert make_rules("").role_names == default_names("nl")
    assert make_rules('language = "en"').role_names == default_names("en")
    assert make_rules('[roles]\nnames = ["Zanger"]').role_names == ("Zanger",)
    assert make_rules("[roles]\nnames = []").role_names == ()


def test_the_catalogue_says_what_you_do() -> None:
    assert [(r.name.text("nl"), r.from_size) for r in CATALOGUE] == [
        ("Gespreksleider", 2),
        ("Notulist", 2),
        ("Woordvoerder", 3),
        ("Procesbewaker", 4),
        ("Tijdbewaker", 5),
        ("Kritische vrager", 6),
    ]
    assert CATALOGUE[0].what.text("nl") == "Je opent met een korte check-in en geeft iedereen een beurt."
    assert CATALOGUE[5].what.text("en") == "You ask “how do we know?”"


def test_in_a_small_group_somebody_minds_the_missing_role() -> None:
    minded = {r.name.text("en"): r.minded_by.text("en") for r in CATALOGUE if r.minded_by}
    assert minded["Spokesperson"] == "Note-taker"  # in pairs the note-taker also speaks
    assert minded["Reflector"] == "Facilitator"  # below four the facilitator minds the process


@pytest.mark.parametrize("name", ["Notulist", " notulist", "NOTE-TAKER"])
def test_a_role_is_found_in_either_language(name: str) -> None:
    role = find(name)
    assert role is not None
    assert role.what.text("nl") == "Je schrijft op wat jullie afspreken."


def test_a_role_of_ones_own_is_not_in_the_catalogue() -> None:
    assert find("Zanger") is None


FOUR = ("A", "B", "C", "D")


@pytest.mark.parametrize(
    ("names", "size", "filled"),
    [
        (FOUR, 0, []),
        (FOUR, 1, [0]),
        (FOUR, 3, [0, 1, 2]),
        (FOUR, 4, [0, 1, 2, 3]),
        (FOUR, 6, [0, 1, 2, 3]),
        (FOUR, 7, [0, 1, 2, 3, 3]),
        (FOUR, 8, [0, 1, 2, 3, 3, 2]),
        (FOUR, 9, [0, 1, 2, 3, 3, 2, 1]),
        (FOUR, 20, [0, 1, 2, 3, 3, 2, 1, 0]),
        (("A",), 7, [0, 0]),
        ((), 5, []),
        (tuple("ABCDEFGH"), 7, [0, 1, 2, 3, 4, 5, 6]),
        (tuple("ABCDEFGH"), 8, [0, 1, 2, 3, 4, 5, 6, 7]),
        (tuple("ABCDEFGH"), 9, [0, 1, 2, 3, 4, 5, 6, 7, 7]),
    ],
)
def test_positions(names: tuple[str, ...], size: int, filled: list[int]) -> None:
    assert positions(names, size) == filled


@given(st.integers(0, 8), st.integers(0, 30))
def test_there_are_never_more_positions_than_members_and_no_role_more_than_twice(
    roles: int, size: int
) -> None:
    filled = positions([str(n) for n in range(roles)], size)
    assert len(filled) <= size
    assert all(filled.count(role) <= 2 for role in filled)
    assert filled[: min(roles, size)] == list(range(min(roles, size)))
