"""Long runs side by side give what they would give one after the other."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.engines.common.watch import Watch
from planner.engines.local_search import side_by_side
from planner.engines.local_search.search import SearchResult, search
from planner.engines.local_search.side_by_side import LAST_TEMPERATURE, search_side_by_side
from planner.model.evaluation import evaluate
from planner.model.instance import Instance
from tests.builders.instances import instances

pytestmark = pytest.mark.usefixtures("look_often")


@given(instances(most=8), st.integers(0, 1 << 30))
@settings(max_examples=60)
def test_the_best_of_runs_one_after_the_other_comes_out(instance: Instance, seed: int) -> None:
    seeds = [seed, seed + 1, seed + 2]
    found = search_side_by_side(instance, seeds=seeds, proposals=1_000, watch=Watch(), enough=-1)
    alone = [
        search(instance, seed=one, proposals=1_000, watch=Watch(), enough=-1, cooled=LAST_TEMPERATURE)
        for one in seeds
    ]
    best = min(alone, key=lambda one: (one.violation, one.cost))
    assert (found.violation, found.cost) == (best.violation, best.cost)
    assert found.assignment.tolist() == best.assignment.tolist()
    counted = evaluate(instance, found.assignment)
    assert (counted.violation, counted.cost) == (found.violation, found.cost)


def results(monkeypatch: pytest.MonkeyPatch, *costs: int) -> list[int]:
    """Let runs end with these costs; return a list in which those that ran are noted."""
    ran: list[int] = []

    def ends(_: Instance, *, seed: int, watch: Watch, **__: object) -> SearchResult:
        ran.append(seed)
        return SearchResult(np.full(4, seed), 0, costs[seed], np.zeros((2, 0), np.int64))

    monkeypatch.setattr(side_by_side, "search", ends)
    return ran


@pytest.mark.parametrize(("costs", "first"), [((3, 2, 2), 1), ((5, 5, 5), 0), ((0, 0, 0), 0), ((9, 8, 7), 2)])
def test_the_earliest_of_the_best_seeds_is_taken(
    monkeypatch: pytest.MonkeyPatch, costs: tuple[int, ...], first: int
) -> None:
    """Which run ends first hangs on the machine, so it must not count."""
    ran = results(monkeypatch, *costs)
    found = search_side_by_side(Instance(4, 2, 2, 2), seeds=range(3), proposals=1, watch=Watch())
    assert found.assignment.tolist() == [first] * 4
    assert 0 in ran


def test_a_stop_ends_every_run() -> None:
    looks = iter([False] * 6)
    watch = Watch(wanted_stop=lambda: next(looks, True))
    found = search_side_by_side(
        Instance(60, 15, 4, 4), seeds=range(3), proposals=10**12, watch=watch, enough=-1
    )
    assert watch.cut_short
    assert len(found.assignment) == 60


def test_a_run_that_fails_ends_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: Instance, *, seed: int, watch: Watch, **__: object) -> SearchResult:
        if seed == 0:
            raise MemoryError
        while not watch.stop():  # as a run of any length does
            pass
        return SearchResult(np.zeros(4, np.int64), 0, 0, np.zeros((2, 0), np.int64))

    monkeypatch.setattr(side_by_side, "search", fails)
    with pytest.raises(MemoryError):
        search_side_by_side(Instance(4, 2, 2, 2), seeds=range(2), proposals=1, watch=Watch())
