"""Changes that wait to be carried out: how the class list and the rules differ from the plan in use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.model.domain import Roster, Student, group_of
from planner.model.free_times import with_zones
from planner.model.text import Message, message
from planner.replanning.renaming import as_listed
from planner.reporting.rule_changes import rule_changes
from planner.rules import Rules
from planner.services.compare_lists import ListComparison

Kind = Literal["left", "joined", "answers", "rules"]


@dataclass(frozen=True)
class PendingChange:
    """One thing that is different from when the groups were made.

    Attributes
    ----------
    kind : {"left", "joined", "answers", "rules"}
    message : Message
        What it is, in a few words.
    student : str
        Whom it is about: the id of then for who left, else the id of now.
    unanswered : tuple of str
        Columns that rules use and most students answered, and somebody new did not.
    """

    kind: Kind
    message: Message
    student: str = ""
    unanswered: tuple[str, ...] = ()


def pending_changes(found: ListComparison) -> tuple[PendingChange, ...]:
    """Return what waits to be carried out: who left, who came, whose answers and which rules changed.

    Parameters
    ----------
    found : ListComparison
        The class list and the rules of now beside the plan in use.

    Returns
    -------
    tuple of PendingChange
    """
    return (*_people(found), *_rules(found))


def _people(found: ListComparison) -> Iterator[PendingChange]:
    changes, names = found.changes, found.roster.shown_names
    was = group_of(found.previous.groups)
    for one in changes.left:
        name = found.previous.names.get(one, one)
        text = message("{name} stopped ({group})", name=name, group=was[one])
        if one not in found.stopped:
            text = message("{name} is not in the class list any more ({group})", name=name, group=was[one])
        yield PendingChange("left", text, one)
    asked = answered_by_most(found.roster, found.rules) if changes.joined else ()
    for one in changes.joined:
        said = found.roster.by_id[one].answer
        blank = tuple(heading for heading in asked if not said(heading).strip())
        yield PendingChange("joined", message("{name} is new", name=names[one]), one, blank)
    for one, headings in changes.answers.items():
        text = message("{name}: other answer to {columns}", name=names[one], columns=headings)
        yield PendingChange("answers", text, one)


def answered_by_most(roster: Roster, rules: Rules) -> tuple[str, ...]:
    """Return the columns that rules use and most students gave an answer to; a wish may stay open.

    Parameters
    ----------
    roster : Roster
    rules : Rules

    Returns
    -------
    tuple of str
        Headings.
    """
    students, used = roster.students, with_zones(roster, rules.headings())
    here = [column.heading for column in roster.columns if column.heading in used]
    return tuple(
        one for one in here if 2 * sum(bool(s.answer(one).strip()) for s in students) > len(students)
    )


def _rules(found: ListComparison) -> Iterator[PendingChange]:
    course = found.previous.course
    if course is not None and course.rules != found.given:
        for text in rule_changes(course.rules, found.given, found.roster):
            yield PendingChange("rules", text)


def without_changes(found: ListComparison, changes: Iterable[PendingChange]) -> Roster:
    """Return the class list as it would be without some of the changes.

    Parameters
    ----------
    found : ListComparison
        The class list and the rules of now beside the plan in use.
    changes : iterable of PendingChange
        Of `pending_changes`; those of rules change nothing here.

    Returns
    -------
    Roster
        Who had left stands behind whom they stood before.
    """
    course, listed = found.previous.course, found.listed
    if course is None:
        return listed
    then = as_listed(course.roster)
    about: dict[Kind, set[str]] = {"left": set(), "joined": set(), "answers": set(), "rules": set()}
    for change in changes:
        about[change.kind].add(change.student)
    students = tuple(
        _answered_as_then(found, one, then) if one.id in about["answers"] else one
        for one in listed.students
        if one.id not in about["joined"]
    )
    here = {one.id for one in students}
    again = [one for one in then.students if one.id in about["left"] and one.id not in here]
    return with_students(Roster(students=students, columns=listed.columns), again, then.students)


def _answered_as_then(found: ListComparison, student: Student, then: Roster) -> Student:
    before = then.by_id.get(found.changes.old_id.get(student.id, student.id))
    headings = found.changes.answers.get(student.id, ())
    if before is None:
        return student
    again = {heading: before.answers[heading] for heading in headings if heading in before.answers}
    return student.model_copy(update={"answers": {**student.answers, **again}})


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
    added, here = {student.id for student in more}, roster.by_id
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
