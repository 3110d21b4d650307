"""What holds of the tests themselves: where they stand, and that none of them waits or looks at a clock."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.builders.places import ROOT
from tests.conftest import SLOW

TESTS = ROOT / "tests"
BESIDES = {"benchmarks", "browser", "builders", "fuzz", "server"}  # about more than one room, or about none
LOOKS = {
    "asyncio": {"sleep"},
    "date": {"today"},
    "datetime": {"now", "today", "utcnow"},
    "time": {"monotonic", "perf_counter", "process_time", "sleep", "time", "time_ns"},
}
WAITS = {"wait_for_function", "wait_for_timeout"}  # of a page, wherever it comes from; `until` watches one
MAY = {
    "builders/held.py": "a worker that waits until a file is gone",
    "builders/provider.py": "what it hands out is judged by a server, a process of its own",
    "builders/visitor.py": "its cookie is judged by a server, a process of its own",
    "jobs/test_pool.py": "waits for what another process does, however long that takes",
    "server/test_attendance.py": "the clock is held for the whole file",
    "server/test_door.py": "a server, a process of its own, says until when its cookie lasts",
}
FILES = sorted(path.relative_to(TESTS).as_posix() for path in TESTS.rglob("*.py"))


def looks_in(text: str) -> list[str]:
    """Return the calls in a file that look at a clock or wait for it, with their lines."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, name = node.func.value, node.func.attr
            module = getattr(owner, "id", getattr(owner, "attr", ""))
            if name in LOOKS.get(module, ()) or name in WAITS:
                found.append(f"{node.lineno}: {ast.unparse(node.func)}")
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names} & LOOKS.get(node.module or "", set())
            found += [f"{node.lineno}: {node.module}.{name}" for name in sorted(names)]
    return found


@pytest.mark.parametrize("file", FILES)
def test_no_test_waits_for_a_clock_or_reads_one(file: str) -> None:
    """A machine may be slow: where time matters, the test says how much goes by (`builders/clock.py`)."""
    looks = looks_in((TESTS / file).read_text(encoding="utf-8"))
    assert bool(looks) == (file in MAY), looks


def test_a_look_at_a_clock_is_seen() -> None:
    text = "from time import sleep\n\ndatetime.datetime.now()\npage.wait_for_timeout(3)\ntime.time()\n"
    assert [look.partition(":")[0] for look in looks_in(text)] == ["1", "3", "4", "5"]


def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    folders = {path.parent.relative_to(TESTS) for path in TESTS.rglob("test_*.py")} - {Path()}
    rooms = {folder for folder in folders if folder.parts[0] not in BESIDES}
    assert [str(room) for room in sorted(rooms) if not (ROOT / "planner" / room).is_dir()] == []


@pytest.mark.parametrize("place", SLOW)
def test_what_is_left_out_of_the_quick_loop_is_there(place: str) -> None:
    assert (TESTS / place).exists()


def test_what_tests_share_stands_in_one_place() -> None:
    """A test file that imports from another cannot be read, moved or run without it."""
    borrowed = []
    for file in FILES:
        for node in ast.walk(ast.parse((TESTS / file).read_text(encoding="utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("tests.") and module.rpartition(".")[2].startswith("test_"):
                borrowed.append(f"{file}: {module}")
    assert borrowed == []
