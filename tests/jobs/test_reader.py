"""What a file does to the process that reads it stays there."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest

from planner.jobs import reader
from planner.jobs.reader import LARGEST, ROOM, Readers
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.rosters import SourceFile, read_class_list
from tests.builders.files import CLASS, csv_file
from tests.builders.processes import dies

limited = pytest.mark.skipif(sys.platform != "linux", reason="memory has a limit on Linux")


def process(content: bytes) -> int:
    return os.getpid()


def all_memory(content: bytes) -> int:
    return len(bytearray(2 * ROOM))


def very_much(content: bytes) -> bytes:
    return bytes(LARGEST)


def far_down(content: bytes) -> list[object]:
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    return nested  # cannot be sent back


def never_ends(content: bytes) -> None:
    threading.Event().wait()


def refuses(content: bytes) -> None:
    raise InputError([Problem(code="no", level=Level.ERROR, message=message("{file}", file="x"))])


def goes_wrong(content: bytes) -> None:
    raise ZeroDivisionError("ours")


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers()
    yield made
    made.close()


def code(error: pytest.ExceptionInfo[InputError]) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.file) for problem in error.value.problems]


def test_a_list_is_read_elsewhere_as_it_is_here(readers: Readers) -> None:
    file = csv_file(CLASS)
    assert readers.read(read_class_list, file, sheet=None, file=file.name) == read_class_list(file)
    assert readers.read(process, b"", file="x") != os.getpid()


def test_a_reader_that_is_ready_reads_the_next_file_as_well(readers: Readers) -> None:
    assert readers.read(process, b"", file="x") == readers.read(process, b"", file="x")


@pytest.mark.parametrize("task", [pytest.param(all_memory, marks=limited), very_much, far_down, dies])
def test_a_file_that_asks_for_too_much_is_refused_and_the_next_one_is_read(
    readers: Readers, task: object
) -> None:
    """A workbook of 6 KB once killed the server for everyone."""
    with pytest.raises(InputError) as error:
        readers.read(task, b"", file="lijst.xlsx")  # type: ignore[arg-type]
    assert code(error) == [("too-much-to-read", "lijst.xlsx")]
    assert error.value.problems[0].hint is not None
    assert readers.read(process, b"", file="x") != os.getpid()


def test_a_file_that_is_never_read_to_its_end_is_given_up(readers: Readers) -> None:
    with pytest.raises(InputError) as error:
        readers.read(never_ends, b"", file="lijst.xlsx", seconds=0.0)
    assert code(error) == [("too-much-to-read", "lijst.xlsx")]
    assert readers.read(process, b"", file="x") != os.getpid()


def test_what_a_task_refuses_is_refused_here(readers: Readers) -> None:
    with pytest.raises(InputError) as error:
        readers.read(refuses, b"", file="x")
    assert code(error) == [("no", None)]


def test_what_is_wrong_with_ourselves_is_not_the_fault_of_a_file(readers: Readers) -> None:
    with pytest.raises(ZeroDivisionError, match="ours"):
        readers.read(goes_wrong, b"", file="x")


def ends_at_once(*_: object) -> None:
    pass


def test_a_reader_that_does_not_start_is_not_the_fault_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "serve", ends_at_once)
    with pytest.raises(RuntimeError, match="does not start"):
        Readers().read(process, b"", file="lijst.csv")


def test_a_reader_that_died_while_it_waited_is_replaced(readers: Readers) -> None:
    waiting = readers.read(process, b"", file="x")
    os.kill(waiting, getattr(signal, "SIGKILL", signal.SIGTERM))
    readers._idle[-1].process.join()
    assert readers.read(process, b"", file="x") not in (waiting, os.getpid())


def test_a_file_that_keeps_a_reader_busy_is_in_the_way_of_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are read at a time: the second one while the first waits for as long as it likes."""
    made, begun, until_ready = Readers(), threading.Event(), reader._Process._wait_until_ready

    def ready(one: reader._Process) -> None:
        until_ready(one)
        begun.set()

    def busy() -> None:
        with pytest.raises(InputError):
            made.read(never_ends, b"", file="x", seconds=reader.START)

    other = threading.Thread(target=busy, daemon=True)
    monkeypatch.setattr(reader._Process, "_wait_until_ready", ready)
    made.get_ready()
    other.start()
    begun.wait()  # a reader that ends before it is ready is no file that took too long
    try:
        assert made.read(process, b"", file="x") != os.getpid()
        assert other.is_alive()
    finally:
        made.close()
        other.join()


@limited
def test_what_loads_for_the_first_time_takes_nothing_from_the_room_for_files(readers: Readers) -> None:
    assert readers.read(almost_all, SourceFile("x", b""), file="x") == ROOM // 2


def almost_all(file: SourceFile) -> int:
    return len(bytearray(ROOM // 2))


@limited
def test_a_reader_that_has_grown_makes_room_for_another(readers: Readers) -> None:
    before = readers.read(process, b"", file="x")
    assert readers.read(keeps, b"", file="x") == before
    assert readers.read(process, b"", file="x") != before


KEPT: list[bytearray] = []


def keeps(content: bytes) -> int:
    KEPT.append(bytearray(reader.KEPT + 1))
    return os.getpid()
