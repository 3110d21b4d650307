"""Workers: whose turn it is, what becomes of those that die or hang, and when they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from planner.engines.common.watch import Watch
from planner.jobs import job as jobs
from planner.jobs import pool, worker
from planner.jobs.job import Job, JobLost
from planner.jobs.pool import PAUSE, WorkerPool
from tests.builders.clock import Clock
from tests.builders.places import ROOT

START = """
import threading
from planner.services.running import new_pool
from tests.jobs.test_pool import whoami

job = new_pool(1).start(whoami)
while not job.done():
    job.wait(1)
print(job.process(), flush=True)
threading.Event().wait()
"""


def alive(process: int) -> bool:
    """Whether a process is there and not merely waiting to be cleared away."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def gone(process: int) -> bool:
    """Wait until a process that was ended is gone."""
    return _comes(lambda: not alive(process))


def _comes(wanted: Callable[[], bool]) -> bool:
    """Wait for what another process does; however long it takes, it is what it does that counts."""
    for _ in range(12_000):
        if wanted():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc")
def test_a_worker_ends_when_the_process_that_asked_is_killed() -> None:
    asker = subprocess.Popen([sys.executable, "-c", START], cwd=ROOT, stdout=subprocess.PIPE)
    assert asker.stdout is not None
    worker = int(asker.stdout.readline())
    assert alive(worker)
    asker.kill()
    asker.wait()
    asker.stdout.close()
    assert gone(worker)


def held(gate: Path, *, watch: Watch) -> str:
    """Do nothing until a file is there, and listen to nobody."""
    while not gate.exists():
        time.sleep(0.01)
    return "came back"


def whoami(*, watch: Watch) -> int:
    return os.getpid()


