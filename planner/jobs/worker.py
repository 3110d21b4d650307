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

from planner.engines.common.watch import Progress, Watch

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

PROGRESS, STOP, PROCESS = "progress.json", "stop", "process"
REPORT_EVERY = 0.1  # seconds
SIGN_EVERY = 2.0  # seconds between two signs of life
BEHIND = 10  # how far work stands back for whoever touches a page meanwhile
ROOM = 3 << 30  # bytes of memory that a job may take, beyond what a worker has to begin with
SOONEST = 500  # how much sooner than others a worker is ended by a system that has no memory left

_STATM, _OOM = Path("/proc/self/statm"), Path("/proc/self/oom_score_adj")


class TooMuch(Exception):  # noqa: N818 - the name says what happened
    """A job asked for more memory than there is for it."""


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
    with contextlib.suppress(OSError):  # rather the work than the server, where there is too little for both
        _OOM.write_text(str(SOONEST))
    if first:
        import_module(first).prepare()


def end_with_parent() -> None:
    """End when the process that asked was killed: it could not say so any more."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run(folder: str, task: Callable[..., T], args: tuple[object, ...]) -> T:
    """Run a task in the worker, with a watch that speaks through the job's folder.

    Parameters
    ----------
    folder : str
        Of the job.
    task : callable
        A function of a module, which takes a `Watch` by the name of `watch`.
    args : tuple
        Of the task.

    Returns
    -------
    T
        What the task comes to.

    Raises
    ------
    TooMuch
        Also whatever the task raises.
    """
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
    limit_memory(memory_in_use() + ROOM)
    try:
        return task(*args, watch=Watch(report=report, wanted_stop=(place / STOP).exists))
    except MemoryError:
        raise TooMuch from None  # what it had in hand is let go of
    finally:
        limit_memory(None)
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


def memory_in_use() -> int:
    """Return how much memory this process has asked for, where that is told."""
    try:
        return int(_STATM.read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def limit_memory(most: int | None) -> None:
    """Let the process ask for no more than so much memory, or for as much as it was allowed to begin with."""
    if resource is None or not _STATM.exists():
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = resource.RLIM_INFINITY if most is None else most
    if hard != resource.RLIM_INFINITY:
        wanted = hard if most is None else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
