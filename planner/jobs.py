"""Work in another process: start, progress, stop.

A job runs on any `concurrent.futures.Executor`; by default each slot is a process
pool of one, so that a process that dies or hangs takes no other job with it. The
job's folder carries what an executor cannot: progress one way, a wish to stop the
other. It has to be on a disk that both sides see.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from planner.chances import Ask, Row, Start
from planner.choices import goes_on
from planner.conflict import Explanation, explain
from planner.domain import Plan, Roster
from planner.engines.limits import Progress, Watch
from planner.forecast import merged, simulate
from planner.formation import Effort
from planner.repair import Earlier, Wishes, repair, without_leavers
from planner.rules import Rules
from planner.term import plan_term, with_refreshes

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

PROGRESS, STOP, PROCESS = "progress.json", "stop", "process"
REPORT_EVERY = 0.1  # seconds
GRACE = 15.0  # seconds that a job may take to end after a stop or its time limit


class JobLost(Exception):  # noqa: N818 - the name says what happened
    """The process of a job died or had to be ended; nothing of it was kept."""


def plan_task(
    rules: Rules, roster: Roster, seed: int, effort: Effort, time_limit: float | None, *, watch: Watch
) -> Plan:
    """Form a plan for the term; the task behind `plan` on the command line and in the app."""
    watch.time_limit = time_limit
    return plan_term(rules, roster, seed=seed, effort=effort, watch=watch)


def replan_task(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    wishes: Wishes,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> Plan:
    """Plan again after dropouts, with the refreshes still to come planned anew; the task behind `replan`."""
    watch.time_limit = time_limit
    plan = repair(rules, roster, earlier, wishes=wishes, seed=seed, watch=watch)
    staying = without_leavers(rules, roster, earlier)
    return with_refreshes(staying, roster, plan, earlier.versions, watch=watch)


def try_task(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    wishes: Wishes,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> Plan:
    """Plan again to see what a choice would cost; what comes after a refresh is left out."""
    watch.time_limit = time_limit
    return repair(rules, roster, earlier, wishes=wishes, seed=seed, watch=watch)


def curve_task(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    wishes: Wishes,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> tuple[Plan, ...]:
    """Plan again with 0, 1, 2 … extra moves, as long as that makes the groups better."""
    watch.time_limit = time_limit
    plans: list[Plan] = []
    while not plans or (goes_on(plans) and not watch.stop()):
        more = replace(wishes, extra_moves=len(plans))
        plans.append(repair(rules, roster, earlier, wishes=more, seed=seed, watch=watch))
    return tuple(plans)


def conflict_task(rules: Rules, roster: Roster, time_limit: float | None, *, watch: Watch) -> Explanation:
    """Find out what is in the way of a plan; the task behind the reasons for exit status 1."""
    watch.time_limit = time_limit
    return explain(rules, roster, watch=watch)


def forecast_task(start: Start, ask: Ask, part: int, parts: int, *, watch: Watch) -> tuple[Row, ...]:
    """Live through a part of the simulated terms; see `start_forecast`."""
    return simulate(start, ask, part, parts, watch=watch)


class Work(Protocol[T_co]):
    """Something under way: one job, or several that make one thing."""

    @property
    def stopped_at(self) -> float | None: ...  # noqa: D102
    def progress(self) -> Progress: ...  # noqa: D102
    def stop(self) -> None: ...  # noqa: D102
    def done(self) -> bool: ...  # noqa: D102
    def wait(self, seconds: float) -> bool: ...  # noqa: D102
    def result(self) -> T_co: ...  # noqa: D102


@dataclass
class Job(Generic[T]):
    """A piece of work under way.

    Attributes
    ----------
    future : Future
    folder : Path
        Where the two sides leave word for each other.
    time_limit : float or None
        Seconds of work after which it should have ended by itself.
    """

    future: Future[T]
    folder: Path
    time_limit: float | None = None
    stopped_at: float | None = None
    lost: bool = False

    def progress(self) -> Progress:
        """Return where the job is; before it starts, nothing done."""
        try:
            return Progress(**json.loads((self.folder / PROGRESS).read_text()))
        except (OSError, ValueError, TypeError):
            return Progress()

    def stop(self) -> None:
        """Ask the job to end with the best plan in hand."""
        if self.stopped_at is None:
            self.stopped_at = time.monotonic()
            with contextlib.suppress(OSError):
                (self.folder / STOP).touch()

    def done(self) -> bool:
        """Whether there is a result; ends a process that does not listen any more."""
        if not self.future.done() and self._overdue():
            self._kill()
        return self.future.done()

    def wait(self, seconds: float) -> bool:
        """Wait until the job is done, at most `seconds`."""
        with contextlib.suppress(FutureTimeout, BrokenExecutor, Exception):
            self.future.exception(timeout=seconds)
        return self.done()

    def result(self) -> T:
        """Return what the task returned, or raise what it raised.

        Raises
        ------
        JobLost
            Where its process died or was ended.
        """
        try:
            return self.future.result()
        except BrokenExecutor as error:
            raise JobLost from error
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _overdue(self) -> bool:
        if self.stopped_at is not None and time.monotonic() - self.stopped_at > GRACE:
            return True
        return self.time_limit is not None and self.progress().seconds > self.time_limit + GRACE

    def _kill(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            process = int((self.folder / PROCESS).read_text())
            self.lost = True
            os.kill(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)


@dataclass
class Several(Generic[T]):
    """Jobs that each do a part of one thing, followed as one.

    Attributes
    ----------
    jobs : sequence of Job
    join : callable
        Makes the whole of what the jobs return, in their order.
    """

    jobs: Sequence[Job[Any]]
    join: Callable[[list[Any]], T]

    @property
    def stopped_at(self) -> float | None:
        """When it was asked to end."""
        return self.jobs[0].stopped_at

    def progress(self) -> Progress:
        """Return where the jobs are: what the first is doing, and how much of all is done."""
        at = [job.progress() for job in self.jobs]
        return replace(at[0], done=sum(one.done for one in at) / len(at))

    def stop(self) -> None:
        """Ask every job to end with what it has."""
        for job in self.jobs:
            job.stop()

    def done(self) -> bool:
        """Whether every job is done."""
        return all(job.done() for job in self.jobs)

    def wait(self, seconds: float) -> bool:
        """Wait until all are done, at most `seconds`."""
        until = time.monotonic() + seconds
        return all(job.wait(max(0.0, until - time.monotonic())) for job in self.jobs)

    def result(self) -> T:
        """Return the whole, or raise what a job raised once all have ended."""
        ends = [_end(job) for job in self.jobs]
        for end in ends:
            if isinstance(end, Exception):
                raise end
        return self.join(ends)


def _end(job: Job[Any]) -> Any:
    try:
        return job.result()
    except Exception as error:
        return error


def start_forecast(workers: Workers, start: Start, ask: Ask) -> Several[tuple[Row, ...]]:
    """Start a forecast that uses every worker; their number changes nothing of what it finds."""
    parts = workers.count
    return Several([workers.start(forecast_task, start, ask, part, parts) for part in range(parts)], merged)


@dataclass
class Workers:
    """Slots that run jobs, each an executor of its own.

    Parameters
    ----------
    count : int
    make : callable
        Makes the executor of a slot; `Client.get_executor` of a Dask cluster will do.
    """

    count: int = 2
    make: Callable[[], Executor] = field(default=lambda: _process())
    _slots: list[Executor] = field(default_factory=list)
    _busy: list[set[Future[Any]]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, task: Callable[..., T], *args: object, time_limit: float | None = None) -> Job[T]:
        """Start `task(*args, watch=...)` in the slot with the shortest queue."""
        folder = Path(tempfile.mkdtemp(prefix="hecht-job-"))
        with self._lock:
            slot = self._shortest()
            try:
                future = self._slots[slot].submit(_run, str(folder), task, args)
            except BrokenExecutor:
                self._slots[slot] = self.make()
                future = self._slots[slot].submit(_run, str(folder), task, args)
            self._busy[slot].add(future)
        return Job(future, folder, time_limit)

    def _shortest(self) -> int:
        while len(self._slots) < self.count:
            self._slots.append(self.make())
            self._busy.append(set())
        for futures in self._busy:
            futures.difference_update([future for future in futures if future.done()])
        return min(range(self.count), key=lambda slot: len(self._busy[slot]))

    def close(self) -> None:
        """End every slot; jobs under way are given up."""
        for slot in self._slots:
            slot.shutdown(wait=False, cancel_futures=True)
        self._slots.clear()
        self._busy.clear()


def _process() -> Executor:
    # Spawned, not forked: the page's process has threads, and the solvers keep state.
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_warm)


def _warm() -> None:
    """Load and compile before the first job, and leave Ctrl-C to the process that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from planner.engines.search import warm_up

    warm_up()


def _end_with_parent() -> None:
    """End when the process that asked was killed: it could not say so any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(folder: str, task: Callable[..., T], args: tuple[object, ...]) -> T:
    """Run a task in the worker, with a watch that speaks through the job's folder."""
    place = Path(folder)
    _write(place / PROCESS, str(os.getpid()))
    last = 0.0

    def report(progress: Progress) -> None:
        nonlocal last
        if progress.seconds - last >= REPORT_EVERY or progress.done >= 1:
            last = progress.seconds
            _write(place / PROGRESS, json.dumps(asdict(progress)))

    watch = Watch(report=report, wanted_stop=(place / STOP).exists)
    return task(*args, watch=watch)


def _write(path: Path, text: str) -> None:
    """Write whole or not at all; the other side may be reading."""
    with contextlib.suppress(OSError):
        aside = path.with_suffix(".new")
        aside.write_text(text)
        aside.replace(path)
