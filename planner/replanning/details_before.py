"""How students are reached and called stays known where a new class list does not say it at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.model.domain import ColumnKind, Roster, Student
from planner.rosters import Reading
from planner.rosters.people import from_full

Taken = Callable[[Student, Student], Student]  # of now and of then: the one of now, with a detail of then


def unsaid_details(reading: Reading, then: Roster) -> tuple[Taken, ...]:
    """Return how to take over each detail that a new class list lacks and the one before had.

    Parameters
    ----------
    reading : Reading
        Of the new class list, which can be read.
    then : Roster
        The class list of the plan.

    Returns
    -------
    tuple of callable
        Each takes a student of now and the same one of then.
    """
    roster = reading.roster
    assert roster is not None  # noqa: S101 - it could be read
    kinds = {column.kind for column in reading.columns}
    here = {key for student in roster.students for key in student.keys}
    found: list[Taken] = []
    if not any(student.email for student in roster.students) and any(one.email for one in then.students):
        found.append(lambda now, before: now.model_copy(update={"email": before.email}))
    if any(key not in here for one in then.students for key in one.with_numbers_before(()).keys):
        found.append(lambda now, before: now.model_copy(update={"keys": _keys(now, before, here)}))
    if ColumnKind.FIRST_NAME not in kinds and any(_says_more(one) for one in then.students):
        found.append(_called)
    return tuple(found)


def with_details(roster: Roster, then: Mapping[str, Student], unsaid: tuple[Taken, ...]) -> Roster:
    """Return a class list with the details that it lacks as they were.

    Parameters
    ----------
    roster : Roster
    then : mapping
        Students of then, by the id of now.
    unsaid : tuple of callable
        Of `unsaid_details`.

    Returns
    -------
    Roster
    """
    students = []
    for student in roster.students:
        now, before = student, then.get(student.id)
        if before is not None:
            for taken in unsaid:
                now = taken(now, before)
        students.append(now)
    return Roster(students=tuple(students), columns=roster.columns)


def _keys(now: Student, before: Student, here: set[str]) -> dict[str, str]:
    known = before.with_numbers_before(()).keys
    return {**{key: one for key, one in known.items() if key not in here}, **now.keys}


def _says_more(student: Student) -> bool:
    """Whether how somebody is called, or sorted, cannot be read off their whole name."""
    read = from_full(student.name)
    return (read.call, read.sort) != (student.call_name, student.sort_name)


def _called(now: Student, before: Student) -> Student:
    if now.name != before.name:
        return now
    return now.model_copy(update={"call_name": before.call_name, "sort_name": before.sort_name})
