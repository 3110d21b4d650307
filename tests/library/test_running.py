"""An interrupt ends a run with what is in hand; nothing here waits by time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import planner
from planner.engines.common.watch import Watch
from planner.library.running import run_here
from planner.model.no_plan import NoPlan
from planner.services.running import Runner

ROOT = Path(__file__).parents[2]


def interrupting(when: Callable[[planner.Progress], bool]) -> Callable[[planner.Progress], None]:
    """Return what interrupts once, at a moment of a run."""
    done = []

    def show(now: planner.Progress) -> None:
        if not done and when(now):
            done.append(now)
            raise KeyboardInterrupt

    return show


def test_an_interrupt_gives_the_best_plan_so_far() -> None:
    roster = planner.read_class_list(ROOT / "data" / "klas-28.csv")
    rules = planner.read_rules(ROOT / "data" / "regels-28.toml")
    in_hand = interrupting(lambda now: now.violation == 0 and now.stage == "search")
    plan = planner.plan(roster, rules, effort="prove", progress=in_hand)
    assert plan.outcome.cut_short
    assert plan.report["holds"].all()


def test_no_solver_keeps_an_interrupt_for_itself() -> None:
    """OR-Tools ended one search of many at Ctrl-C, and the run went on as if nothing had been asked."""
    for path in (ROOT / "planner" / "engines").rglob("*.py"):
        text = path.read_text("utf-8")
        assert text.count("CpSolver()") == text.count("catch_sigint_signal = False"), path


class Asked:
    time_limit = None


def empty_handed(request: Asked, *, watch: Watch) -> None:
    watch.tell(stage="search")
    assert watch.stop()
    raise NoPlan(proven=False, cut_short=True)


def with_something(request: Asked, *, watch: Watch) -> str:
    watch.tell(stage="search")
    assert watch.stop()
    return "the best so far"


def once() -> Callable[[planner.Progress], None]:
    return interrupting(lambda now: True)


def test_with_nothing_in_hand_it_is_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_here(lambda run: run(empty_handed, Asked()), once())
    assert run_here(lambda run: run(with_something, Asked()), once()) == "the best so far"


def test_what_progress_raises_ends_the_run_and_is_raised() -> None:
    ended = []

    def work(run: Runner) -> None:
        try:
            run(empty_handed, Asked())
        finally:
            ended.append(True)

    def fails(now: planner.Progress) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_here(work, fails)


def test_errors_of_the_work_are_raised_here() -> None:
    def work(run: Runner) -> None:
        raise LookupError("here")

    with pytest.raises(LookupError, match="here"):
        run_here(work)
