"""Runs that wait where a test wants them to: nothing depends on how fast a machine is.

While the file that `HELD` names is there, what runs in a worker goes no further than its content says:
``plan`` as soon as a plan that holds is in hand, ``start`` as soon as it says where it is, ``extra 5`` the
same where five extra moves or more are tried. It goes on once it is asked to stop, or the file is gone.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from planner.engines.common.watch import Progress, Watch
from planner.jobs import pool as jobs
from planner.jobs import worker
from planner.services.replan import ReplanRequest

T = TypeVar("T")
HELD = "HECHT_TESTS_HELD"
run_in_worker = worker.run


def install() -> None:
    """Have the workers that this process starts wait."""
    jobs.worker.run = run


def run(folder: str, task: Callable[..., T], args: tuple[object, ...]) -> T:
    """Run a task as a worker does."""
    return run_in_worker(folder, partial(_held, task), args)


def _held(task: Callable[..., T], *args: object, watch: Watch) -> T:
    gate, report = Path(os.environ[HELD]), watch.report
    extra = max((one.options.extra_moves for one in args if isinstance(one, ReplanRequest)), default=0)

    def wait(progress: Progress) -> None:
        report(progress)
        if not _reached(gate, progress, extra):
            return
        report(replace(progress, seconds=progress.seconds + worker.REPORT_EVERY))  # seen, however soon
        while _reached(gate, progress, extra) and not watch.wanted_stop():
            time.sleep(0.01)

    watch.report = wait
    return task(*args, watch=watch)


def _reached(gate: Path, progress: Progress, extra: int) -> bool:
    try:
        until = gate.read_text()
    except OSError:
        return False
    kind, _, number = until.partition(" ")
    return {"start": True, "plan": progress.violation == 0, "extra": extra >= int(number or 1)}[kind]
