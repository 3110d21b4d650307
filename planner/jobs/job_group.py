"""Work in several parts that are done side by side, followed as one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from planner.engines.common.watch import Progress
from planner.jobs.job import Job, JobLost

T = TypeVar("T")


@dataclass
class JobGroup(Generic[T]):
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

    def place(self) -> int:
        """Return the place of the first that waits; 0 once any had its turn."""
        return min(job.place() for job in self.jobs)

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
        ends = [end for end in ends if not _withdrawn(end)] or ends
        for end in ends:
            if isinstance(end, Exception):
                raise end
        return self.join(ends)


def _end(job: Job[Any]) -> Any:
    try:
        return job.result()
    except Exception as error:
        return error


def _withdrawn(end: object) -> bool:
    return isinstance(end, JobLost) and end.loss == "withdrawn"
