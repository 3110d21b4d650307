"""Commands are run in one warm process: to start one for each takes longer than most of their work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.cli import running
from planner.jobs.pool import WorkerPool


class Kept(WorkerPool):
    """A worker that goes on after a command has closed it; the next command has it again."""

    def close(self) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def one_worker() -> Iterator[None]:
    """Give every command the same worker, a process of its own as ever."""
    kept = Kept(count=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "new_pool", lambda count: kept)
        yield
    WorkerPool.close(kept)
