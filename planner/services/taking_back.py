"""Pending changes taken back: the class list and the rules as they would be without some of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.model.values import choices
from planner.replanning.renaming import as_listed, with_new_ids, with_old_ids
from planner.reporting.rule_changes import taken_back
from planner.rules import Rules
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange, detail_of, students_then

_OF_PEOPLE = ("left", "joined", "replaced", "details", "answers", "columns")


def about_list(change: PendingChange, found: ListComparison) -> bool:
    """Whether taking a change back changes the class list.

    Parameters
    ----------
    change : PendingChange
    found : ListComparison
        The class list and the rules of now beside the plan in use.

    Returns
    -------
    bool
    """
    return change.kind in _OF_PEOPLE or (change.kind == "rules" and bool(_lacking(found)))


def rules_without(found: ListComparison, changes: Iterable[PendingChange]) -> Rules:
    """Return the rules as they would be without some of the changes.

    Parameters
    ----------
    found : ListComparison
        The class list and the rules of now beside the plan in use.
    changes : iterable of PendingChange
        Of `pending_changes`.

    Returns
    -------
    Rules
        With the ids that the page has them with.
    """
    course, rules = found.previous.course, found.rules
    if course is None:
        return found.given
    before = with_new_ids(course.rules, found.changes)
    for change in changes:
        if change.rule is not None:
            rules = taken_back(rules, change.rule, before)
    return found.given if rules is found.rules else with_old_ids(rules, found.changes)


def without_changes(found: ListComparison, changes: Sequence[PendingChange]) -> Roster:
    """Return the class list as it would be without some of the changes.

    Parameters
    ----------
    found : ListComparison
        The class list and the rules of now beside the plan in use.
    changes : sequence of PendingChange
        Of `pending_changes`.

    Returns
    -------
    Roster
        Who had left stands behind whom they stood before.
    """
    course, listed = found.previous.course, found.listed
    if course is None:
        return listed
    then, order = students_then(found), as_listed(course.roster)
    rows = {one.id: one for one in listed.students}
    for change in changes:
        if change.kind == "joined":
            rows.pop(change.student, None)
        elif change.kind in ("replaced", "answers", "details"):
            for one in change.students or (change.student,):
                rows[one] = _as_then(rows[one], then[one], change, found)
    columns, more = _columns(changes, found)
    if more:
        rows = {key: _with_answers(one, then.get(key), more) for key, one in rows.items()}
    back = [change.student for change in changes if change.kind == "left"]
    numbers = [one for change in changes if change.part == "id" for one in change.students]
    ids = _numbers(list(rows), found.changes.old_id, numbers, back)
    students = tuple(one.model_copy(update={"id": ids[key]}) for key, one in rows.items())
    again = [one for one in order.students if one.id in back]
    columns = tuple(_of_moments(one, course.roster, (*students, *again)) for one in columns)
    return with_students(Roster(students=students, columns=columns), again, order.students)


def _as_then(now: Student, before: Student, change: PendingChange, found: ListComparison) -> Student:
    """Return a student of whom one thing is as it was; their number is given back with those of others."""
    if change.kind == "replaced":
        return before.model_copy(update={"answers": {**now.answers, **before.answers}})
    if change.kind == "answers":
        headings = found.changes.answers.get(change.student, ())
        again = {heading: before.answers[heading] for heading in headings if heading in before.answers}
        return now.model_copy(update={"answers": {**now.answers, **again}})
    if change.part == "id":
        return now
    if change.part == "keys":
        return now.model_copy(update={"keys": detail_of("keys", before)})
    same = ("name", "call_name", "sort_name") if change.part in ("name", "call_name") else (change.part,)
    return now.model_copy(update={name: getattr(before, name) for name in same})


def _numbers(
    rows: Iterable[str], old: Mapping[str, str], back: Iterable[str], others: Iterable[str]
) -> dict[str, str]:
    """Return the number of everybody once some have that of then again, and others come back with theirs.

    Whoever has such a number by now gets their own of then back as well; somebody new, what came free.
    """
    ids = {one: one for one in rows}
    for wanted, mover in [*((old[one], one) for one in back), *((one, None) for one in others)]:
        free = None if mover is None else ids[mover]
        number, owner = wanted, mover
        while True:
            holder = next((one for one, has in ids.items() if has == number and one != owner), None)
            if owner is not None:
                ids[owner] = number
            if holder is None:
                break
            if old.get(holder, number) == number:  # somebody new
                ids[holder] = free or _unused(number, ids.values())
                break
            number, owner = old[holder], holder
    return ids


def _unused(number: str, taken: Iterable[str]) -> str:
    here = set(taken)
    while number in here:
        number += "*"
    return number


# Columns


def _lacking(found: ListComparison) -> tuple[str, ...]:
    """Return the columns that the rules of then read and the class list of now lacks."""
    course = found.previous.course
    if course is None:
        return ()
    here, then = set(found.listed.headings), set(course.roster.headings)
    return tuple(one for one in course.rules.headings() if one in then and one not in here)


def _columns(
    changes: Sequence[PendingChange], found: ListComparison
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """Return the columns once some are as they were, and which of them come back.

    A rule that comes back brings its own.
    """
    course, listed = found.previous.course, found.listed.columns
    about = {change.part for change in changes if change.kind == "columns"}
    if any(change.kind == "rules" for change in changes):
        about |= set(_lacking(found))
    if course is None or not about:
        return listed, ()
    then = {column.heading: column for column in course.roster.columns}
    kept = tuple(
        then[column.heading].model_copy(update={"short": column.short}) if column.heading in about else column
        for column in listed
        if column.heading not in about or column.heading in then
    )
    here = {column.heading for column in listed}
    more = tuple(heading for heading in then if heading in about and heading not in here)
    return (*kept, *(then[heading] for heading in more)), more


def _of_moments(column: Column, then: Roster, students: Iterable[Student]) -> Column:
    """Return a column about busy moments with those of then, where nobody gave another one."""
    before = next((one for one in then.columns if one.heading == column.heading), None)
    if before is None or {column.kind, before.kind} != {ColumnKind.BUSY}:
        return column
    given = {moment for one in students for moment in choices(one.answer(column.heading))}
    known = given <= set(before.moments)
    return column.model_copy(update={"moments": before.moments}) if known else column


def _with_answers(now: Student, then: Student | None, headings: Iterable[str]) -> Student:
    said = {heading: "" if then is None else then.answer(heading) for heading in headings}
    return now.model_copy(update={"answers": {**now.answers, **said}})


def with_students(roster: Roster, more: Sequence[Student], order: Sequence[Student]) -> Roster:
    """Return a class list with more students, each behind whom they stand in an order.

    Parameters
    ----------
    roster : Roster
    more : sequence of Student
        Those of them who are in the order are added.
    order : sequence of Student

    Returns
    -------
    Roster
    """
    if not more:
        return roster
    added, here = {student.id: student for student in more}, roster.by_id
    behind: dict[str | None, list[Student]] = {}
    last: str | None = None
    for student in order:
        if student.id in added:
            behind.setdefault(last, []).append(student)
        elif student.id in here:
            last = student.id
    everybody = list(behind.get(None, ()))
    for one in roster.students:
        everybody += [one, *behind.get(one.id, ())]
    return Roster(students=tuple(everybody), columns=roster.columns)
