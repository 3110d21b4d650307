"""A piece of work in another process: where it is, how it is stopped, and what it comes to."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, Protocol, TypeVar

from planner.engines.common.watch import Progress
from planner.jobs.worker import PROCESS, PROGRESS, STOP

if TYPE_CHECKING:
    from planner.jobs.pool import WorkerPool

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

GRACE = 15.0  # seconds that a job may take to end after a stop or its time limit
SILENCE = 120.0  # seconds without a sign of life after which a worker hangs
START = 300.0  # seconds in which a worker has to give its first; it may have to compile

FailureReason = Literal["died", "hung", "too-much", "withdrawn"]


class JobLost(Exception):  # noqa: N818 - the name says what happened
    """A job ended without a result; nothing of it was kept.

    Parameters
    ----------
    loss : FailureReason
        Its process died, had to be ended or had not enough memory, or it was stopped before its turn came.
    """

    def __init__(self, loss: FailureReason = "died") -> None:
        super().__init__(loss)
        self.loss = loss


class JobHandle(Protocol[T_co]):
    """Something under way: one job, or several that make one thing."""

    @property
    def stopped_at(self) -> float | None:
        """When it was asked to stop, by the clock of `time.monotonic`; None where it was not."""

    def progress(self) -> Progress:
        """Return where it is."""

    def place(self) -> int:
        """Return its place in the line, 1 for the next; 0 once it had its turn."""

    def stop(self) -> None:
        """Ask it to end with the best in hand."""

    def done(self) -> bool:
        """Whether there is a result."""

    def wait(self, seconds: float) -> bool:
        """Wait until it is done, at most so many seconds; return whether it is."""

    def result(self) -> T_co:
        """Return what it came to, or raise what was raised."""


@dataclass(eq=False)
class Job(Generic[T]):
    """A piece of work that waits for its turn, is under way, or done.

    Attributes
    ----------
    workers : WorkerPool
    owner : str
        For whom it is.
    task : callable
    arguments : tuple
    time_limit : float or None
        Seconds of work after which it should have ended by itself.
    future : Future
    folder : Path
        Where the two sides leave word for each other.
    """

    workers: WorkerPool
    owner: str
    task: Callable[..., T]
    arguments: tuple[object, ...]
    time_limit: float | None = None
    future: Future[T] = field(default_factory=Future)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="hecht-job-")))
    stopped_at: float | None = None
    given_at: float | None = None  # when a worker got it
    _began_at: float | None = None  # when the worker gave its first sign of life
    _sign: int = 0
    _heard_at: float = 0.0

    def progress(self) -> Progress:
        """Return where the job is; before it starts, nothing done."""
        try:
            return Progress(**json.loads((self.folder / PROGRESS).read_text()))
        except (OSError, ValueError, TypeError):
            return Progress()

    def place(self) -> int:
        """Return its place in the line, 1 for the next; 0 once it had its turn."""
        return self.workers.place(self)

    def stop(self) -> None:
        """Ask the job to end with the best plan in hand; one that still waits leaves the line."""
        if self.stopped_at is None:
            self.stopped_at = time.monotonic()
            with contextlib.suppress(OSError):
                (self.folder / STOP).touch()
            self.workers.cancel(self)

    def done(self) -> bool:
        """Whether there is a result; gives up on a worker that hangs."""
        if not self.future.done() and self._hangs():
            self.workers.terminate(self)
        return self.future.done()

    def wait(self, seconds: float) -> bool:
        """Wait until the job is done, at most `seconds`."""
        with contextlib.suppress(FutureTimeout, Exception):
            self.future.exception(timeout=seconds)
        return self.done()

    def result(self) -> T:
        """Return what the task returned, or raise what it raised.

        Raises
        ------
        JobLost
            Where its process died or was ended, or it was stopped before its turn.
        """
        try:
            return self.future.result()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def process(self) -> int | None:
        """Return the process that works on it."""
        with contextlib.suppress(OSError, ValueError):
            return int((self.folder / PROCESS).read_text())
        return None

    def _hangs(self) -> bool:
        if self.given_at is None:
            return False
        now = time.monotonic()
        self._listen(now)
        if self._began_at is None:
            return now - self.given_at > START
        if self.stopped_at is not None and now - max(self.stopped_at, self._began_at) > GRACE:
            return True
        late = self.time_limit is not None and now - self._began_at > self.time_limit + GRACE
        return late or now - self._heard_at > SILENCE

    def _listen(self, now: float) -> None:
        with contextlib.suppress(OSError):
            sign = (self.folder / PROCESS).stat().st_mtime_ns
            if sign != self._sign:
                self._sign, self._heard_at = sign, now
                self._began_at = now if self._began_at is None else self._began_at
