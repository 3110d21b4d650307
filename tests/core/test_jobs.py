"""Workers end with whoever started them."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
START = """
import time
from planner.jobs import PROCESS, Workers
from planner.ui.ready import get_ready

job = Workers(1).start(get_ready)
while not job.done():
    job.wait(1)
print((job.folder / PROCESS).read_text(), flush=True)
time.sleep(600)
"""


def alive(process: int) -> bool:
    """Whether a process is there and not merely waiting to be cleared away."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_worker_ends_when_the_process_that_asked_is_killed() -> None:
    asker = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, stdout=subprocess.PIPE)
    assert asker.stdout is not None
    worker = int(asker.stdout.readline())
    assert alive(worker)
    asker.kill()
    asker.wait()
    asker.stdout.close()
    until = time.monotonic() + 30
    while alive(worker) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(worker)
