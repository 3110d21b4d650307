"""The plan after dropouts and late enrolments: as it was, but for the fewest moves.

Group labels keep their meaning, past weeks stay as they were, and only roles that
became vacant change hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from planner import __version__
from planner.audit.plan_audit import audit
from planner.audit.plan_audit import moves as moved_since
from planner.engines.common.bound import rounding_bound
from planner.engines.common.watch import Watch
from planner.engines.replanning.fewest_moves import solve_replan
from planner.engines.replanning.replan_problem import ReplanSolution
from planner.model.domain import Group, Plan, Roster
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, IntArray
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.model.replan_options import ReplanOptions
from planner.model.reports import Outcome, RuleReport, StageReport, Status
from planner.model.text import message
from planner.planning.counting import check_counts
from planner.planning.formation import check_fit, named_group
from planner.planning.replan_roles import replan_turns
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan_question import replan_problem
from planner.rules import Rules, build_instance

# After dropouts an answer that a rule names, or reads, may have left with the last who gave it.
GONE = frozenset({"unknown-value", "no-numbers"})


def replan(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    *,
    options: ReplanOptions | None = None,
    seed: int = 0,
    watch: Watch | None = None,
    patience: float = 1.0,
    most_moves: int | None = None,
    start: Sequence[Group] = (),
) -> Plan:
    """Place newcomers and repair what dropouts broke, with the fewest moves.

    With less `patience` what comes after the moves gets that share of its usual time, but for a
    cost that extra moves are spent on, and the moves five times that share where they are not
    found at once. A plan of more than `most_moves` counts as none. Where no plan is found, the groups
    to `start` from are one: they hold every `must` rule and what was asked.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were, in its ids.
    options : ReplanOptions, optional
        What is asked besides; None is nothing, from the first week.
    seed : int, default 0
        The same seed gives the same plan.
    watch : Watch, optional
        Hears how far it is, and can stop it.
    patience : float, default 1.0
        Share of the usual time for what comes after the moves.
    most_moves : int, optional
        More than this counts as no plan.
    start : sequence of Group, default ()
        Groups that hold the rules and what is asked, for where none are found.

    Returns
    -------
    Plan
        Audited. `outcome.moves_bound` is a proven lower limit on the moves, and
        `outcome.stages` says of everything that comes after them what is proven.

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlan
        Where no plan that holds every `must` rule was found, or can be.
    """
    watch, options = watch or Watch(), options or ReplanOptions()
    rules = without_leavers(rules, roster, earlier)
    hopeless = impossible(rules, roster, check_fit(rules, roster, GONE))
    if hopeless:
        raise NoPlan(proven=True, problems=hopeless)
    _require_members_only(rules)
    old = build_instance(rules, roster, len(earlier.groups))
    before = replan_problem(rules, roster, earlier, options)
    spare = min(rules.groups.count or len(roster.students), len(roster.students) // rules.groups.size[0])
    found = solve_replan(
        old,
        before,
        spare=spare,
        extra=min(options.extra_moves, len(roster.students)),  # nobody moves twice
        seed=seed,
        watch=watch,
        patience=patience,
        most=most_moves,
        given=ranked(roster, earlier, start) if start else None,
    )
    if found.assignment is None:
        broken = broken_now(rules, roster, earlier)
        raise NoPlan(proven=found.impossible, broken=broken, cut_short=watch.cut_short)
    return plan_of(rules, roster, earlier, options, found, old, seed, watch)


def impossible(rules: Rules, roster: Roster, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return why no plan can hold the rules, as far as counting shows.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    found : iterable of Problem
        How the rules fit the class list.

    Returns
    -------
    tuple of Problem
        Empty where nothing can be said against it.
    """
    errors = tuple(p for p in found if p.level is Level.ERROR and p.code not in GONE)
    return (*errors, *check_counts(rules, roster))


