"""Roles that became vacant: what is found at once leaves as little open, and changes as little."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.refill import Held, refill, round_by_round

ROLES = 3


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[int], list[frozenset[int]], Held, Held, frozenset[int]]:
    members = draw(st.integers(1, 5))
    positions = list(range(min(ROLES, members)))
    able = [draw(st.frozensets(st.integers(0, ROLES - 1))) for _ in range(members)]
    stayed = draw(st.frozensets(st.integers(0, members - 1)))

    def rounds(count: int) -> Held:
        held = []
        for _ in range(count):
            order = draw(st.permutations(range(members)))
            held.append({m: role for m, role in zip(order, range(ROLES), strict=False) if role in able[m]})
        return held

    return positions, able, rounds(draw(st.integers(1, 3))), rounds(2), stayed


def worth(
    positions: list[int], able: list[frozenset[int]], kept: Held, stayed: frozenset[int], found: Held
) -> tuple[int, int]:
    """Roles left open, and turns that change for people who stay."""
    changed = 0
    for had, held in zip(kept, found, strict=True):
        for m in stayed:
            before, now = had.get(m), held.get(m)
            if before in positions and before in able[m]:
                changed += (now != before) + (now is not None and now != before)
            else:
                changed += now is not None
    return sum(len(positions) - len(held) for held in found), changed


@given(cases())
@settings(max_examples=40, deadline=None)
def test_at_once_is_as_good_in_what_matters_most(
    case: tuple[list[int], list[frozenset[int]], Held, Held, frozenset[int]],
) -> None:
    positions, able, kept, past, stayed = case
    best = worth(positions, able, kept, stayed, refill(positions, able, kept, past, stayed))
    for found in (
        refill(positions, able, kept, past, stayed, at_once=True),
        round_by_round(positions, able, kept, past, stayed),
    ):
        assert worth(positions, able, kept, stayed, found) == best
        for held in found:
            assert all(role in able[m] for m, role in held.items())
            assert len(set(held.values())) == len(held)
