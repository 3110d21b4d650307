"""The bound that couples all groups: never above the least, tight where no group has the class mean."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common import reachable_sums
from planner.engines.common.bound import rounding_bound
from planner.engines.common.lagrangian import couple
from planner.engines.common.lagrangian import coupled_bound as bound_of
from planner.engines.common.lowering import lower
from planner.engines.local_search.search import state_of
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, SumCost
from planner.rules import build_instance
from tests.builders.classes import column_of, make_rules
from tests.builders.instances import array, every_assignment, instances, least


def sums_of(instance: Instance) -> list[SumCost]:
    return [cost for cost in instance.costs if isinstance(cost, SumCost) and not cost.must]


def coupled_bound(instance: Instance) -> int:
    return bound_of(instance, couple(instance))


@given(instances(kinds=("sum",), most_costs=3))
@settings(max_examples=200)
def test_no_assignment_costs_less(instance: Instance) -> None:
    best = least(instance)
    if best is not None:
        assert 0 <= coupled_bound(instance) <= best


@given(instances(kinds=("sum",), most_costs=2))
@settings(max_examples=200)
def test_sums_that_are_not_listed_are_not_forgotten(instance: Instance) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reachable_sums, "AROUND", 0)
        best = least(instance)
        if best is not None:
            assert 0 <= coupled_bound(instance) <= best


def test_tight_where_two_groups_a_little_above_ask_for_one_further_below() -> None:
    # Two together weigh 1, 4 or -2. Three such groups weigh nothing in all: 1, 1 and -2, not 1, 1 and 1.
    cost = SumCost(must=False, price=1, weights=array([2, 2, -1, -1, -1, -1]), low=0, high=0)
    instance = Instance(6, 3, 2, 2, (cost,))
    assert coupled_bound(instance) == least(instance) == 1 + 1 + 2


def test_tight_for_grades_with_a_mean_that_no_group_has() -> None:
    # Five sixes and a nine have a mean of 6.5: two groups are a point below, and one two points above.
    rules = make_rules('[groups]\nsize = [2, 2]\n[[rule]]\nkind = "balance"\ncolumn = "X"\n')
    instance = build_instance(rules, column_of("X", "6", "6", "6", "6", "6", "9"), 3)
    assert rounding_bound(instance) == least(instance)


def test_it_does_not_see_who_weighs_what() -> None:
    # Two heavy ones and two light ones could make up for each other, were there one of each in every group.
    cost = SumCost(must=False, price=1, weights=array([9, 3, -6, -6]), low=0, high=0)
    instance = Instance(4, 2, 2, 2, (cost,))
    assert coupled_bound(instance) < least(instance)


def test_a_cost_is_a_multiple_of_what_divides_all_prices() -> None:
    costs = tuple(
        SumCost(must=False, price=price, weights=array([1] * 4), low=0, high=0) for price in (6, 10)
    )
    instance = Instance(4, 2, 2, 2, costs)
    assert rounding_bound(instance) == least(instance) == 2 * 2 * (6 + 10)


@given(instances(kinds=("sum",), most_costs=2), st.data())
@settings(max_examples=100, deadline=None)
def test_regrets_add_up_to_what_it_costs_above_the_bound(instance: Instance, data: st.DataObject) -> None:
    free = replace(instance, costs=tuple(sums_of(instance)))
    assignment = array(data.draw(st.sampled_from(list(every_assignment(free)))))
    model = lower(free)
    prices = state_of(model, free, 1, assignment).price[:, 1]
    coupling = couple(free)
    reduced_costs = coupling.reduced_costs(free, assignment, prices)
    assert reduced_costs.min() >= -1e-6
    cost = evaluate(free, assignment).cost
    assert int(prices.sum()) == cost
    assert cost - float(reduced_costs.sum()) <= coupled_bound(free) + 1e-6
