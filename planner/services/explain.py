"""Where there is no plan: what is in the way is looked for before anybody is told that there is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from planner.infeasibility.conflict import Explanation
from planner.infeasibility.infeasible_replan import InfeasibleReplan, Remedy
from planner.infeasibility.rule_relaxation import Answer, RuleRelaxation, with_answers
from planner.jobs.job import JobLost
from planner.model.domain import Group, Roster
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.model.text import Language, Message
from planner.reporting.no_plan import no_plan_text
from planner.rules import Rules
from planner.services.running import Request, Runner, Task


class PlanningRequest(Request, Protocol):
    """What a plan or a rerun is asked."""

    @property
    def rules(self) -> Rules:
        """What has to hold."""

    @property
    def roster(self) -> Roster:
        """The class list."""

    @property
    def asked(self) -> Message | None:
        """What was asked of groups and students, if anything was."""


T = TypeVar("T")
R = TypeVar("R", bound=PlanningRequest)
Found = Explanation | InfeasibleReplan


@dataclass(frozen=True)
class PlanRemedy:
    """Something asked a little less strictly, with which there is a plan.

    Attributes
    ----------
    text : str
        What to do, in the language of the rules.
    rules : Rules
        With the change in it: they can be used at once.
    roster : Roster
        The class list; with other answers where people would have to be asked for them, which
        `answers` has.
    options : dict
        What a rerun is asked with this change, as keyword arguments of `planner.replan`; empty
        for a first plan.
    answers : tuple of Answer
        Cells that would have to read otherwise.
    """

    text: str
    rules: Rules = field(repr=False)
    roster: Roster = field(repr=False)
    options: dict[str, Any] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()


class NoPlanFound(NoPlan):
    """No plan was made, and what is in the way was looked for.

    Its text is the explanation that a coordinator reads. Scripts know it as `planner.NoPlan`.

    Parameters
    ----------
    error : NoPlan
        Why there is none.
    explanation : Explanation, InfeasibleReplan or None
        What is in the way, and ways out; None where looking for it came to nothing.
    request : PlanRequest or ReplanRequest

    Attributes
    ----------
    rules : tuple of str
        The rules in the way, as the coordinator named them; empty where that is not proven.
    students : tuple of str
        Ids of those it is about, if it is not about the class as a whole.
    remedies : tuple of PlanRemedy
        Each was worked out to a plan.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> few = planner.Limit(column="Gender", value="v", at_most=1, importance=planner.Importance.MUST)
    >>> rules = planner.Rules(language="en", groups=planner.GroupSizes(size=(4, 4)), rules=[few])
    >>> try:
    ...     planner.plan(roster, rules, effort="quick")
    ... except planner.NoPlan as error:
    ...     remedies: tuple[planner.PlanRemedy, ...] = error.remedies
    ...     print(str(error).splitlines()[0], error.rules)
    No plan can meet every required rule. ('Groups of 4', 'At most 1 × Gender = v')
    >>> remedies[0].text
    '“At most 3 × Gender = v” instead of “At most 1 × Gender = v”.'
    >>> planner.plan(remedies[0].roster, remedies[0].rules, effort="quick").report["holds"].all()
    np.True_
    """

    def __init__(self, error: NoPlan, explanation: Found | None, request: PlanningRequest) -> None:
        super().__init__(
            proven=error.proven, problems=error.problems, broken=error.broken, cut_short=error.cut_short
        )
        self.explanation = explanation
        self.request = request

    def __reduce__(self) -> tuple[object, ...]:
        """Come back whole from another process."""
        bare = NoPlan(
            proven=self.proven, problems=self.problems, broken=self.broken, cut_short=self.cut_short
        )
        return type(self), (bare, self.explanation, self.request)

    def __str__(self) -> str:
        return self.text(self.request.rules.language)

    def text(self, language: Language) -> str:
        """Return the explanation in a language."""
        return no_plan_text(self, self.explanation, self.request.roster, language, self.request.asked)

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules in the way."""
        conflict = None if self.explanation is None else self.explanation.conflict
        if conflict is None:
            return ()
        return tuple(rule.text(self.request.rules.language) for rule in conflict.rules)

    @property
    def students(self) -> tuple[str, ...]:
        """Ids of those it is about."""
        conflict = None if self.explanation is None else self.explanation.conflict
        return () if conflict is None else conflict.students

    @property
    def remedies(self) -> tuple[PlanRemedy, ...]:
        """What would help."""
        ways = () if self.explanation is None else self.explanation.ways
        return tuple(self._remedy(way) for way in ways)

    def _remedy(self, way: RuleRelaxation | Remedy) -> PlanRemedy:
        options = _asked_again(way.options) if isinstance(way, Remedy) else {}
        text = way.message.text(self.request.rules.language)
        roster = with_answers(self.request.roster, way.answers)
        return PlanRemedy(text, way.rules, roster, options, way.answers)


def _asked_again(options: ReplanOptions) -> dict[str, Any]:
    """Return what is asked of a rerun as keyword arguments; what was locked before is among it."""
    return {
        "from_week": options.from_week,
        "extra_moves": options.extra_moves,
        "keep_groups": sorted(options.closed),
        "keep_students": sorted(options.locked),
        "top_up": sorted(options.topped_up),
        "dissolve": sorted(options.dissolved),
        "merge": list(options.merged),
        "unlock": True,
    }


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
            raise NoPlanFound(error, found, request) from error
    try:
        return Attempt(run(task, begin_from(request, found.groups)), found)
    except NoPlan as error:
        raise NoPlanFound(error, None, request) from error


def _found(run: Runner, explain: Task[Found], request: Request) -> Found | None:
    try:
        return run(explain, request)
    except JobLost:
        return None  # that there is no plan is true without it
