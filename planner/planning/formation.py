"""A first plan: how many groups, who is in them, and what is proven about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner import __version__
from planner.audit.plan_audit import audit
from planner.engines.common.watch import Watch
from planner.model.domain import Group, Plan, Roster
from planner.model.evaluation import members_of
from planner.model.instance import Instance, IntArray
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.model.reports import Outcome, RuleReport, Status
from planner.planning import efforts
from planner.planning.attempts import Attempts
from planner.planning.counting import IMPOSSIBLE, check_counts
from planner.planning.efforts import Effort
from planner.planning.improvement import improved
from planner.planning.proof import PlanInstance, with_bounds, with_prices
from planner.planning.roles import plan_turns
from planner.planning.taking import form_and_take
from planner.rules import Rules


@dataclass(frozen=True)
class _FormationResult:
    """An assignment, what groups take where that is asked for, and what is proven of it."""

    instance: Instance
    assignment: IntArray
    cost: int
    bound: int
    best: bool
    taken: IntArray | None = None


def form(
    rules: Rules,
    roster: Roster,
    *,
    seed: int = 0,
    effort: Effort = "normal",
    watch: Watch | None = None,
    start: Sequence[Group] = (),
) -> Plan:
    """Form groups and roles for a class.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    seed : int
    effort : {"quick", "normal", "prove"}
        Search alone; with exact polishing of a few groups at a time; with far more of both.
    watch : Watch, optional
        Progress, stopping, time limit.
    start : sequence of Group, optional
        Groups that hold every `must` rule, to begin from.

    Returns
    -------
    Plan
        Audited; its outcome says whether it is proven best.

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlan
        Where no plan that holds every `must` rule was found, or can be.
    """
    watch = watch or Watch()
    check(rules, roster)
    if rules.resources.kinds:
        formed = _with_taken(rules, roster, seed, effort, watch)
    else:
        formed = _first_that_holds(rules, roster, seed, effort, watch, start)
    groups = _named(rules, roster, formed.instance, formed.assignment, formed.taken)
    watch.tell(stage="roles", done=0.97)
    turns = plan_turns(rules, roster, groups, seed)
    checked = audit(rules, roster, groups, turns)
    if not checked.holds or checked.cost != formed.cost:
        raise AssertionError("the audit and the engines disagree")  # an error of ours
    reports = _proven(rules, roster, formed, checked.reports, effort, watch)
    watch.tell(stage="done", done=1.0, cost=formed.cost, bound=formed.bound)
    outcome = Outcome(
        status=_status(formed, watch),
        cost=formed.cost,
        bound=formed.cost if formed.best else formed.bound,
        seconds=round(watch.seconds, 2),
        cut_short=watch.cut_short,
        rules=reports,
    )
    return Plan(
        language=rules.language,
        seed=seed,
        version=__version__,
        effort=effort,
        groups=groups,
        turns=turns,
        outcome=outcome,
    )


def _proven(
    rules: Rules,
    roster: Roster,
    formed: _FormationResult,
    reports: tuple[RuleReport, ...],
    effort: Effort,
    watch: Watch,
) -> tuple[RuleReport, ...]:
    """Say of each rule how good it could be, and on request what the others ask of it."""
    made = PlanInstance(formed.instance, formed.assignment)
    thorough = effort == "prove" or efforts.closed_first(effort, formed.instance.students)
    reports = with_bounds(rules, roster, made, reports, thorough=thorough, watch=watch)
    if effort != "prove" or formed.instance.resources:
        return reports
    return with_prices(rules, roster, made, reports, watch=watch)


def check_fit(rules: Rules, roster: Roster, tolerated: frozenset[str] = frozenset()) -> tuple[Problem, ...]:
    """Return what the rules assume of a class list, and which of them cannot hold.

    `tolerated` are codes of misfits that are no reason to stop.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    tolerated : frozenset of str, default frozenset()
        Codes of misfits that are no reason to stop.

    Returns
    -------
    tuple of Problem
        Whatever was found; errors among it are tolerated, or say that no plan can hold the rules.

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    """
    problems = tuple(rules.check(roster))
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    misfits = [problem for problem in errors if problem.code not in IMPOSSIBLE | tolerated]
    if misfits:
        raise InputError(misfits)
    return problems


def check(rules: Rules, roster: Roster) -> tuple[Problem, ...]:
    """Return what the rules assume of a class list.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of Problem
        With no error among them.

    Raises
    ------
    InputError
        Where a rule does not fit the class list.
    NoPlan
        Where counting alone shows that the `must` rules cannot hold.
    """
    problems = check_fit(rules, roster)
    errors = tuple(problem for problem in problems if problem.level is Level.ERROR)
    impossible = (*errors, *check_counts(rules, roster))
    if impossible:
        raise NoPlan(proven=True, problems=impossible)
    return problems


def _status(formed: _FormationResult, watch: Watch) -> Status:
    if formed.best or formed.cost == formed.bound:
        return Status.OPTIMAL
    return Status.STOPPED if watch.cut_short else Status.FEASIBLE


def _first_that_holds(
    rules: Rules, roster: Roster, seed: int, effort: Effort, watch: Watch, start: Sequence[Group]
) -> _FormationResult:
    """Make as good as can be what holds with the nearest number of groups, or what is begun from."""
    attempts = Attempts(rules, roster, seed, effort, watch)
    held = attempts.begun_from(start) if start else attempts.first()
    if held is not None:
        return _finished(*held, seed, effort, watch)
    groups = _named(rules, roster, *attempts.closest)
    raise NoPlan(
        proven=attempts.proven, broken=audit(rules, roster, groups).broken, cut_short=watch.cut_short
    )


def _with_taken(rules: Rules, roster: Roster, seed: int, effort: Effort, watch: Watch) -> _FormationResult:
    """Form groups with what they take besides members."""
    made = form_and_take(rules, roster, seed, effort, watch)
    instance, found = made.instance, made.found
    if found.violation:
        groups = _named(rules, roster, instance, found.assignment, found.taken)
        broken = audit(rules, roster, groups).broken
        raise NoPlan(proven=made.proven, broken=broken, cut_short=watch.cut_short)
    best = found.cost <= made.bound
    return _FormationResult(instance, found.assignment, found.cost, made.bound, best, found.taken)


def _finished(
    instance: Instance, assignment: IntArray, bound: int, seed: int, effort: Effort, watch: Watch
) -> _FormationResult:
    """Make an assignment that holds as good as the effort allows, and say how good that is."""
    now = improved(instance, assignment, bound, seed=seed, effort=effort, watch=watch)
    return _FormationResult(instance, now.assignment, now.cost, now.bound, now.best)


def _named(
    rules: Rules,
    roster: Roster,
    instance: Instance,
    assignment: Sequence[int] | IntArray,
    taken: IntArray | None = None,
) -> tuple[Group, ...]:
    """Name groups in the order of their first member in the class list; sort members by surname."""
    members = members_of(assignment, instance.groups)
    order = sorted(range(instance.groups), key=lambda group: members[group][:1])
    having = [{}] * len(order) if taken is None else rules.resources.called(taken[order], roster)
    return tuple(
        named_group(rules, roster, name, members[group]).model_copy(update=had)
        for name, group, had in zip(rules.group_names(len(order)), order, having, strict=True)
    )


def named_group(rules: Rules, roster: Roster, name: str, members: Sequence[int]) -> Group:
    """Return a group of the students at some positions, by surname, with the class that they are in.

    Parameters
    ----------
    rules : Rules
        Which say where classes are told, if there are any.
    roster : Roster
    name : str
        Its label.
    members : sequence of int
        Positions in the class list.

    Returns
    -------
    Group
    """

    def by_surname(place: int) -> tuple[str, str]:
        student = roster.students[place]
        return (student.sort_name.casefold(), student.id)

    students = [roster.students[place] for place in sorted(members, key=by_surname)]
    return Group(name=name, members=tuple(one.id for one in students), class_=rules.class_of(students))
