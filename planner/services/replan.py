"""A rerun: what is asked, the tasks that work on it, and what came of it.

The command line and the page both go this way, so what one of them tolerates, tells or keeps the
other does too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.engines.common.watch import Watch
from planner.exports import ExportFile, target
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.infeasibility.replan_conflict import explain_rerun
from planner.model.domain import Group, Plan, Roster
from planner.model.handover import Change, Handover
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message
from planner.planning.term import with_refreshes
from planner.plans.course import Course
from planner.plans.folder import with_presence
from planner.replanning import replan as engine
from planner.replanning.choices import goes_on, troubled
from planner.replanning.previous_assignment import PreviousAssignment, next_course, without_leavers
from planner.replanning.taking_over import taken_over
from planner.replanning.volunteers import Volunteer, volunteers
from planner.reporting import describe
from planner.reporting.overruled import overruled
from planner.reporting.reasons import by_changed_rule, changes_of
from planner.reporting.rule_effects import RuleEffects, rule_effects
from planner.rules import Rules
from planner.services.explain import Attempt, plan_or_explain
from planner.services.running import Runner

COST_ONLY = 0.2  # of the patience for a plan whose cost is told and no more: what comes after hardly matters


@dataclass(frozen=True)
class ReplanRequest:
    """All that a rerun is asked; two are equal where they ask the same, however long each may take.

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
    before : Rules or None
        Those of the previous plan, with the ids of now; None where they are not known.
    seed : int
    time_limit : float or None
        Seconds after which the best plan so far is returned.
    start : tuple of Group
        Groups that hold every `must` rule and what was asked, to begin from.
    stopped : frozenset of str
        Those of `left` of whom it was noted that they stopped; others are missing from the class list.
    """

    rules: Rules
    roster: Roster
    earlier: PreviousAssignment
    options: ReplanOptions = field(default_factory=ReplanOptions)
    left: Mapping[str, str] = field(default_factory=dict)
    locks: ReplanOptions = field(default_factory=ReplanOptions)
    before: Rules | None = None
    seed: int = 0
    time_limit: float | None = field(default=None, compare=False)
    start: tuple[Group, ...] = field(default=(), compare=False)
    stopped: frozenset[str] = field(default=frozenset(), compare=False)

    def ruled(self, plan: Plan) -> Mapping[str, Message]:
        """Return the changed rule that asks for a move, by the id of who moves, where just one does."""
        if self.before is None:
            return {}
        before = without_leavers(self.before, self.roster, self.earlier)
        rules = without_leavers(self.rules, self.roster, self.earlier)
        return by_changed_rule(before, rules, self.roster, self.earlier.held, plan)

    @property
    def asked(self) -> Message | None:
        """What was asked of groups and students that could stand in the way."""
        return describe.asked(self.options, self.roster.shown_names)

    def but_for_moves(self, other: ReplanRequest) -> bool:
        """Whether another asks the same, except for the extra moves: a point on the same curve."""
        same = (self.rules, self.roster, self.earlier) == (other.rules, other.roster, other.earlier)
        return same and replace(self.options, extra_moves=0) == replace(other.options, extra_moves=0)

    def begin_from(self, groups: tuple[Group, ...]) -> ReplanRequest:
        """Return the same request, with groups to begin from."""
        return replace(self, start=groups)


def replan(request: ReplanRequest, *, watch: Watch) -> Plan:
    """Plan again with the fewest moves, the refreshes still to come planned anew: a task.

    Parameters
    ----------
    request : ReplanRequest
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlan
        Where no plan that holds every `must` rule and what is asked was found, or can be.
    """
    return _with_later_weeks(request, try_replan(request, watch=watch), watch)


def let_move(request: ReplanRequest, *, plan: Plan, exchange: tuple[str, str], watch: Watch) -> Plan:
    """Let a volunteer move instead of somebody else, the refreshes still to come planned anew: a task.

    Parameters
    ----------
    request : ReplanRequest
    plan : Plan
        What it came to.
    exchange : tuple of (str, str)
        Who is to stay, and one of their volunteers.
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    Plan
    """
    watch.time_limit = request.time_limit
    asked = request.rules, request.roster, request.earlier, request.options
    return _with_later_weeks(request, taken_over(*asked, plan, exchange, watch=watch), watch)


def _with_later_weeks(request: ReplanRequest, plan: Plan, watch: Watch) -> Plan:
    earlier = request.earlier
    staying = without_leavers(request.rules, request.roster, earlier)
    return with_refreshes(staying, request.roster, plan, earlier.versions, planned=earlier.later, watch=watch)


def try_replan(request: ReplanRequest, *, watch: Watch) -> Plan:
    """Plan again to see what a choice would cost; what comes after a refresh is left out: a task.

    Parameters
    ----------
    request : ReplanRequest
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    Plan
    """
    watch.time_limit = request.time_limit
    return _replan(request, watch)


def replan_curve(request: ReplanRequest, *, watch: Watch) -> tuple[Plan, ...]:
    """Plan again with 0, 1, 2 … extra moves, as long as that makes the groups better: a task.

    Parameters
    ----------
    request : ReplanRequest
        Its own extra moves do not count.
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    tuple of Plan
        With 0, 1, 2 … extra moves.
    """
    watch.time_limit = request.time_limit
    plans: list[Plan] = []
    while not plans or (goes_on(plans) and not watch.stop()):
        more = replace(request, options=replace(request.options, extra_moves=len(plans)), start=())
        plans.append(_replan(more, watch, COST_ONLY))
    return tuple(plans)


def _replan(request: ReplanRequest, watch: Watch, patience: float = 1.0) -> Plan:
    return engine.replan(
        request.rules,
        request.roster,
        request.earlier,
        options=request.options,
        seed=request.seed,
        watch=watch,
        patience=patience,
        start=request.start,
    )


def explain_replan(request: ReplanRequest, *, watch: Watch) -> InfeasibleReplan:
    """Find out what is in the way of a rerun, and what would help: a task.

    Parameters
    ----------
    request : ReplanRequest
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    InfeasibleReplan
    """
    watch.time_limit = request.time_limit
    return explain_rerun(
        request.rules, request.roster, request.earlier, request.options, seed=request.seed, watch=watch
    )


def make_replan(request: ReplanRequest, run: Runner) -> Attempt[ReplanResult]:
    """Plan again, or find out why that cannot be.

    Parameters
    ----------
    request : ReplanRequest
    run : Runner

    Returns
    -------
    Attempt of ReplanResult

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlanFound
        Where there is no plan, or none was found.
    """
    found = plan_or_explain(run, request, replan, explain_replan, ReplanRequest.begin_from)
    return Attempt(ReplanResult.of(request, found.made), found.explanation)


@dataclass(frozen=True, eq=False)
class ReplanResult:
    """A plan that a rerun made, and what it changes."""

    request: ReplanRequest
    course: Course
    changed: tuple[Change, ...]
    instead: Mapping[str, tuple[Volunteer, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: ReplanRequest, plan: Plan) -> ReplanResult:
        """Return the course with the new plan, the groups of before in its history.

        Parameters
        ----------
        request : ReplanRequest
            What was asked.
        plan : Plan
            What was made of it.

        Returns
        -------
        ReplanResult
        """
        earlier = request.earlier
        course = next_course(request.rules, request.roster, earlier, plan, locked=request.locks)
        instead = volunteers(request.rules, request.roster, earlier, request.options, plan)
        ruled = request.ruled(plan)
        changed = changes_of(
            request.roster,
            earlier.held,
            plan,
            request.left,
            instead,
            course.placed,
            ruled,
            request.stopped,
        )
        return cls(request, course, changed, instead)

    @cached_property
    def troubled(self) -> tuple[str, ...]:
        """Groups that lost somebody, or that broke a must rule."""
        return troubled(self.request.rules, self.request.roster, self.request.earlier)

    @cached_property
    def overruled(self) -> Mapping[str, Message]:
        """What to say of whoever is not where a hand or the refresh had put them, by id."""
        request = self.request
        return overruled(request.rules, request.roster, request.earlier, self.course.plan)

    def effects(self, now: Course | None) -> RuleEffects:
        """Return what the plan means for each rule, beside the plan in use.

        Parameters
        ----------
        now : Course or None
            With the plan in use, where it is known.

        Returns
        -------
        RuleEffects
        """
        course = self.course
        return rule_effects(self.request.before, now, course.rules, course.roster, course.plan)

    @property
    def handover(self) -> Handover:
        """What the files for people and for learning systems need to know."""
        week = self.request.options.from_week
        return Handover(week=week, previous=self.request.earlier.held_by, changes=self.changed)

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
