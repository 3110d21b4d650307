"""The page of a course beside its plan: what differs, worked out anew only where something changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.model.domain import Roster
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Course
from planner.plans.previous import previous_from_course
from planner.rules import Rules
from planner.services.chosen_changes import chosen_changes
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange, pending_changes
from planner.store import Choices
from planner.ui.session.chosen_options import ChosenOptions


@dataclass
class BesidePlan:
    """What differs between the page of a course and its plan."""

    _of: tuple[Course, Roster, Rules, int, frozenset[str]] | None = None
    _found: ListComparison | None = None
    _changes: tuple[PendingChange, ...] = ()

    def compare(
        self, course: Course, roster: Roster, rules: Rules, week: int, stopped: frozenset[str]
    ) -> ListComparison:
        """Hold class list and rules against the plan, as its groups are in a week."""
        found = self.known(course, roster, rules, week, stopped)
        if found is None:
            found = ListComparison.unfitted(previous_from_course(course), rules, roster, week, stopped)
            self._of, self._found = (course, roster, rules, week, stopped), found
            self._changes = pending_changes(found)
        return found

    def known(
        self, course: Course, roster: Roster, rules: Rules, week: int, stopped: frozenset[str]
    ) -> ListComparison | None:
        """Return what was found last, where that was of the same."""
        of = course, roster, rules, week, stopped
        return self._found if self._of is not None and _same(self._of, of) else None

    def changes(
        self, course: Course, roster: Roster, rules: Rules, week: int, stopped: frozenset[str]
    ) -> tuple[PendingChange, ...]:
        """Return what differs: nothing else makes a plan outdated."""
        self.compare(course, roster, rules, week, stopped)
        return self._changes


def _same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether nothing changed: the same plan and class list, and equal rules."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]


# What was chosen for a replan


def choices_of(options: ChosenOptions, course: Course, ids: Mapping[str, str]) -> Choices:
    """Return what was chosen and is not so by itself.

    Parameters
    ----------
    options : ChosenOptions
    course : Course
        What is locked by hand in it stays, unless somebody says otherwise.
    ids : mapping
        The id of then of students, where it is another.
    """
    closed, locked = set(options.closed), {ids.get(one, one) for one in options.locked}
    groups, students = {group.name for group in course.plan.groups}, set(course.roster.by_id)
    held, stays = set(course.locks.groups) & groups, set(course.locks.students)
    return Choices(
        closed=tuple(sorted((closed & groups) - held)),
        open=tuple(sorted(held - closed)),
        locked=tuple(sorted((locked & students) - stays)),
        unlocked=tuple(sorted(stays - locked)),
        topped_up=tuple(sorted(groups.intersection(options.topped_up))),
        dissolved=tuple(sorted(groups.intersection(options.dissolved))),
        merged=tuple(pair for pair in options.merged if groups.issuperset(pair)),
        extra_moves=options.extra_moves,
    )


def choose(options: ChosenOptions, choices: Choices, course: Course) -> None:
    """Let the fields of a replan hold what was chosen; students by the ids of then."""
    locks = course.locks
    groups = {group.name for group in course.plan.groups}
    options.closed = tuple(sorted((set(locks.groups) & groups | set(choices.closed)) - set(choices.open)))
    options.locked = tuple(sorted((set(locks.students) | set(choices.locked)) - set(choices.unlocked)))
    options.topped_up, options.dissolved = choices.topped_up, choices.dissolved
    options.merged, options.extra_moves = choices.merged, choices.extra_moves


def told(choices: Choices, course: Course) -> tuple[PendingChange, ...]:
    """Return what was chosen for a replan, each as a change that waits."""
    groups = {group.name for group in course.plan.groups}
    held = frozenset(course.locks.groups) & groups
    stays = frozenset(course.locks.students)
    asked = ReplanOptions(
        extra_moves=choices.extra_moves,
        closed=(held | groups.intersection(choices.closed)) - set(choices.open),
        locked=(stays | course.roster.by_id.keys() & set(choices.locked)) - set(choices.unlocked),
        topped_up=frozenset(groups.intersection(choices.topped_up)),
        dissolved=frozenset(groups.intersection(choices.dissolved)),
        merged=tuple(pair for pair in choices.merged if groups.issuperset(pair)),
    )
    return chosen_changes(asked, ReplanOptions(closed=held, locked=stays), course.roster.shown_names)


def without(choices: Choices, change: PendingChange) -> Choices:
    """Return what was chosen, but for one thing."""
    if change.part == "extra_moves":
        return choices.model_copy(update={"extra_moves": 0})
    parts = {"closed": ("closed", "open"), "locked": ("locked", "unlocked")}.get(change.part, (change.part,))
    less = {part: tuple(one for one in getattr(choices, part) if one != change.chosen) for part in parts}
    return choices.model_copy(update=less)
