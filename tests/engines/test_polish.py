"""Polishing frees a few groups at a time: never worse, and never a must broken."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.engines.limits import Progress, Watch
from planner.engines.polish import Round, group_prices, polish
from planner.engines.search import search
from planner.instance import (
    CompanyCost,
    Instance,
    OverlapCost,
    PairCost,
    SumCost,
    account,
    members_of,
)
from tests.engines.instances import KINDS, array, every_assignment, instances, least

WITHOUT_HOMES = tuple(kind for kind in KINDS if kind != "home")
SHORT = (Round(12, 8, 4),)


@given(instances(kinds=WITHOUT_HOMES), st.data())
@settings(max_examples=40, deadline=None)
def test_a_tiny_class_is_one_corner_and_becomes_the_best(instance: Instance, data: st.DataObject) -> None:
    holding = [a for a in every_assignment(instance) if account(instance, a).holds]
    assume(holding)
    start = array(data.draw(st.sampled_from(holding)))
    kept = start.copy()
    polished = polish(instance, start, seed=1, rounds=SHORT, bound=0, watch=Watch())
    assert account(instance, polished).holds
    assert account(instance, polished).cost == least(instance)
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
    assert start.strain == 0
    polished = polish(instance, start.assignment, seed=seed, rounds=SHORT, bound=0, watch=Watch())
    after = account(instance, polished)
    assert after.holds
    assert after.cost <= start.cost
    assert all(2 <= len(members) <= 4 for members in members_of(polished, 6))


def rough(instance: Instance) -> np.ndarray:
    """Return what a search finds that knows the musts alone."""
    musts = tuple(cost for cost in instance.costs if cost.must)
    return search(replace(instance, costs=musts), seed=1, proposals=1_000, watch=Watch()).assignment


def test_it_finds_what_a_search_for_the_musts_leaves() -> None:
    instance = school(1)
    holding = rough(instance)
    before = account(instance, holding)
    assert before.holds
    after = account(instance, polish(instance, holding, seed=1, rounds=SHORT, bound=0, watch=Watch()))
    assert after.holds
    assert after.cost < before.cost / 2


def test_the_same_seed_gives_the_same_assignment() -> None:
    instance = school(2)
    start = search(instance, seed=1, proposals=1_000, watch=Watch()).assignment
    first, again = (polish(instance, start, seed=7, rounds=SHORT, bound=0, watch=Watch()) for _ in range(2))
    assert first.tolist() == again.tolist()


def test_at_the_bound_or_stopped_it_does_nothing() -> None:
    instance = school(3)
    start = search(instance, seed=1, proposals=1_000, watch=Watch())
    at_bound = polish(instance, start.assignment, seed=1, rounds=SHORT, bound=start.cost, watch=Watch())
    assert at_bound.tolist() == start.assignment.tolist()
    stopped = polish(
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
    polished = polish(instance, start, seed=1, rounds=SHORT, bound=0, watch=Watch(report=seen.append))
    assert {progress.stage for progress in seen} == {"polish"}
    costs = [progress.cost for progress in seen]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] <= account(instance, start).cost
    assert costs[-1] == account(instance, polished).cost < account(instance, start).cost


def test_one_group_is_as_good_as_it_is() -> None:
    cost = SumCost(must=False, price=1, weights=array([1, 2, 3]), low=0, high=0)
    polished = polish(
        Instance(3, 1, 3, 3, (cost,)), array([0, 0, 0]), seed=1, rounds=SHORT, bound=0, watch=Watch()
    )
    assert polished.tolist() == [0, 0, 0]


def test_the_price_of_groups_is_that_of_their_sums() -> None:
    cost = SumCost(must=False, price=2, weights=array([1, 2, 3, -4]), low=0, high=0)
    hard = SumCost(must=True, price=2, weights=array([1, 2, 3, -4]), low=99)
    large = SumCost(must=False, price=2, weights=array([1, 1, 1, 1]), low=9, from_size=3)
    instance = Instance(4, 2, 2, 2, (cost, hard, large))
    assert group_prices(instance, array([0, 0, 1, 1])).tolist() == [6, 2]
