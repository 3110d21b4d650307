"""How good each rule could be, and what the rules ask of each other: solved or bounded, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.audit.proven import closeness, price_of
from planner.engines.common.bound import rounding_bound
from planner.engines.common.watch import Watch
from planner.engines.resources.choice_bound import least_units
from planner.engines.set_partitioning.gap_closing import Budget, close_gap
from planner.model.domain import Group, Roster
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray, ResourceCost, about_members
from planner.model.reports import RulePrice, RuleReport
from planner.rules import Rule, Rules, build_instance
from planner.rules.size import Size

MOST_STUDENTS = 400  # up to which rules are bounded by whole groups
ALONE = Budget(steps=200_000_000, cuts=6, window=2_000, tries=3, time=1.0)
WITHOUT = Budget(steps=400_000_000, cuts=8, window=3_000, tries=3, time=2.0)
MOST_LEFT_OUT = 12  # rules that are left out in turn
LEFT_OUT_STUDENTS = 720  # and that many times the students at the most


@dataclass(frozen=True)
class PlanInstance:
    """A plan as the engines see it.

    Attributes
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Holds every `must` cost.
    """

    instance: Instance
    assignment: IntArray

    def units(self, assignment: IntArray | None = None) -> dict[int, int]:
        """Return the units of each rule, by its place among the active rules."""
        counted = evaluate(self.instance, self.assignment if assignment is None else assignment)
        found: dict[int, int] = {}
        for cost, units in zip(self.instance.costs, counted.units, strict=True):
            found[cost.rule] = found.get(cost.rule, 0) + units
        return found


def plan_instance(rules: Rules, roster: Roster, groups: Sequence[Group]) -> PlanInstance:
    """Return finished groups as the engines see them.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
        Every `must` rule has to hold in them, and everybody is in one.

    Returns
    -------
    PlanInstance
    """
    full = [group for group in groups if group.members]
    number = {student: place for place, group in enumerate(full) for student in group.members}
    assignment = np.array([number[student.id] for student in roster.students], np.int64)
    return PlanInstance(build_instance(rules, roster, len(full)), assignment)


def with_bounds(
    rules: Rules,
    roster: Roster,
    made: PlanInstance,
    reports: Sequence[RuleReport],
    *,
    thorough: bool,
    watch: Watch,
) -> tuple[RuleReport, ...]:
    """Return reports with how good each rule could be, all `must` rules kept.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    made : PlanInstance
    reports : sequence of RuleReport
        As `audit` gives them: the placement, then the active rules, then the roles.
    thorough : bool
        Also where rounding alone says little; takes a moment for each rule.
    watch : Watch

    Returns
    -------
    tuple of RuleReport
    """
    proven = list(reports)
    active = rules.active()
    for place, rule in enumerate(active):
        watch.tell(stage="bounds", done=0.97 + 0.01 * place / len(active))
        report = reports[place + 1]
        if not rule.must:
            bound = _bound(rule, place, report.units, made, thorough and not watch.stop(), watch)
            proof = closeness(rule, report.units, bound, roster)
            proven[place + 1] = report.model_copy(update={"bound": bound, "proof": proof})
    return tuple(proven)


def _bound(
    rule: Rule, place: int, units: int, made: PlanInstance, thorough: bool, watch: Watch
) -> int | None:
    """Fewest units of one rule in any plan that holds; None where nothing is proven."""
    if units == 0:
        return 0
    instance = about_members(made.instance)
    if made.instance.resources and not any(cost.rule == place for cost in instance.costs):
        return _bound_of_choices(made.instance, place)
    alone = replace(instance, costs=tuple(c for c in instance.costs if c.must or c.rule == place))
    least = rounding_bound(alone)
    known = least > 0
    if thorough and least < units * rule.price and instance.students <= MOST_STUDENTS:
        silent = replace(watch, report=lambda _: None)
        closed = close_gap(alone, made.assignment, budget=ALONE, watch=silent, bound=least)
        least, known = closed.bound, known or closed.bounded
    return -(-least // rule.price) if known else None


def _bound_of_choices(instance: Instance, place: int) -> int | None:
    """Fewest units of a rule about what students choose; None where it is about a need of some groups."""
    own = [cost for cost in instance.costs if cost.rule == place]
    choices = [cost for cost in own if isinstance(cost, ResourceCost)]
    if not choices or len(choices) < len(own):
        return None
    return sum(least_units(instance, cost) for cost in choices)


def with_prices(
    rules: Rules, roster: Roster, made: PlanInstance, reports: Sequence[RuleReport], *, watch: Watch
) -> tuple[RuleReport, ...]:
    """Return reports with what other rules ask of each: how much better it is in a plan without them.

    Each rule is left out in turn (the dearest first, fewer of them in a large class) and
    the rest planned again from the plan at hand, so every figure is that of a real plan.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    made : PlanInstance
        The plan as the engines see it.
    reports : sequence of RuleReport
        Of the plan, the placement of students first.
    watch : Watch

    Returns
    -------
    tuple of RuleReport
    """
    active = rules.active()
    units = made.units()
    prices: dict[int, list[RulePrice]] = {}
    most = min(MOST_LEFT_OUT, LEFT_OUT_STUDENTS // made.instance.students)
    in_turn = _in_turn(active, units)[:most]
    for number, left_out in enumerate(in_turn):
        if watch.stop():
            break
        watch.tell(stage="prices", done=0.98 + 0.02 * number / len(in_turn))
        after = _without(made, left_out, watch)
        for place, rule in enumerate(active):
            fewer = units.get(place, 0) - after.get(place, 0)
            if place != left_out and not rule.must and fewer > 0:
                price = price_of(place, left_out, fewer, active, roster)
                prices.setdefault(place, []).append(price)
    proven = list(reports)
    for place, found in prices.items():
        best_first = sorted(found, key=lambda price: -price.units)
        proven[place + 1] = reports[place + 1].model_copy(update={"prices": tuple(best_first)})
    return tuple(proven)


def _in_turn(active: Sequence[Rule], units: dict[int, int]) -> list[int]:
    """The rules to leave out: those that cost something first, the dearest in front, then the musts."""
    places = [place for place, rule in enumerate(active) if place in units and not isinstance(rule, Size)]
    return sorted(places, key=lambda place: (active[place].must, -units[place] * active[place].price, place))


def _without(made: PlanInstance, left_out: int, watch: Watch) -> dict[int, int]:
    """Units of each rule in a plan that is made without one of them."""
    instance = made.instance
    fewer = replace(instance, costs=tuple(cost for cost in instance.costs if cost.rule != left_out))
    silent = replace(watch, report=lambda _: None)
    closed = close_gap(fewer, made.assignment, budget=WITHOUT, watch=silent, bound=rounding_bound(fewer))
    return made.units(closed.assignment)
