"""What changed since the previous plan: who left, who is new, who is still the same person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pydantic import Field

from planner.domain import ColumnKind, Frozen, Roster, Student
from planner.pairing import Pairing, has_other_id, is_name, kind_of, known_apart, others_of, pair, usual
from planner.previous import Previous, keys_of
from planner.problems import InputError, Level, Problem
from planner.rosters.account import some
from planner.text import Message, say, say_many
from planner.values import choices, fold, number

MOST_MISSING = 0.3  # more than this share missing looks like another course


class Same(Frozen):
    """A continuing student: the id of then, the id of now, and what changed about them."""

    old_id: str
    new_id: str
    changed: tuple[Message, ...] = ()


class Changes(Frozen):
    """A new class list beside the previous plan.

    Attributes
    ----------
    same : tuple of Same
        Continuing students, in the order of the new class list.
    left : tuple of str
        Ids of then, in the order of the old groups.
    joined : tuple of str
        Ids of now, in the order of the new class list.
    answers : dict
        New id -> headings under which the answer is another than then. Only where
        the answers of then are known.
    problems : tuple of Problem
    home : dict
        New id -> name of the old group, for every continuing student.
    taken_out : tuple of str
        Ids of then of who is not in the new class list, and had been taken out of the
        groups by hand before.
    others : dict
        Id from now on of who was in this course and has no group to come from, where it
        is not the id of then; see `planner.pairing.others_of`.
    """

    same: tuple[Same, ...] = ()
    left: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    answers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    home: dict[str, str] = Field(default_factory=dict)
    taken_out: tuple[str, ...] = ()
    others: dict[str, str] = Field(default_factory=dict)

    @cached_property
    def id_now(self) -> Mapping[str, str]:
        """The id from now on by the id of then, of everybody in this course whose id of then it is not."""
        ids = self.others | {one.old_id: one.new_id for one in self.same}
        return {old: new for old, new in ids.items() if old != new}

    @cached_property
    def old_id(self) -> Mapping[str, str]:
        """The id of then by the id of now, for every continuing student."""
        return {one.new_id: one.old_id for one in self.same}

    def require(self) -> Changes:
        """Return the changes themselves.

        Raises
        ------
        InputError
            With every problem of level ``ERROR``, where there is one.
        """
        errors = [problem for problem in self.problems if problem.level is Level.ERROR]
        if errors:
            raise InputError(errors)
        return self


def compare(previous: Previous, roster: Roster, headings: Sequence[str] = ()) -> Changes:
    """Find out who left, who is new, who stays, and whose answers changed.

    Students are the same by id; else by an e-mail address or LMS id that nobody
    else has; else by a full name that one student is left with on either side. Two
    are never taken for one.

    Parameters
    ----------
    previous : Previous
    roster : Roster
        The new class list.
    headings : sequence of str
        Columns of which the answers count; none takes those of the rules of then.

    Returns
    -------
    Changes
        Its `require` raises where the list looks like that of another course.
    """
    if previous.failed:
        return Changes(problems=previous.problems)
    groups = {member: group.name for group in previous.groups for member in group.members}
    pairing = pair(
        {old: previous.keys.get(old, frozenset()) for old in groups},
        {student.id: keys_of(student) for student in roster.students},
    )
    old_of = {new: old for old, new in pairing.pairs.items()}
    others, taken_out = _others(pairing, previous)
    same = tuple(
        Same(old_id=old_of[one.id], new_id=one.id, changed=_changed(old_of[one.id], one, pairing, previous))
        for one in roster.students
        if one.id in old_of
    )
    return Changes(
        same=same,
        left=tuple(pairing.left),
        joined=tuple(pairing.joined),
        answers=_answers(same, previous, roster, headings),
        problems=(*previous.problems, *_problems(pairing, previous, roster)),
        home={one.new_id: groups[one.old_id] for one in same},
        others=others,
        taken_out=taken_out,
    )


def _others(pairing: Pairing, previous: Previous) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what the past calls those who have no group to come from, and who was taken out of theirs."""
    course = previous.course
    if course is None:
        return others_of(pairing, {}, ())
    planned = [member for group in course.plan.groups for member in group.members]
    ungrouped = {one: previous.keys.get(one, frozenset()) for one in planned if one not in pairing.old}
    past = [member for version in course.history for group in version.groups for member in group.members]
    return others_of(pairing, ungrouped, [*past, *(turn.student_id for turn in course.plan.turns)])


