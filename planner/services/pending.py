"""Changes that wait to be carried out: how the page differs from the plan that its groups are of.

There is no other account of whether a plan is outdated: it is where one of these changes is there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.model.domain import Column, Roster, Student, group_of
from planner.model.free_times import with_zones
from planner.model.text import Message, message
from planner.replanning.renaming import as_listed, with_new_ids
from planner.reporting.rule_changes import AlteredRule, rule_changes
from planner.rules import Rules
from planner.rules.wish import Wish
from planner.services.compare_lists import ListComparison

Kind = Literal[
    "left", "joined", "replaced", "details", "answers", "columns", "rules", "unfinished", "choices"
]
TOGETHER = 4  # people of whom the same detail is another are told in one line

DETAILS = ("id", "name", "call_name", "email", "keys")


@dataclass(frozen=True)
class PendingChange:
    """One thing that is different from when the groups were made.

    Attributes
    ----------
    kind : {"left", "joined", "replaced", "details", "answers", "columns", "rules", "unfinished", "choices"}
    message : Message
        What it is, in a few words.
    student : str
        Whom it is about, where it is one: the id of then for who left, else the id of now.
    unanswered : tuple of str
        Columns that rules use and most students answered, and somebody new did not.
    students : tuple of str
        Whose details are others, by the id of now.
    part : str
        Which detail, which column, which part of the rules is not finished, or which field of the choices.
    rule : AlteredRule or None
    chosen : str or (str, str) or int
        The group, the student (by the id of then), the pair of groups or the number that was chosen.
    """

    kind: Kind
    message: Message
    student: str = ""
    unanswered: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    part: str = ""
    rule: AlteredRule | None = None
    chosen: str | tuple[str, str] | int = ""


def pending_changes(found: ListComparison) -> tuple[PendingChange, ...]:
    """Return what waits to be carried out: people, answers, columns and rules.

    Parameters
    ----------
    found : ListComparison
        The class list and the rules of now beside the plan in use.

    Returns
    -------
    tuple of PendingChange
    """
    return (*_people(found), *_columns(found), *_rules(found))


def _people(found: ListComparison) -> Iterator[PendingChange]:
    changes, names = found.changes, found.roster.shown_names
    was = group_of(found.previous.groups)
    for one in changes.left:
        name = found.previous.names.get(one, one)
        text = message("{name} stopped ({group})", name=name, group=was[one])
        if one not in found.stopped:
            text = message("{name} is no longer on the class list ({group})", name=name, group=was[one])
        yield PendingChange("left", text, one)
    asked = answered_by_most(found.roster, found.rules) if changes.joined else ()
    for one in changes.joined:
        said = found.roster.by_id[one].answer
        blank = tuple(heading for heading in asked if not said(heading).strip())
        yield PendingChange("joined", message("{name} is new", name=names[one]), one, blank)
    replaced = set(others := _replaced(found))
    for one, before in others.items():
        text = message("{name} is listed under the number of {before}", name=names[one], before=before.name)
        yield PendingChange("replaced", text, one)
    yield from _details(found, replaced)
    for one, headings in changes.answers.items():
        if one not in replaced:
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


# Who is listed in another way


def students_then(found: ListComparison) -> dict[str, Student]:
    """Return continuing students as they were when the groups were made, by the id of now."""
    course = found.previous.course
    then = {} if course is None else as_listed(course.roster).by_id
    return {one.new_id: then[one.old_id] for one in found.changes.same if one.old_id in then}


def _replaced(found: ListComparison) -> dict[str, Student]:
    """Return who has the number of somebody with another name and another address, with who that was."""
    now = found.listed.by_id
    return {
        one: before
        for one, before in students_then(found).items()
        if before.id == one
        and before.name != now[one].name
        and before.email
        and now[one].email
        and before.email.casefold() != (now[one].email or "").casefold()
    }


def _details(found: ListComparison, replaced: set[str]) -> Iterator[PendingChange]:
    then = {one: before for one, before in students_then(found).items() if one not in replaced}
    now, names = found.listed.by_id, found.roster.shown_names
    for detail in DETAILS:
        about = [one for one in then if _other(detail, then[one], now[one])]
        several = [about] if len(about) >= TOGETHER else [[one] for one in about]
        for some in several:
            first = some[0]
            told = (
                _of_many(detail, len(some))
                if len(some) > 1
                else _of_one(detail, names[first], then[first], now[first])
            )
            yield PendingChange("details", _nobody_moves(told, found), students=tuple(some), part=detail)


def _nobody_moves(told: Message, found: ListComparison) -> Message:
    """Say that nobody moves for it, unless a wish may name somebody by it."""
    if any(isinstance(rule, Wish) for rule in found.rules.rule):
        return told
    return message("{change}; nobody moves for that", change=told)


def _other(detail: str, then: Student, now: Student) -> bool:
    if detail == "call_name" and then.name != now.name:
        return False  # told with the name
    return detail_of(detail, then) != detail_of(detail, now)


def detail_of(detail: str, student: Student) -> object:
    """Return a detail of a student, as far as it is no number of before.

    Parameters
    ----------
    detail : str
        One of `DETAILS`.
    student : Student

    Returns
    -------
    object
        What can be held against that of another list.
    """
    return student.with_numbers_before(()).keys if detail == "keys" else getattr(student, detail) or ""


def _of_one(detail: str, name: str, then: Student, now: Student) -> Message:
    return {
        "id": message("{name}: the number was {before}", name=f"{now.name} ({now.id})", before=then.id),
        "name": message("{name}: the name was {before}", name=name, before=then.name),
        "call_name": message(
            "{name} is called {now}, was {before}", name=name, now=now.call_name, before=then.call_name
        ),
        "email": message("{name}: another e-mail address", name=name),
        "keys": message("{name}: other ids for learning platforms", name=name),
    }[detail]


def _of_many(detail: str, count: int) -> Message:
    return {
        "id": message("{n} students: another number", n=count),
        "name": message("{n} students: another name", n=count),
        "call_name": message("{n} students: another name to go by", n=count),
        "email": message("{n} students: another e-mail address", n=count),
        "keys": message("{n} students: other ids for learning platforms", n=count),
    }[detail]


# Columns and rules


def _columns(found: ListComparison) -> Iterator[PendingChange]:
    """Yield the columns that rules read, now and then, and that are gone, new, or of another kind."""
    course = found.previous.course
    if course is None:
        return
    then, now = _by_heading(course.roster), _by_heading(found.listed)
    both = set(course.rules.headings())
    for heading in found.rules.headings():
        if heading not in both:
            continue  # told with the rule
        before, after = then.get(heading), now.get(heading)
        text = None
        if before is not None and after is None:
            text = message("{column} is not in the class list any more", column=heading)
        elif before is None and after is not None:
            text = message("{column} is new in the class list", column=heading)
        elif before is not None and after is not None and _reads_otherwise(before, after):
            text = message("{column} is read differently from before", column=heading)
        if text is not None:
            yield PendingChange("columns", text, part=heading)


def _reads_otherwise(before: Column, after: Column) -> bool:
    """Whether a column is of another kind now, or its scale has another order."""
    order = [one for one in after.levels if one in before.levels]
    return before.kind is not after.kind or order != [one for one in before.levels if one in after.levels]


def _by_heading(roster: Roster) -> dict[str, Column]:
    return {column.heading: column for column in roster.columns}


def _rules(found: ListComparison) -> Iterator[PendingChange]:
    course = found.previous.course
    if course is None:
        return
    for change in rule_changes(with_new_ids(course.rules, found.changes), found.rules, found.roster):
        yield PendingChange("rules", change.message, rule=change)
