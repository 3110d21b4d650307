"""A rerun from one end to the other: two lists compared, what is asked, and what was made of it.

The command line and the page both go this way, so what one of them tolerates, tells or keeps the
other does too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.exports import ExportFile, target
from planner.model.domain import ColumnKind, Plan, Roster
from planner.model.handover import Change, Handover
from planner.model.problems import InputError, Level, Problem
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message
from planner.planning.formation import check_fit
from planner.planning.term import previous_at
from planner.plans.course import Course
from planner.plans.folder import with_presence
from planner.plans.previous import Previous
from planner.replanning.changes import Changes, compare, left_of
from planner.replanning.choices import troubled
from planner.replanning.previous_assignment import (
    PreviousAssignment,
    next_course,
    previous_assignment,
    without_leavers,
)
from planner.replanning.reasons import changes_of
from planner.replanning.renaming import with_new_ids
from planner.replanning.replan import GONE, impossible
from planner.replanning.volunteers import Volunteer, volunteers
from planner.reporting.overruled import overruled
from planner.rules import Rules


def meanings(previous: Previous) -> dict[str, ColumnKind]:
    """Return what the columns meant when the previous plan was made; they mean the same now."""
    return {} if previous.course is None else {c.heading: c.kind for c in previous.course.roster.columns}


@dataclass(frozen=True)
class ListComparison:
    """A new class list beside the previous plan, and how the rules fit it.

    Attributes
    ----------
    previous : Previous
        As it stands in the week of the rerun.
    given, rules : Rules
        As the coordinator has them, and with the ids of now.
    roster : Roster
        The new class list.
    changes : Changes
    misfits : tuple of Problem
        Why the rules cannot be used with this class list; none of them can be helped by a plan.
    remarks : tuple of Problem
        What the rules assume.
    impossible : tuple of Problem
        Why no plan can hold them, as far as counting shows; a rerun tells what would help.
    """

    previous: Previous
    given: Rules
    rules: Rules
    roster: Roster
    changes: Changes
    misfits: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    impossible: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, previous: Previous, rules: Rules, roster: Roster, week: int) -> ListComparison:
        """Hold a new class list against the previous plan, as it stands in a week."""
        previous = previous_at(previous, week)
        changes = compare(previous, roster, rules.headings())
        here = cls(previous, rules, with_new_ids(rules, changes), roster, changes)
        if any(problem.level is Level.ERROR for problem in changes.problems):
            return here  # of another course, no doubt: one thing at a time
        return here._fitted()

    def _fitted(self) -> ListComparison:
        rules = without_leavers(self.rules, self.roster, self.earlier)
        try:
            found = check_fit(rules, self.roster, GONE)
        except InputError as error:
            return replace(self, misfits=error.problems)
        gone = tuple(_gone(problem) for problem in found if problem.code in GONE)
        assumed = tuple(problem for problem in found if problem.level is not Level.ERROR)
        return replace(self, remarks=(*gone, *assumed), impossible=impossible(rules, self.roster, found))

    @cached_property
    def earlier(self) -> PreviousAssignment:
        """How things were, in the ids of now."""
        previous = self.previous
        then = previous.week_before
        return previous_assignment(previous.groups, previous.turns, previous.course, self.changes, then)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What has to be put right before there can be a rerun."""
        return tuple(one for one in (*self.changes.problems, *self.misfits) if one.level is Level.ERROR)

    def require(self) -> ListComparison:
        """Return the comparison itself.

        Raises
        ------
        InputError
            Where the list is of another course, or the rules do not fit it.
        """
        if self.errors:
            raise InputError(self.errors)
        return self

    @cached_property
    def locked(self) -> ReplanOptions:
        """What was locked by hand in the previous plan, as far as it is still there."""
        course = self.previous.course
        if course is None:
            return ReplanOptions()
        new_id = {same.old_id: same.new_id for same in self.changes.same}
        return ReplanOptions(
            locked=frozenset(new_id[student] for student in course.locks.students if student in new_id),
            closed=frozenset(course.locks.groups) & {group.name for group in self.previous.groups},
        )

    @property
    def lost_locks(self) -> tuple[str, ...]:
        """Names of groups and students who were locked by hand and have no place to stay in."""
        course = self.previous.course
        if course is None:
            return ()
        here = {same.old_id for same in self.changes.same}
        groups, names = {group.name for group in self.previous.groups}, self.previous.names
        gone = [names.get(student, student) for student in course.locks.students if student not in here]
        return (*(group for group in course.locks.groups if group not in groups), *gone)

    def ask(self, options: ReplanOptions) -> ReplanRequest:
        """Return all that a rerun is asked; what was locked and is still asked for stays locked."""
        locks = ReplanOptions(
            locked=options.locked & self.locked.locked, closed=options.closed & self.locked.closed
        )
        left = left_of(self.previous, self.changes)
        return ReplanRequest(self.rules, self.roster, self.earlier, options, left, locks)


