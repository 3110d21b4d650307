"""A task of the command line: run in a process of its own, its progress shown, stopped by Ctrl-C."""

from __future__ import annotations

from typing import TypeVar

from planner.cli.speak import Speaker
from planner.jobs.job import JobHandle, JobLost
from planner.model.no_plan import NoPlan
from planner.model.text import message
from planner.services.running import Request, Runner, Task, new_pool, start

T = TypeVar("T")
STOPPING = message("Stopping with the best there is so far. Press Ctrl+C again to stop at once.")
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
    """Show progress until the job is done; Ctrl-C stops it with the best plan in hand, twice at once.

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

    Raises
    ------
    KeyboardInterrupt
        Where it was stopped twice, or before there was anything in hand: then nobody waits for a reason.
    """
    with speaker.progress() as show:
        while not job.done():
            try:
                job.wait(POLL)
                show(job.progress())
            except KeyboardInterrupt:
                if job.stopped_at is not None:
                    raise
                job.stop()
                speaker.error(STOPPING)
        try:
            return job.result()
        except (NoPlan, JobLost) as error:
            if job.stopped_at is None:
                raise
            raise KeyboardInterrupt from error
