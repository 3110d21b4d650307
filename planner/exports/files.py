"""What the exports share: a file, what came before it, and who is in which group."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.cells import neutralise
from planner.domain import Group, Left, Plan, Roster, Student, Week
from planner.problems import InputError, Level, Problem
from planner.rosters.group_codes import GroupCodes
from planner.text import Message, say
from planner.values import fold

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
class Change:
    """What a new plan changes for one student.

    `from_group` is None for someone new, `to_group` for someone who left; the
    name is kept here because the new class list no longer has those who left.
    """

    student_id: str
    name: str
    from_group: str | None
    to_group: str | None
    reason: Message


@dataclass(frozen=True)
class Presence:
    """Who was and will be in which group in every week of a term.

    Attributes
    ----------
    weeks : int
        In the term.
    versions : sequence of (int, groups)
        Every version of the groups with its first week, oldest first.
    left : mapping
        Who left, by the id of then.
    """

    weeks: Week
    versions: Sequence[tuple[Week, Sequence[Group]]]
    left: Mapping[str, Left] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Presence:
        """Return what a plan alone knows: the groups to come, in the weeks that have roles or a refresh."""
        weeks = [*(turn.week for turn in plan.turns), *(block.from_week for block in plan.later)]
        return cls(max(weeks, default=0), [(block.from_week, block.groups) for block in plan.blocks])

    def groups(self, week: int) -> Sequence[Group]:
        """Return the groups of a week; none where it is before the first ones."""
        return next((groups for first, groups in reversed(self.versions) if first <= week), ())


@dataclass(frozen=True)
class Handover:
    """Where in the term the plan is handed over.

    Attributes
    ----------
    week : int
        The first week that is still to come.
    previous : mapping or None
        Group name by student id, as the learning system has them now.
    changes : tuple of Change
        What this plan changes, for people to read.
    presence : Presence or None
        Who is where in all weeks; None is what the plan alone knows.
    """

    week: Week = 1
    previous: Mapping[str, str] | None = None
    changes: tuple[Change, ...] = ()
    presence: Presence | None = None


@dataclass(frozen=True)
class Elsewhere:
    """What only the coordinator knows of the course in a learning system.

    Attributes
    ----------
    moodle_course : str
        Its short name in Moodle; empty where that was not told.
    blackboard : GroupCodes or None
        The groups that Blackboard has; None where nobody told.
    """

    moodle_course: str = ""
    blackboard: GroupCodes | None = None


def placed(roster: Roster, plan: Plan) -> list[tuple[str, Student]]:
    """Return group name and student, by group in the order of the plan, then by surname.

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
            (roster.by_id[member] for member in group.members), key=lambda one: (fold(one.sort_name), one.id)
        )
    ]


def only_changed(plan: Plan, previous: Mapping[str, str]) -> Plan:
    """Return a plan with only those who move or are new, for an import beside what is there already.

    Parameters
    ----------
    plan : Plan
    previous : mapping
        Group name by student id, as the learning system has them now.
    """
    changed = (
        group.model_copy(update={"members": tuple(s for s in group.members if previous.get(s) != group.name)})
        for group in plan.groups
    )
    return plan.model_copy(update={"groups": tuple(group for group in changed if group.members)})


def people_csv(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """Return a CSV for people: UTF-8 with BOM, as Excel likes it, and no formulas."""
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
        message=say("The plan has a student {id} who is not in this class list.", id=student_id),
        way_out=say("Use the class list that the plan was made with, or plan again with this one."),
    )
