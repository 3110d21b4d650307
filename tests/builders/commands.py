"""Commands from one test to the next: run at once in this process, and their files read back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from planner.cli import main, running
from planner.model.cells import restore
from planner.services.running import here

Row = dict[str, str]


def run(*arguments: object) -> int:
    """Run a command; return its exit status."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(running, "runner", lambda _: here())
        return main([str(argument) for argument in arguments])


def run_in_worker(*arguments: object) -> int:
    """Run a command with a worker of its own, as a user does; return its exit status."""
    return main([str(argument) for argument in arguments])


def rows_of(content: bytes) -> list[Row]:
    """Return the rows of one of our lists, whichever separator it has."""
    text = content.decode("utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator))


def rows_as_written(path: Path) -> list[Row]:
    """Return the rows of one of our lists, cells as they stand there."""
    return rows_of(path.read_bytes())


def rows(path: Path) -> list[Row]:
    """Return the rows of one of our lists, cells as they were."""
    return [{heading: restore(cell) for heading, cell in row.items()} for row in rows_as_written(path)]


def write_rows(path: Path, listed: Sequence[Row]) -> Path:
    """Write a list as Excel would, in English."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(listed[0]))
        writer.writeheader()
        writer.writerows(listed)
    return path


def groups_of(path: Path) -> dict[str, str]:
    """Return the group of everyone by name."""
    return {row["name"]: row["group"] for row in rows(path)}


def moved_by_hand(path: Path, groups: dict[str, str]) -> None:
    """Put people in other groups in a groups.csv, by name."""
    write_rows(path, [{**row, "group": groups.get(row["name"], row["group"])} for row in rows(path)])


def renamed_by_hand(path: Path, called: dict[str, str]) -> None:
    """Give groups other names in a groups.csv."""
    write_rows(path, [{**row, "group": called.get(row["group"], row["group"])} for row in rows(path)])


def plan_of(folder: Path) -> dict[str, Any]:
    """Return what is in a plan.json."""
    data: dict[str, Any] = json.loads((folder / "plan.json").read_text())
    return data


def roles_of(folder: Path, weeks: Iterable[int]) -> set[tuple[str, str, str]]:
    """Return week, group and name of everyone with a role in some weeks."""
    return {
        (row["week"], row["group"], row["name"])
        for row in rows(folder / "roles.csv")
        if row["role"] and int(row["week"]) in weeks
    }
