"""Which topic, tutor, moment and room each group takes, with the groups given.

With the members known every cost is a number for each group and resource, so that what is left is a
generalised assignment problem in which pairs of resources have a capacity too: CP-SAT solves it to proof.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.common.cpsat import Stopper, Verdict, new_solver
from planner.engines.common.resource_literals import ResourceLiterals
from planner.engines.common.watch import Watch
from planner.model.evaluation import evaluate, members_of, units_of
from planner.model.instance import Instance, IntArray, ResourceCost, SumCost


@dataclass(frozen=True)
class TakenResult:
    """What groups take, and what is proven of it.

    Attributes
    ----------
    verdict : Verdict
        `NONE`: with these groups nothing holds.
    taken : ndarray of int64, shape (groups, kinds), or None
        Which resource of each kind every group takes.
    cost, bound : int
        Of the whole instance with these groups, in priced units; nothing that holds costs less than `bound`.
    proven : bool
        Whether `cost` is the least possible with these groups.
    """

    verdict: Verdict
    taken: IntArray | None = None
    cost: int = 0
    bound: int = 0
    proven: bool = False


def assign_resources(
    instance: Instance,
    assignment: IntArray,
    *,
    seed: int,
    deterministic_time: float,
    watch: Watch,
    hint: IntArray | None = None,
) -> TakenResult:
    """Let each group take one resource of each kind, at the least cost for the groups as they are.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Group of each student.
    seed : int
    deterministic_time : float
        Budget in CP-SAT's deterministic seconds.
    watch : Watch
        Its time limit caps the solve; a stop ends it between solutions.
    hint : ndarray of int64, shape (groups, kinds), optional
        What to start from.

    Returns
    -------
    TakenResult

    Raises
    ------
    AssertionError
        Where the model and `evaluate` disagree: an error of ours, never of the input.
    """
    model = _ResourceModel(instance, assignment)
    if hint is not None:
        model.literals.hint(hint)
    solver = new_solver(seed, deterministic_time, watch)
    status = solver.solve(model.cp, Stopper(watch))
    if status == cp_model.INFEASIBLE:
        return TakenResult(Verdict.NONE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return TakenResult(Verdict.UNKNOWN)
    taken = model.literals.read(solver)
    checked = evaluate(instance, assignment, taken)
    if model.fixed + round(solver.objective_value) != checked.cost:
        raise AssertionError("CP-SAT and evaluate() disagree")  # an error of ours
    return TakenResult(
        Verdict.FOUND,
        taken,
        checked.cost,
        model.fixed + round(solver.best_objective_bound),
        status == cp_model.OPTIMAL,
    )


def prices_of_taking(instance: Instance, assignment: IntArray) -> tuple[list[IntArray], list[IntArray]]:
    """Return what it adds that a group takes a resource, with the members it has.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)

    Returns
    -------
    violation, cost : list of ndarray of int64, shape (groups, number of the kind)
        One of each kind.
    """
    shapes = [(instance.groups, len(kind.most)) for kind in instance.resources]
    violation, plain = ([np.zeros(shape, np.int64) for shape in shapes] for _ in range(2))
    members = members_of(assignment, instance.groups)
    for cost in instance.costs:
        here = violation if cost.must else plain
        if isinstance(cost, ResourceCost):
            for group, those in enumerate(members):
                here[cost.kind][group] += cost.price * cost.units[those].sum(axis=0)
        elif isinstance(cost, SumCost) and cost.only is not None:
            kind, one = cost.only
            everywhere = [units_of(replace(cost, only=None), [those], assignment) for those in members]
            here[kind][:, one] += cost.price * np.asarray(everywhere, np.int64)
    return violation, plain


class _ResourceModel:
    """What groups take, at what it adds with the members that they have."""

    def __init__(self, instance: Instance, assignment: IntArray) -> None:
        self.cp = cp_model.CpModel()
        self.literals = ResourceLiterals(self.cp, instance)
        violation, cost = prices_of_taking(instance, assignment)
        terms = []
        for place, rows in enumerate(self.literals.takes):
            for group, row in enumerate(rows):
                for one, literal in enumerate(row):
                    if violation[place][group, one]:
                        self.cp.add(literal == 0)
                    terms.append(int(cost[place][group, one]) * literal)
        self.cp.minimize(sum(terms))
        self.fixed = _cost_of_members(instance, assignment)


def _cost_of_members(instance: Instance, assignment: IntArray) -> int:
    """Return what the groups cost whatever they take."""
    members = members_of(assignment, instance.groups)
    return sum(
        cost.price * units_of(cost, members, assignment)
        for cost in instance.costs
        if not (cost.must or isinstance(cost, ResourceCost) or (isinstance(cost, SumCost) and cost.only))
    )
