"""What changed since the previous plan: who left, who is new, who is still the same person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from pydantic import Field

from planner.model.answers import meaning_of
from planner.model.base import Frozen
from planner.model.domain import ColumnKind, Roster, Student, group_of
from planner.model.free_times import with_zones
from planner.model.moments import moment_key
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message
from planner.model.time_zones import zone_name
from planner.model.values import normalize_text, number
from planner.model.week_clock import moments_in
from planner.plans.previous import Previous
from planner.replanning.list_remarks import problems_of
from planner.rosters.listed_people import keys_of
from planner.rosters.pairing import (
    Pairing,
    has_other_id,
    is_name,
    others_of,
    pair,
)


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
    gone : dict
        Names of those who left, by the id of then.
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
        is not the id of then; see `planner.rosters.pairing.others_of`.
    """

    same: tuple[Same, ...] = ()
    left: tuple[str, ...] = ()
    gone: dict[str, str] = Field(default_factory=dict)
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


def compare(
    previous: Previous, roster: Roster, headings: Sequence[str] = (), stopped: Collection[str] = ()
) -> Changes:
    """Find out who left, who is new, who stays, and whose answers changed.

    Students are the same by id, unless all else of either says that they are somebody
    else; else by an e-mail address or LMS id that nobody else has; else by a full name
    that one student is left with on either side. Two are never taken for one.

    Parameters
    ----------
    previous : Previous
    roster : Roster
        The new class list.
    headings : sequence of str
        Columns of which the answers count; none takes those of the rules of then.
    stopped : collection of str
        Ids of then of who was said to have stopped: nobody of now is taken for them.

    Returns
    -------
    Changes
        Its `require` raises where the list looks like that of another course.
    """
    if previous.failed:
        return Changes(problems=previous.problems)
    groups = group_of(previous.groups)
    ungrouped, past = _others(previous, groups)
    whole = pair(
        {old: previous.keys.get(old, frozenset()) for old in (*groups, *ungrouped)},
        {student.id: keys_of(student) for student in roster.students},
        stopped,
    )
    pairing = whole.of(groups)
    old_of = {new: old for old, new in pairing.pairs.items()}
    others, taken_out = others_of(whole, groups, past)
    same = tuple(
        Same(old_id=old_of[one.id], new_id=one.id, changed=_changed(old_of[one.id], one, pairing, previous))
        for one in roster.students
        if one.id in old_of
    )
    return Changes(
        same=same,
        left=tuple(pairing.left),
        gone={one: previous.names.get(one, one) for one in pairing.left},
        joined=tuple(pairing.joined),
        answers=_answers(same, previous, roster, headings),
        problems=(*previous.problems, *problems_of(pairing, previous, roster, stopped)),
        home={one.new_id: groups[one.old_id] for one in same},
        others=others,
        taken_out=taken_out,
    )


def _others(previous: Previous, groups: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return who of the plan is in none of the groups, and whom the course has from earlier in the term."""
    course = previous.course
    if course is None:
        return [], []
    planned = [member for group in course.plan.groups for member in group.members]
    past = [member for version in course.history for group in version.groups for member in group.members]
    ungrouped = [one for one in planned if one not in groups]
    return ungrouped, [*past, *(turn.student_id for turn in course.plan.turns)]


def left_of(previous: Previous, changes: Changes) -> dict[str, str]:
    """Return the names of those who left, by the id that the past of the course has for them.

    Parameters
    ----------
    previous : Previous
        The plan of before.
    changes : Changes
        Between its class list and the new one.

    Returns
    -------
    dict of str to str
    """
    gone = (*changes.left, *changes.taken_out)
    return {changes.id_now.get(old, old): previous.names.get(old, old) for old in gone}


# What changed about those who stay


def _changed(old: str, student: Student, pairing: Pairing, previous: Previous) -> tuple[Message, ...]:
    before, now = pairing.old[old], pairing.new[student.id]
    changed = []
    if has_other_id(old, student.id, pairing) and not (pairing.other_ids or pairing.clash):
        changed.append(message("Listed as {now}; that was {before}.", now=student.id, before=old))
    names = [key for key in before if is_name(key)]
    if names and any(map(is_name, now)) and not now.intersection(names):
        changed.append(message("The name changed; it was {before}.", before=previous.names.get(old, old)))
    had_email = any(key.startswith("key:") and "@" in key for key in before)
    if had_email and student.email and f"key:{normalize_text(student.email)}" not in before:
        changed.append(message("The e-mail address changed."))
    return tuple(changed)


def _answers(
    same: Iterable[Same], previous: Previous, roster: Roster, headings: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    if previous.course is None:
        return {}
    before = previous.course.roster
    old_headings = {normalize_text(heading): heading for heading in before.headings}
    new_headings = {normalize_text(heading): heading for heading in roster.headings}
    used = with_zones(roster, headings or previous.course.rules.headings())
    both = [
        (old_headings[key], new_headings[key])
        for key in dict.fromkeys(map(normalize_text, used))
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
            if not _alike(then.answer(old_heading), now.answer(heading), heading, roster.kind(heading))
        )
    return {one: different for one, different in changed.items() if different}


def _alike(then: str, now: str, heading: str, kind: ColumnKind | None) -> bool:
    """Whether two cells give one answer, whatever its capitals, notation, order of slots and language."""
    if normalize_text(then) == normalize_text(now):
        return True
    if kind in (ColumnKind.SLOTS, ColumnKind.BUSY):
        return set(map(moment_key, moments_in(then))) == set(map(moment_key, moments_in(now)))
    if kind is ColumnKind.TIME_ZONE and zone_name(then) is not None:
        return zone_name(then) == zone_name(now)
    meaning = meaning_of(then, heading)
    if meaning is not None and meaning == meaning_of(now, heading):
        return True
    return number(then) is not None and number(then) == number(now)
