"""Where there is no plan: what is in the way is looked for before anybody is told that there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from planner.infeasibility.conflict import Explanation
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.jobs.pool import JobLost
from planner.model.domain import Group
from planner.model.no_plan import NoPlan
from planner.services.running import Request, Runner, Task

T = TypeVar("T")
R = TypeVar("R", bound=Request)
Found = Explanation | InfeasibleReplan


class NoPlanFound(NoPlan):
    """No plan was made, and what is in the way was looked for.

    Parameters
    ----------
    error : NoPlan
        Why there is none.
    explanation : Explanation, InfeasibleReplan or None
        What is in the way, and ways out; None where looking for it came to nothing.
    """

    def __init__(self, error: NoPlan, explanation: Found | None) -> None:
        super().__init__(
            proven=error.proven, problems=error.problems, broken=error.broken, cut_short=error.cut_short
        )
        self.explanation = explanation


@dataclass(frozen=True)
class Attempt(Generic[T]):
    """A plan that was made, and what was found on the way.

    Attributes
    ----------
    made : Plan
    explanation : Explanation, InfeasibleReplan or None
        Where the plan began from groups that turned up while looking for what is in the way.
    """

    made: T
    explanation: Found | None = None


def plan_or_explain(
    run: Runner,
    request: R,
    task: Task[T],
    explain: Task[Found],
    begin_from: Callable[[R, tuple[Group, ...]], R],
    check: Callable[[], object] = lambda: None,
) -> Attempt[T]:
    """Make a plan; where none is made, find out why, and use the groups that may turn up meanwhile.

    Parameters
    ----------
    run : Runner
    request : PlanRequest or ReplanRequest
    task, explain : callable
        Make the plan, and look for what is in the way.
    begin_from : callable
        Returns the request with groups to begin from.
    check : callable, optional
        Raises what can be seen before any work.

    Returns
    -------
    Attempt

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlanFound
        Where there is no plan, or none was found.
    """
    try:
        check()
        return Attempt(run(task, request))
    except NoPlan as error:
        found = _found(run, explain, request)
        if found is None or not found.groups:
            raise NoPlanFound(error, found) from error
    return Attempt(run(task, begin_from(request, found.groups)), found)


def _found(run: Runner, explain: Task[Found], request: Request) -> Found | None:
    try:
        return run(explain, request)
    except JobLost:
        return None  # that there is no plan is true without it
