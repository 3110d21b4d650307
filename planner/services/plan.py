"""A first plan: what is asked, the task that makes it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from planner.engines.common.watch import Watch
from planner.infeasibility import conflict
from planner.infeasibility.conflict import Explanation
from planner.model.domain import Group, Plan, Roster
from planner.model.problems import Problem
from planner.model.text import Message
from planner.planning import formation
from planner.planning.efforts import Effort
from planner.planning.term import plan_term
from planner.plans.course import Course, only_used
from planner.rules import Rules
from planner.services.explain import Attempt, plan_or_explain
from planner.services.running import Runner


@dataclass(frozen=True)
class PlanRequest:
    """All that a first plan is asked.

    Attributes
    ----------
    rules : Rules
    roster : Roster
    seed : int
    effort : {"quick", "normal", "prove"}
    time_limit : float or None
        Seconds after which the best plan so far is returned.
    start : tuple of Group
        Groups that hold every `must` rule, to begin from.
    """

    rules: Rules
    roster: Roster
    seed: int = 0
    effort: Effort = "normal"
    time_limit: float | None = None
    start: tuple[Group, ...] = ()

    @property
    def asked(self) -> Message | None:
        """What was asked of groups and students: nothing, before there are groups."""
        return None

    def begin_from(self, groups: tuple[Group, ...]) -> PlanRequest:
        """Return the same request, with groups to begin from."""
        return replace(self, start=groups)

    def course(self, plan: Plan) -> Course:
        """Return the course with a plan that was made of this request."""
        return Course(roster=only_used(self.roster, self.rules), rules=self.rules, plan=plan)


def check(rules: Rules, roster: Roster) -> tuple[Problem, ...]:
    """Return what the rules assume of a class list.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of Problem

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    NoPlan
        Where counting alone shows that there is no plan.
    """
    return formation.check(rules, roster)


def check_fit(rules: Rules, roster: Roster) -> tuple[Problem, ...]:
    """Return what the rules assume of a class list, and why no plan can hold them as far as counting shows.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of Problem

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    """
    return formation.check_fit(rules, roster)


def plan(request: PlanRequest, *, watch: Watch) -> Plan:
    """Form groups for the term, with roles and refreshes: a task.

    Parameters
    ----------
    request : PlanRequest
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
        Where no plan that holds every `must` rule was found, or can be.
    """
    watch.time_limit = request.time_limit
    return plan_term(
        request.rules,
        request.roster,
        seed=request.seed,
        effort=request.effort,
        watch=watch,
        start=request.start,
    )


def explain_plan(request: PlanRequest, *, watch: Watch) -> Explanation:
    """Find out what is in the way of a first plan, and what would help: a task.

    Parameters
    ----------
    request : PlanRequest
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    Explanation
    """
    watch.time_limit = request.time_limit
    return conflict.explain(request.rules, request.roster, watch=watch)


def make_plan(
    request: PlanRequest, run: Runner, assumed: Callable[[tuple[Problem, ...]], None] = lambda _: None
) -> Attempt[Plan]:
    """Check the rules and make a first plan, or find out why there is none.

    Parameters
    ----------
    request : PlanRequest
    run : Runner
    assumed : callable, optional
        Is told what the rules assume, before the work begins.

    Returns
    -------
    Attempt of Plan

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlanFound
        Where there is no plan, or none was found.
    """
    return plan_or_explain(
        run,
        request,
        plan,
        explain_plan,
        PlanRequest.begin_from,
        lambda: assumed(check(request.rules, request.roster)),
    )
