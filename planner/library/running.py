"""A run in this process that Ctrl-C (or the stop button of a notebook) ends with the best plan so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Generic, TypeVar

from planner.engines.common.watch import Progress, Watch
from planner.model.no_plan import NoPlan
from planner.services.running import Runner, here

T = TypeVar("T")
LOOK_EVERY = 0.1  # seconds in which an interrupt is heard on every system

Show = Callable[[Progress], None]


@dataclass
class _Said:
    """Something that a run reports; it goes on once that was heard."""

    now: Progress
    heard: Event = field(default_factory=Event)


@dataclass
class _ThreadRun(Generic[T]):
    """Work in a thread of its own: the solvers hear of no interrupt until they are done."""

    work: Callable[[Runner], T]
    show: Show | None
    stop: Event = field(default_factory=Event)
    said: SimpleQueue[_Said | None] = field(default_factory=SimpleQueue)
    result: list[T] = field(default_factory=list)
    failed: BaseException | None = None

    def begin(self) -> None:
        Thread(target=self._do, name="hecht-run", daemon=True).start()

    def _do(self) -> None:
        try:
            self.result.append(self.work(here(Watch(report=self._report, wanted_stop=self.stop.is_set))))
        except BaseException as error:
            self.failed = error
        finally:
            self.said.put(None)

    def _report(self, now: Progress) -> None:
        if self.show is not None and not self.stop.is_set():
            said = _Said(now)
            self.said.put(said)
            while not (said.heard.wait(LOOK_EVERY) or self.stop.is_set()):
                pass

    def listen(self, show: Show | None) -> None:
        """Hand on what is reported until the run is done."""
        while True:
            try:
                said = self.said.get(timeout=LOOK_EVERY)
            except Empty:
                continue
            if said is None:
                return
            try:
                if show is not None:
                    show(said.now)
            except BaseException:
                self.stop.set()  # before the run goes on
                raise
            finally:
                said.heard.set()


def run_here(work: Callable[[Runner], T], progress: Show | None = None) -> T:
    """Do work in this process; the first interrupt stops it, a second one gives it up.

    Parameters
    ----------
    work : callable
        Takes a runner of tasks, and returns what came of them.
    progress : callable, optional
        Called with a `Progress` now and then, in the thread that waits here.

    Returns
    -------
    object
        What the task returns.

    Raises
    ------
    KeyboardInterrupt
        Where the work was interrupted and nothing was in hand.
    """
    run = _ThreadRun(work, progress)
    run.begin()
    try:
        run.listen(progress)
    except KeyboardInterrupt:
        run.stop.set()
        run.listen(None)
        if isinstance(run.failed, NoPlan):
            raise
    finally:
        run.stop.set()  # whatever is raised here: nobody waits for the run any more
    if run.failed is not None:
        raise run.failed
    return run.result[0]
