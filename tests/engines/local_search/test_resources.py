"""The search for groups and what they take at once counts right, and finds what trying everything finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from planner.engines.common.lowering import lower, resource_starts
from planner.engines.common.watch import Watch
from planner.engines.local_search import annealing_kernels
from planner.engines.local_search.search import search, state_of
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, ResourceCost, ResourceKind, ResourceLink
from tests.builders.instances import array
from tests.builders.resource_instances import least_of_all, resource_instances

SEEDS = st.integers(0, 1 << 40)

pytestmark = pytest.mark.usefixtures("look_often")


@given(
    resource_instances(most=8), SEEDS, st.sampled_from([0.0, 3.0, 50.0]), st.sampled_from([0.1, 1.0, 20.0])
)
@settings(max_examples=300)
def test_the_state_never_loses_count(
    instance: Instance, seed: int, temperature: float, penalty_weight: float
) -> None:
    model = lower(instance)
    state = state_of(model, instance, seed, None)
    annealing_kernels.anneal(model, state, 2_000, temperature, temperature / 10, penalty_weight)

    first = resource_starts(instance)[:-1]
    now = evaluate(instance, state.place, state.taken - first)
    best = evaluate(instance, state.best, state.best_taken - first)
    assert state.totals.tolist() == [now.violation, now.cost, best.violation, best.cost]
    fresh = state_of(model, instance, seed, state.place, state.taken - first)
    assert state.takers.tolist() == fresh.takers.tolist()
    assert state.takers_of_both.tolist() == fresh.takers_of_both.tolist()
    assert state.units.tolist() == fresh.units.tolist()
    assert state.price.tolist() == fresh.price.tolist()


@given(resource_instances(most=5), SEEDS)
@settings(max_examples=80)
def test_what_is_found_is_what_trying_everything_finds(instance: Instance, seed: int) -> None:
    least = least_of_all(instance)
    found = search(instance, seed=seed, proposals=20_000, watch=Watch())
    event("holds" if least is not None else "nothing holds")
    counted = evaluate(instance, found.assignment, found.taken)
    assert (counted.violation, counted.cost) == (found.violation, found.cost)
    if least is None:
        assert found.violation > 0
    else:
        assert (found.violation, found.cost) == (0, least)


def test_those_who_want_one_topic_come_together() -> None:
    """Groups that were made first could not have one: every group of four would hold two of each."""
    wants = np.asarray([0, 1, 0, 1, 0, 1, 0, 1])
    units = np.stack([wants != topic for topic in (0, 1)], axis=1).astype(np.int64)
    instance = Instance(
        8,
        2,
        4,
        4,
        (ResourceCost(must=True, price=100, kind=0, units=units),),
        (ResourceKind(least=array([1, 1]), most=array([1, 1])),),
    )
    found = search(instance, seed=1, proposals=20_000, watch=Watch())
    assert found.violation == 0
    assert [found.taken[group, 0] for group in found.assignment] == wants.tolist()


def test_a_tutor_is_with_one_group_at_a_time() -> None:
    free = array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1]])
    instance = Instance(
        6,
        2,
        3,
        3,
        (ResourceCost(must=True, price=100, kind=1, units=1 - free),),
        (
            ResourceKind(least=array([0, 0]), most=array([2, 2])),
            ResourceKind(least=array([0, 0]), most=array([2, 2])),
        ),
        (ResourceLink(kinds=(0, 1), most=array([[1, 0], [1, 1]])),),
    )
    found = search(instance, seed=1, proposals=20_000, watch=Watch())
    assert found.violation == 0
    pairs = [tuple(row) for row in found.taken.tolist()]
    assert (0, 1) not in pairs
    assert len(set(pairs)) == 2
    without = replace(instance, links=(ResourceLink(kinds=(0, 1), most=array([[1, 0], [1, 0]])),))
    assert search(without, seed=1, proposals=20_000, watch=Watch()).violation > 0
