"""Which of two plans is better, where both are of the same class list and the same rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from planner.audit.proven import closeness
from planner.edit import with_labels
from planner.model.domain import Group, Plan, Roster, group_of
from planner.model.reports import Outcome, RuleReport, Status
from planner.plans.course import Course
from planner.rules import Rules


def of_the_same(course: Course, other: Course) -> bool:
    """Whether two plans answer the same question: the same class list and the same rules.

    Parameters
    ----------
    course : Course
    other : Course

    Returns
    -------
    bool
    """
    return course.rules == other.rules and course.roster == other.roster


def is_better(plan: Plan, other: Plan) -> bool:
    """Whether a plan is better than another of the same class list and rules.

    Required rules that are broken count first, then the cost, then whether it is proven that no
    plan is better. How many move is not looked at.

    Parameters
    ----------
    plan : Plan
        The one that may be better.
    other : Plan
        The one that it is held against.

    Returns
    -------
    bool
    """
    return _rank(plan.outcome) < _rank(other.outcome)


def _rank(outcome: Outcome) -> tuple[bool, int, int, bool]:
    broken = sum(report.units for report in outcome.rules if report.broken)
    return outcome.status is Status.BROKEN, broken, outcome.cost, outcome.cost > outcome.bound


def worth_moving_for(plan: Plan, other: Plan) -> bool:
    """Whether a plan is better by more than its proof, which may be had of the other one as well.

    Parameters
    ----------
    plan : Plan
        The one that may be better.
    other : Plan
        The one that it is held against.

    Returns
    -------
    bool
    """
    return _rank(plan.outcome)[:3] < _rank(other.outcome)[:3]


def fewer_asked(plan: Plan, other: Plan) -> bool:
    """Whether a rerun came to more than another that was asked the same: its stages, in their order.

    Parameters
    ----------
    plan : Plan
        The one that may ask less.
    other : Plan
        The one that it is held against.

    Returns
    -------
    bool
    """
    stages, others = plan.outcome.stages, other.outcome.stages
    if [stage.name for stage in stages] != [stage.name for stage in others]:
        return is_better(plan, other)
    return [stage.value for stage in stages] < [stage.value for stage in others]


def with_proof_of(course: Course, plan: Plan) -> Course:
    """Return a course with what another plan of the same class list and rules proves.

    A bound holds for every plan of as many groups, so a run that came to no better plan may still
    prove that there is none. Where it came to the very same groups, they are its plan as well.

    Parameters
    ----------
    course : Course
        With the plan that is kept.
    plan : Plan
        What else is known of this class list and these rules.

    Returns
    -------
    Course
        The very same where nothing new is proven.
    """
    mine = course.plan
    if mine.filled != plan.filled:
        return course
    outcome = _proven(mine.outcome, plan.outcome, _reports(course.rules, course.roster, mine, plan))
    same = {frozenset(group.members) for group in mine.groups} == {
        frozenset(group.members) for group in plan.groups
    }
    made: Mapping[str, object] = {}
    if same and mine.outcome.moves is None and mine.outcome.status is not Status.BROKEN:
        made = {"effort": plan.effort, "seed": plan.seed, "version": plan.version}
    better = mine.but(outcome=outcome, **made)
    return course if better == mine else course.model_copy(update={"plan": better})


def _proven(mine: Outcome, theirs: Outcome, reports: tuple[RuleReport, ...]) -> Outcome:
    bound = min(mine.cost, max(mine.bound, theirs.bound))
    changes: dict[str, object] = {"bound": bound, "rules": reports}
    if mine.moves is None and mine.status is not Status.BROKEN:
        cut = mine.cut_short and theirs.cut_short
        open_ = Status.STOPPED if cut else Status.FEASIBLE
        changes |= {"status": Status.OPTIMAL if bound == mine.cost else open_, "cut_short": cut}
    return mine.model_copy(update=changes)


def _reports(rules: Rules, roster: Roster, mine: Plan, theirs: Plan) -> tuple[RuleReport, ...]:
    """Return the reports of one plan, each with the best that is proven of its rule in either."""
    proven = list(mine.outcome.rules)
    both = zip(rules.active(), mine.outcome.rules[1:], theirs.outcome.rules[1:], strict=False)
    for place, (rule, here, there) in enumerate(both, 1):
        if rule.must or there.proof is None:
            continue
        bounds = [b for b in (here.bound, there.bound) if b is not None and b <= here.units]
        bound = max(bounds, default=None)
        prices = there.prices if there.prices and there.units == here.units else here.prices
        proof = closeness(rule, here.units, bound, roster)
        proven[place] = here.model_copy(update={"bound": bound, "proof": proof, "prices": prices})
    return tuple(proven)


# Groups that were made anew, beside those in use


def like(course: Course, before: Sequence[Group]) -> Course:
    """Return a course in which each group has the name of the earlier group that it has most people of.

    A plan that was made from nothing numbers its groups in the order of the class list, whoever was
    in a group of that name before.

    Parameters
    ----------
    course : Course
        With a plan that was made from nothing.
    before : sequence of Group
        The groups in use.

    Returns
    -------
    Course
    """
    plan = course.plan
    names = _names(plan.groups, before)
    rank = {group.name: place for place, group in enumerate(before)}

    def ordered(groups: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(sorted(groups, key=lambda group: rank.get(names.get(group.name, ""), len(rank))))

    later = tuple(block.model_copy(update={"groups": ordered(block.groups)}) for block in plan.later)
    sorted_ = plan.but(groups=ordered(plan.groups), later=later)
    return with_labels(course.model_copy(update={"plan": sorted_}), names)


def _names(groups: Sequence[Group], before: Sequence[Group]) -> dict[str, str]:
    """Return a name for each group by the one it has; every name once."""
    home = group_of(before)
    shared = Counter(
        (group.name, home[student]) for group in groups for student in group.members if student in home
    )
    names: dict[str, str] = {}
    for (group, old), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if group not in names and old not in names.values():
            names[group] = old
    taken = set(names.values())
    known = (*(group.name for group in groups), *(group.name for group in before))
    free = iter(dict.fromkeys(name for name in known if name not in taken))
    return {group.name: names[group.name] if group.name in names else next(free) for group in groups}
