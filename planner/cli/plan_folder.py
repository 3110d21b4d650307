"""The folder of a plan, for commands that make something of it."""

from __future__ import annotations

import argparse
import csv
import io
import re
from pathlib import Path

from planner.files.bounded import read_at_most
from planner.jobs.reader import READERS
from planner.model.cells import restore
from planner.model.handover import Change
from planner.model.problems import InputError, Level, Problem
from planner.model.text import LANGUAGES, Language, message
from planner.plans.course import Course
from planner.plans.edited_groups import edited_since
from planner.plans.plan_file import LARGEST_PLAN
from planner.plans.previous import PLAN, edited_later
from planner.services.reading import read_previous

CHANGES = "changes.csv"


def of_plan(parser: argparse.ArgumentParser) -> None:
    """Add the options of a command about a plan; what it says is in the language of the plan."""
    parser.add_argument("plan", type=Path, metavar="DIR", help="folder of a plan")
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="default: that of the plan")
    parser.set_defaults(rules=None)


def course_of(path: Path) -> tuple[Course, Path]:
    """Return the course of a plan's folder, and the folder.

    Raises
    ------
    InputError
        Where there is no plan.json, or groups.csv says something else.
    """
    previous = read_previous(path)
    errors = [problem for problem in previous.problems if problem.level is Level.ERROR]
    if errors:
        raise InputError(errors)
    if previous.course is None:
        raise InputError([_needs_plan(path)])
    course = previous.course
    if previous.by_hand or (path.is_dir() and READERS.read(edited_later, path, course, file=path.name)):
        hint = message(
            "Run `replan` with this folder as the previous plan, and make the cards from the new plan."
        )
        raise InputError([edited_since(path.name, hint)])
    return previous.course, path if path.is_dir() else path.parent


def language_of_plan(path: Path) -> Language | None:
    """Return the language of a plan, also where the rest of it cannot be read; None where there is none."""
    place = path / PLAN if path.is_dir() else path if path.suffix == ".json" else path.with_name(PLAN)
    try:
        found = re.search(rb'"language"\s*:\s*"(nl|en)"', read_at_most(place, LARGEST_PLAN))
    except OSError:
        return None
    return None if found is None else "en" if found.group(1) == b"en" else "nl"


def _needs_plan(path: Path) -> Problem:
    return Problem(
        code="needs-plan",
        level=Level.ERROR,
        message=message("Cards and sheets need the roles too, and those are in plan.json."),
        hint=message("Choose the folder that `plan` or `replan` wrote."),
        file=path.name,
    )


def suffix_of(out: Path, *known: str) -> str:
    """Return the end of a file's name, which says what is written.

    Parameters
    ----------
    out : Path
        Of the file.
    *known : str
        Ends that can be written, each with its dot.

    Returns
    -------
    str
        In small letters.

    Raises
    ------
    InputError
        Where it is none of those known.
    """
    suffix = out.suffix.lower()
    if suffix not in known:
        raise InputError(
            [
                Problem(
                    code="unknown-ending",
                    level=Level.ERROR,
                    message=message("The file name does not show which file type to make."),
                    hint=message("Let it end in one of these: {known}.", known=known),
                    file=out.name,
                )
            ]
        )
    return suffix


def left(folder: Path) -> dict[str, str]:
    """Return the names of those who left, by id, as the last rerun wrote them down.

    Raises
    ------
    InputError
        Where the file is not as it was written.
    """
    return {one.student_id: one.name for one in changes_in(folder) if one.to_group is None}


def changes_in(folder: Path) -> tuple[Change, ...]:
    """Return what the last rerun changed, as it wrote that down; nothing where there was none.

    Raises
    ------
    InputError
        Where the file is not as it was written.
    """
    path = folder / CHANGES
    if not path.exists():
        return ()
    try:
        text = path.read_text("utf-8-sig")
        separator = ";" if text.partition("\n")[0].count(";") else ","
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        return tuple(map(_change, rows))
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise InputError([_no_changes()]) from error


def _change(row: dict[str, str]) -> Change:
    return Change(
        student_id=restore(row["student_id"]),
        name=restore(row["name"]),
        from_group=restore(row.get("from_group") or "") or None,
        to_group=restore(row.get("to_group") or "") or None,
        reason=message("{why}", why=restore(row.get("reason") or "")),
    )


def _no_changes() -> Problem:
    return Problem(
        code="changes-unreadable",
        level=Level.ERROR,
        message=message("This list of changes cannot be read."),
        hint=message("Remove it from the folder of the plan; the sheet can do without it."),
        file=CHANGES,
    )
