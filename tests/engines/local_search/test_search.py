"""The search counts right, keeps to sizes, and gives the same plan for the same seed."""

from __future__ import annotations

from collections import Counter
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.lowering import Model, lower
from planner.engines.common.watch import Progress, Watch
from planner.engines.local_search import annealing_kernels
from planner.engines.local_search import search as search_engine
from planner.engines.local_search.price_kernels import SearchState
from planner.engines.local_search.search import even_sizes, search, state_of
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, PairCost, SumCost
from tests.builders.instances import KINDS, array, every_assignment, instances, least

SEEDS = st.integers(0, 1 << 40)


pytestmark = pytest.mark.usefixtures("look_often")


def allowed(instance: Instance, assignment: np.ndarray) -> bool:
    sizes = [len(members) for members in members_of(assignment, instance.groups)]
    return all(instance.smallest <= size <= instance.largest for size in sizes)


@given(instances(most=8), SEEDS, st.sampled_from([0.0, 3.0, 50.0]), st.sampled_from([0.1, 1.0, 20.0]))
@settings(max_examples=300)
def test_the_state_never_loses_count(
    instance: Instance, seed: int, temperature: float, penalty_weight: float
) -> None:
    model = lower(instance)
    state = state_of(model, instance, seed, None)
    annealing_kernels.anneal(model, state, 3_000, temperature, temperature / 10, penalty_weight)

    now, best = evaluate(instance, state.place), evaluate(instance, state.best)
    assert state.totals.tolist() == [now.violation, now.cost, best.violation, best.cost]
    assert allowed(instance, state.place)
    # Everything that is kept up to date on the way equals what is counted afresh.
    fresh = state_of(model, instance, seed, state.place)
    assert state.filled.tolist() == fresh.filled.tolist()
    assert state.sums.tolist() == fresh.sums.tolist()
    assert state.units.tolist() == fresh.units.tolist()
    assert state.price.tolist() == fresh.price.tolist()
    for student, (group, slot) in enumerate(zip(state.place, state.slot, strict=True)):
        assert state.members[group, slot] == student


@given(instances(most=8), SEEDS)
@settings(max_examples=100)
def test_what_is_found_is_counted_as_by_the_account(instance: Instance, seed: int) -> None:
    found = search(instance, seed=seed, proposals=2_000, watch=Watch())
    counted = evaluate(instance, found.assignment)
    assert (found.violation, found.cost) == (counted.violation, counted.cost)
    assert allowed(instance, found.assignment)


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_tiny_class_it_finds_the_best(kind: str) -> None:
    @given(instances(kinds=(kind,), most_costs=2))
    @settings(max_examples=25)
    def finds(instance: Instance) -> None:
        best = least(instance)
        found = search(instance, seed=3, proposals=20_000, watch=Watch())
        assert (found.cost if found.violation == 0 else None) == best

    finds()


@given(instances(), SEEDS)
@settings(max_examples=30)
def test_the_same_seed_gives_the_same_assignment(instance: Instance, seed: int) -> None:
    first, again = (search(instance, seed=seed, proposals=5_000, watch=Watch()) for _ in range(2))
    assert first.assignment.tolist() == again.assignment.tolist()


def large(seed: int) -> Instance:
    """Return a class of sixty that cannot be solved by luck."""
    generator = np.random.default_rng(seed)
    weights = generator.integers(-99, 99, 60)
    pairs = generator.choice(60, (40, 2))
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return Instance(
        60,
        15,
        3,
        5,
        (
            SumCost(must=False, price=1, weights=weights, low=0, high=0),
            PairCost(must=False, price=20, pairs=pairs, weights=np.ones(len(pairs), np.int64)),
        ),
    )


def test_other_seeds_give_other_assignments() -> None:
    found = {
        tuple(search(large(1), seed=seed, proposals=2_000, watch=Watch()).assignment) for seed in range(4)
    }
    assert len(found) == 4


