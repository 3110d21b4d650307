"""Workers: whose turn it is, what becomes of those that die or hang, and when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from planner import jobs
from planner.engines.limits import Watch
from planner.jobs import PAUSE, Job, JobLost, Workers

ROOT = Path(__file__).parents[2]
START = """
import time
from planner.jobs import Workers
from planner.tasks import rehearse

job = Workers(1).start(rehearse)
while not job.done():
    job.wait(1)
print(job.process(), flush=True)
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


def napping(seconds: float, *, watch: Watch) -> str:
    """Do nothing for a while, and listen to nobody."""
    time.sleep(seconds)
    return "slept"


def whoami(*, watch: Watch) -> int:
    return os.getpid()


@pytest.fixture
def workers() -> Iterator[Workers]:
    made = Workers(2, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    yield made
    made.close()


def begun(job: Job[Any]) -> int:
    """Wait until a process works on a job; return it."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        process = job.process()
        if process is not None:
            return process
        time.sleep(0.02)
    raise AssertionError("no process took the job")


def test_a_killed_worker_is_replaced_and_other_jobs_go_on(workers: Workers) -> None:
    hit, other = workers.start(napping, 60.0, owner="a"), workers.start(napping, 1.0, owner="b")
    waits = workers.start(whoami, owner="c")
    assert waits.place() == 1
    killed = begun(hit)
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(JobLost) as lost:
        hit.result()
    assert lost.value.loss == "died"
    assert other.result() == "slept"
    assert waits.result() not in (killed, os.getpid())


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="only where a process can be halted")
def test_a_worker_without_a_sign_of_life_is_given_up_and_replaced(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    hit, other = workers.start(napping, 60.0, owner="a"), workers.start(napping, 1.0, owner="b")
    halted = begun(hit)
    begun(other)
    os.kill(halted, signal.SIGSTOP)
    monkeypatch.setattr(jobs, "SILENCE", 3.0)
    until = time.monotonic() + 60
    while not hit.done() and time.monotonic() < until:
        time.sleep(0.1)
    with pytest.raises(JobLost) as lost:
        hit.result()
    assert lost.value.loss == "hung"
    assert other.result() == "slept"
    gone_by = time.monotonic() + 10
    while alive(halted) and time.monotonic() < gone_by:
        time.sleep(0.02)
    assert not alive(halted)
    assert workers.start(whoami, owner="a").result() != halted


def test_a_task_beyond_its_time_limit_is_ended(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "GRACE", 0.5)
    job = workers.start(napping, 60.0, time_limit=0.5)
    working = begun(job)
    until = time.monotonic() + 60
    while not job.done() and time.monotonic() < until:
        time.sleep(0.1)
    with pytest.raises(JobLost) as lost:
        job.result()
    assert lost.value.loss == "hung"
    assert workers.start(whoami).result() != working


@dataclass
class Bench:
    """Workers whose tasks end when a test says so; what was begun, in its order."""

    workers: Workers
    began: list[str] = field(default_factory=list)
    gates: dict[str, threading.Event] = field(default_factory=dict)

    def ask(self, owner: str, name: str) -> Job[str]:
        self.gates[name] = threading.Event()
        return self.workers.start(self._task, name, owner=owner)

    def _task(self, name: str, *, watch: Watch) -> str:
        self.began.append(name)
        assert self.gates[name].wait(10)
        return name

    def sees(self, *names: str) -> bool:
        """Whether these were begun by now and nothing else; two workers begin in any order."""
        until = time.monotonic() + 10
        while len(self.began) < len(names) and time.monotonic() < until:
            time.sleep(0.005)
        time.sleep(0.02)
        return sorted(self.began) == sorted(names)


def bench(count: int, spare: int = 0) -> Bench:
    return Bench(Workers(count, spare, make=lambda: ThreadPoolExecutor(1)))


def test_who_asks_for_a_lot_does_not_hold_up_others() -> None:
    made = bench(1)
    many = [made.ask("a", f"a{number}") for number in range(4)]
    one, two = made.ask("b", "b0"), made.ask("c", "c0")
    assert made.sees("a0")
    assert [job.place() for job in (*many, one, two)] == [0, 3, 4, 5, 1, 2]
    for name, then in [("a0", "b0"), ("b0", "c0"), ("c0", "a1"), ("a1", "a2")]:
        made.gates[name].set()
        assert made.sees(*made.began[: made.began.index(name) + 1], then)
    for gate in made.gates.values():
        gate.set()
    assert [job.result() for job in many] == ["a0", "a1", "a2", "a3"]


def test_a_spare_worker_is_for_who_has_nothing_under_way() -> None:
    made = bench(2, spare=1)
    for number in range(3):
        made.ask("a", f"a{number}")
    assert made.sees("a0", "a1")
    made.ask("b", "b0")
    assert made.sees("a0", "a1", "b0")
    waits = made.ask("b", "b1")
    assert waits.place() == 1
    made.gates["a1"].set()
    assert made.sees("a0", "a1", "b0")
    made.ask("c", "c0")
    assert made.sees("a0", "a1", "b0", "c0")
    assert waits.place() == 1
    for gate in made.gates.values():
        gate.set()
    assert waits.result() == "b1"


def test_a_job_that_is_stopped_in_line_leaves_it() -> None:
    made = bench(1)
    first, second, third = made.ask("a", "a0"), made.ask("b", "b0"), made.ask("c", "c0")
    second.stop()
    assert second.done()
    assert third.place() == 1
    with pytest.raises(JobLost) as lost:
        second.result()
    assert lost.value.loss == "withdrawn"
    for gate in made.gates.values():
        gate.set()
    assert first.result() + third.result() == "a0c0"
    assert "b0" not in made.began


class Held(Executor):
    """Begins nothing until a test says so."""

    def __init__(self) -> None:
        self.asked: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append(Future())
        return self.asked[-1]


def test_workers_get_ready_one_after_the_other_and_a_job_does_not_begin_another_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses: list[float] = []

    class AtOnce(threading.Timer):
        def start(self) -> None:
            pauses.append(self.interval)
            self.function(*self.args)

    monkeypatch.setattr("planner.jobs.threading.Timer", AtOnce)
    made: list[Held] = []
    workers = Workers(2, spare=1, make=lambda: made.append(Held()) or made[-1])  # type: ignore[func-returns-value]
    workers.get_ready()
    job = workers.start(whoami, owner="a")
    assert [len(slot.asked) for slot in made] == [2]
    made[0].asked[0].set_result(1)
    assert [len(slot.asked) for slot in made] == [2, 1]
    assert pauses == [PAUSE]  # the first one may have work by then
    made[1].asked[0].set_result(2)
    made[0].asked[1].set_result("done")
    assert job.result() == "done"
    assert len(made) == 2  # the spare one is made when it is needed


def test_an_error_of_a_task_ends_that_task_alone() -> None:
    made = bench(1)
    first, second = made.workers.start(int, "not a number"), made.ask("a", "a0")
    made.gates["a0"].set()
    with pytest.raises(TypeError):
        first.result()
    assert second.result() == "a0"


AT_THE_WORST_MOMENT = """
from concurrent.futures import ProcessPoolExecutor, process
from multiprocessing import get_context
from planner.jobs import Workers
from tests.core.test_jobs import whoami


def wakeup(self):
    if self._closed:
        return
    while process._global_shutdown and not self._closed:
        pass  # Python exits: the executor closes its pipe between this look and the next line
    self._writer.send_bytes(b"")


process._ThreadWakeup.wakeup = wakeup
if __name__ == "__main__":
    workers = Workers(1, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    workers.start(whoami).result()
    workers.close()
"""


def test_a_command_that_ends_at_once_leaves_no_executor_behind(tmp_path: Path) -> None:
    """Once in some eighty runs a plan ended with "OSError: Bad file descriptor" from Python's exit."""
    (tmp_path / "command.py").write_text(AT_THE_WORST_MOMENT)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, tmp_path / "command.py"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def executors() -> set[threading.Thread]:
    """Return the threads that look after an executor."""
    return {thread for thread in threading.enumerate() if "ExecutorManager" in type(thread).__name__}


def test_closing_waits_until_every_executor_has_ended() -> None:
    before = executors()
    made = Workers(2, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    busy, killed = made.start(napping, 60.0, owner="a"), made.start(napping, 60.0, owner="b")
    begun(busy)
    os.kill(begun(killed), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    with pytest.raises(JobLost):
        killed.result()
    assert executors() > before
    made.close()
    assert executors() <= before
    with pytest.raises(JobLost) as lost:
        busy.result()
    assert lost.value.loss == "withdrawn"
