"""A light refresh against every refresh there is, and on a class that is too large for that."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from planner.engines.common.watch import Watch
from planner.engines.refreshing import refresh as engine
from planner.engines.refreshing.exchanges import LOOK, Exchanges
from planner.engines.refreshing.refresh import refresh
from planner.engines.refreshing.refresh_problem import (
    RefreshProblem,
    RefreshValue,
    holds,
    most_meetings,
    refresh_value,
)
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, SumCost
from planner.model.term import nobody_can_move
from tests.builders.instances import best_refresh, every_refresh, refreshes, together

KINDS = ("sum", "pairs", "labels", "company", "own company", "overlap")


@given(refreshes())
@settings(max_examples=60)
def test_no_refresh_of_a_small_class_is_better(case: tuple[Instance, RefreshProblem]) -> None:
    instance, light = case
    found = refresh(instance, light, seed=0, watch=Watch())
    assert holds(light, found.places)
    assert evaluate(instance, found.places).holds
    assert found.proven
    assert found.value == refresh_value(instance, light, found.places) == best_refresh(instance, light)


@given(refreshes())
@settings(max_examples=60)
def test_exchanges_of_two_groups_keep_what_they_have_to(case: tuple[Instance, RefreshProblem]) -> None:
    instance, light = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "WHOLE", 0)
        patch.setattr(engine, "MOST_STARTS", 2)
        found = refresh(instance, light, seed=0, watch=Watch())
    assert holds(light, found.places)
    assert evaluate(instance, found.places).holds
    best = best_refresh(instance, light)
    assert best <= found.value <= refresh_value(instance, light, light.home)
    assert best.meetings <= found.most
    if instance.groups == 2:  # one exchange is all there is
        assert found.value == best


@given(refreshes())
@settings(max_examples=80)
def test_first_meetings_stay_within_their_limit(case: tuple[Instance, RefreshProblem]) -> None:
    instance, light = case
    without_rules = Instance(instance.students, instance.groups, instance.smallest, instance.largest)
    assert best_refresh(without_rules, light).meetings <= most_meetings(light)


@pytest.mark.parametrize("keep", [0, 1, 2])
@pytest.mark.parametrize("sizes", [(3, 3), (4, 4), (3, 4), (2, 2, 2), (2, 3, 3), (5, 3), (4, 2, 2), (6, 2)])
def test_who_keeps_too_many_lets_nobody_move(keep: int, sizes: tuple[int, ...]) -> None:
    home = np.repeat(np.arange(len(sizes)), sizes)
    light = RefreshProblem(home, together(home), keep, len(home))
    moving = any(places != tuple(home) for places in every_refresh(light))
    if nobody_can_move(max(sizes), keep):
        assert not moving
    elif sum(size >= 2 * (keep + 1) for size in sizes) > 1:
        assert moving


def test_in_groups_of_up_to_five_two_familiar_people_let_nobody_move() -> None:
    assert [largest for largest in range(1, 10) if nobody_can_move(largest, 2)] == [1, 2, 3, 4, 5]
    assert [largest for largest in range(1, 10) if nobody_can_move(largest, 1)] == [1, 2, 3]
    assert [largest for largest in range(1, 10) if nobody_can_move(largest, 0)] == [1]


def test_a_quarter_of_a_large_class_meets_as_many_as_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ring of three included: fifteen groups of four trade two each."""
    monkeypatch.setattr(engine, "MOST_STARTS", 1)
    generator = np.random.default_rng(3)
    home = np.repeat(np.arange(30), 4)
    grades = SumCost(must=False, price=5, weights=generator.integers(-30, 31, 120), low=0, high=0, step=2)
    never = SumCost(must=True, price=1, weights=(home % 2 == 0).astype(np.int64), high=4)
    instance = Instance(120, 30, 3, 5, (grades, never))
    light = RefreshProblem(home, together(home), 1, 30)
    found = refresh(instance, light, seed=0, watch=Watch())
    assert holds(light, found.places)
    assert evaluate(instance, found.places).holds
    assert found.value.meetings == found.most == 60
    assert (found.places != home).sum() == 30
    again = refresh(instance, light, seed=0, watch=Watch())
    assert (again.places == found.places).all()


def test_who_moved_before_stays_where_another_can_move() -> None:
    home = np.repeat(np.arange(10), 4)
    moved = frozenset(range(0, 40, 4)) | frozenset(range(1, 40, 4))
    light = RefreshProblem(home, together(home), 1, 20, moved)
    found = refresh(Instance(40, 10, 4, 4), light, seed=0, watch=Watch())
    assert found.value == RefreshValue(-40, 0, 0)
    assert {s % 4 for s in np.flatnonzero(found.places != home).tolist()} == {2, 3}


def test_large_groups_trade_a_few() -> None:
    home = np.repeat(np.arange(8), 12)
    light = RefreshProblem(home, together(home), 2, 24)
    found = refresh(Instance(96, 8, 12, 12), light, seed=0, watch=Watch())
    assert holds(light, found.places)
    assert found.value.meetings > 0


@pytest.mark.parametrize("asks", [0, 1, 3])
def test_a_stop_ends_the_first_listing_of_exchanges(asks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody was asked whether to stop until all pairs of groups of a large class had been priced."""
    home = np.repeat(np.arange(40), 4)  # 780 pairs of groups
    looked: list[tuple[int, int]] = []
    asked: list[int] = []
    divided = Exchanges._divided

    def counted(self: Exchanges, groups: list[np.ndarray], a: int, b: int) -> object:
        looked.append((a, b))
        return divided(self, groups, a, b)

    def stop() -> bool:
        asked.append(len(looked))
        return len(asked) > asks

    monkeypatch.setattr(Exchanges, "_divided", counted)
    watch = Watch(wanted_stop=stop)
    found = refresh(Instance(160, 40, 4, 4), RefreshProblem(home, together(home), 1, 40), seed=0, watch=watch)
    assert len(looked) == asks * LOOK
    assert watch.cut_short
    assert (found.places == home).all()


def test_looks_at_the_watch_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    home = np.repeat(np.arange(20), 4)
    grades = SumCost(must=False, price=5, weights=np.arange(80) * 7 % 31, low=60, high=60)
    instance = Instance(80, 20, 4, 4, (grades,))
    exchanges = Exchanges(instance, RefreshProblem(home, together(home), 1, 20), 0, Watch())
    listed = exchanges.every(home, 0)
    monkeypatch.setattr("planner.engines.refreshing.exchanges.LOOK", 7)
    again = exchanges.every(home, 0)
    assert [(one.groups, one.moved, one.gain) for one in again] == [
        (one.groups, one.moved, one.gain) for one in listed
    ]