def plan_of(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    options: ReplanOptions,
    found: ReplanSolution,
    old: Instance,
    seed: int,
    watch: Watch,
) -> Plan:
    """Return the plan that a rerun found, with roles and audited.

    Parameters
    ----------
    rules : Rules
        Without those who left.
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were, in its ids.
    options : ReplanOptions
    found : ReplanSolution
        With an assignment.
    old : Instance
        With the groups of before.
    seed : int
    watch : Watch

    Returns
    -------
    Plan
    """
    assert found.assignment is not None  # noqa: S101 - for the type checker; the caller has looked
    labels = _labels(rules, earlier, int(found.assignment.max()) + 1)
    instance = old if len(labels) == old.groups else build_instance(rules, roster, len(labels))
    groups = tuple(
        named_group(rules, roster, name, members)
        for name, members in zip(labels, members_of(found.assignment, len(labels)), strict=True)
        if members
    )
    # A cost that no plan with so many groups is below, however many students would move.
    same = len(groups) == instance.groups
    of_as_many = instance if same else build_instance(rules, roster, len(groups))
    watch.tell(stage="roles", done=0.97)
    week, before = options.from_week, earlier.announced
    until = next((last for first, last in rules.term.blocks() if first <= week <= last), None)
    turns = replan_turns(
        rules, roster, groups, before, earlier.turns, week, seed, until=until, asked=earlier.asked
    )
    checked = audit(rules, roster, groups, turns, week, until)
    if not checked.holds or checked.cost != evaluate(instance, found.assignment).cost:
        raise AssertionError("the audit and the engines disagree")  # an error of ours
    stages = tuple(StageReport(name=s.name, value=s.value, proven=s.proven) for s in found.stages)
    watch.tell(stage="done", done=1.0, violation=0, cost=checked.cost)
    return Plan(
        language=rules.language,
        seed=seed,
        version=__version__,
        effort="rerun",
        from_week=options.from_week,
        groups=groups,
        turns=turns,
        outcome=Outcome(
            status=_status(stages, watch),
            cost=checked.cost,
            bound=min(checked.cost, rounding_bound(of_as_many)),
            moves=len(moved_since(earlier.groups, groups)),
            moves_bound=found.fewest,
            seconds=round(watch.seconds, 2),
            cut_short=watch.cut_short,
            stages=stages,
            rules=checked.reports,
        ),
    )


def _status(stages: Sequence[StageReport], watch: Watch) -> Status:
    if all(stage.proven for stage in stages) and not watch.cut_short:
        return Status.OPTIMAL
    return Status.STOPPED if watch.cut_short else Status.FEASIBLE


def _labels(rules: Rules, earlier: PreviousAssignment, count: int) -> tuple[str, ...]:
    """Return the old labels in their order, and new ones that never meant another group in this term."""
    old = [group.name for group in earlier.groups]
    used = {group.name for version in earlier.versions for group in version.groups}
    fresh = [name for name in rules.group_names(count + len(used)) if name not in used]
    return (*old, *fresh[: max(0, count - len(old))])


def ranked(roster: Roster, earlier: PreviousAssignment, start: Sequence[Group]) -> IntArray:
    """Return groups as the engine reads them; those with other names than before are new.

    Parameters
    ----------
    roster : Roster
    earlier : PreviousAssignment
    start : sequence of Group

    Returns
    -------
    ndarray of int64, shape (students,)
    """
    rank = {group.name: place for place, group in enumerate(earlier.groups)}
    given = np.empty(len(roster.students), np.int64)
    for group in start:
        given[[roster.position[student] for student in group.members]] = rank.setdefault(
            group.name, len(rank)
        )
    return given


def broken_now(rules: Rules, roster: Roster, earlier: PreviousAssignment) -> tuple[RuleReport, ...]:
    """Return what the groups break as they are now.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were, in its ids.

    Returns
    -------
    tuple of RuleReport
    """
    left = tuple(g.only(s for s in g.members if s in roster.by_id) for g in earlier.groups)
    return tuple(r for r in audit(rules, roster, left).broken if r.kind != "placement")


def _require_members_only(rules: Rules) -> None:
    """Refuse to replan groups with topics, tutors, times or rooms: a replan would not keep them.

    Raises
    ------
    InputError
    """
    if rules.resources.kinds:
        raise InputError(
            [
                Problem(
                    code="not-replanned-yet",
                    level=Level.ERROR,
                    message=message("Groups with topics, tutors, times or rooms cannot be replanned yet."),
                    hint=message(
                        "Make a first plan with “plan”, or leave them out to replan only the groups."
                    ),
                )
            ]
        )
