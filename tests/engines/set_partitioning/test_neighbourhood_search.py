"""Polishing frees a few groups at a time: never worse, and never a must broken."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.engines.common.lowering import lower
from planner.engines.common.watch import Progress, Watch
from planner.engines.local_search.search import (
    PENALTY_WEIGHT,
    perturb,
    search,
    state_of,
)
from planner.engines.local_search.swap_kernels import cheapest_swaps
from planner.engines.set_partitioning import neighbourhood_search
from planner.engines.set_partitioning.neighbourhood_search import NeighbourhoodRound, search_neighbourhoods
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import CompanyCost, Instance, OverlapCost, PairCost, SumCost
from tests.builders.instances import KINDS, array, every_assignment, instances, least

WITHOUT_HOMES = tuple(kind for kind in KINDS if kind != "home")
SHORT = (NeighbourhoodRound(12, 8, 4),)


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=15, deadline=None)
def test_a_tiny_class_is_one_subinstance_and_becomes_the_best(
    instance: Instance, data: st.DataObject
) -> None:
    holding = [a for a in every_assignment(instance) if evaluate(instance, a).holds]
    assume(holding)
    start = array(data.draw(st.sampled_from(holding)))
    kept = start.copy()
    polished = search_neighbourhoods(instance, start, seed=1, rounds=SHORT, bound=0, watch=Watch())
    assert evaluate(instance, polished).holds
    assert evaluate(instance, polished).cost == least(instance)
    assert start.tolist() == kept.tolist()


def school(seed: int) -> Instance:
    """Return eighteen students with something of every cost, must and not."""
    generator = np.random.default_rng(seed)
    n = 18
    few = np.sort(generator.choice(n, 7, replace=False))
    pairs = array([[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]])
    return Instance(
        n,
        6,
        2,
        4,
        (
            SumCost(must=False, price=1, weights=generator.integers(-50, 50, n), low=0, high=0),
            SumCost(must=True, price=100, weights=array([1] * 9 + [0] * 9), high=2),
            PairCost(must=True, price=100, pairs=pairs, weights=array([1] * 5)),
            PairCost(must=False, price=20, pairs=pairs + 8, weights=array([1] * 5), together=True),
            PairCost(must=False, price=7, labels=generator.integers(-1, 3, n)),
            CompanyCost(must=True, price=100, students=few, others=few),
            CompanyCost(must=False, price=30, students=array([3, 9]), others=array([11, 12])),
            OverlapCost(must=False, price=25, masks=generator.integers(1, 64, n), at_least=1),
        ),
    )


@pytest.mark.parametrize("seed", range(3))
def test_it_is_never_worse_and_breaks_no_must(seed: int) -> None:
    instance = school(seed)
    start = search(instance, seed=seed, proposals=3_000, watch=Watch())
    assert start.violation == 0
    polished = search_neighbourhoods(
        instance, start.assignment, seed=seed, rounds=SHORT, bound=0, watch=Watch()
    )
    after = evaluate(instance, polished)
    assert after.holds
    assert after.cost <= start.cost
    assert all(2 <= len(members) <= 4 for members in members_of(polished, 6))


@pytest.mark.parametrize("seed", range(3))
def test_searching_on_from_the_best_loses_nothing_of_it(seed: int) -> None:
    """What comes of a search may cost more; the plan and what is told of it on the way never do."""
    instance = school(seed)
    start = search(instance, seed=seed, proposals=3_000, watch=Watch())
    told: list[int] = []

    def listen(now: Progress) -> None:
        if now.cost is not None:
            told.append(now.cost)

    def again(perturbations: int) -> list[int]:
        watch = Watch(report=listen)
        return search_neighbourhoods(
            instance,
            start.assignment,
            seed=seed,
            rounds=SHORT,
            bound=0,
            watch=watch,
            perturbations=perturbations,
            proposals=2_000,
        ).tolist()

    alone, stirred = again(0), again(4)
    costs = [evaluate(instance, found).cost for found in (alone, stirred)]
    assert costs[1] <= costs[0] <= start.cost
    assert evaluate(instance, stirred).holds
    assert again(4) == stirred
    told.clear()
    again(4)
    assert told == sorted(told, reverse=True)
    assert told[-1] == costs[1]


def test_near_to_the_bound_it_searches_on_for_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    instance = school(2)
    start = search(instance, seed=2, proposals=3_000, watch=Watch()).assignment

    def searches(bound: int, perturbations: int, nearly: int) -> tuple[int, int]:
        """Return the cost in the end, and how often it searched on."""
        made: list[int] = []
        monkeypatch.setattr(
            neighbourhood_search,
            "perturb",
            lambda *one, seed, **rest: made.append(seed) or perturb(*one, seed=seed, **rest),
        )
        end = search_neighbourhoods(
            instance,
            start,
            seed=2,
            rounds=SHORT,
            bound=bound,
            watch=Watch(),
            perturbations=perturbations,
            nearly=nearly,
            proposals=100,
        )
        return evaluate(instance, end).cost, len(made)

    cost, none = searches(0, 0, 0)
    assert none == 0
    near, far = cost - cost // 13, cost - cost // 11
    assert searches(far, 1, 3) == (cost, 1)
    assert searches(near, 1, 3) == (cost, 4)
    assert searches(cost, 1, 3) == (cost, 0)


def test_a_perturbation_forgets_where_it_began_and_holds_every_must() -> None:
    instance = school(1)
    best = search_neighbourhoods(
        instance,
        search(instance, seed=1, proposals=30_000, watch=Watch()).assignment,
        seed=1,
        rounds=(NeighbourhoodRound(18, 4, 4),),
        bound=0,
        watch=Watch(),
    )
    found = [perturb(instance, best, seed=seed, proposals=3_000, watch=Watch()) for seed in range(8)]
    assert any(one.assignment.tolist() != best.tolist() for one in found)
    for one in found:
        counted = evaluate(instance, one.assignment)
        assert (one.violation, one.cost) == (counted.violation, counted.cost)
        assert one.violation == 0
    stopped = perturb(instance, best, seed=1, proposals=3_000, watch=Watch(wanted_stop=lambda: True))
    assert evaluate(instance, stopped.assignment).violation == stopped.violation


def rough(instance: Instance) -> np.ndarray:
    """Return what a search finds that knows the musts alone."""
    musts = tuple(cost for cost in instance.costs if cost.must)
    return search(replace(instance, costs=musts), seed=1, proposals=1_000, watch=Watch()).assignment


def test_it_finds_what_a_search_for_the_musts_leaves() -> None:
    instance = school(1)
    holding = rough(instance)
    before = evaluate(instance, holding)
    assert before.holds
    after = evaluate(
        instance, search_neighbourhoods(instance, holding, seed=1, rounds=SHORT, bound=0, watch=Watch())
    )
    assert after.holds
    assert after.cost < before.cost / 2


def test_the_same_seed_gives_the_same_assignment() -> None:
    instance = school(2)
    start = search(instance, seed=1, proposals=1_000, watch=Watch()).assignment
    first, again = (
        search_neighbourhoods(instance, start, seed=7, rounds=SHORT, bound=0, watch=Watch()) for _ in range(2)
    )
    assert first.tolist() == again.tolist()


def test_at_the_bound_or_stopped_it_does_nothing() -> None:
    instance = school(3)
    start = search(instance, seed=1, proposals=1_000, watch=Watch())
    at_bound = search_neighbourhoods(
        instance, start.assignment, seed=1, rounds=SHORT, bound=start.cost, watch=Watch()
    )
    assert at_bound.tolist() == start.assignment.tolist()
    stopped = search_neighbourhoods(
        instance,
        start.assignment,
        seed=1,
        rounds=SHORT,
        bound=0,
        watch=Watch(wanted_stop=lambda: True),
    )
    assert stopped.tolist() == start.assignment.tolist()


def test_what_it_tells_never_rises() -> None:
    seen: list[Progress] = []
    instance = school(0)
    start = rough(instance)
    polished = search_neighbourhoods(
        instance, start, seed=1, rounds=SHORT, bound=0, watch=Watch(report=seen.append)
    )
    assert {progress.stage for progress in seen} == {"polish"}
    costs = [progress.cost for progress in seen]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] <= evaluate(instance, start).cost
    assert costs[-1] == evaluate(instance, polished).cost < evaluate(instance, start).cost


def test_one_group_is_as_good_as_it_is() -> None:
    cost = SumCost(must=False, price=1, weights=array([1, 2, 3]), low=0, high=0)
    polished = search_neighbourhoods(
        Instance(3, 1, 3, 3, (cost,)), array([0, 0, 0]), seed=1, rounds=SHORT, bound=0, watch=Watch()
    )
    assert polished.tolist() == [0, 0, 0]


def test_the_groups_that_cost_too_much_are_freed_with_one_that_can_help() -> None:
    """One group of 40 is two over and one is two under; chance alone seldom frees both of them together."""
    weights = array([1, -1] * 80)
    assignment = np.repeat(np.arange(40), 4)
    assignment[[1, 6]] = 1, 0  # group 0 has three of the one, group 1 three of the other
    instance = Instance(160, 40, 4, 4, (SumCost(must=False, price=1, weights=weights, low=0, high=0),))
    assert evaluate(instance, assignment).cost == 4
    one = (NeighbourhoodRound(12, 1, 1),)
    polished = search_neighbourhoods(instance, assignment, seed=1, rounds=one, bound=0, watch=Watch())
    assert evaluate(instance, polished).cost == 0


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=60, deadline=None)
def test_the_cheapest_swaps_are_those_of_the_account(instance: Instance, data: st.DataObject) -> None:
    every = list(every_assignment(instance))
    assume(every)
    now = array(data.draw(st.sampled_from(every)))
    group = int(data.draw(st.sampled_from(sorted(set(now.tolist())))))
    before, least = evaluate(instance, now), np.full(instance.groups, np.inf)
    for i, j in product(np.flatnonzero(now == group), np.flatnonzero(now != group)):
        swapped = now.copy()
        swapped[[i, j]] = now[[j, i]]
        after = evaluate(instance, swapped)
        rise = PENALTY_WEIGHT * (after.violation - before.violation) + after.cost - before.cost
        least[now[j]] = min(least[now[j]], rise)
    model = lower(instance)
    found = cheapest_swaps(model, state_of(model, instance, 1, now), group, PENALTY_WEIGHT, np.inf)
    assert found.tolist() == least.tolist()
