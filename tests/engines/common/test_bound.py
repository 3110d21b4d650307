"""The rounding bound never says more than can be, and often just that."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from planner.engines.common.bound import rounding_bound
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    HomeCost,
    Instance,
    PairCost,
    SumCost,
)
from planner.rules import build_instance
from tests.builders.classes import column_of, make_rules
from tests.builders.instances import array, instances, least


@given(instances())
@settings(max_examples=300)
def test_no_assignment_costs_less_than_the_bound(instance: Instance) -> None:
    best = least(instance)
    if best is not None:
        assert 0 <= rounding_bound(instance) <= best


@given(instances(kinds=("sum",), most_costs=3))
@settings(max_examples=300)
def test_no_assignment_costs_less_than_the_bound_on_sums(instance: Instance) -> None:
    best = least(instance)
    if best is not None:
        assert 0 <= rounding_bound(instance) <= best


GROUPS = "[groups]\nsize = [2, 3]\n"


@pytest.mark.parametrize(
    ("toml", "answers", "groups", "bound"),
    [
        # Seven students in two groups of 3 to 4, rather 4: one group is one short.
        ("[groups]\nsize = [3, 4]\nprefer = 4\n", ["x"] * 7, 2, 500),
        # Five in two groups, rather 3: one short. One of three is 0.4 or 0.6 in each group: 0 or 1 is even.
        (f'{GROUPS}prefer = 3\n[[rule]]\nkind = "mix"\ncolumn = "X"\n', ["x", "y", "y", "y", "y"], 2, 500),
        # Mean 7: two groups of three from 6, 6, 6, 8, 8, 8 are each a point off.
        (
            '[groups]\nsize = [3, 3]\n[[rule]]\nkind = "balance"\ncolumn = "X"\n',
            ["6", "6", "6", "8", "8", "8"],
            2,
            2 * 100 * 5,
        ),
        # At least one x in each of three groups, and there are two x.
        (
            '[groups]\nsize = [2, 2]\n[[rule]]\nkind = "limit"\ncolumn = "X"\nvalue = "x"\nat_least = 1\n',
            ["x", "x", "y", "y", "y", "y"],
            3,
            500,
        ),
        # At most one x in each of two groups, and there are four.
        (
            '[groups]\nsize = [3, 3]\n[[rule]]\nkind = "limit"\ncolumn = "X"\nvalue = "x"\nat_most = 1\n',
            ["x", "x", "x", "x", "y", "y"],
            2,
            2 * 500,
        ),
        # Two groups of two have two roles each; one person takes the first.
        (
            '[groups]\nsize = [2, 2]\n[roles]\nnames = ["A", "B"]\nopt_out = "X"\n',
            ["", "A", "A", "A"],
            2,
            500,
        ),
    ],
    ids=["size", "mix", "balance", "at least", "at most", "roles"],
)
def test_it_is_tight_where_only_rounding_stands_in_the_way(
    toml: str, answers: list[str], groups: int, bound: int
) -> None:
    instance = build_instance(make_rules(toml), column_of("X", *answers), groups)
    assert rounding_bound(instance) == bound
    assert least(instance) == bound


def test_it_does_not_see_who_goes_with_whom() -> None:
    # 5 with any other leaves the pair at 3 or 4 off, but a sum of 0 is on the grid.
    cost = SumCost(must=False, price=1, weights=array([5, -1, -2, -2]), low=0, high=0)
    instance = Instance(4, 2, 2, 2, (cost,))
    assert rounding_bound(instance) == 0
    assert least(instance) == 6


def test_sums_that_cannot_be_zero_are_a_step_away() -> None:
    # Sums of two are odd: 1 or -1 at the nearest.
    cost = SumCost(must=False, price=3, weights=array([0, 1, 2, 3]) * 4 - 7, low=0, high=0)
    assert rounding_bound(Instance(4, 2, 2, 2, (cost,))) == 2 * 3 * 2


@pytest.mark.parametrize(
    ("low", "high", "bound"),
    [(ANY_LOW, ANY_HIGH, 0), (7, ANY_HIGH, 2 * 3), (ANY_LOW, 3, 2 * 1), (5, 6, 2 * 1), (4, 9, 0)],
)
def test_one_sum_for_all(low: int, high: int, bound: int) -> None:
    # Everyone weighs 2: two groups of two weigh 4 each, and nothing else.
    cost = SumCost(must=False, price=1, weights=array([2] * 4), low=low, high=high)
    assert rounding_bound(Instance(4, 2, 2, 2, (cost,))) == bound


def test_the_sizes_of_groups_are_chosen_for_all_costs_at_once() -> None:
    # Three in a group suits the one, two the other; five students need both.
    ones = array([1] * 5)
    threes = SumCost(must=False, price=10, weights=ones, low=3, high=3)
    twos = SumCost(must=False, price=1, weights=ones, low=2, high=2)
    instance = Instance(5, 2, 1, 4, (threes, twos))
    # 3 + 2 costs 10 + 1; 4 + 1 costs 10 + 20 + 2 + 1.
    assert rounding_bound(instance) == 11
    assert least(instance) == 11


def test_a_must_costs_nothing_and_a_lost_home_always() -> None:
    required = SumCost(must=True, price=1, weights=array([1, 1, 1, 1]), low=9)
    home = HomeCost(must=False, price=2, home=array([2, 0, 5, -1]), weights=array([3, 1, 4, 9]))
    assert rounding_bound(Instance(4, 2, 2, 2, (required, home))) == 2 * (3 + 4)


def test_what_it_knows_nothing_of_costs_nothing() -> None:
    pair = PairCost(must=False, price=1, pairs=array([[0, 1]]), weights=array([1]), together=True)
    assert rounding_bound(Instance(4, 2, 2, 2, (pair,))) == 0
    assert rounding_bound(Instance(4, 2, 2, 2)) == 0
