"""Two class lists compared: who left, who came, what was locked, and how the rules fit the new list."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.replan_options import ReplanOptions
from planner.model.text import message, plural_message
from planner.planning.formation import check_fit
from planner.planning.term import previous_at
from planner.plans.previous import Previous
from planner.replanning.changes import Changes, compare, left_of
from planner.replanning.left_wishes import tell_left
from planner.replanning.previous_assignment import PreviousAssignment, previous_assignment, without_leavers
from planner.replanning.renaming import number_remarks, with_new_ids, with_numbers_before
from planner.replanning.replan import GONE, impossible
from planner.rules import Rules
from planner.services.replan import ReplanRequest


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
    listed, roster : Roster
        The new class list as it was given, and so that wishes for a number of before are known.
    changes : Changes
    misfits : tuple of Problem
        Why the rules cannot be used with this class list; none of them can be helped by a plan.
    remarks : tuple of Problem
        What the rules assume.
    impossible : tuple of Problem
        Why no plan can hold them, as far as counting shows; a rerun tells what would help.
    stopped : frozenset of str
        Of whom it was noted that they stopped; others who are gone are missing from the list.
    """

    previous: Previous
    given: Rules
    rules: Rules
    listed: Roster
    roster: Roster
    changes: Changes
    misfits: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()
    impossible: tuple[Problem, ...] = ()
    stopped: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        previous: Previous,
        rules: Rules,
        roster: Roster,
        week: int,
        stopped: Collection[str] = (),
    ) -> ListComparison:
        """Hold a new class list against the previous plan, as it stands in a week.

        Parameters
        ----------
        previous : Previous
            The plan before.
        rules : Rules
            As the coordinator has them.
        roster : Roster
            The new class list.
        week : int
            In which the rerun is.
        stopped : collection of str
            Of whom it was noted that they stopped, by their ids of then: nobody of now is taken for them.

        Returns
        -------
        ListComparison
        """
        return cls.unfitted(previous, rules, roster, week, stopped).fitted(week)

    @classmethod
    def unfitted(
        cls,
        previous: Previous,
        rules: Rules,
        roster: Roster,
        week: int,
        stopped: Collection[str] = (),
    ) -> ListComparison:
        """Hold a new class list against the previous plan, whether or not the rules fit it.

        Parameters
        ----------
        previous : Previous
        rules : Rules
        roster : Roster
        week : int
        stopped : collection of str
            As for `of`.

        Returns
        -------
        ListComparison
        """
        previous = previous_at(previous, week)
        changes = compare(previous, roster, rules.headings(), stopped)
        then = None if previous.course is None else previous.course.roster
        known = with_numbers_before(rules, roster, then, changes)
        return cls(
            previous, rules, with_new_ids(rules, changes), roster, known, changes, stopped=frozenset(stopped)
        )

    def fitted(self, week: int) -> ListComparison:
        """Return the same with how the rules fit the new list; a list of another course as it is.

        Parameters
        ----------
        week : int
            In which the rerun is.

        Returns
        -------
        ListComparison
        """
        if any(problem.level is Level.ERROR for problem in self.changes.problems):
            return self  # of another course, no doubt: one thing at a time
        course, weeks = self.previous.course, self.rules.term.weeks
        latest = week if course is None else max(week, course.plan.from_week)
        if latest > weeks:
            return self._with(misfits=(_after_the_term(latest, weeks),))
        rules = without_leavers(self.rules, self.roster, self.earlier)
        try:
            found = check_fit(rules, self.roster, GONE)
        except InputError as error:
            return self._with(misfits=error.problems)
        gone = tuple(_gone(problem) for problem in found if problem.code in GONE)
        assumed = tuple(problem for problem in found if problem.level is not Level.ERROR)
        then = None if self.previous.course is None else self.previous.course.roster
        assumed = tuple(tell_left(assumed, self.changes.gone, then))
        numbers = number_remarks(rules, self.roster, self.changes)
        return self._with(
            remarks=(*gone, *numbers, *assumed), impossible=impossible(rules, self.roster, found)
        )

    def _with(self, **found: tuple[Problem, ...]) -> ListComparison:
        """Return the comparison with what was found; how things were is worked out once."""
        fitted = replace(self, **found)  # type: ignore[arg-type]
        fitted.__dict__["earlier"] = self.earlier
        return fitted

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

    def ask(self, options: ReplanOptions, *, seed: int = 0, time_limit: float | None = None) -> ReplanRequest:
        """Return all that a rerun is asked; what was locked and is still asked for stays locked.

        Parameters
        ----------
        options : ReplanOptions
            What is asked beside the fewest moves.
        seed : int
        time_limit : float, optional
            Seconds.

        Returns
        -------
        ReplanRequest
        """
        locks = ReplanOptions(
            locked=options.locked & self.locked.locked, closed=options.closed & self.locked.closed
        )
        left = left_of(self.previous, self.changes)
        course = self.previous.course
        before = None if course is None else with_new_ids(course.rules, self.changes)
        return ReplanRequest(
            self.rules,
            self.roster,
            self.earlier,
            options,
            left,
            locks,
            before,
            seed,
            time_limit,
            stopped=self.stopped,
        )


def _after_the_term(week: int, weeks: int) -> Problem:
    return Problem(
        code="week-outside-term",
        level=Level.ERROR,
        message=plural_message(
            "The term has one week; there is no week {week}.",
            "The term has {n} weeks; there is no week {week}.",
            weeks,
            week=week,
        ),
        hint=message("Choose a week of the term, or make the term longer."),
    )


def _gone(problem: Problem) -> Problem:
    """Say of an answer that nobody has, that whoever had it may have left."""
    if problem.hint is None:
        return problem.model_copy(update={"level": Level.ASSUMED})
    hint = message(
        "Did the last student with this answer leave? Then the rule can stay as it is. If not: {hint}",
        hint=problem.hint,
    )
    return problem.model_copy(update={"level": Level.ASSUMED, "hint": hint})
