"""The exact model of groups and what they take, against trying everything."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import event, given, settings

from planner.engines.common.bound import rounding_bound
from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import solve
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.group_counts import excluded, fewest
from planner.model.evaluation import evaluate
from planner.model.instance import Instance
from tests.builders.resource_instances import least_of_all, resource_instances


@given(resource_instances(most=5))
@settings(max_examples=120)
def test_the_exact_model_finds_what_trying_everything_finds(instance: Instance) -> None:
    least = least_of_all(instance)
    found = solve(instance, seed=0, deterministic_time=20.0, watch=Watch())
    event("holds" if least is not None else "nothing holds")
    if least is None:
        assert found.verdict is Verdict.NONE
        return
    assert found.verdict is Verdict.FOUND
    assert found.assignment is not None
    assert found.taken is not None
    counted = evaluate(instance, found.assignment, found.taken)
    assert (counted.violation, counted.cost) == (0, least)
    assert (found.proven, found.cost, found.bound) == (True, least, least)


@given(resource_instances(most=5))
@settings(max_examples=100)
def test_no_bound_is_above_what_trying_everything_finds(instance: Instance) -> None:
    least = least_of_all(instance)
    event("holds" if least is not None else "nothing holds")
    if least is not None:
        assert rounding_bound(instance) <= least


@given(resource_instances(most=5))
@settings(max_examples=60)
def test_no_number_of_groups_that_can_be_is_excluded(instance: Instance) -> None:
    some = replace(instance, smallest=max(1, instance.smallest), largest=max(1, instance.largest))
    if least_of_all(some) is not None:
        assert not excluded(some, Watch())
        assert fewest(some) <= some.groups
