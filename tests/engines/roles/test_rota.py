"""Roles over rounds: perfect where everyone takes every role, and as fair as can be elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.roles.rota import Rota, rota
from planner.engines.roles.turn_counts import PastTurns

Able = Sequence[frozenset[int]]
Holders = tuple[tuple[int, ...], ...]


def every_round(positions: Sequence[int], able: Able) -> Iterator[tuple[int, ...]]:
    """Yield every way to fill the positions once; -1 leaves one open."""
    choices = [[-1, *(m for m, mine in enumerate(able) if role in mine)] for role in positions]
    for held in product(*choices):
        members = [m for m in held if m >= 0]
        if len(set(members)) == len(members):
            yield held


def still_open(holders: Holders) -> int:
    return sum(m < 0 for held in holders for m in held)


def turns(holders: Holders, positions: Sequence[int], member: int, role: int) -> int:
    return sum(m == member and r == role for held in holders for r, m in zip(positions, held, strict=True))


def spread(counts: Sequence[int]) -> int:
    return max(0, max(counts) - min(counts) - 1) if counts else 0


def ahead(holders: Holders, positions: Sequence[int], able: Able) -> int:
    """How much more than one the turns at each role differ, among those who can take it."""
    return sum(
        spread([turns(holders, positions, m, role) for m, mine in enumerate(able) if role in mine])
        for role in set(positions)
    )


def uneven(holders: Holders, positions: Sequence[int], able: Able) -> int:
    """How much more than one the turns in all differ, among those who can take a role."""
    return spread(
        [sum(held.count(m) for held in holders) for m, mine in enumerate(able) if mine & set(positions)]
    )


def twice(holders: Holders, positions: Sequence[int]) -> int:
    """How often somebody has the same role two rounds running."""
    held = [{(r, m) for r, m in zip(positions, now, strict=True) if m >= 0} for now in holders]
    return sum(len(before & after) for before, after in pairwise(held))


def possible(holders: Holders, positions: Sequence[int], able: Able, rounds: int) -> bool:
    return len(holders) == rounds and all(
        all(m < 0 or role in able[m] for role, m in zip(positions, held, strict=True))
        and len({m for m in held if m >= 0}) == sum(m >= 0 for m in held)
        for held in holders
    )


# Everyone takes every role


@pytest.mark.parametrize("members", range(2, 8))
@pytest.mark.parametrize("roles", range(1, 7))
@pytest.mark.parametrize("rounds", [1, 2, 3, 5, 10, 14])
def test_a_rotation_is_perfect(members: int, roles: int, rounds: int) -> None:
    positions = list(range(min(roles, members)))
    able = [frozenset(range(roles))] * members
    found = rota(positions, able, rounds)
    assert found.proven
    assert possible(found.holders, positions, able, rounds)
    assert still_open(found.holders) == 0
    assert twice(found.holders, positions) == 0
    for last in range(1, rounds + 1):  # at any time: each role once before any repeats
        sofar = found.holders[:last]
        for role in positions:
            counts = [turns(sofar, positions, m, role) for m in range(members)]
            assert max(counts) - min(counts) <= 1
        assert uneven(sofar, positions, able) == 0


def test_five_people_three_roles_eight_weeks() -> None:
    """Turns were 5, 4, 4, 6, 5: fair at each role, but not over all roles together."""
    found = rota([0, 1, 2], [frozenset({0, 1, 2})] * 5, 8)
    assert sorted(sum(held.count(m) for held in found.holders) for m in range(5)) == [4, 5, 5, 5, 5]


def test_a_refresh_gives_everyone_turns_whoever_had_few_before() -> None:
    """Two who had none got all of a short block, since each role by itself was fair."""
    found = rota([0, 1], [frozenset({0, 1})] * 4, 2, brought([[1, 1], [1, 1], [0, 0], [0, 0]]))
    assert sorted(sum(held.count(m) for held in found.holders) for m in range(4)) == [1, 1, 1, 1]


def test_somebody_alone_keeps_the_role() -> None:
    assert rota([0], [frozenset({0, 1})], 3) == Rota(((0,), (0,), (0,)), True)


def test_without_roles_nobody_has_one() -> None:
    assert rota([], [frozenset(), frozenset()], 2).holders == ((), ())


# Some leave roles to others


@cache
def fairest(
    positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int
) -> tuple[int, int, int, int]:
    """Return the least (open, ahead, uneven, twice), in that order, by trying everything."""
    return min(
        (
            still_open(holders),
            ahead(holders, positions, able),
            uneven(holders, positions, able),
            twice(holders, positions),
        )
        for holders in product(every_round(positions, able), repeat=rounds)
    )


def check(positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int) -> None:
    found = rota(positions, able, rounds)
    assert possible(found.holders, positions, able, rounds)
    assert found.proven
    counted = (
        still_open(found.holders),
        ahead(found.holders, positions, able),
        uneven(found.holders, positions, able),
        twice(found.holders, positions),
    )
    assert counted == fairest(positions, able, rounds)
    # Given how often each member holds each role, no order of the rounds repeats less.
    held = {(m, r): turns(found.holders, positions, m, r) for m in range(len(able)) for r in positions}
    alike = [
        holders
        for holders in product(every_round(positions, able), repeat=rounds)
        if all(turns(holders, positions, m, r) == count for (m, r), count in held.items())
    ]
    assert twice(found.holders, positions) == min(twice(holders, positions) for holders in alike)


CAN = [frozenset(roles) for roles in ((0, 1), (0,), (1,), ())]


@pytest.mark.parametrize("members", [1, 2, 3])
@pytest.mark.parametrize("rounds", [1, 2, 3])
def test_two_roles_and_every_pattern_of_opting_out(members: int, rounds: int) -> None:
    positions = tuple(range(min(2, members)))
    for able in product(CAN, repeat=members):
        check(positions, able, rounds)


@given(st.lists(st.sets(st.integers(0, 2)).map(frozenset), min_size=3, max_size=3), st.integers(1, 2))
@settings(max_examples=30)
def test_three_roles(able: list[frozenset[int]], rounds: int) -> None:
    check((0, 1, 2), tuple(able), rounds)


@given(st.lists(st.sampled_from(CAN[:3]), min_size=3, max_size=4))
@settings(max_examples=20)
def test_a_doubled_role(able: list[frozenset[int]]) -> None:
    check((0, 1, 1), tuple(able), 2)


def test_a_role_that_nobody_takes_stays_open() -> None:
    found = rota([0, 1], [frozenset({0}), frozenset({0})], 4)
    assert found.proven
    assert {held[1] for held in found.holders} == {-1}
    assert [held[0] for held in found.holders] in ([0, 1, 0, 1], [1, 0, 1, 0])


def test_the_only_one_who_takes_a_role_has_it_every_time() -> None:
    able = [frozenset({0, 1}), frozenset({1}), frozenset({1})]
    found = rota([0, 1], able, 6)
    assert [held[0] for held in found.holders] == [0] * 6
    seconds = [held[1] for held in found.holders]
    assert sorted(seconds) == [1, 1, 1, 2, 2, 2]
    assert all(before != after for before, after in pairwise(seconds))


def test_whoever_opts_out_of_all_has_none() -> None:
    able = [frozenset(), frozenset({0, 1, 2}), frozenset({0, 1, 2}), frozenset({0, 1, 2})]
    found = rota([0, 1, 2], able, 9)
    assert still_open(found.holders) == 0
    assert not any(0 in held for held in found.holders)
    assert ahead(found.holders, [0, 1, 2], able) == 0
    assert twice(found.holders, [0, 1, 2]) == 0


@pytest.mark.parametrize(
    ("members", "differ"),
    # In a group of four, ten turns at three roles are 4 + 3 + 3, and six are left for three others.
    [(4, 1), (5, 0), (7, 0)],
)
def test_a_term_of_ten_weeks_with_one_who_leaves_the_first_role(members: int, differ: int) -> None:
    positions = list(range(4)) + [3] * (members - 6 if members > 6 else 0)
    everything = frozenset(range(4))
    able = [everything - {0}] + [everything] * (members - 1)
    found = rota(positions, able, 10)
    assert still_open(found.holders) == 0
    assert ahead(found.holders, positions, able) == differ
    assert twice(found.holders, positions) == 0


def test_of_tables_as_fair_the_one_that_repeats_least() -> None:
    """The first table that was as fair as can be had a role twice running, another has not."""
    able = [frozenset({0, 1, 2, 3}), frozenset({0, 1, 3}), frozenset({0, 2}), frozenset({1, 2, 3})]
    assert twice(rota([0, 1, 2, 3], able, 10).holders, [0, 1, 2, 3]) == 0


def test_groups_alike_but_for_the_names_of_roles_share_one_rota() -> None:
    every = frozenset(range(4))
    one = rota([0, 1, 2, 3], [every - {0}, every, every, every], 6).holders
    other = rota([0, 1, 2, 3], [every, every - {2}, every, every], 6).holders

    def kinds(holders: Holders) -> list[list[int]]:
        held = [[sum(now[role] == m for now in holders) for role in range(4)] for m in range(4)]
        return sorted(map(sorted, held))

    assert kinds(one) == kinds(other)


def test_members_with_the_same_pattern_share_one_rota() -> None:
    one = rota([0, 1], [frozenset({0}), frozenset({1}), frozenset({0, 1})], 5)
    other = rota([0, 1], [frozenset({0, 1}), frozenset({0}), frozenset({1})], 5)
    swap = {0: 1, 1: 2, 2: 0, -1: -1}
    assert other.holders == tuple(tuple(swap[m] for m in held) for held in one.holders)


def test_roles_that_are_not_filled_here_do_not_matter() -> None:
    # A third role exists, but a group of two fills the first two only.
    able = [frozenset({0, 1, 2}), frozenset({0, 1})]
    assert rota([0, 1], able, 4).holders == ((0, 1), (1, 0), (0, 1), (1, 0))


# What members bring along


def brought(turns_before: list[list[int]], last: list[int] | None = None) -> PastTurns:
    members = len(turns_before)
    return PastTurns(
        tuple(map(tuple, turns_before)),
        tuple(last or [-1] * members),
        tuple(frozenset() for _ in range(members)),
    )


def alike(holders: Holders, positions: Sequence[int], able: Able, past: PastTurns) -> int:
    """Sum of the squares of all turns, those of before included, at each role and in all.

    It is least where they are most alike.
    """
    takers = [m for m, mine in enumerate(able) if set(positions) & mine]
    return sum(
        (past.turns[m][role] + turns(holders, positions, m, role)) ** 2
        for m in takers
        for role in set(positions) & able[m]
    ) + sum((past.all_of(m) + sum(held.count(m) for held in holders)) ** 2 for m in takers)


@given(
    st.lists(st.sampled_from(CAN[:3]), min_size=2, max_size=3),
    st.data(),
    st.integers(1, 3),
)
@settings(max_examples=40)
def test_with_a_past_no_turns_are_fairer(
    able: list[frozenset[int]], data: st.DataObject, rounds: int
) -> None:
    """In this order: filled, fair within the block at each role and over all roles, alike over the term.

    Turns in all came after the term once, so that a block could give two people everything.
    """
    positions = (0, 1)
    counts = st.lists(st.integers(0, 3), min_size=2, max_size=2)
    past = brought(data.draw(st.lists(counts, min_size=len(able), max_size=len(able))))
    found = rota(positions, able, rounds, past)
    assert possible(found.holders, positions, able, rounds)
    assert found.proven

    def measured(holders: Holders) -> tuple[int, int, int, int]:
        return (
            still_open(holders),
            ahead(holders, positions, able),
            uneven(holders, positions, able),
            alike(holders, positions, able, past),
        )

    every = product(every_round(positions, able), repeat=rounds)
    assert measured(found.holders) == min(measured(holders) for holders in every)


def test_who_had_a_role_least_has_it_now() -> None:
    able = [frozenset({0})] * 4
    found = rota([0], able, 2, brought([[3], [1], [2], [0]]))
    assert sorted(held[0] for held in found.holders) == [1, 3]


def test_nobody_goes_on_with_the_role_they_just_had() -> None:
    able = [frozenset({0, 1, 2})] * 3
    past = brought([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 1, 2])
    found = rota([0, 1, 2], able, 3, past)
    assert all(found.holders[0][role] != role for role in range(3))
    assert twice(found.holders, [0, 1, 2]) == 0


def test_a_wish_counts_where_it_is_all_the_same() -> None:
    able = [frozenset({0, 1})] * 2
    wished = (frozenset({1}), frozenset({0}))
    found = rota([0, 1], able, 1, PastTurns(((0, 0), (0, 0)), (-1, -1), wished))
    assert found.holders == ((1, 0),)
    had = PastTurns(((0, 2), (2, 0)), (-1, -1), wished)
    assert rota([0, 1], able, 1, had).holders == ((0, 1),)