def _gone(problem: Problem) -> Problem:
    """Say of an answer that nobody has, that whoever had it may have left."""
    if problem.hint is None:
        return problem.model_copy(update={"level": Level.ASSUMED})
    hint = message(
        "Did the last student with this answer leave? Then the rule can stay as it is. If not: {hint}",
        hint=problem.hint,
    )
    return problem.model_copy(update={"level": Level.ASSUMED, "hint": hint})


@dataclass(frozen=True)
class ReplanRequest:
    """All that a rerun is asked.

    Attributes
    ----------
    rules : Rules
    roster : Roster
    earlier : PreviousAssignment
    options : ReplanOptions
    left : mapping
        Names of those who left, by the id of then.
    locks : ReplanOptions
        What stays locked in the plan that is made.
    """

    rules: Rules
    roster: Roster
    earlier: PreviousAssignment
    options: ReplanOptions
    left: Mapping[str, str]
    locks: ReplanOptions = field(default_factory=ReplanOptions)

    def but_for_moves(self, other: ReplanRequest) -> bool:
        """Whether another asks the same, except for the extra moves: a point on the same curve."""
        same = (self.rules, self.roster, self.earlier) == (other.rules, other.roster, other.earlier)
        return same and replace(self.options, extra_moves=0) == replace(other.options, extra_moves=0)


@dataclass(frozen=True, eq=False)
class ReplanResult:
    """A plan that a rerun made, and what it changes."""

    asked: ReplanRequest
    course: Course
    changed: tuple[Change, ...]
    instead: Mapping[str, tuple[Volunteer, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: ReplanRequest, plan: Plan) -> ReplanResult:
        """Return the course with the new plan, the groups of before in its history."""
        earlier = asked.earlier
        course = next_course(asked.rules, asked.roster, earlier, plan, locked=asked.locks)
        instead = volunteers(asked.rules, asked.roster, earlier, asked.options, plan)
        changed = changes_of(asked.roster, earlier.held, plan, asked.left, instead, course.placed)
        return cls(asked, course, changed, instead)

    @cached_property
    def troubled(self) -> tuple[str, ...]:
        """Groups that lost somebody, or that broke a must rule."""
        return troubled(self.asked.rules, self.asked.roster, self.asked.earlier)

    @cached_property
    def overruled(self) -> Mapping[str, Message]:
        """What to say of whoever is not where a hand or the refresh had put them, by id."""
        asked = self.asked
        return overruled(asked.rules, asked.roster, asked.earlier, self.course.plan)

    @property
    def handover(self) -> Handover:
        """What the files for people and for learning systems need to know."""
        week = self.asked.options.from_week
        return Handover(week=week, previous=self.asked.earlier.held_by, changes=self.changed)

    @cached_property
    def files(self) -> tuple[ExportFile, ...]:
        """The files of groups, roles and changes.

        Raises
        ------
        InputError
            Where the plan cannot be written.
        """
        now = with_presence(self.course, self.handover)
        return target("groups").write(self.course.roster, self.course.plan, now)
