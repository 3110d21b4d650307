"""Numbers of groups that are excluded at a glance: never one that can be, and all that a glance sees."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.blocks import blocks_of
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded, fewest
from planner.model.evaluation import evaluate
from planner.model.instance import AnyCost, CompanyCost, Instance, OverlapCost, PairCost, SumCost
from tests.builders.instances import array, cost_of, every_assignment

KINDS = ("sum", "pairs", "pairs", "labels", "company", "own company", "overlap")


@st.composite
def asked(draw: st.DrawFn) -> Instance:
    """Draw a class of at most seven with groups of one or more; most of what is asked has to hold."""
    n, groups = draw(st.integers(3, 7)), draw(st.integers(1, 3))
    smallest = draw(st.integers(1, max(1, n // groups)))
    largest = draw(st.integers(max(smallest, -(-n // groups)), n))
    chosen = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    costs = [draw(cost_of(kind, n, groups)) for kind in chosen]
    kept = tuple(
        replace(cost, from_size=max(1, cost.from_size)) if isinstance(cost, SumCost) else cost
        for cost in (replace(cost, must=draw(st.sampled_from([True, True, False]))) for cost in costs)
    )
    return Instance(n, groups, smallest, largest, kept)


@given(asked())
@settings(max_examples=200)
def test_a_number_that_can_be_is_never_excluded(instance: Instance) -> None:
    can_be = any(evaluate(instance, plan).holds for plan in every_assignment(instance))
    assert not (can_be and excluded(instance, Watch()))
    assert not (can_be and fewest(instance) > instance.groups)


def pairs(*lists: tuple[int, ...], together: bool = False) -> tuple[PairCost, ...]:
    found = []
    for them in lists:
        two = array(list(combinations(them, 2)))
        ones = np.ones(len(two), np.int64)
        found.append(PairCost(must=True, price=100, pairs=two, weights=ones, together=together))
    return tuple(found)


def company(*places: int) -> CompanyCost:
    return CompanyCost(must=True, price=100, students=array(places), others=array(places))


def open_numbers(students: int, sizes: tuple[int, int], *costs: AnyCost) -> list[int]:
    """Return the numbers of groups that are left."""
    fitting = range(-(-students // sizes[1]), students // sizes[0] + 1)
    return [g for g in fitting if not excluded(Instance(students, g, *sizes, costs), Watch())]


def test_nothing_asked_excludes_nothing() -> None:
    assert open_numbers(24, (2, 6)) == list(range(4, 13))


def test_who_is_kept_apart_needs_a_group_each() -> None:
    assert open_numbers(24, (2, 6), *pairs(tuple(range(9)))) == [9, 10, 11, 12]
    # As well where they are kept apart two by two, among others who are.
    by_two = [(a, b) for a, b in combinations(range(0, 18, 2), 2)]
    assert open_numbers(24, (2, 6), *pairs(*by_two, (0, 1), (3, 5), (7, 9))) == [9, 10, 11, 12]


def test_who_is_tied_to_somebody_apart_is_kept_apart_as_well() -> None:
    ties = pairs(*[(a, a + 8) for a in range(8)], together=True)
    apart = pairs(*[(a, b + 8) for a, b in combinations(range(8), 2)])
    assert fewest(Instance(24, 4, 2, 6, (*ties, *apart))) == 8
    assert open_numbers(24, (2, 6), *ties, *apart) == [8, 9, 10, 11, 12]


def test_chains_do_not_share_a_group_that_is_too_small_for_two() -> None:
    ties = pairs(*[(a, a + 1, a + 2, a + 3) for a in range(0, 20, 4)], together=True)
    # Five chains of four: a group of six has room for one of them, and two more.
    assert open_numbers(24, (2, 6), *ties) == [5, 6, 7]
    # With six chains there is nobody left over, and no other number will do.
    more = pairs(*[(a, a + 1, a + 2, a + 3) for a in range(0, 24, 4)], together=True)
    assert open_numbers(24, (2, 6), *more) == [6]


def test_an_odd_number_of_whom_nobody_is_alone_cannot_be_dealt_in_pairs() -> None:
    odd, even = company(*range(15)), company(*range(14))
    assert open_numbers(34, (2, 3), odd) == [12, 13, 14, 15, 16]
    assert open_numbers(34, (2, 3), even) == [12, 13, 14, 15, 16, 17]


def test_what_each_alone_allows_can_be_too_much_together() -> None:
    """Four who are apart and not alone among seven of a kind: one of the four has nobody."""
    apart = pairs((0, 1, 2, 3))
    assert open_numbers(20, (3, 5), *apart) == [4, 5, 6]
    assert open_numbers(20, (3, 5), company(*range(7))) == [4, 5, 6]
    assert open_numbers(20, (3, 5), *apart, company(*range(7))) == []
    assert open_numbers(20, (3, 5), *apart, company(*range(8))) == [4, 5, 6]


def test_answers_that_do_not_mix_have_groups_of_their_own() -> None:
    sections = PairCost(must=True, price=100, labels=array([0] * 5 + [1] * 5))
    assert open_numbers(10, (3, 6), sections) == [2]


def test_what_is_no_must_and_free_moments_exclude_nothing() -> None:
    wish = replace(pairs(tuple(range(9)))[0], must=False)
    free = OverlapCost(must=True, price=100, masks=1 << (np.arange(24) % 9), at_least=1)
    assert open_numbers(24, (2, 6), wish, free) == list(range(4, 13))


def test_a_large_class_with_much_asked_is_answered() -> None:
    ties = pairs(*[(a, a + 1, a + 2) for a in range(300, 600, 3)], together=True)
    instance = Instance(1_000, 250, 2, 6, (*pairs(tuple(range(300))), *ties, company(*range(1, 1_000, 3))))
    assert excluded(instance, Watch())
    assert not excluded(replace(instance, groups=300), Watch())


@pytest.mark.parametrize("students", [0, 1, 5])
def test_without_ties_everybody_is_a_block(students: int) -> None:
    blocks = blocks_of(students, ())
    assert blocks.students.tolist() == blocks.start.tolist() == blocks.of.tolist() == list(range(students))


def test_ties_that_share_somebody_make_one_block() -> None:
    blocks = blocks_of(6, pairs((0, 3), (3, 5), (1, 2), together=True))
    assert [blocks.members(block) for block in range(3)] == [[0, 3, 5], [1, 2], [4]]
    assert blocks.of.tolist() == [0, 1, 1, 0, 2, 0]
    assert blocks.folded(np.add, array([1, 2, 4, 8, 16, 32])).tolist() == [41, 6, 16]
