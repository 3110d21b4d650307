"""How a task is run: by a worker of a pool, or here and now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

from planner.engines.common.watch import Watch
from planner.jobs import worker
from planner.jobs.job import Job
from planner.jobs.pool import WorkerPool

T = TypeVar("T")
PREPARE = "planner.services.warm_up"  # what a worker loads and does before its first job


class Request(Protocol):
    """What a task is asked, with how long it may take."""

    @property
    def time_limit(self) -> float | None:
        """Seconds that it may take; None without a limit."""


Task = Callable[..., T]  # task(request, watch=...)


class Runner(Protocol):
    """Whoever runs a task and waits for what it returns."""

    def __call__(self, task: Task[T], request: Request) -> T:
        """Return what a task makes of a request."""


def new_pool(count: int = 2, spare: int = 0) -> WorkerPool:
    """Return workers that are ready for every task.

    Parameters
    ----------
    count : int
        Processes that work side by side.
    spare : int
        Processes besides, for who has nothing under way; see `WorkerPool`.

    Returns
    -------
    WorkerPool
    """
    return WorkerPool(count=count, spare=spare, make=partial(worker.process, PREPARE))


def start(pool: WorkerPool, task: Task[T], request: Request, *, owner: str = "") -> Job[T]:
    """Have a task done by a worker, for somebody; its time limit is that of the request.

    Parameters
    ----------
    pool : WorkerPool
    task : callable
        ``task(request, watch=...)``.
    request : Request
    owner : str
        For whom it is.

    Returns
    -------
    Job
    """
    return pool.start(task, request, time_limit=request.time_limit, owner=owner)


def here(watch: Watch | None = None) -> Runner:
    """Return a runner that does a task in this process.

    Parameters
    ----------
    watch : Watch, optional
        Progress and stopping; the time limit is that of each request.
    """
    given = watch or Watch()

    def run(task: Task[T], request: Request) -> T:
        own = Watch(report=given.report, wanted_stop=given.wanted_stop, time_limit=request.time_limit)
        return task(request, watch=own)

    return run
