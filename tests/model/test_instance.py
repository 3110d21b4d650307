"""The plain account of the five costs, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from planner.model.evaluation import Evaluation, evaluate, members_of, range_units, units_of
from planner.model.instance import (
    ANY_LABEL,
    ANY_LOW,
    NO_HOME,
    AnyCost,
    CompanyCost,
    HomeCost,
    Instance,
    OverlapCost,
    PairCost,
    SumCost,
    packed,
    subinstance,
)


def array(*values: int) -> np.ndarray:
    return np.asarray(values, np.int64)


def units(cost: AnyCost, *groups: int) -> int:
    """Units of a cost in the assignment that puts student after student in these groups."""
    (found,) = evaluate(Instance(len(groups), 3, 0, 9, (cost,)), groups).units
    return found


@pytest.mark.parametrize(
    ("total", "expected"), [(-3, 2), (-2, 2), (-1, 1), (1, 0), (4, 0), (5, 1), (6, 1), (7, 2)]
)
def test_units_are_steps_away_from_the_range_rounded_up(total: int, expected: int) -> None:
    cost = SumCost(must=False, price=1, weights=array(0), low=1, high=4, step=2)
    assert range_units(total, cost) == expected


def test_sums_leave_small_groups_alone() -> None:
    ones = array(1, 1, 1, 1, 1)
    assert units(SumCost(must=False, price=1, weights=ones, low=3), 0, 0, 0, 1, 1) == 1
    assert units(SumCost(must=False, price=1, weights=ones, low=3, from_size=3), 0, 0, 0, 1, 1) == 0
    assert units(SumCost(must=False, price=1, weights=ones, low=3, from_size=0), 0, 0, 0, 1, 1) == 1 + 3
    assert units(SumCost(must=False, price=1, weights=-ones, low=ANY_LOW, high=-3), 0, 0, 0, 1, 1) == 1


def test_pairs_apart_and_together() -> None:
    pairs, weights = np.asarray([[0, 1], [2, 3]]), array(2, 5)
    apart = PairCost(must=False, price=1, pairs=pairs, weights=weights)
    together = PairCost(must=False, price=1, pairs=pairs, weights=weights, together=True)
    assert units(apart, 0, 0, 1, 2) == 2
    assert units(together, 0, 0, 1, 2) == 5
    assert units(apart, 0, 0, 1, 1) == 7
    assert units(together, 0, 1, 1, 2) == 7


def test_labels_count_every_two_that_differ() -> None:
    labels = PairCost(must=False, price=1, labels=array(0, 1, 1, 2, ANY_LABEL))
    assert units(labels, 0, 0, 0, 0, 0) == 2 + 1 + 2
    assert units(labels, 0, 1, 1, 0, 1) == 1


def test_company_counts_everyone_short() -> None:
    three = array(0, 1, 2)
    one = CompanyCost(must=False, price=1, students=three, others=three)
    two = CompanyCost(must=False, price=1, students=three, others=three, at_least=2)
    assert units(one, 0, 0, 1, 1) == 1
    assert units(two, 0, 0, 1, 1) == 1 + 1 + 2
    listed = CompanyCost(must=False, price=1, students=array(0), others=array(2, 3))
    assert units(listed, 0, 0, 1, 1) == 1
    assert units(listed, 0, 1, 1, 0) == 0


def test_company_may_be_asked_for_by_the_size_of_the_group() -> None:
    some = array(0, 1, 4)
    half = CompanyCost(must=False, price=1, students=some, others=some, by_size=(1, -1, 2))
    assert [half.needed(size) for size in (1, 2, 3, 4, 5, 6)] == [1, 1, 1, 1, 2, 2]
    assert units(half, 0, 0, 0, 0, 1) == 1  # two of four; the third is alone
    assert units(half, 0, 0, 0, 0, 0) == 0  # three of five
    assert units(half, 0, 0, 0, 1, 0, 0, 0) == 0
    two = CompanyCost(must=False, price=1, students=some[:2], others=some[:2], by_size=(1, -1, 2))
    assert units(two, 0, 0, 0, 0, 0) == 2  # two of five: each is one short


def test_only_company_among_themselves_goes_by_size() -> None:
    with pytest.raises(ValueError, match="by_size"):
        CompanyCost(must=False, price=1, students=array(0), others=array(1), by_size=(1, -1, 2))


def test_nobody_is_their_own_company() -> None:
    assert units(CompanyCost(must=False, price=1, students=array(0), others=array(0)), 0, 0) == 1


def test_overlap_counts_moments_short_and_no_empty_group() -> None:
    masks = array(0b011, 0b110, 0b100)
    assert units(OverlapCost(must=False, price=1, masks=masks, at_least=1), 0, 0, 1) == 0
    assert units(OverlapCost(must=False, price=1, masks=masks, at_least=2), 0, 0, 1) == 1 + 1
    assert units(OverlapCost(must=False, price=1, masks=masks, at_least=2), 0, 1, 0) == 2 + 0


def test_homes_weigh_and_may_be_anywhere() -> None:
    cost = HomeCost(must=False, price=1, home=array(0, 1, NO_HOME, 7), weights=array(1, 2, 4, 8))
    assert units(cost, 0, 1, 2, 2) == 8
    assert units(cost, 1, 0, 0, 0) == 1 + 2 + 8


def test_musts_and_sizes_are_strain_and_the_rest_is_cost() -> None:
    costs = (
        SumCost(must=True, price=7, weights=array(1, 1, 1, 0), high=1),
        SumCost(must=False, price=3, weights=array(1, 1, 1, 0), high=0),
    )
    found = evaluate(Instance(4, 2, 2, 2, costs), [0, 0, 0, 1])
    # One group a student too large, one a student too small.
    assert found == Evaluation(units=(2, 3), violation=2 * 7 + 2 * 100, cost=9)
    assert not found.holds
    assert evaluate(Instance(4, 2, 1, 3), [0, 0, 0, 1]) == Evaluation((), 0, 0)


def test_members_come_in_order_of_position() -> None:
    assert members_of([1, 0, 1, 2], 4) == [[1], [0, 2], [3], []]


def _wide(draw: st.DrawFn) -> tuple[NDArray[np.bool_], int]:
    students, slots = draw(st.integers(1, 6)), draw(st.integers(63, 200))
    seeds = draw(st.integers(0, 2**32 - 1))
    generator = np.random.default_rng(seeds)
    kinds = generator.random((students, draw(st.integers(1, 40)))) < draw(st.floats(0.2, 0.9))
    return kinds[:, generator.integers(0, kinds.shape[1], slots)], draw(st.integers(1, 5))


@given(st.composite(_wide)(), st.data())
def test_slots_left_out_of_the_masks_change_no_group(
    case: tuple[NDArray[np.bool_], int], data: st.DataObject
) -> None:
    """A week has more moments than a word has bits; those that can make no difference go first."""
    free, at_least = case
    group = data.draw(st.lists(st.integers(0, len(free) - 1), min_size=1, unique=True))
    cost = OverlapCost(must=False, price=1, masks=packed(free, at_least), at_least=at_least)
    short = max(0, at_least - int(free[group].all(axis=0).sum()))
    assert units_of(cost, [group], [0] * len(free)) == short
    part = subinstance(Instance(len(free), 1, 1, len(free), (cost,)), group, [0])
    assert units_of(part.costs[0], [range(len(group))], [0] * len(group)) == short


def test_as_many_slots_as_fit_in_a_word_stay_as_they_are() -> None:
    free = np.ones((2, 62), bool)
    free[0, 0] = False
    assert packed(free, 1).tolist() == [(1 << 62) - 2, (1 << 62) - 1]
    assert packed(np.ones((2, 63), bool), 2).tolist() == [3, 3]
