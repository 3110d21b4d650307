"""The plan that a rerun starts from: a plan folder, a plan.json, or any list of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from planner.files.bounded import read_at_most
from planner.model.base import Frozen
from planner.model.domain import Group, Roster, Turn
from planner.model.labels import alike
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.plans.edited_groups import (
    CHANGED,
    as_called,
    as_planned,
    edited,
    other_roles,
    roles_edited,
)
from planner.plans.plan_file import LARGEST_PLAN, read_course
from planner.plans.weeks import block_at, last_groups
from planner.rosters import GroupList, SourceFile, read_groups
from planner.rosters.directory import Directory
from planner.rosters.listed_people import keys_of, listed_people
from planner.rosters.opening import SIZE_LIMIT
from planner.rosters.reading_log import some

PLAN, GROUPS = "plan.json", "groups.csv"
LATER = "from-week-"  # sub-folder with the groups of a later block, and what to import then


class Previous(Frozen):
    """Who was in which group before.

    Attributes
    ----------
    groups : tuple of Group
        In their old order; members by their id of then, those who left since included.
    names : dict
        Shown name by old id.
    course : Course or None
        Class list, rules and plan of then, where there is a plan.json.
    turns : tuple of Turn
        Roles by week; empty without a plan.json.
    keys : dict
        By old id, all that a student can be recognised by; see `keys_of`.
    problems : tuple of Problem
        With one of level ``ERROR`` there are no groups.
    week_before : tuple of Group
        The groups of the week before, where a rerun is to hold from the very week of a refresh.
    """

    groups: tuple[Group, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)
    course: Course | None = None
    turns: tuple[Turn, ...] = ()
    keys: dict[str, frozenset[str]] = Field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    week_before: tuple[Group, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether the previous plan could not be read."""
        return any(problem.level is Level.ERROR for problem in self.problems)

    @property
    def by_hand(self) -> bool:
        """Whether the groups were changed or renamed by hand after the plan was made."""
        return any(problem.code in CHANGED for problem in self.problems)


def previous_from_course(course: Course) -> Previous:
    """Return the plan of a course as the previous one."""
    return _previous(course.plan.groups, course.roster, course)


def read_previous(path: Path, week: int | None = None) -> Previous:
    """Read the previous plan.

    Parameters
    ----------
    path : Path
        A plan folder, a plan.json, or a list of groups as CSV or .xlsx: our own, also
        after Excel, or that of an LMS. In a folder, a groups.csv that was edited
        since wins from plan.json.
    week : int, optional
        First week in which other groups are to hold. In a folder, the list of the groups
        of that week counts where it was edited, also where they came with a refresh.

    Returns
    -------
    Previous
        With groups, or with at least one problem of level ``ERROR``. Input never raises.
    """
    try:
        return _from_folder(path, week) if path.is_dir() else previous_of(_file(path))
    except InputError as error:
        return Previous(problems=error.problems)
    except OSError:
        return Previous(problems=(_not_found(path),))


def previous_of(file: SourceFile) -> Previous:
    """Return the previous plan of one file: a plan.json, or a list of groups; see `read_previous`."""
    try:
        if file.name.lower().endswith(".json"):
            return previous_from_course(read_course(file.content, file.name))
        return _from_list(file)
    except InputError as error:
        return Previous(problems=error.problems)


def _from_folder(folder: Path, week: int | None) -> Previous:
    plan, groups = folder / PLAN, folder / GROUPS
    if not plan.exists() and not groups.exists():
        raise InputError([_no_plan(folder)])
    if not plan.exists():
        return _from_list(_file(groups))
    course = read_course(read_at_most(plan, LARGEST_PLAN), PLAN)
    later = None if week is None else _later(folder, course, week)
    if later is not None:
        return later
    return _with_edits(course, _file(groups)) if groups.exists() else previous_from_course(course)


def _later(folder: Path, course: Course, week: int) -> Previous | None:
    """Return the groups of a later block as somebody changed them by hand; None where nobody did."""
    block = course.plan.block_of(week)
    name = f"{LATER}{block.from_week}/{GROUPS}"
    if block.from_week == course.plan.from_week or not (folder / name).exists():
        return None
    file = SourceFile(name, read_at_most(folder / name, SIZE_LIMIT))
    found = _with_edits(block_at(course, week), file)
    if not found.by_hand or found.course is None:
        return None
    before = last_groups(found.course) if block.from_week == week else ()
    return found.model_copy(update={"week_before": before})


