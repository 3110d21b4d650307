"""The other side of a job: the process that does the work, and how it leaves word of it."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from planner.engines.common.limits import Progress, Watch

T = TypeVar("T")

PROGRESS, STOP, PROCESS = "progress.json", "stop", "process"
REPORT_EVERY = 0.1  # seconds
SIGN_EVERY = 2.0  # seconds between two signs of life
BEHIND = 10  # how far work stands back for whoever touches a page meanwhile


def process(first: str = "") -> Executor:
    """Return a process that works on its own.

    Parameters
    ----------
    first : str, optional
        A module with a function `prepare`, which the process loads and calls before its first job. It is
        given by name: who starts a process is not to wait until it has loaded that as well.
    """
    # Spawned, not forked: the page's process has threads, and the solvers keep state.
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin, initargs=(first,))


def _begin(first: str) -> None:
    """Stand back for pages, leave Ctrl-C to who asked, and load and compile before the first job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):  # not on Windows
        os.nice(BEHIND)
    if first:
        import_module(first).prepare()


def end_with_parent() -> None:
    """End when the process that asked was killed: it could not say so any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run(folder: str, task: Callable[..., T], args: tuple[object, ...]) -> T:
    """Run a task in the worker, with a watch that speaks through the job's folder."""
    place = Path(folder)
    _write(place / PROCESS, str(os.getpid()))
    last = 0.0

    def report(progress: Progress) -> None:
        nonlocal last
        if progress.seconds - last >= REPORT_EVERY or progress.done >= 1:
            last = progress.seconds
            _write(place / PROGRESS, json.dumps(asdict(progress)))

    ended = threading.Event()
    threading.Thread(target=_live, args=(place / PROCESS, ended), daemon=True).start()
    try:
        return task(*args, watch=Watch(report=report, wanted_stop=(place / STOP).exists))
    finally:
        ended.set()


def _live(sign: Path, ended: threading.Event) -> None:
    """Give a sign of life now and then."""
    while not ended.wait(SIGN_EVERY):
        with contextlib.suppress(OSError):
            os.utime(sign)


def _write(path: Path, text: str) -> None:
    """Write whole or not at all; the other side may be reading."""
    with contextlib.suppress(OSError):
        aside = path.with_suffix(".new")
        aside.write_text(text)
        aside.replace(path)
