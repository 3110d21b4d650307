"""What the exports share: a file, what came before it, and who is in which group."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from planner.model.cells import neutralise
from planner.model.domain import Plan, Roster, Student
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.model.values import normalize_text
from planner.rosters.group_codes import GroupCodes

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class ExportFile:
    """A file to hand over.

    Attributes
    ----------
    name : str
    made : bytes or callable
        What is in it, or what writes it once somebody asks.
    media_type : str
    """

    name: str
    made: bytes | Callable[[], bytes]
    media_type: str = CSV

    @cached_property
    def content(self) -> bytes:
        """What is in the file."""
        return self.made if isinstance(self.made, bytes) else self.made()


@dataclass(frozen=True)
class Elsewhere:
    """What only the coordinator knows of the course in a learning system.

    Attributes
    ----------
    moodle_course : str
        Its short name in Moodle; empty where that was not told.
    blackboard : GroupCodes or None
        The groups that Blackboard has; None where nobody told.
    numbers_are_usernames : bool
        Whether people sign in with their student number, where the class list has no user name.
    """

    moodle_course: str = ""
    blackboard: GroupCodes | None = None
    numbers_are_usernames: bool = False


def placed(roster: Roster, plan: Plan) -> list[tuple[str, Student]]:
    """Return group name and student, by group in the order of the plan, then by surname.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan

    Returns
    -------
    list of tuple of (str, Student)

    Raises
    ------
    InputError
        Where the plan has students that this class list has not.
    """
    strangers = [student for group in plan.groups for student in group.members if student not in roster.by_id]
    if strangers:
        raise InputError(map(_stranger, strangers))
    return [
        (group.name, student)
        for group in plan.groups
        for student in sorted(
            (roster.by_id[member] for member in group.members),
            key=lambda one: (normalize_text(one.sort_name), one.id),
        )
    ]


def only_changed(plan: Plan, previous: Mapping[str, str]) -> Plan:
    """Return a plan with only those who move or are new, for an import beside what is there already.

    Parameters
    ----------
    plan : Plan
    previous : mapping
        Group name by student id, as the learning system has them now.

    Returns
    -------
    Plan
    """
    changed = (
        group.model_copy(update={"members": tuple(s for s in group.members if previous.get(s) != group.name)})
        for group in plan.groups
    )
    return plan.model_copy(update={"groups": tuple(group for group in changed if group.members)})


def people_csv(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """Return a CSV for people: UTF-8 with BOM, as Excel likes it, and no formulas.

    Parameters
    ----------
    rows : iterable of sequence of str
    separator : str
        Between cells.

    Returns
    -------
    bytes
    """
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator, lineterminator="\r\n")
    harmless: dict[str, str] = {}  # names and roles come back every week
    writer.writerows([_harmless(cell, harmless) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _harmless(cell: str, known: dict[str, str]) -> str:
    if cell not in known:
        known[cell] = neutralise(cell)
    return known[cell]


def import_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV for a learning system: no BOM, no quotes; the cells have been checked."""
    return "".join(",".join(row) + "\r\n" for row in rows).encode()


def _stranger(student_id: str) -> Problem:
    return Problem(
        code="not-in-class-list",
        level=Level.ERROR,
        message=message("The plan has a student {id} who is not on this class list.", id=student_id),
        hint=message("Use the class list that the plan was made with, or replan with this one."),
    )
