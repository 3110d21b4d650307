"""A task of the command line: run in a process of its own, its progress shown, stopped by Ctrl-C."""

from __future__ import annotations

from typing import TypeVar

from planner.cli.speak import Speaker
from planner.jobs.job import JobHandle
from planner.services.running import Request, Runner, Task, new_pool, start

T = TypeVar("T")
POLL = 0.1  # seconds between two looks at a job


def runner(speaker: Speaker) -> Runner:
    """Return what runs a task and shows how it goes."""

    def run(task: Task[T], request: Request) -> T:
        pool = new_pool(count=1)
        try:
            return watched(start(pool, task, request), speaker)
        finally:
            pool.close()

    return run


def watched(job: JobHandle[T], speaker: Speaker) -> T:
    """Show progress until the job is done; Ctrl-C stops it with the best plan in hand.

    Parameters
    ----------
    job : JobHandle
        Under way.
    speaker : Speaker
        Says what there is to say.

    Returns
    -------
    T
        What the job comes to.
    """
    with speaker.progress() as show:
        while not job.done():
            try:
                job.wait(POLL)
                show(job.progress())
            except KeyboardInterrupt:
                job.stop()
        return job.result()
