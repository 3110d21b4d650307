"""What bounds a run and what it tells."""

from __future__ import annotations

import pytest

from planner.engines.common import watch as watch_module
from planner.engines.common.watch import Progress, Watch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Set the time; the list holds the current second."""
    now = [100.0]
    monkeypatch.setattr(watch_module.time, "monotonic", lambda: now[0])
    return now


def test_without_a_limit_a_run_goes_on(clock: list[float]) -> None:
    watch = Watch()
    clock[0] = 1e9
    assert watch.seconds_left() == float("inf")
    assert not watch.stop()
    assert not watch.cut_short


def test_the_time_limit_cuts_a_run_short(clock: list[float]) -> None:
    watch = Watch(time_limit=5.0, started=100.0)
    clock[0] = 103.0
    assert (watch.seconds, watch.seconds_left()) == (3.0, 2.0)
    assert not watch.stop()
    clock[0] = 106.0
    assert watch.seconds_left() == 0.0
    assert watch.stop()
    assert watch.cut_short


def test_a_stop_is_remembered() -> None:
    wanted = [False, True, False]
    watch = Watch(wanted_stop=lambda: wanted.pop(0))
    assert [watch.stop(), watch.stop(), watch.stop()] == [False, True, True]
    assert wanted == [False]


def test_what_is_not_told_stays_as_it_was_and_done_never_falls(clock: list[float]) -> None:
    seen: list[Progress] = []
    watch = Watch(report=seen.append, started=100.0)
    watch.tell(stage="search", done=0.5, violation=0, cost=40)
    clock[0] = 101.0
    watch.tell(done=0.3, bound=30)
    assert seen == [
        Progress(stage="search", done=0.5, violation=0, cost=40, bound=0, seconds=0.0),
        Progress(stage="search", done=0.5, violation=0, cost=40, bound=30, seconds=1.0),
    ]
    assert watch.last == seen[-1]