def test_it_ends_where_nothing_can_cost_less() -> None:
    looks: list[list[Progress]] = [[], []]
    found = [
        search(large(3), seed=1, proposals=50_000, watch=Watch(report=seen.append), look=1_000, enough=enough)
        for enough, seen in zip((0, 10**9), looks, strict=True)
    ]
    assert len(looks[1]) < len(looks[0])
    assert found[1].violation == 0
    again = search(large(3), seed=1, proposals=50_000, watch=Watch(), look=1_000, enough=found[0].cost)
    assert again.assignment.tolist() == found[0].assignment.tolist()  # the same plan, sooner


def test_more_proposals_do_better() -> None:
    little = search(large(1), seed=1, proposals=1_000, watch=Watch())
    more = search(large(1), seed=1, proposals=500_000, watch=Watch())
    dealt = search(large(1), seed=1, proposals=1_000, watch=Watch(wanted_stop=lambda: True))
    assert more.cost <= little.cost < dealt.cost


@given(instances(), SEEDS)
@settings(max_examples=30)
def test_stopped_at_once_it_still_returns(instance: Instance, seed: int) -> None:
    watch = Watch(wanted_stop=lambda: True)
    found = search(instance, seed=seed, proposals=10_000_000_000, watch=watch)
    assert watch.cut_short
    assert allowed(instance, found.assignment)
    sizes = Counter(found.assignment.tolist())
    assert sorted(sizes[group] for group in range(instance.groups)) == sorted(even_sizes(instance))


@given(instances(), st.data(), SEEDS)
@settings(max_examples=60)
def test_from_a_start_it_never_gets_worse(instance: Instance, data: st.DataObject, seed: int) -> None:
    start = data.draw(st.sampled_from(list(every_assignment(instance))))
    before = evaluate(instance, start)
    found = search(instance, seed=seed, proposals=1_000, watch=Watch(), start=start)
    assert (found.violation, found.cost) <= (before.violation, before.cost)
    stopped = search(instance, seed=seed, proposals=1_000, watch=Watch(wanted_stop=lambda: True), start=start)
    assert stopped.assignment.tolist() == list(start)


def test_a_start_is_left_as_it_was() -> None:
    start = array([0, 0, 1, 1])
    weights = SumCost(must=False, price=1, weights=array([3, 3, -3, -3]), low=0, high=0)
    search(Instance(4, 2, 2, 2, (weights,)), seed=1, proposals=1_000, watch=Watch(), start=start)
    assert start.tolist() == [0, 0, 1, 1]


def test_even_sizes_differ_by_at_most_one() -> None:
    assert even_sizes(Instance(11, 3, 3, 5)) == [4, 4, 3]
    assert even_sizes(Instance(12, 3, 3, 5)) == [4, 4, 4]


def test_progress_rises_through_its_share_of_the_run() -> None:
    seen: list[Progress] = []
    watch = Watch(report=seen.append)
    search(large(1), seed=1, proposals=300_000, watch=watch, share=(0.2, 0.5))
    assert {progress.stage for progress in seen} == {"search"}
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert 0.2 < done[0] < done[-1] == pytest.approx(0.5)
    assert [progress.cost for progress in seen] == sorted((progress.cost for progress in seen), reverse=True)


def test_numbers_drawn_are_spread_evenly() -> None:
    random = np.asarray([88172645463325252], np.uint64)
    counts = Counter(int(annealing_kernels.draw(random, 6)) for _ in range(12_000))
    assert set(counts) == set(range(6))
    assert all(1_800 < count < 2_200 for count in counts.values())


def test_the_way_downhill_ends_when_all_has_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the last look at the watch a tenth of all proposals was tried in one go."""
    tried: list[int] = []

    def counted(model: Model, state: SearchState, proposals: int, *temperature: float) -> None:
        tried.append(proposals)

    monkeypatch.setattr(search_engine, "anneal", counted)
    look = partial(
        search, Instance(6, 2, 2, 4), seed=0, proposals=200, repair_proposals=0, look=10, enough=-1
    )
    look(watch=Watch())
    assert tried == [10] * 22
    tried.clear()
    look(watch=Watch(wanted_stop=lambda: len(tried) > 20))
    assert tried == [10] * 21
