"""What workers do: each task runs in a process of its own and is told of stops through a watch."""

from __future__ import annotations

from dataclasses import replace

from planner.engines.common.limits import Watch
from planner.forecast.scenarios import ForecastRequest, OptionResult, Scenario
from planner.forecast.simulation import simulate
from planner.infeasibility.conflict import Explanation, explain
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.infeasibility.replan_conflict import explain_rerun
from planner.model.domain import (
    Group,
    Plan,
    Roster,
    Student,
)
from planner.model.replan_options import ReplanOptions
from planner.planning.efforts import Effort
from planner.planning.term import plan_term, with_refreshes
from planner.replanning.choices import goes_on
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import replan
from planner.rules import Rules

TOLD_ONLY = 0.2  # of a plan whose cost is told and no more: what comes after the cost hardly matters


def warm_up_tasks(*, watch: Watch) -> None:
    """Form groups of a tiny class: what a first plan loads and makes ready is there for the next one."""
    names = [str(number) for number in range(8)]
    students = tuple(Student(id=name, name=name, call_name=name, sort_name=name) for name in names)
    apart = {"kind": "apart", "students": names, "importance": "nice"}  # cannot be: every engine has its say
    rules = Rules.model_validate({"rule": [apart]})
    plan_task(rules, Roster(students=students), 0, "normal", None, watch=watch)


def plan_task(
    rules: Rules,
    roster: Roster,
    seed: int,
    effort: Effort,
    time_limit: float | None,
    start: tuple[Group, ...] = (),
    *,
    watch: Watch,
) -> Plan:
    """Form a plan for the term; the task behind `plan` on the command line and in the app."""
    watch.time_limit = time_limit
    return plan_term(rules, roster, seed=seed, effort=effort, watch=watch, start=start)


def replan_task(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    seed: int,
    time_limit: float | None,
    start: tuple[Group, ...] = (),
    *,
    watch: Watch,
) -> Plan:
    """Plan again after dropouts, with the refreshes still to come planned anew; the task behind `replan`."""
    watch.time_limit = time_limit
    plan = replan(rules, roster, earlier, options=options, seed=seed, watch=watch, start=start)
    staying = without_leavers(rules, roster, earlier)
    return with_refreshes(staying, roster, plan, earlier.versions, planned=earlier.later, watch=watch)


def try_task(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> Plan:
    """Plan again to see what a choice would cost; what comes after a refresh is left out."""
    watch.time_limit = time_limit
    return replan(rules, roster, earlier, options=options, seed=seed, watch=watch)


def curve_task(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> tuple[Plan, ...]:
    """Plan again with 0, 1, 2 … extra moves, as long as that makes the groups better."""
    watch.time_limit = time_limit
    plans: list[Plan] = []
    while not plans or (goes_on(plans) and not watch.stop()):
        more = replace(options, extra_moves=len(plans))
        plans.append(replan(rules, roster, earlier, options=more, seed=seed, watch=watch, patience=TOLD_ONLY))
    return tuple(plans)


def conflict_task(rules: Rules, roster: Roster, time_limit: float | None, *, watch: Watch) -> Explanation:
    """Find out what is in the way of a plan; the task behind the reasons for exit status 1."""
    watch.time_limit = time_limit
    return explain(rules, roster, watch=watch)


def standstill_task(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    seed: int,
    time_limit: float | None,
    *,
    watch: Watch,
) -> InfeasibleReplan:
    """Find out what is in the way of a rerun; the task behind the reasons where `replan` has no plan."""
    watch.time_limit = time_limit
    return explain_rerun(rules, roster, earlier, options, seed=seed, watch=watch)


def forecast_task(
    start: Scenario, ask: ForecastRequest, part: int, parts: int, *, watch: Watch
) -> tuple[OptionResult, ...]:
    """Live through a part of the simulated terms; see `start_forecast`."""
    return simulate(start, ask, part, parts, watch=watch)
