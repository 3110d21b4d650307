"""Set partitioning by CP-SAT: the cheapest plan among given groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread

from ortools.sat.python import cp_model

from planner.engines.common.cpsat import Verdict, new_solver
from planner.engines.common.watch import Watch
from planner.engines.set_partitioning.restricted_master import Group, Triple, holds_two
from planner.engines.set_partitioning.whole_groups import Groups

LOOK_EVERY = 0.2  # seconds between two looks at the watch


@dataclass(frozen=True)
class PartitionResult:
    """Outcome of a partition.

    Attributes
    ----------
    verdict : Verdict
        `NONE`: these groups make no plan below what was asked.
    chosen : tuple of tuple of int
        Members of each group.
    cost : int
        Of those groups in priced units, without the constant.
    proven : bool
        Whether no choice among these groups is cheaper.
    """

    verdict: Verdict
    chosen: tuple[Group, ...] = ()
    cost: int = 0
    proven: bool = False


def partition(
    groups: Groups,
    columns: Mapping[Group, int],
    *,
    below: int,
    deterministic_time: float,
    watch: Watch,
    hint: Iterable[Group],
    cuts: Sequence[Triple],
    excess: Mapping[Group, int] | None = None,
    most_excess: int = 0,
) -> PartitionResult:
    """Choose groups that partition the class and cost less than `below` together.

    Parameters
    ----------
    groups : Groups
    columns : dict
        Groups to choose from, with their cost in priced units.
    below : int
        In priced units, without the constant.
    deterministic_time : float
        Budget in CP-SAT's deterministic seconds.
    watch : Watch
    hint : iterable of tuple of int
        A plan to start from.
    cuts : sequence of Triple
        Subset-row cuts, which help the linear relaxation.
    excess : dict, optional
        Reduced cost of each group, in units of ``1 / SCALE``; a plan below `below` has at most
        `most_excess` of it, which rules out most combinations at once.
    most_excess : int

    Returns
    -------
    PartitionResult
    """
    instance = groups.instance
    model = cp_model.CpModel()
    literals = {members: model.new_bool_var("") for members in columns if members}
    holding: list[list[cp_model.IntVar]] = [[] for _ in range(instance.students)]
    for members, literal in literals.items():
        for student in members:
            holding[student].append(literal)
    if not all(holding):
        return PartitionResult(Verdict.NONE)
    for row in holding:
        model.add_exactly_one(row)
    for triple in cuts:
        model.add_at_most_one([taken for members, taken in literals.items() if holds_two(members, triple)])
    every = list(literals.values())
    number = cp_model.LinearExpr.sum(every)
    total = cp_model.LinearExpr.weighted_sum(every, [columns[members] for members in literals])
    model.add_linear_constraint(number, instance.groups if instance.smallest else 0, instance.groups)
    if instance.smallest == 0:
        total = total + groups.empty * (instance.groups - number)
    model.add(total <= below - 1)
    if excess is not None:
        more = [excess[members] for members in literals]
        model.add(cp_model.LinearExpr.weighted_sum(every, more) <= most_excess)
    model.minimize(total)
    made = set(hint)
    for members, literal in literals.items():
        model.add_hint(literal, members in made)
    return _solved(model, literals, new_solver(0, deterministic_time, watch), watch)


def _solved(
    model: cp_model.CpModel,
    literals: Mapping[Group, cp_model.IntVar],
    solver: cp_model.CpSolver,
    watch: Watch,
) -> PartitionResult:
    status = _solve(model, solver, watch)
    if status == cp_model.INFEASIBLE:
        return PartitionResult(Verdict.NONE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return PartitionResult(Verdict.UNKNOWN)
    chosen = tuple(members for members, literal in literals.items() if solver.boolean_value(literal))
    return PartitionResult(Verdict.FOUND, chosen, round(solver.objective_value), status == cp_model.OPTIMAL)


def _solve(model: cp_model.CpModel, solver: cp_model.CpSolver, watch: Watch) -> cp_model.CpSolverStatus:
    """Solve, and end soon once a stop is wanted, also where no solution comes by."""
    ended = Event()

    def look() -> None:
        # Asked again and again: a stop before the solver has begun is not heard.
        while not ended.wait(LOOK_EVERY):
            if watch.stop():
                solver.stop_search()

    looking = Thread(target=look, daemon=True)
    looking.start()
    try:
        return solver.solve(model)
    finally:
        ended.set()
        looking.join()