def edited_later(folder: Path, course: Course) -> bool:
    """Whether somebody changed the groups of a later block by hand, in its own list.

    Parameters
    ----------
    folder : Path
        Of the plan.
    course : Course
        As its plan.json has it.

    Returns
    -------
    bool
    """
    return any(_later(folder, course, block.from_week) is not None for block in course.plan.later)


def _with_edits(course: Course, file: SourceFile) -> Previous:
    """Return the plan of a course, or its groups as somebody changed them by hand."""
    roster, beside = course.roster, course.rules.beside_members
    listed = read_groups(file, roster, beside=beside)
    if not any(problem.level is Level.ERROR for problem in listed.problems):
        groups = as_planned(listed.groups, course)
        if not listed.unknown and _labels(groups) == _labels(course.plan.groups):
            other = other_roles(course, groups, listed.roles)
            return _previous(course.plan.groups, roster, course, [roles_edited(file.name)] if other else ())
        known = Directory(roster)
        added = [one for one in listed_people(file) if one.id and known.by_id(one.id) is None]
        strangers = tuple(one for one in added if {one.name, one.id} & set(listed.unknown))
        roster = Roster(students=roster.students + strangers, columns=roster.columns)
        listed = read_groups(file, roster, beside=beside)
    listed.require()
    groups = as_planned(listed.groups, course)
    course, renamed = as_called(course, groups, file.name)
    if alike(groups, course.plan.groups):
        return _previous(course.plan.groups, roster, course, renamed)
    place = {group.name: at for at, group in enumerate(course.plan.groups)}
    ordered = sorted(groups, key=lambda group: place.get(group.name, len(place)))
    problems = (edited(file.name), *renamed, *_list_problems(listed, roster, file.name))
    if other_roles(course, groups, listed.roles):
        problems = (*problems, roles_edited(file.name))
    return _previous(ordered, roster, course, problems)


def _from_list(file: SourceFile) -> Previous:
    roster = Roster(students=listed_people(file))
    listed = read_groups(file, roster).require()
    if not listed.groups:
        raise InputError([_nobody_placed(file.name)])
    return _previous(listed.groups, roster, None, _list_problems(listed, roster, file.name))


def _previous(
    groups: Sequence[Group], roster: Roster, course: Course | None, problems: Sequence[Problem] = ()
) -> Previous:
    return Previous(
        groups=tuple(groups),
        names=dict(roster.shown_names),
        course=course,
        turns=course.plan.turns if course is not None else (),
        keys={student.id: keys_of(student) for student in roster.students},
        problems=tuple(problems),
    )


def _labels(groups: Sequence[Group]) -> Mapping[str, str]:
    return {member: " ".join(group.name.split()) for group in groups for member in group.members}


def _file(path: Path) -> SourceFile:
    return SourceFile(path.name, read_at_most(path, LARGEST_PLAN if path.suffix == ".json" else SIZE_LIMIT))


# What is worth saying


def _list_problems(listed: GroupList, roster: Roster, file: str) -> list[Problem]:
    """Return what was found in a list of groups; who has no group there is told in our own words."""
    problems = [problem for problem in listed.problems if problem.code != "not-in-groups"]
    if listed.missing:
        problems.append(
            Problem(
                code="without-group",
                level=Level.ASSUMED,
                message=plural_message(
                    "1 student had no group there: {people}.",
                    "{n} students had no group there: {people}.",
                    len(listed.missing),
                    people=some(roster.names(listed.missing)),
                ),
                hint=message("Those who are on the new class list are placed as new students."),
                file=file,
            )
        )
    return problems


def _nobody_placed(file: str) -> Problem:
    return Problem(
        code="nobody-placed",
        level=Level.ERROR,
        message=message("Nobody has a group in this file."),
        hint=message("Choose the groups.csv of the previous plan, or a group export with everyone's group."),
        file=file,
    )


def _no_plan(folder: Path) -> Problem:
    return Problem(
        code="no-previous-plan",
        level=Level.ERROR,
        message=message("This folder has no plan.json and no groups.csv."),
        hint=message("Choose the folder of the previous plan, or a file with its groups."),
        file=folder.name,
    )


def _not_found(path: Path) -> Problem:
    return Problem(
        code="previous-not-found",
        level=Level.ERROR,
        message=message("The previous plan cannot be opened."),
        hint=message("Choose the folder of the previous plan, or a file with its groups."),
        file=path.name,
    )
