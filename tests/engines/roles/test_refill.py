"""Roles that became vacant: what is found at once leaves as little open, and changes as little."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.roles.refill import refill, round_by_round
from planner.engines.roles.refill_problem import (
    KEEP,
    SHARE,
    Held,
    RefillProblem,
)

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
        round_by_round(RefillProblem(positions, able, kept, past, stayed), KEEP),
    ):
        assert worth(positions, able, kept, stayed, found) == best
        for held in found:
            assert all(role in able[m] for m, role in held.items())
            assert len(set(held.values())) == len(held)


# The fairest, by trying everything

Goodness = dict[str, int]


def goodness(
    positions: list[int],
    able: list[frozenset[int]],
    past: Held,
    stayed: frozenset[int],
    kept: Held,
    earlier: dict[tuple[int, int], int],
    found: Held,
) -> Goodness:
    """What matters in roles; who is new begins beside who had least in this block."""
    open_, changed = worth(positions, able, kept, stayed, found)
    rounds = [*past[-1:], *found]
    twice = sum(
        role == after.get(m) for one, after in pairwise(rounds) for m, role in one.items() if m < len(able)
    )
    ahead = 0
    first = [next((r for r, held in enumerate(past) if m in held), len(past)) for m in range(len(able))]
    late = [m for m in range(len(able)) if first[m] * len(positions) >= len(able)]
    for role in set(positions):
        takers = [m for m, mine in enumerate(able) if role in mine]
        turns = []
        for m in takers:
            mine = sum(held.get(m) == role for held in [*past, *found])
            others = [o for o in takers if o not in late]
            if m in late and others:
                mine += min(sum(held.get(o) == role for held in past[: first[m]]) for o in others)
            turns.append(mine)
        ahead += max(0, max(turns) - min(turns) - 1) if turns else 0
    anyone = [m for m, mine in enumerate(able) if mine.intersection(positions)]
    every = [
        sum(m in held for held in [*past, *found])
        + min(
            (sum(o in held for held in past[: first[m]]) for o in anyone if o not in late and m in late),
            default=0,
        )
        for m in anyone
    ]
    return {
        "open": open_,
        "changed": changed,
        "twice": twice,
        "ahead": ahead,
        "uneven": max(0, max(every) - min(every) - 1) if every else 0,
        "again": sum(earlier.get((m, role), 0) for held in found for m, role in held.items()),
    }


def every_round(positions: list[int], able: list[frozenset[int]]) -> list[dict[int, int]]:
    """Return every way to fill some of the positions; no two are of the same role here."""
    found: list[dict[int, int]] = [{}]
    for role in positions:
        found += [
            {**held, m: role}
            for held in list(found)
            for m, mine in enumerate(able)
            if role in mine and m not in held
        ]
    return found


@st.composite
def after_some_weeks(draw: st.DrawFn) -> tuple[list[int], list[frozenset[int]], Held, Held, frozenset[int]]:
    members = draw(st.integers(2, 3))
    able = [draw(st.sampled_from([{0, 1}, {0, 1}, {0, 1}, {0}, {1}, set()])) for _ in range(members)]
    rounds = every_round([0, 1], [frozenset({0, 1})] * members)
    past = draw(st.lists(st.sampled_from(rounds), max_size=3))
    kept = draw(st.lists(st.sampled_from(rounds), min_size=1, max_size=2))
    stayed = draw(st.frozensets(st.integers(0, members - 1)))
    return [0, 1], [frozenset(mine) for mine in able], kept, past, stayed


@given(after_some_weeks(), st.integers(0, 3), st.integers(0, 3), st.sampled_from([KEEP, SHARE]))
@settings(max_examples=80, deadline=None)
def test_no_turns_are_fairer_after_what_people_did(
    case: tuple[list[int], list[frozenset[int]], Held, Held, frozenset[int]],
    one: int,
    other: int,
    order: tuple[str, ...],
) -> None:
    """In the order in which it matters, no way to fill the roles is better."""
    positions, able, kept, past, stayed = case
    earlier = {(0, 0): one, (1, 1): other}
    found = refill(positions, able, kept, past, stayed, earlier=earlier, order=order)

    def worth(held: Held) -> tuple[int, ...]:
        good = goodness(positions, able, past, stayed, kept, earlier, held)
        return tuple(good[name] for name in order if name in good)

    every = product(every_round(positions, able), repeat=len(kept))
    assert worth(found) == min(map(worth, every))
    group = RefillProblem(positions, able, kept, past, stayed, earlier)
    good = goodness(positions, able, past, stayed, kept, earlier, found)
    assert {name: value for name, value in group.measured(found).items() if name in good} == good


def test_what_became_vacant_goes_to_who_had_it_least() -> None:
    able, everyone = [frozenset({0})] * 3, frozenset({0, 1, 2})
    assert refill([0], able, [{}, {}], [{0: 0}, {1: 0}], everyone)[0] == {2: 0}
    assert refill([0], able, [{}], [{0: 0}, {1: 0}, {0: 0}, {2: 0}, {1: 0}], everyone) == [{2: 0}]


def test_who_comes_later_does_not_have_to_catch_up() -> None:
    """After six rounds of three a fourth joins: turns go round, and not four times to the newcomer."""
    able, past = [frozenset({0})] * 4, [{r % 3: 0} for r in range(6)]
    found = refill([0], able, [{}] * 4, past, frozenset())
    assert sorted(m for held in found for m in held) == [0, 1, 2, 3]
    later = refill([0], able, [{}], [*past, {3: 0}, {0: 0}, {1: 0}], frozenset(range(4)))
    assert later == [{2: 0}]


def test_turns_of_earlier_blocks_decide_where_this_one_leaves_a_choice() -> None:
    able = [frozenset({0})] * 2
    for had, expected in (({(0, 0): 3}, {1: 0}), ({(1, 0): 1}, {0: 0})):
        assert refill([0], able, [{}], [], frozenset(), earlier=had) == [expected]


ALL = frozenset(range(4))


def test_who_joins_does_not_have_what_the_others_leave() -> None:
    """A fourth in a group of three with four roles had the fourth role in each of seven weeks."""
    kept = [{m: (m + r) % 3 for m in range(3)} for r in range(7)]
    found = refill([0, 1, 2, 3], [ALL] * 4, kept, [], frozenset(range(3)), order=SHARE)
    assert not any(one.items() & other.items() for one, other in pairwise(found))
    for m in range(4):
        assert {sum(held[m] == role for held in found) for role in range(4)} <= {1, 2}


def test_who_joins_where_all_roles_are_taken_has_as_many_turns() -> None:
    """A fourth in a group of three with three roles had none at all."""
    kept = [{m: (m + r) % 3 for m in range(3)} for r in range(8)]
    found = refill([0, 1, 2], [ALL] * 4, kept, [], frozenset(range(3)), order=SHARE)
    assert [sum(m in held for held in found) for m in range(4)] == [6, 6, 6, 6]
    changed = sum(one.get(m) != other[m] for one, other in zip(found, kept, strict=True) for m in range(3))
    assert changed == 6  # no more than the turns that the others give up


def test_the_longest_term_of_the_largest_group_has_a_price() -> None:
    kept: Held = [{} for _ in range(60)]
    earlier = {(m, role): 60 for m in range(16) for role in range(8)}
    group = RefillProblem(
        [*range(8), *range(8)], [frozenset(range(8))] * 16, kept, kept, frozenset(), earlier
    )
    found = refill(group.positions, group.able, kept, kept, frozenset(), earlier=earlier, at_once=True)
    assert group.measured(found)["open"] == 0


def test_groups_that_differ_in_who_is_who_get_the_same() -> None:
    kept = [{m: (m + r) % 3 for m in range(3)} for r in range(5)]
    one = refill([0, 1, 2], [ALL] * 4, kept, [], frozenset(range(3)), order=SHARE)
    other = [{m + 1: role for m, role in held.items()} for held in kept]
    moved = refill([0, 1, 2], [ALL] * 4, other, [], frozenset({1, 2, 3}), order=SHARE)
    assert [{(m + 1) % 4: role for m, role in held.items()} for held in one] == moved