@pytest.fixture
def workers() -> Iterator[WorkerPool]:
    made = WorkerPool(2, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    yield made
    made.close()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock that jobs are held against."""
    made = Clock()
    for module in (jobs, pool):
        monkeypatch.setattr(module, "time", made)
    return made


def begun(job: Job[Any]) -> int:
    """Wait until a process works on a job; return it."""
    assert _comes(lambda: job.process() is not None)
    process = job.process()
    assert process is not None
    return process


def test_a_killed_worker_is_replaced_and_other_jobs_go_on(workers: WorkerPool, tmp_path: Path) -> None:
    never, gate = tmp_path / "never", tmp_path / "gate"
    hit, other = workers.start(held, never, owner="a"), workers.start(held, gate, owner="b")
    waits = workers.start(whoami, owner="c")
    assert waits.place() == 1
    killed = begun(hit)
    os.kill(killed, signal.SIGKILL)
    with pytest.raises(JobLost) as lost:
        hit.result()
    assert lost.value.loss == "died"
    assert waits.result() not in (killed, os.getpid())
    gate.touch()
    assert other.result() == "came back"


def all_memory(*, watch: Watch) -> int:
    return len(bytearray(2 * worker.ROOM))


@pytest.mark.skipif(sys.platform != "linux", reason="memory has a limit on Linux")
def test_a_job_that_takes_all_memory_is_ended_alone(workers: WorkerPool, tmp_path: Path) -> None:
    """A class that is far too large could take the memory of the whole server."""
    gate = tmp_path / "gate"
    hit, other = workers.start(all_memory, owner="a"), workers.start(held, gate, owner="b")
    with pytest.raises(JobLost) as lost:
        hit.result()
    assert lost.value.loss == "too-much"
    gate.touch()
    assert other.result() == "came back"
    assert workers.start(whoami, owner="a").result() != os.getpid()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="only where a process can be halted")
def test_a_worker_without_a_sign_of_life_is_given_up_and_replaced(
    workers: WorkerPool, tmp_path: Path, clock: Clock
) -> None:
    never, gate = tmp_path / "never", tmp_path / "gate"
    hit, other = workers.start(held, never, owner="a"), workers.start(held, gate, owner="b")
    halted = begun(hit)
    begun(other)
    os.kill(halted, signal.SIGSTOP)
    assert not hit.done()
    clock.now += jobs.SILENCE + 1
    assert hit.done()
    with pytest.raises(JobLost) as lost:
        hit.result()
    assert lost.value.loss == "hung"
    assert gone(halted)
    gate.touch()
    assert other.result() == "came back"
    assert workers.start(whoami, owner="a").result() != halted


def test_a_task_beyond_its_time_limit_is_ended(workers: WorkerPool, tmp_path: Path, clock: Clock) -> None:
    job = workers.start(held, tmp_path / "never", time_limit=20.0)
    working = begun(job)
    assert not job.done()
    clock.now += 20.0 + jobs.GRACE
    assert not job.done()
    clock.now += 1
    assert job.done()
    with pytest.raises(JobLost) as lost:
        job.result()
    assert lost.value.loss == "hung"
    assert workers.start(whoami).result() != working


def named(name: str, *, watch: Watch) -> str:
    return name


@dataclass
class Bench(Executor):
    """Slots whose tasks end when a test says so; what was begun, in its order."""

    count: int
    spare: int = 0
    began: list[str] = field(default_factory=list)
    under_way: dict[str, Future[Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.workers = WorkerPool(self.count, self.spare, make=lambda: self)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        _, _, (name,) = args
        self.began.append(name)
        self.under_way[name] = Future()
        return self.under_way[name]

    def ask(self, owner: str, name: str) -> Job[str]:
        return self.workers.start(named, name, owner=owner)

    def end(self, *names: str) -> None:
        for name in names:
            self.under_way.pop(name).set_result(name)


def test_who_asks_for_a_lot_does_not_hold_up_others() -> None:
    made = Bench(1)
    many = [made.ask("a", f"a{number}") for number in range(4)]
    one, two = made.ask("b", "b0"), made.ask("c", "c0")
    assert made.began == ["a0"]
    assert [job.place() for job in (*many, one, two)] == [0, 3, 4, 5, 1, 2]
    order = ["a0", "b0", "c0", "a1", "a2", "a3"]
    for done in range(1, 6):
        made.end(order[done - 1])
        assert made.began == order[: done + 1]
    made.end("a3")
    assert [job.result() for job in many] == ["a0", "a1", "a2", "a3"]


def test_a_spare_worker_is_for_who_has_nothing_under_way() -> None:
    made = Bench(2, spare=1)
    for number in range(3):
        made.ask("a", f"a{number}")
    assert made.began == ["a0", "a1"]
    made.ask("b", "b0")
    assert made.began == ["a0", "a1", "b0"]
    waits = made.ask("b", "b1")
    assert waits.place() == 1
    made.end("a1")
    assert made.began == ["a0", "a1", "b0"]
    made.ask("c", "c0")
    assert made.began == ["a0", "a1", "b0", "c0"]
    assert waits.place() == 1
    made.end("a0", "b0", "c0")
    made.end("b1")
    assert waits.result() == "b1"


def test_a_job_that_is_stopped_in_line_leaves_it() -> None:
    made = Bench(1)
    first, second, third = made.ask("a", "a0"), made.ask("b", "b0"), made.ask("c", "c0")
    second.stop()
    assert second.done()
    assert third.place() == 1
    with pytest.raises(JobLost) as lost:
        second.result()
    assert lost.value.loss == "withdrawn"
    made.end("a0")
    made.end("c0")
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

    monkeypatch.setattr("planner.jobs.pool.threading.Timer", AtOnce)
    made: list[Held] = []
    workers = WorkerPool(2, spare=1, make=lambda: made.append(Held()) or made[-1])  # type: ignore[func-returns-value]
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


def test_what_follows_a_stopped_job_waits_for_its_worker_rather_than_for_a_new_one() -> None:
    """Somebody stopped and somebody joined: the second look at what that means began in a cold worker."""
    made: list[Held] = []
    workers = WorkerPool(2, make=lambda: made.append(Held()) or made[-1])  # type: ignore[func-returns-value]
    first = workers.start(whoami, owner="a")
    first.stop()
    second = workers.start(whoami, owner="a")
    assert len(made) == 1
    workers.start(whoami, owner="b")  # nobody else waits for that
    assert len(made) == 2
    made[0].asked[0].set_result("first")
    made[0].asked[1].set_result("second")
    assert second.result() == "second"


def test_an_error_of_a_task_ends_that_task_alone() -> None:
    workers = WorkerPool(1, make=lambda: ThreadPoolExecutor(1))
    first, second = workers.start(int, "not a number"), workers.start(named, "a0")
    with pytest.raises(TypeError):
        first.result()
    assert second.result() == "a0"


AT_THE_WORST_MOMENT = """
from concurrent.futures import ProcessPoolExecutor, process
from multiprocessing import get_context
from planner.jobs.pool import WorkerPool
from tests.jobs.test_pool import whoami


def wakeup(self):
    if self._closed:
        return
    while process._global_shutdown and not self._closed:
        pass  # Python exits: the executor closes its pipe between this look and the next line
    self._writer.send_bytes(b"")


process._ThreadWakeup.wakeup = wakeup
if __name__ == "__main__":
    workers = WorkerPool(1, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
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


def test_closing_waits_until_every_executor_has_ended(tmp_path: Path) -> None:
    before = executors()
    made = WorkerPool(2, make=lambda: ProcessPoolExecutor(1, mp_context=get_context("spawn")))
    never = tmp_path / "never"
    busy, killed = made.start(held, never, owner="a"), made.start(held, never, owner="b")
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
