"""The plain account of the five costs, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.evaluation import Evaluation, evaluate, members_of, range_units
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
