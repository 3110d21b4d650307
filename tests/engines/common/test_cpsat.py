"""CP-SAT and trying everything agree: on the best cost, and on whether there is any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import SolveResult, solve
from planner.engines.common.watch import Watch
from planner.model.evaluation import evaluate
from planner.model.instance import HomeCost, Instance, OverlapCost, SumCost
from tests.builders.instances import KINDS, array, every_assignment, instances, least


def solved(instance: Instance, **options: object) -> SolveResult:
    return solve(instance, seed=1, deterministic_time=30.0, watch=Watch(), **options)  # type: ignore[arg-type]


def check(instance: Instance) -> None:
    best = least(instance)
    found = solved(instance)
    if best is None:
        assert found == SolveResult(Verdict.NONE)
        return
    assert found.verdict is Verdict.FOUND
    assert found.assignment is not None
    counted = evaluate(instance, found.assignment)
    assert counted.holds
    assert (counted.cost, found.cost, found.bound, found.proven) == (best, best, best, True)


@pytest.mark.parametrize("kind", KINDS)
def test_each_cost_by_itself(kind: str) -> None:
    @given(instances(kinds=(kind,), most_costs=2))
    @settings(max_examples=40)
    def holds(instance: Instance) -> None:
        check(instance)

    holds()


@given(instances())
@settings(max_examples=150)
def test_all_costs_together(instance: Instance) -> None:
    check(instance)


@given(instances(), st.integers(0, 40))
@settings(max_examples=60)
def test_something_better_is_found_exactly_where_there_is_something(instance: Instance, limit: int) -> None:
    best = least(instance)
    found = solved(instance, below=limit)
    if best is None or best >= limit:
        assert found.verdict is Verdict.NONE
    else:
        assert (found.cost, found.proven) == (best, True)


@given(instances(), st.data())
@settings(max_examples=60)
def test_a_hint_changes_no_answer(instance: Instance, data: st.DataObject) -> None:
    hint = data.draw(st.sampled_from(list(every_assignment(instance))))
    found = solved(instance, hint=hint)
    assert (found.verdict, found.cost) == (solved(instance).verdict, solved(instance).cost)


@given(instances())
@settings(max_examples=60)
def test_without_prices_any_assignment_that_holds_will_do(instance: Instance) -> None:
    found = solved(instance, price=False)
    if least(instance) is None:
        assert found.verdict is Verdict.NONE
    else:
        assert found.assignment is not None
        assert evaluate(instance, found.assignment).holds
        assert not found.proven


@given(instances())
@settings(max_examples=20)
def test_the_same_seed_gives_the_same_answer(instance: Instance) -> None:
    first, again = solved(instance), solved(instance)
    assert (first.verdict, first.cost, first.bound) == (again.verdict, again.cost, again.bound)
    assert np.array_equal(first.assignment, again.assignment)  # type: ignore[arg-type]


def test_homes_keep_their_names() -> None:
    home = HomeCost(must=False, price=2, home=array([1, 1, 0, 0, 2]), weights=array([1, 1, 1, 1, 5]))
    found = solved(Instance(5, 2, 2, 3, (home,)))
    assert found.assignment is not None
    assert found.assignment.tolist()[:4] == [1, 1, 0, 0]
    assert found.cost == 2 * 5  # the last one's home is not among the groups


def test_a_must_home_that_is_gone_cannot_be() -> None:
    home = HomeCost(must=True, price=1, home=array([2, 0, 1]), weights=array([1, 1, 1]))
    assert solved(Instance(3, 2, 1, 2, (home,))).verdict is Verdict.NONE


def test_from_size_leaves_smaller_groups_alone() -> None:
    ones = array([1, 1, 1, 0, 0])
    cost = SumCost(must=True, price=1, weights=ones, low=2, from_size=3)
    found = solved(Instance(5, 2, 2, 3, (cost,)))
    assert found.assignment is not None
    large = [s for s in range(5) if found.assignment.tolist().count(found.assignment[s]) == 3]
    assert sum(int(ones[s]) for s in large) >= 2
    # Where groups of two count as well, three cannot be two in each.
    everywhere = SumCost(must=True, price=1, weights=ones, low=2, from_size=2)
    assert solved(Instance(5, 2, 2, 3, (everywhere,))).verdict is Verdict.NONE


def test_what_nobody_has_is_short_in_every_group() -> None:
    nobody = SumCost(must=False, price=5, weights=array([0] * 4), low=1)
    instance = Instance(4, 2, 2, 2, (nobody,))
    found = solved(instance)
    assert (found.cost, found.bound, found.proven) == (10, 10, True)
    assert solved(instance, below=10).verdict is Verdict.NONE
    required = SumCost(must=True, price=5, weights=array([0] * 4), low=1)
    assert solved(Instance(4, 2, 2, 2, (required,))).verdict is Verdict.NONE


def test_an_empty_group_is_short_of_no_moment() -> None:
    moments = OverlapCost(must=False, price=5, masks=array([1, 1]), at_least=2)
    found = solved(Instance(2, 2, 0, 2, (moments,)))
    assert (found.cost, found.bound) == (5, 5)


def test_sizes_that_do_not_fit_cannot_be() -> None:
    assert solved(Instance(5, 2, 3, 4)).verdict is Verdict.NONE
    assert solved(Instance(9, 2, 3, 4)).verdict is Verdict.NONE


def test_no_time_proves_nothing() -> None:
    generator = np.random.default_rng(1)
    cost = SumCost(must=False, price=1, weights=generator.integers(-99, 99, 60), low=0, high=0)
    found = solve(Instance(60, 15, 4, 4, (cost,)), seed=1, deterministic_time=0.0, watch=Watch())
    assert (found.verdict, found.proven) == (Verdict.UNKNOWN, False)
