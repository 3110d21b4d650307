"""One exact solve of a whole instance with CP-SAT, checked by the plain count of its costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from planner.engines.common.assignment_model import AssignmentModel
from planner.engines.common.cpsat import Stopper, Verdict, new_solver
from planner.engines.common.watch import Watch
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray


@dataclass(frozen=True)
class SolveResult:
    """Outcome of a solve.

    Attributes
    ----------
    verdict : Verdict
    assignment : ndarray of int64, shape (students,), or None
        Group of each student.
    cost : int
        Of the assignment in priced units, by `planner.model.evaluation.evaluate`.
    bound : int
        No assignment that holds costs less.
    proven : bool
        Whether `cost` is the least possible.
    taken : ndarray of int64, shape (groups, kinds), or None
        Which resource of each kind every group takes.
    """

    verdict: Verdict
    assignment: IntArray | None = None
    cost: int = 0
    bound: int = 0
    proven: bool = False
    taken: IntArray | None = None


def solve(
    instance: Instance,
    *,
    seed: int,
    deterministic_time: float,
    watch: Watch,
    below: int | None = None,
    hint: Sequence[int] | IntArray | None = None,
    price: bool = True,
) -> SolveResult:
    """Solve the assignment model of a whole instance with CP-SAT.

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
    hint : sequence of int, shape (students,), optional
        An assignment to start from.
    price : bool
        False leaves the objective out: any assignment that holds will do.

    Returns
    -------
    SolveResult
        `Verdict.NONE` where no assignment holds at a cost below `below`.

    Raises
    ------
    AssertionError
        Where the model and `evaluate` disagree: an error of ours, never of the input.
    """
    model = AssignmentModel(instance)
    model.add_costs(price=price)
    if price:
        model.cp.minimize(model.total)
    if below is not None:
        model.cp.add(model.total <= below - 1)
    if hint is not None:
        model.hint(hint)
    solver = new_solver(seed, deterministic_time, watch)
    status = solver.solve(model.cp, Stopper(watch))
    if status == cp_model.INFEASIBLE:
        return SolveResult(Verdict.NONE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return SolveResult(Verdict.UNKNOWN)
    assignment, taken = model.read(solver), model.resources.read(solver)
    checked = evaluate(instance, assignment, taken)
    if not checked.holds:
        raise AssertionError("CP-SAT and evaluate() disagree")  # an error of ours
    bound = round(solver.best_objective_bound) if price else 0
    proven = price and status == cp_model.OPTIMAL
    return SolveResult(Verdict.FOUND, assignment, checked.cost, bound, proven, taken)
