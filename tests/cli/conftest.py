"""Commands are run in one warm process: to start one for each takes longer than most of their work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from planner.cli import running
from planner.services.running import new_pool


@pytest.fixture(scope="session", autouse=True)
def one_worker() -> Iterator[None]:
    """Give every command the same worker, a process of its own as ever."""
    kept = new_pool(count=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(kept, "close", lambda: None)  # it goes on; the next command has it again
        patched.setattr(running, "new_pool", lambda count: kept)
        yield
    kept.close()
