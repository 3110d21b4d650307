"""CP-SAT over students x groups: exact on small corners, and for feasibility.

The plain model is the wrong core for a whole class (its bound stays near zero), but
right for a dozen students. It never has to beat an incumbent by itself: it is asked
for something strictly better, so "infeasible" proves the incumbent best.
One worker and deterministic time, so that the same input gives the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.limits import Watch
from planner.instance import (
    ANY_HIGH,
    ANY_LABEL,
    ANY_LOW,
    NO_HOME,
    AnyCost,
    CompanyCost,
    HomeCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
    account,
)

Expression: TypeAlias = Any  # the unions of ortools do not survive arithmetic


class Verdict(Enum):
    """What a solve proves; `UNKNOWN` proves nothing."""

    FOUND = "found"  # an assignment, the best one if `proven`
    NONE = "none"  # proven: there is no assignment (below the limit asked for)
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Solved:
    """Outcome of a solve.

    Attributes
    ----------
    verdict : Verdict
    assignment : ndarray of int64, shape (students,), or None
    cost : int
        Of the assignment, by `planner.instance.account`.
    bound : int
        No assignment that holds costs less.
    proven : bool
        Whether `cost` is the least possible.
    """

    verdict: Verdict
    assignment: IntArray | None = None
    cost: int = 0
    bound: int = 0
    proven: bool = False


def solve(
    instance: Instance,
    *,
    seed: int,
    deterministic_time: float,
    watch: Watch,
    below: int | None = None,
    hint: Sequence[int] | IntArray | None = None,
    price: bool = True,
) -> Solved:
    """Solve an instance, whole.

    Parameters
    ----------
    instance : Instance
    seed : int
    deterministic_time : float
        Budget in CP-SAT's deterministic seconds.
    watch : Watch
        Its time limit caps the solve; a stop ends it between solutions.
    below : int, optional
        Only assignments of a lower cost count.
    hint : sequence of int, optional
    price : bool
        False leaves the objective out: any assignment that holds will do.
    """
    model = _Build(instance, price=price, below=below)
    if hint is not None:
        model.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.max_deterministic_time = deterministic_time
    if watch.seconds_left() < 1e6:
        solver.parameters.max_time_in_seconds = max(0.01, watch.seconds_left())
    status = solver.solve(model.cp, _Stopper(watch))
    if status == cp_model.INFEASIBLE:
        return Solved(Verdict.NONE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(Verdict.UNKNOWN)
    assignment = model.read(solver)
    checked = account(instance, assignment)
    if not checked.holds:
        raise AssertionError("CP-SAT and the account disagree")  # an error of ours
    bound = round(solver.best_objective_bound) if price else 0
    return Solved(Verdict.FOUND, assignment, checked.cost, bound, price and status == cp_model.OPTIMAL)


class _Stopper(cp_model.CpSolverSolutionCallback):
    """Ends the solve at its next solution once a stop is wanted."""

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        if self._watch.stop():
            self.stop_search()


class _Build:
    """The model: one literal per student and group, and each cost once."""

    def __init__(self, instance: Instance, *, price: bool, below: int | None) -> None:
        self.instance = instance
        self.cp = cp_model.CpModel()
        self.groups = range(instance.groups)
        self.price = price
        self.terms: list[Expression] = []
        self.x = [[self.cp.new_bool_var("") for _ in self.groups] for _ in range(instance.students)]
        for row in self.x:
            self.cp.add_exactly_one(row)
        for g in self.groups:
            self.cp.add_linear_constraint(self._size(g), instance.smallest, instance.largest)
        self.labelled = any(isinstance(cost, HomeCost) for cost in instance.costs)
        if not self.labelled:
            self._order_groups()
        for cost in instance.costs:
            if cost.must or price:
                self._add(cost)
        total = sum(self.terms) if self.terms else 0
        if price and self.terms:
            self.cp.minimize(total)
        if below is not None:
            self.cp.add(total <= below - 1)

    def _size(self, g: int) -> Expression:
        return cp_model.LinearExpr.sum([row[g] for row in self.x])

    def _order_groups(self) -> None:
        """Groups without a name of their own are numbered by their first member."""
        for student, row in enumerate(self.x):
            for g in self.groups:
                if g > student:
                    self.cp.add(row[g] == 0)

    def hint(self, assignment: Sequence[int] | IntArray) -> None:
        rank: dict[int, int] = {}
        for group in map(int, assignment):
            rank.setdefault(group, group if self.labelled else len(rank))
        for row, group in zip(self.x, map(int, assignment), strict=True):
            for g in self.groups:
                self.cp.add_hint(row[g], rank[group] == g)

    def read(self, solver: cp_model.CpSolver) -> IntArray:
        return np.asarray(
            [next(g for g in self.groups if solver.boolean_value(row[g])) for row in self.x], np.int64
        )

    def _add(self, cost: AnyCost) -> None:
        if isinstance(cost, SumCost):
            for g in self.groups:
                self._add_sum(cost, g)
        elif isinstance(cost, PairCost):
            self._add_pairs(cost)
            if cost.labels is not None:
                self._add_labels(cost, cost.labels.tolist())
        elif isinstance(cost, CompanyCost):
            self._add_company(cost)
        elif isinstance(cost, OverlapCost):
            for g in self.groups:
                self._add_overlap(cost, g)
        else:
            self._add_home(cost)

    def _units(self, cost: AnyCost, most: int, weight: int = 1) -> Expression:
        """A count of units: a priced variable, or zero where it is a must."""
        if cost.must:
            return 0
        units = self.cp.new_int_var(0, most, "")
        self.terms.append(units * (cost.price * weight))
        return units

    def _add_sum(self, cost: SumCost, g: int) -> None:
        weights = cost.weights.tolist()
        if cost.from_size <= 1 and not any(weights):
            return
        total = cp_model.LinearExpr.weighted_sum([row[g] for row in self.x], weights)
        reach = self.instance.largest * max(map(abs, weights))
        ranges = []
        if cost.low > ANY_LOW:
            units = self._units(cost, max(0, -(-(cost.low + reach) // cost.step)))
            ranges.append(total + cost.step * units >= cost.low)
        if cost.high < ANY_HIGH:
            units = self._units(cost, max(0, -(-(reach - cost.high) // cost.step)))
            ranges.append(total - cost.step * units <= cost.high)
        enforced = self._at_least(g, cost.from_size) if cost.from_size > self.instance.smallest else None
        for constraint in ranges:
            added = self.cp.add(constraint)
            if enforced is not None:
                added.only_enforce_if(enforced)

    def _at_least(self, g: int, size: int) -> cp_model.IntVar:
        """A literal that is true when a group has at least `size` members."""
        literal = self.cp.new_bool_var("")
        self.cp.add(self._size(g) <= size - 1).only_enforce_if(literal.negated())
        return literal

    def _add_pairs(self, cost: PairCost) -> None:
        for (a, b), weight in zip(cost.pairs.tolist(), cost.weights.tolist(), strict=True):
            units = self._units(cost, 1, weight)
            for g in self.groups:
                if cost.together:
                    self.cp.add(self.x[a][g] - self.x[b][g] <= units)
                else:
                    self.cp.add(self.x[a][g] + self.x[b][g] <= 1 + units)

    def _add_labels(self, cost: PairCost, labels: list[int]) -> None:
        known = [(student, label) for student, label in enumerate(labels) if label != ANY_LABEL]
        if cost.must:
            for g in self.groups:
                chosen = {label: self.cp.new_bool_var("") for _, label in known}
                self.cp.add_at_most_one(chosen.values())
                for student, label in known:
                    self.cp.add_implication(self.x[student][g], chosen[label])
            return
        for place, (a, mine) in enumerate(known):
            for b, other in known[:place]:
                if mine != other:
                    units = self._units(cost, 1)
                    for g in self.groups:
                        self.cp.add(self.x[a][g] + self.x[b][g] <= 1 + units)

    def _add_company(self, cost: CompanyCost) -> None:
        others = cost.others.tolist()
        for student in cost.students.tolist():
            units = self._units(cost, cost.at_least)
            for g in self.groups:
                company = cp_model.LinearExpr.sum([self.x[o][g] for o in others if o != student])
                self.cp.add(company + units >= cost.at_least).only_enforce_if(self.x[student][g])

    def _add_overlap(self, cost: OverlapCost, g: int) -> None:
        masks = cost.masks.tolist()
        shared = []
        for bit in range(max(masks, default=0).bit_length()):
            literal = self.cp.new_bool_var("")
            for row, mask in zip(self.x, masks, strict=True):
                if not mask >> bit & 1:
                    self.cp.add_implication(row[g], literal.negated())
            shared.append(literal)
        units = self._units(cost, cost.at_least)
        self.cp.add(cp_model.LinearExpr.sum(shared) + units >= cost.at_least)

    def _add_home(self, cost: HomeCost) -> None:
        for row, home, weight in zip(self.x, cost.home.tolist(), cost.weights.tolist(), strict=True):
            if home == NO_HOME or weight == 0:
                continue
            away = 1 - row[home] if home < len(row) else 1
            if cost.must:
                self.cp.add(away == 0)
            else:
                self.terms.append(away * (cost.price * weight))
