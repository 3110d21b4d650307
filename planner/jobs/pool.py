"""Work in another process: a fair line, start, progress, stop.

A job runs on any `concurrent.futures.Executor`; by default each slot is a process
pool of one, so that a process that dies or hangs takes no other job with it. A slot
has one job at a time, the others wait in line. The job's folder carries what an
executor cannot: progress and signs of life one way, a wish to stop the other. It has
to be on a disk that both sides see.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from planner.jobs import worker
from planner.jobs.fair_queue import FairQueue
from planner.jobs.job import Job, JobLost, T

PAUSE = 10.0  # seconds until the next worker gets ready: the first one may have work by then


@dataclass
class WorkerPool:
    """Slots that run jobs, each an executor of its own, and the line before them.

    Attributes
    ----------
    count : int
        Jobs at a time.
    spare : int
        Slots besides, for who has nothing under way: a long job in every other slot
        of somebody else does not keep them waiting.
    make : callable
        Makes the executor of a slot; `Client.get_executor` of a Dask cluster will do.
    """

    count: int = 2
    spare: int = 0
    make: Callable[[], Executor] = worker.process
    _slots: dict[int, Executor] = field(default_factory=dict)
    _broken: dict[int, Executor] = field(default_factory=dict)  # the last of a slot: it still clears up
    _busy: dict[int, Job[Any]] = field(default_factory=dict)
    _line: FairQueue[Job[Any]] = field(default_factory=FairQueue)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def start(
        self, task: Callable[..., T], *args: object, time_limit: float | None = None, owner: str = ""
    ) -> Job[T]:
        """Have `task(*args, watch=...)` done for somebody when their turn comes.

        Parameters
        ----------
        task : callable
            A function of a module; what goes in and comes out of it can be pickled.
        *args : object
            Of the task, before its watch.
        time_limit : float, optional
            Seconds of work after which it should have ended by itself.
        owner : str
            For whom it is; the turns of owners are fair.

        Returns
        -------
        Job
        """
        job = Job(self, owner, task, args, time_limit)
        with self._lock:
            self._line.add(owner, job)
            self._go_on()
        return job

    def get_ready(self, slot: int = 0) -> None:
        """Have the workers load and compile before anybody waits for them, one after the other."""
        with self._lock:
            if slot >= self.count:
                return
            if slot in self._slots:
                self.get_ready(slot + 1)
            else:
                self._renew(slot).add_done_callback(partial(self._next_ready, slot + 1))

    def _next_ready(self, slot: int, before: Future[int]) -> None:
        if not before.cancelled() and before.exception() is None:
            pause = threading.Timer(PAUSE, self._still_ready, (slot,))
            pause.daemon = True
            with contextlib.suppress(RuntimeError):  # the server ends
                pause.start()

    def _still_ready(self, slot: int) -> None:
        with contextlib.suppress(RuntimeError):  # the server ends
            self.get_ready(slot)

    def place(self, job: Job[Any]) -> int:
        """Return the place of a job in the line, 0 where it does not wait."""
        with self._lock:
            return self._line.place(job)

    def cancel(self, job: Job[Any]) -> None:
        """Take a job out of the line if it waits there."""
        with self._lock:
            if self._line.leave(job.owner, job):
                _settle(job, JobLost("withdrawn"))

    def terminate(self, job: Job[Any]) -> None:
        """End the process of a job that hangs, and put another in its place."""
        with self._lock:
            slot = next((slot for slot, busy in self._busy.items() if busy is job), None)
            if slot is None:
                return
            self._leave(slot, job)
            killed, hung = _kill(job), self._slots[slot]
            self._renew(slot)
            _settle(job, JobLost("hung"))
            self._go_on()
        if not killed:
            hung.shutdown(wait=False)  # not with our lock in hand: it may be telling us that it broke

    def close(self) -> None:
        """End every slot, and wait until it has ended; jobs under way are given up, and those that wait.

        An executor that is still clearing up when Python exits can stumble over that: Python
        then wakes it through a pipe that it is just closing (`OSError: Bad file descriptor`).
        """
        with self._lock:
            slots, jobs = [*self._broken.values(), *self._slots.values()], [*self._busy.values()]
            jobs += [job for _, job in self._line.order()]
            self._slots, self._broken, self._busy, self._line = {}, {}, {}, FairQueue()
        for job in jobs:
            _settle(job, JobLost("withdrawn"))
            job.stop()
            _kill(job)
        for slot in slots:
            slot.shutdown(wait=True, cancel_futures=True)

    def _go_on(self) -> None:
        """Give the free slots to who is next."""
        while len(self._busy) < self.count + self.spare and not self._soon_ready():
            taken = self._line.take(newcomer=len(self._busy) >= self.count)
            if taken is None:
                return
            free = [slot for slot in range(self.count + self.spare) if slot not in self._busy]
            slot = min(free, key=lambda slot: slot not in self._slots)  # rather one that is ready
            self._busy[slot] = taken[1]
            self._submit(slot, taken[1])

    def _soon_ready(self) -> bool:
        """Whether who is next had a job stopped in a ready slot, while the free ones have no worker yet.

        A stopped job ends in a moment; a new worker takes seconds to load.
        """
        if any(slot not in self._busy for slot in self._slots):
            return False
        owner = next((owner for owner, _ in self._line.order()), None)
        return any(job.owner == owner and job.stopped_at is not None for job in self._busy.values())

    def _submit(self, slot: int, job: Job[Any]) -> None:
        job.given_at = time.monotonic()
        executor = self._slots.get(slot) or self._slots.setdefault(slot, self.make())
        try:
            future = executor.submit(worker.run, str(job.folder), job.task, job.arguments)
        except BrokenExecutor:  # it died while it had nothing to do
            self._broken[slot], self._slots[slot] = executor, self.make()
            future = self._slots[slot].submit(worker.run, str(job.folder), job.task, job.arguments)
        future.add_done_callback(partial(self._ended, slot, job))

    def _ended(self, slot: int, job: Job[Any], future: Future[Any]) -> None:
        end = _end_of(future)
        with self._lock:
            if self._busy.get(slot) is not job:
                return  # given up before
            self._leave(slot, job)
            if isinstance(end, JobLost):
                self._renew(slot)
            _settle(job, end)
            self._go_on()

    def _leave(self, slot: int, job: Job[Any]) -> None:
        del self._busy[slot]
        self._line.ended(job.owner)

    def _renew(self, slot: int) -> Future[int]:
        """Put another worker in a slot, and let it get ready before anybody waits for it."""
        if slot in self._slots:
            self._broken[slot] = self._slots[slot]
        self._slots[slot] = self.make()
        return self._slots[slot].submit(os.getpid)


def _end_of(future: Future[Any]) -> Any:
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return JobLost("died")
    except worker.TooMuch:
        return JobLost("too-much")
    except Exception as error:
        return error


def _settle(job: Job[Any], end: Any) -> None:
    if job.future.done():
        return
    if isinstance(end, Exception):
        job.future.set_exception(end)
    else:
        job.future.set_result(end)


def _kill(job: Job[Any]) -> bool:
    """End the process of a job, where it is one that we started; return whether it was."""
    process = job.process()
    if process is None or process not in {child.pid for child in multiprocessing.active_children()}:
        return False
    with contextlib.suppress(OSError):
        os.kill(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    return True
