"""A forecast: where the simulated terms begin, and the tasks that live through them."""

from __future__ import annotations

from dataclasses import dataclass

from planner.engines.common.watch import Watch
from planner.forecast.scenarios import ForecastRequest, OptionResult, Scenario
from planner.forecast.simulation import merged, simulate
from planner.jobs.job_group import JobGroup
from planner.jobs.pool import WorkerPool
from planner.model.domain import Group, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.plans.course import Course
from planner.plans.previous import Previous
from planner.replanning.previous_assignment import PreviousAssignment
from planner.rules import Rules


@dataclass(frozen=True)
class ForecastPart:
    """Every so many of the simulated terms: what one worker does of a forecast.

    Attributes
    ----------
    scenario : Scenario
    request : ForecastRequest
    part, parts : int
        Which of how many.
    """

    scenario: Scenario
    request: ForecastRequest
    part: int = 0
    parts: int = 1
    time_limit: float | None = None


def forecast(request: ForecastPart, *, watch: Watch) -> tuple[OptionResult, ...]:
    """Live through a part of the simulated terms: a task.

    Parameters
    ----------
    request : ForecastPart
    watch : Watch
        Progress, stopping and time.

    Returns
    -------
    tuple of OptionResult
        What each option came to in this part of the terms.
    """
    return simulate(request.scenario, request.request, request.part, request.parts, watch=watch)


def start_forecast(
    pool: WorkerPool, scenario: Scenario, request: ForecastRequest, *, owner: str = ""
) -> JobGroup[tuple[OptionResult, ...]]:
    """Start a forecast that uses every worker; their number changes nothing of what it finds.

    Parameters
    ----------
    pool : WorkerPool
    scenario : Scenario
    request : ForecastRequest
    owner : str
        For whom it is.

    Returns
    -------
    JobGroup
        Gives the results of all terms, by option.
    """
    parts = [ForecastPart(scenario, request, part, pool.count) for part in range(pool.count)]
    return JobGroup([pool.start(forecast, one, owner=owner) for one in parts], merged)


def scenario_of(rules: Rules, roster: Roster, previous: Previous | None = None, file: str = "") -> Scenario:
    """Return where simulated terms begin: at a plan there is, or at one that is still to be made.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    previous : Previous, optional
        The plan.
    file : str, optional
        What it was read from, for the message where it does not fit.

    Returns
    -------
    Scenario

    Raises
    ------
    InputError
        Where the groups are not those of exactly this class list.
    """
    if previous is None:
        return Scenario(rules, roster)
    errors = [problem for problem in previous.problems if problem.level is Level.ERROR]
    if errors:
        raise InputError(errors)
    placed = sorted(student for group in previous.groups for student in group.members)
    if placed != sorted(roster.by_id):
        raise InputError([_of_another_class(file)])
    return Scenario(rules, roster, _in_use(previous.groups, previous.course))


def scenario_of_course(course: Course, roster: Roster) -> Scenario:
    """Return where simulated terms begin: at the plan of a course.

    Parameters
    ----------
    course : Course
    roster : Roster
        The class list with all its columns.

    Returns
    -------
    Scenario
    """
    return Scenario(course.rules, roster, _in_use(course.plan.groups, course))


def _in_use(groups: tuple[Group, ...], course: Course | None) -> PreviousAssignment:
    history = () if course is None else course.history
    return PreviousAssignment(groups, history=history, since=1 if course is None else course.plan.from_week)


def _of_another_class(file: str) -> Problem:
    return Problem(
        code="forecast-other-class",
        level=Level.ERROR,
        message=message("These are not the groups of this class list."),
        hint=message("Run `replan` first, and use the folder that it writes."),
        file=file or None,
    )
