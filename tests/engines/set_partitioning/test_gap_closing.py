"""The bound over whole groups is never above the best plan, and closing finds and proves it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.engines.common.cpsat import Verdict
from planner.engines.common.exact_solve import solve
from planner.engines.common.watch import Progress, Watch
from planner.engines.local_search.search import search
from planner.engines.set_partitioning import gap_closing
from planner.engines.set_partitioning.column_generation import ColumnGeneration
from planner.engines.set_partitioning.gap_closing import Budget, close_gap
from planner.engines.set_partitioning.partition import partition
from planner.engines.set_partitioning.restricted_master import priced_groups
from planner.engines.set_partitioning.whole_groups import whole_groups
from planner.model.evaluation import evaluate
from planner.model.instance import AnyCost, CompanyCost, HomeCost, Instance, OverlapCost, PairCost, SumCost
from tests.builders.instances import KINDS, array, every_assignment, instances, least

ALL = Budget(steps=1 << 40, cuts=20, window=10_000, tries=10, time=10.0)
NO_TRIES = Budget(steps=1 << 40, cuts=20, window=10_000, tries=0, time=0.0)
WITHOUT_HOMES = tuple(kind for kind in KINDS if kind != "home")


def a_plan(instance: Instance, data: st.DataObject) -> np.ndarray:
    holding = [a for a in every_assignment(instance) if evaluate(instance, a).holds]
    assume(holding)
    return array(data.draw(st.sampled_from(holding)))


def test_what_no_better_plan_can_hold_is_forgotten() -> None:
    """Where sums are all there is, few of the 122,000 groups of 28 students are left to price."""
    whole = school(28, 7, seed=1)
    instance = replace(whole, costs=tuple(cost for cost in whole.costs if isinstance(cost, SumCost)))
    start = search(instance, seed=1, proposals=20_000, watch=Watch()).assignment
    work = gap_closing._GapClosing(instance, start, ALL, Watch(), 0, None)
    work.run()
    assert work.groups.listed is not None
    assert sum(len(one.costs) for one in work.groups.listed.values()) < 5_000
    assert work.bound == work.cost


def lp_bound(instance: Instance, assignment: np.ndarray) -> int:
    """Return the bound of the program over whole groups, without cuts."""
    groups = whole_groups(instance)
    generation = ColumnGeneration(groups, priced_groups(groups, assignment))
    generation.run(Watch(), enough=1 << 50, steps=1 << 40)
    return generation.best.bound


@given(instances(kinds=WITHOUT_HOMES), st.data(), st.booleans())
@settings(max_examples=200, deadline=None)
def test_closing_finds_the_best_assignment_and_proves_it(
    instance: Instance, data: st.DataObject, listed: bool
) -> None:
    """Whether the groups that are left are few enough to be listed, or not."""
    start = a_plan(instance, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gap_closing, "MOST_LISTED", gap_closing.MOST_LISTED if listed else 0)
        closed = close_gap(instance, start, budget=ALL, watch=Watch())
    best = least(instance)
    assert (closed.cost, closed.bound, closed.best) == (best, best, True)
    assert evaluate(instance, closed.assignment).holds
    assert evaluate(instance, closed.assignment).cost == best


@given(instances(), st.data())
@settings(max_examples=150, deadline=None)
def test_no_assignment_costs_less_than_the_bound(instance: Instance, data: st.DataObject) -> None:
    """Homes too: they are left out of the bound, which may only lower it."""
    start = a_plan(instance, data)
    best = least(instance)
    assert best is not None
    assert lp_bound(instance, start) <= best
    for budget in (ALL, NO_TRIES):
        closed = close_gap(instance, start, budget=budget, watch=Watch())
        assert closed.bound <= best <= closed.cost <= evaluate(instance, start).cost
        assert evaluate(instance, closed.assignment).holds


def one(cost: AnyCost, n: int = 6, groups: int = 3, smallest: int = 2, largest: int = 2) -> Instance:
    return Instance(n, groups, smallest, largest, (cost,))


PAIRS = array([[0, 1], [0, 2], [1, 2]])
ONES = array([1, 1, 1])
# For each cost one instance in which the bound is the best cost, and is not zero.
TIGHT = {
    "sum": one(SumCost(must=False, price=3, weights=array([0, 0, 0, 1, 1, 4]), low=2, high=2)),
    "apart": one(PairCost(must=False, price=5, pairs=PAIRS, weights=ONES), 4, 2),
    "together": one(PairCost(must=False, price=5, pairs=PAIRS, weights=ONES, together=True), 4, 2),
    "labels": one(PairCost(must=False, price=5, labels=array([0, 0, 0, 1, 1, 1]))),
    "own company": one(CompanyCost(must=False, price=5, students=array([0, 1, 2]), others=array([0, 1, 2]))),
    "company": one(CompanyCost(must=False, price=5, students=array([0, 1]), others=array([2]))),
    "overlap": one(OverlapCost(must=False, price=5, masks=array([1, 1, 1, 2, 2, 2]), at_least=1)),
}


def holding(instance: Instance) -> np.ndarray:
    return array(next(a for a in every_assignment(instance) if evaluate(instance, a).holds))


@pytest.mark.parametrize("name", TIGHT)
def test_for_each_cost_the_bound_can_be_tight(name: str) -> None:
    instance = TIGHT[name]
    best = least(instance)
    assert best
    closed = close_gap(instance, holding(instance), budget=ALL, watch=Watch())
    assert (closed.cost, closed.bound) == (best, best)


# And one in which there is nothing to claim: every cost can be brought to zero.
NOTHING = {
    "sum": one(SumCost(must=False, price=3, weights=array([0, 0, 0, 2, 2, 2]), low=2, high=2)),
    "apart": one(PairCost(must=False, price=5, pairs=PAIRS, weights=ONES)),
    "together": one(PairCost(must=False, price=5, pairs=PAIRS, weights=ONES, together=True), 6, 2, 3, 3),
    "labels": one(PairCost(must=False, price=5, labels=array([0, 0, -1, 1, 1, 1]))),
    "own company": one(
        CompanyCost(must=False, price=5, students=array([0, 1, 2, 3]), others=array([0, 1, 2, 3]))
    ),
    "company": one(CompanyCost(must=False, price=5, students=array([0, 1]), others=array([2, 3]))),
    "overlap": one(OverlapCost(must=False, price=5, masks=array([1, 1, 3, 3, 2, 2]), at_least=1)),
}


@pytest.mark.parametrize("name", NOTHING)
def test_for_each_cost_the_bound_claims_no_more_than_is_so(name: str) -> None:
    instance = NOTHING[name]
    assert least(instance) == 0
    start = holding(instance)
    assert lp_bound(instance, start) == 0
    closed = close_gap(instance, start, budget=ALL, watch=Watch())
    assert (closed.cost, closed.bound) == (0, 0)


def test_a_home_costs_nothing_in_the_bound_unless_it_is_gone() -> None:
    cost = HomeCost(must=False, price=2, home=array([0, 0, 0, 3]), weights=array([1, 1, 1, 5]))
    instance = one(cost, 4, 2)
    closed = close_gap(instance, holding(instance), budget=ALL, watch=Watch())
    assert closed.bound == 2 * 5 <= least(instance) == 2 * 5 + 2


def test_half_groups_are_cut_off() -> None:
    # Two of three could pair up in three ways at once, half each; in truth one is left over.
    three = CompanyCost(must=False, price=10, students=array([0, 1, 2]), others=array([0, 1, 2]))
    instance = one(three, 6, 3)
    groups = whole_groups(instance)
    generation = ColumnGeneration(groups, priced_groups(groups, array([0, 1, 2, 0, 1, 2])))
    generation.run(Watch(), enough=1 << 50, steps=1 << 40)
    assert generation.best.bound < 10
    assert generation.sharpen() > 0
    generation.run(Watch(), enough=1 << 50, steps=1 << 40)
    assert generation.best.bound == 10 == least(instance)


def school(n: int, groups: int, seed: int) -> Instance:
    """Return a class with something of every cost but homes, must and not."""
    generator = np.random.default_rng(seed)
    few = np.sort(generator.choice(n, n // 3, replace=False))
    pairs = array([[0, 1], [2, 3], [4, 5]])
    return Instance(
        n,
        groups,
        3,
        5,
        (
            SumCost(must=False, price=1, weights=generator.integers(-50, 50, n), low=0, high=0),
            SumCost(must=False, price=100, weights=array([1, 0] * (n // 2)), low=2, high=2),
            PairCost(must=True, price=100, pairs=pairs, weights=array([1] * 3)),
            PairCost(must=False, price=20, pairs=pairs + 8, weights=array([1] * 3), together=True),
            PairCost(must=False, price=7, labels=generator.integers(-1, 3, n)),
            CompanyCost(must=True, price=100, students=few, others=few),
            CompanyCost(must=False, price=30, students=array([3, 9]), others=array([11, 12])),
            OverlapCost(must=False, price=25, masks=generator.integers(1, 64, n), at_least=1),
        ),
    )


@pytest.mark.parametrize(("n", "groups"), [(16, 4), (24, 6)])
def test_classes_of_these_sizes_are_proven(n: int, groups: int) -> None:
    instance = school(n, groups, seed=n)
    start = search(instance, seed=1, proposals=20_000, watch=Watch())
    assert start.violation == 0
    seen: list[Progress] = []
    closed = close_gap(instance, start.assignment, budget=ALL, watch=Watch(report=seen.append))
    assert closed.best
    assert closed.cost <= start.cost
    # What CP-SAT proves of the whole class, by another model.

    if n == 16:
        below = solve(instance, seed=1, deterministic_time=30.0, watch=Watch(), below=closed.cost)
        assert below.verdict is Verdict.NONE
    bounds = [progress.bound for progress in seen]
    assert bounds == sorted(bounds)


def test_the_same_input_gives_the_same_plan_and_bound() -> None:
    instance = school(24, 6, seed=3)
    start = search(instance, seed=1, proposals=2_000, watch=Watch())
    assert start.violation == 0
    small = Budget(steps=1_000_000, cuts=1, window=200, tries=2, time=0.05)
    first, again = (close_gap(instance, start.assignment, budget=small, watch=Watch()) for _ in range(2))
    assert first.assignment.tolist() == again.assignment.tolist()
    assert (first.cost, first.bound) == (again.cost, again.bound)


def test_stopped_at_once_nothing_changes_and_nothing_is_claimed() -> None:
    instance = school(16, 4, seed=1)
    start = search(instance, seed=1, proposals=20_000, watch=Watch())
    closed = close_gap(instance, start.assignment, budget=ALL, watch=Watch(wanted_stop=lambda: True), bound=0)
    assert closed.assignment.tolist() == start.assignment.tolist()
    assert (closed.cost, closed.bound) == (start.cost, 0)


def test_a_stop_ends_a_partition_that_finds_nothing() -> None:
    # To hold sixty students once with some of these groups takes longer than anyone would wait.
    generator = np.random.default_rng(5)
    n = 60
    weights = SumCost(must=False, price=1, weights=generator.integers(-999, 999, n), low=0, high=0)
    groups = whole_groups(Instance(n, n // 4, 4, 4, (weights,)))
    members = [tuple(sorted(generator.choice(n, 4, replace=False).tolist())) for _ in range(4_000)]
    columns = {group: groups.price(group) for group in members}
    asked = iter([False] * 2)
    watch = Watch(wanted_stop=lambda: next(asked, True))
    part = partition(
        groups, columns, below=1 << 40, deterministic_time=1e6, watch=watch, hint=(), cuts=(), excess=None
    )
    assert part.verdict is not Verdict.NONE
    assert watch.cut_short
