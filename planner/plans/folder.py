"""The folder of a plan: all files of it, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from planner.audit.stability import blocks_of
from planner.exports import TARGETS, Elsewhere, ExportFile, Target
from planner.files.private_files import write_files
from planner.model.domain import Block, Roster, group_of
from planner.model.handover import Change, Handover, Presence
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.plans.plan_file import write_course
from planner.plans.previous import LATER
from planner.plans.weeks import at_week

OWN = ("groups", "workbook")  # for people; all other targets are imports
IMPORTS = "imports"  # sub-folder with a file for each learning system
MOST = 3  # problems of one kind of file that are told in full


def plan_files(
    course: Course, now: Handover | None = None, there: Elsewhere | None = None
) -> tuple[dict[str, bytes], list[Problem]]:
    """Return every file of a plan by its path, and what to know beside the imports.

    That is why some could not be made, and what a learning system may not take. A later
    block has a folder of its own, with its groups, who moves, and the imports that bring
    a learning system from the block before to this one.

    Parameters
    ----------
    course : Course
    now : Handover, optional
        Who moved where, and from which week; None for a first plan.
    there : Elsewhere, optional
        What learning systems have already.

    Returns
    -------
    tuple of (dict of str to bytes, list of Problem)
    """
    files, remarks = _written(course, now, there)
    for before, block in pairwise(course.plan.blocks):
        labels = group_of(before.groups)
        changes = refresh_changes(course.roster, before, block)
        then = Handover(week=block.from_week, previous=labels, changes=changes)
        later, _ = _written(at_week(course, block.from_week), then, there)
        files |= {f"{LATER}{block.from_week}/{path}": later[path] for path in later if _of_a_block(path)}
    files["plan.json"] = write_course(timeless(course))
    return files, remarks


def timeless(course: Course) -> Course:
    """Return the course without how long its plan took: the same input gives the same bytes."""
    outcome = course.plan.outcome.model_copy(update={"seconds": None})
    return course.model_copy(update={"plan": course.plan.but(outcome=outcome)})


def export_remarks(
    course: Course, now: Handover | None = None, there: Elsewhere | None = None
) -> list[Problem]:
    """Return what to know beside the imports of a plan, the same as with its files.

    Parameters
    ----------
    course : Course
    now : Handover, optional
        Who moved where, and from which week; None for a first plan.
    there : Elsewhere, optional
        What learning systems have already.

    Returns
    -------
    list of Problem
    """
    return _written(course, now, there, [one for one in TARGETS if one.key not in OWN])[1]


def with_presence(course: Course, now: Handover | None) -> Handover:
    """Return a handover that knows who was and will be in which group in every week.

    Parameters
    ----------
    course : Course
    now : Handover or None
        What is handed over besides; None for a first plan.

    Returns
    -------
    Handover
    """
    past = [(version.from_week, version.groups) for version in course.history]
    weeks = max(course.rules.term.weeks, course.plan.from_week)
    presence = Presence(weeks, blocks_of(course.plan, past), course.left)
    return replace(now or Handover(), presence=presence)


def _written(
    course: Course, now: Handover | None, there: Elsewhere | None, targets: Iterable[Target] = TARGETS
) -> tuple[dict[str, bytes], list[Problem]]:
    now = with_presence(course, now)
    files: dict[str, bytes] = {}
    remarks: list[list[Problem]] = []  # two files for one system say the same
    for target in targets:
        lacking = target.missing(course.roster, there)
        if lacking is not None:
            remarks.append([_not_made(lacking, numbers=target.may_use_numbers(course.roster))])
            continue
        try:
            written = target.write(course.roster, course.plan, now, there)
        except InputError as error:
            remarks.append(_few(error.problems))
            continue
        files.update({_path(target.key, file): file.content for file in written})
        beside = target.beside(course.roster, course.plan, now, there)
        remarks.append([problem for problem in beside if problem.level is not Level.NOTE])
    once = [lines for place, lines in enumerate(remarks) if not _told(lines, remarks[:place])]
    return files, [problem for lines in once for problem in lines]


def _told(lines: list[Problem], before: Sequence[list[Problem]]) -> bool:
    """Whether the same was told of an earlier file, where a hint may have said more."""
    bare = [problem.message for problem in lines]
    return any(bare == [problem.message for problem in others] for others in before)


def _not_made(why: Message, *, numbers: bool) -> Problem:
    """Say why a system gets no file; whether student numbers would do is known only to people there."""
    if not numbers:
        return Problem(code="import-not-made", level=Level.SKIPPED, message=why)
    hint = message("Or say that people sign in with their student number.")
    return Problem(code="import-needs-username", level=Level.SKIPPED, message=why, hint=hint)


def _few(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems of a file and how many others there are: a name of one group is in each."""
    rest = len(problems) - MOST
    if rest <= 0:
        return list(problems)
    more = plural_message("And one more like this.", "And {n} more.", rest)
    return [*problems[:MOST], problems[MOST].model_copy(update={"message": more, "hint": None})]


def _of_a_block(path: str) -> bool:
    """Whether a file is about the groups of one block; roles and the workbook are of the whole term."""
    return path in ("groups.csv", "changes.csv") or path.startswith(f"{IMPORTS}/")


def _path(key: str, file: ExportFile) -> str:
    return file.name if key in OWN else f"{IMPORTS}/{file.name}"


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files of a plan, or none; `plan.json` comes last.

    Changes, imports and later blocks of an earlier plan that this one does not have are taken
    away, other people's files stay.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    files : mapping of str to bytes
        Content by the path within the folder.
    """
    write_files(folder, dict(sorted(files.items(), key=lambda file: (file[0] == "plan.json", file[0]))))
    ours = (*folder.glob("changes.csv"), *folder.glob(f"{IMPORTS}/*.csv"), *folder.glob(f"{LATER}*/**/*.csv"))
    for left in ours:
        if left.relative_to(folder).as_posix() not in files:
            left.unlink()


def refresh_changes(roster: Roster, before: Block, block: Block) -> tuple[Change, ...]:
    """Return who moves at a refresh, and with whom, for people to read.

    Parameters
    ----------
    roster : Roster
    before : Block
        The block that ends.
    block : Block
        The one that begins.

    Returns
    -------
    tuple of Change
    """
    was = group_of(before.groups)
    found = []
    for group in block.groups:
        for student in group.members:
            old = was.get(student)
            if old in (None, group.name):
                continue
            along = [one for one in group.members if one != student and was.get(one) == old]
            reason = (
                message("Meets new people, together with {names}.", names=roster.names(along))
                if along
                else message("Meets new people.")
            )
            found.append(Change(student, roster.shown_names[student], old, group.name, reason))
    return tuple(found)
