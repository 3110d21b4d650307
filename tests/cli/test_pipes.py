"""What happens where nobody reads along: `hecht plan ... | true` writes its folder all the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from rich.table import Table

from planner.cli import main
from planner.cli.terminal import Screen
from tests.builders.places import ROOT

CLASS = ROOT / "data" / "klas-28.csv"


@pytest.fixture
def closed() -> Iterator[int]:
    """Give the end of a pipe of which nobody reads the other one."""
    read, end = os.pipe()
    os.close(read)
    yield end
    os.close(end)


def test_a_plan_is_written_also_where_nobody_reads_along(closed, tmp_path, monkeypatch):
    """The run ended at its first line, with exit status 0 and no folder."""
    with os.fdopen(os.dup(closed), "w", encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdout", nobody)
        assert main(["plan", str(CLASS), "--out", str(tmp_path / "out"), "--effort", "quick"]) == 0
    assert (tmp_path / "out" / "plan.json").exists()


@pytest.mark.parametrize(
    ("words", "status"), [(["check", str(CLASS)], 0), (["check", "none.csv"], 2), (["--help"], 0)]
)
def test_what_nobody_reads_changes_no_exit_status(closed, words, status):
    done = subprocess.run(
        [sys.executable, "-m", "planner", *words],
        stdout=closed,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == status
    assert b"Broken" not in done.stderr


def test_a_table_that_nobody_reads_does_not_end_the_run(closed, monkeypatch):
    with os.fdopen(os.dup(closed), "w", encoding="utf-8") as nobody:
        monkeypatch.setattr(sys, "stdout", nobody)
        screen = Screen()
        screen.print(Table("a heading"))
        screen.print("more")
