"""Try a thousand damaged files of every kind that Hecht reads: no traceback, no long wait, no end to memory.

``python -m benchmarks.fuzz [COUNT [KIND...]]``: each file is used in a process of its own (see
`tests.fuzz.uses`), with the limits on reading that hold in the app. Printed is how many were used, how many
refused, how many ended in a traceback or took more than a minute, the longest time and the most memory of
one process. Time is that of the processor: other work on the machine does not count. What went wrong is kept
in a folder, to look at again.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from planner.jobs.reader import READERS
from tests.fuzz.inputs import KINDS
from tests.fuzz.uses import USES

COUNT = 1_000
SHOW_EVERY = 100
LATEST = 60.0  # seconds
LARGEST = 1_500_000_000  # bytes
_TRACEBACK = 70


@dataclass
class Tally:
    """What came of the files of one kind."""

    ends: Counter[int] = field(default_factory=Counter)
    longest: float = 0.0
    largest: int = 0
    wrong: int = 0


def drawn(kind: str, count: int, folder: Path) -> list[Path]:
    """Write so many damaged files, the same ones each time.

    In a process of its own: what draws them remembers them, and what uses them should start small.
    """
    process = os.fork()
    if process == 0:
        _draw(kind, count, folder)
        os._exit(0)
    os.waitpid(process, 0)
    return sorted(folder.iterdir())


def _draw(kind: str, count: int, folder: Path) -> None:
    found: list[Path] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(KINDS[kind]())
    def draw(content: bytes) -> None:
        found.append(folder / f"{kind}-{len(found):04}")
        found[-1].write_bytes(content)

    draw()


def attempt(kind: str, content: bytes, folder: Path) -> tuple[int, float, int]:
    """Use a file in a process of its own; return how it ended, what time it took, and its most memory."""
    process = os.fork()
    if process == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (2 * int(LATEST), 2 * int(LATEST)))
        os._exit(_used(kind, content, folder))
    _, status, usage = os.wait4(process, 0)
    ended = os.waitstatus_to_exitcode(status)
    return ended, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def _used(kind: str, content: bytes, folder: Path) -> int:
    try:
        return USES[kind](content, folder)
    except BaseException:
        traceback.print_exc()
        return _TRACEBACK
    finally:
        READERS.close()
        for reader in multiprocessing.active_children():
            reader.join()  # so that its memory counts as well


def tally(kind: str, count: int, kept: Path) -> None:
    """Use damaged files of one kind, and keep what went wrong."""
    made = Tally()
    files = Path(tempfile.mkdtemp(prefix="hecht-fuzz-files-"))
    for number, file in enumerate(drawn(kind, count, files)):
        content = file.read_bytes()
        folder = Path(tempfile.mkdtemp(prefix="hecht-fuzz-"))
        try:
            ended, seconds, memory = attempt(kind, content, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        made.ends[ended] += 1
        made.longest, made.largest = max(made.longest, seconds), max(made.largest, memory)
        if ended not in (0, 1, 2) or seconds > LATEST or memory > LARGEST:
            made.wrong += 1
            shutil.copy(file, kept)
            print(f"{kept / file.name}: ended {ended}, {seconds:.1f} s, {memory / 1e6:.0f} MB", flush=True)
        if number % SHOW_EVERY == SHOW_EVERY - 1 or number == count - 1:
            show(kind, made)
    shutil.rmtree(files, ignore_errors=True)


def show(kind: str, made: Tally) -> None:
    """Print what came of the files of one kind so far."""
    used, no_plan, refused = (made.ends[end] for end in (0, 1, 2))
    print(
        f"{kind:<10} {sum(made.ends.values()):6} {used:5} {no_plan:8} {refused:8} {made.wrong:6} "
        f"{made.longest:6.1f} s {made.largest / 1e6:5.0f} MB",
        flush=True,
    )


def main() -> None:
    """Print what came of every kind."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    kept = Path(tempfile.mkdtemp(prefix="hecht-fuzz-kept-"))
    print(f"To begin with: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    print("kind        files  used  no plan  refused  wrong  longest  largest", flush=True)
    for kind in sys.argv[2:] or list(KINDS):
        tally(kind, count, kept)


if __name__ == "__main__":
    main()
