"""The folder of a plan: all files of it, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from planner.course import Course, write_course
from planner.exports import TARGETS, ExportFile, Handover
from planner.private import write_files
from planner.problems import InputError, Problem
from planner.term import at_week, refresh_changes

IMPORTS = "imports"  # sub-folder with a file for each learning system
LATER = "from-week-"  # sub-folder with the groups of a later block, and what to import then


def plan_files(course: Course, now: Handover | None = None) -> tuple[dict[str, bytes], list[Problem]]:
    """Return every file of a plan by its path, and why some imports could not be made.

    A later block has a folder of its own, with its groups, who moves, and the imports
    that bring a learning system from the block before to this one.
    """
    files, skipped = _written(course, now)
    for before, block in pairwise(course.plan.blocks):
        labels = {student: group.name for group in before.groups for student in group.members}
        changes = refresh_changes(course.roster, before, block)
        then = Handover(week=block.from_week, previous=labels, changes=changes)
        later, _ = _written(at_week(course, block.from_week), then)
        files |= {f"{LATER}{block.from_week}/{path}": later[path] for path in later if _of_a_block(path)}
    files["plan.json"] = write_course(course)
    return files, skipped


def _written(course: Course, now: Handover | None) -> tuple[dict[str, bytes], list[Problem]]:
    files: dict[str, bytes] = {}
    skipped: list[Problem] = []
    for target in TARGETS:
        if target.missing(course.roster) is not None:
            continue
        try:
            written = target.write(course.roster, course.plan, now)
        except InputError as error:
            skipped.extend(error.problems)
            continue
        files.update({_path(target.key, file): file.content for file in written})
    return files, skipped


def _of_a_block(path: str) -> bool:
    """Whether a file is about the groups of one block; roles and the workbook are of the whole term."""
    return path in ("groups.csv", "changes.csv") or path.startswith(f"{IMPORTS}/")


def _path(key: str, file: ExportFile) -> str:
    return file.name if key in ("groups", "workbook") else f"{IMPORTS}/{file.name}"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files of a plan, or none; `plan.json` comes last.

    Imports and later blocks of an earlier plan that this one does not have are taken
    away, other people's files stay.
    """
    write_files(folder, dict(sorted(files.items(), key=lambda file: (file[0] == "plan.json", file[0]))))
    for left in (*folder.glob(f"{IMPORTS}/*.csv"), *folder.glob(f"{LATER}*/**/*.csv")):
        if left.relative_to(folder).as_posix() not in files:
            left.unlink()