def left_of(previous: Previous, changes: Changes) -> dict[str, str]:
    """Return the names of those who left, by the id that the past of the course has for them."""
    gone = (*changes.left, *changes.taken_out)
    return {changes.id_now.get(old, old): previous.names.get(old, old) for old in gone}


# What changed about those who stay


def _changed(old: str, student: Student, pairing: Pairing, previous: Previous) -> tuple[Message, ...]:
    before, now = pairing.old[old], pairing.new[student.id]
    changed = []
    if has_other_id(old, student.id, pairing) and not (pairing.other_ids or pairing.clash):
        changed.append(say("Listed as {now}; that was {before}.", now=student.id, before=old))
    names = [key for key in before if is_name(key)]
    if names and any(map(is_name, now)) and not now.intersection(names):
        changed.append(say("The name changed; it was {before}.", before=previous.names.get(old, old)))
    had_email = any(key.startswith("key:") and "@" in key for key in before)
    if had_email and student.email and f"key:{fold(student.email)}" not in before:
        changed.append(say("The e-mail address changed."))
    return tuple(changed)


def _answers(
    same: Iterable[Same], previous: Previous, roster: Roster, headings: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    if previous.course is None:
        return {}
    before = previous.course.roster
    old_headings = {fold(heading): heading for heading in before.headings}
    new_headings = {fold(heading): heading for heading in roster.headings}
    both = [
        (old_headings[key], new_headings[key])
        for key in dict.fromkeys(map(fold, headings or previous.course.rules.headings()))
        if key in old_headings and key in new_headings
    ]
    changed = {}
    for one in same:
        then = before.by_id.get(one.old_id)
        if then is None:
            continue
        now = roster.by_id[one.new_id]
        changed[one.new_id] = tuple(
            heading
            for old_heading, heading in both
            if not _alike(then.answer(old_heading), now.answer(heading), roster.kind(heading))
        )
    return {one: different for one, different in changed.items() if different}


def _alike(then: str, now: str, kind: ColumnKind | None) -> bool:
    """Whether two cells give one answer: capitals, notation and the order of slots say nothing."""
    if fold(then) == fold(now):
        return True
    if kind is ColumnKind.SLOTS:
        return set(map(fold, choices(then))) == set(map(fold, choices(now)))
    return number(then) is not None and number(then) == number(now)


# What is worth saying


def _problems(pairing: Pairing, previous: Previous, roster: Roster) -> list[Problem]:
    left = [previous.names.get(one, one) for one in pairing.left]
    told = []
    if pairing.clash is not None:
        told.append(_moved_ids(pairing.clash, previous, roster))
    if pairing.other_ids:
        told.append(_other_ids(pairing, left))
    if not any(problem.level is Level.ERROR for problem in told):
        if len(left) > MOST_MISSING * len(pairing.old):
            told.append(_other_course(len(left), len(pairing.old)))
        elif left:
            told.append(_missing(left))
    if not pairing.other_ids and pairing.clash is None:
        told += _taken_for_same(pairing, roster)
    return [*told, *_same_names(pairing, roster)]


def _missing(left: Sequence[str]) -> Problem:
    return Problem(
        code="students-missing",
        level=Level.ASSUMED,
        message=say_many(
            "1 is missing: {people}. Left, or wrong file?",
            "{n} are missing: {people}. Left, or wrong file?",
            len(left),
            people=some(left),
        ),
        way_out=say("If they left, this is right. If not, choose the right class list."),
    )


def _other_course(missing: int, students: int) -> Problem:
    return Problem(
        code="other-course",
        level=Level.ERROR,
        message=say(
            "{missing} of the {students} students of the previous plan are not in this class list. "
            "Is this another course? Nothing changed.",
            missing=missing,
            students=students,
        ),
        way_out=say(
            "Choose the class list of this course. If they really left, take their rows out of the "
            "groups.csv of the previous plan and try again."
        ),
    )


def _told_apart_by(ids: Iterable[str]) -> Message:
    return {
        "email": say("e-mail addresses"),
        "number": say("student numbers"),
        "name": say("names"),
    }.get(usual(ids), say("user names"))


def _other_ids(pairing: Pairing, left: Sequence[str]) -> Problem:
    before, now = _told_apart_by(pairing.old), _told_apart_by(pairing.new)
    if left and pairing.joined and not known_apart(pairing):
        return Problem(
            code="other-ids",
            level=Level.ERROR,
            message=say_many(
                "Last time {before}, now {now}; 1 student cannot be found by e-mail address or name: "
                "{people}. Nothing changed.",
                "Last time {before}, now {now}; {n} students cannot be found by e-mail address or name: "
                "{people}. Nothing changed.",
                len(left),
                before=before,
                now=now,
                people=some(left),
            ),
            way_out=say("Choose a class list with {before}, or add a column with them.", before=before),
        )
    return Problem(
        code="other-ids",
        level=Level.ASSUMED if pairing.steps["name"] else Level.NOTE,
        message=say_many(
            "Last time {before}, now {now}; 1 student was found by e-mail address or name.",
            "Last time {before}, now {now}; {n} students were found by e-mail address or name.",
            len(pairing.pairs),
            before=before,
            now=now,
        ),
    )


def _moved_ids(example: tuple[str, str], previous: Previous, roster: Roster) -> Problem:
    old, new = example
    return Problem(
        code="ids-moved",
        level=Level.ASSUMED,
        message=say(
            "Most numbers stand for somebody else than last time: {number} was {before} and is {now}. "
            "Students were looked for by e-mail address and name instead.",
            number=new,
            before=previous.names.get(old, old),
            now=roster.by_id[new].name,
        ),
        way_out=say("Choose a class list with student numbers, not with numbered rows."),
    )


def _taken_for_same(pairing: Pairing, roster: Roster) -> list[Problem]:
    """Say who has another id than before and is taken for the same person."""
    found = {**pairing.steps["key"], **pairing.steps["name"]}
    pairs = [(old, new) for old, new in found.items() if has_other_id(old, new, pairing)]
    numbers = [new for old, new in pairs if kind_of(old) == kind_of(new) == "number"]
    others = [new for old, new in pairs if not kind_of(old) == kind_of(new) == "number"]
    told = []
    if numbers:
        told.append(
            say_many(
                "{people} has another student number than before; taken for the same person.",
                "{n} students have another student number than before: {people}. "
                "Each is taken for the same person.",
                len(numbers),
                people=some(roster.names(numbers)),
            )
        )
    if others:
        told.append(
            say_many(
                "{people} is listed under another e-mail address or user name than before; "
                "taken for the same person.",
                "{n} students are listed under another e-mail address or user name than before: {people}. "
                "Each is taken for the same person.",
                len(others),
                people=some(roster.names(others)),
            )
        )
    way_out = say("If that is not right, write the name in the new class list in full.")
    return [
        Problem(code="taken-for-same", level=Level.ASSUMED, message=message, way_out=way_out)
        for message in told
    ]


def _same_names(pairing: Pairing, roster: Roster) -> list[Problem]:
    """Say whose name somebody who left also had, where it cannot be told who is who."""
    gone = {key for old in pairing.left for key in pairing.old[old] if is_name(key)}
    alike = [new for new in pairing.joined if gone & pairing.new[new]]
    if not alike:
        return []
    return [
        Problem(
            code="same-name",
            level=Level.ASSUMED,
            message=say_many(
                "Somebody with the name of {people} was in the previous plan under another number; "
                "counted as somebody new.",
                "Students with the names of {people} were in the previous plan under other numbers; "
                "counted as new.",
                len(alike),
                people=some(roster.names(alike)),
            ),
            way_out=say("If they are the same people, use the same numbers in both lists."),
        )
    ]
