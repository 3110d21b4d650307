"""The folder of a plan: written aside and then renamed, so that nothing is ever half there."""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

from planner.course import Course, write_course
from planner.exports import TARGETS, ExportFile, Handover
from planner.past import at_week
from planner.previous import LATER
from planner.problems import InputError, Problem
from planner.term import refresh_changes

IMPORTS = "imports"  # sub-folder with a file for each learning system


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


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Write all files of a plan, or none.

    A new folder appears at once, by one rename. In a folder that exists each file is
    replaced by a rename, `plan.json` last; changes, imports and later blocks of an earlier
    plan that this one does not have are taken away, other people's files stay.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for path, content in files.items():
            target = aside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        if not folder.exists():
            aside.chmod(0o755)
            aside.rename(folder)
            return
        _replace(folder, aside, files)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _replace(folder: Path, aside: Path, files: dict[str, bytes]) -> None:
    for path in sorted(files, key=lambda path: (path == "plan.json", path)):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (aside / path).replace(folder / path)
    ours = (*folder.glob("changes.csv"), *folder.glob(f"{IMPORTS}/*.csv"), *folder.glob(f"{LATER}*/**/*.csv"))
    for left in ours:
        if left.relative_to(folder).as_posix() not in files:
            left.unlink()
