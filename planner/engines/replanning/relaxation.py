"""The set-partitioning rows of a replan, and the linear relaxation over them.

Everyone is in one group and every old group has one future. Most of these rows are the
same: those who stay together whatever their group becomes. The program is handed to the
solver row by row, which is many times faster than coefficient by coefficient.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]
from ortools.linear_solver.linear_solver_pb2 import (
    MPSOLVER_OPTIMAL,
    MPModelRequest,
    MPSolutionResponse,
)

from planner.engines.replanning.candidate_kernels import FloatArray
from planner.model.instance import IntArray


@dataclass(frozen=True)
class PartitionRows:
    """Rows of the program: sets of groups, of each of which a number between two limits is chosen.

    Attributes
    ----------
    places : ndarray of int64
        The groups of each set, set after set.
    start : ndarray of int64, shape (sets + 1,)
        Where each set begins in `places`, and the end.
    low, high : ndarray of int64, shape (sets,)
    """

    places: IntArray
    start: IntArray
    low: IntArray
    high: IntArray

    def __iter__(self) -> Iterator[tuple[list[int], int, int]]:
        """Yield the groups of each set, and its limits."""
        places, start = self.places.tolist(), self.start.tolist()
        for number, (low, high) in enumerate(zip(self.low.tolist(), self.high.tolist(), strict=True)):
            yield places[start[number] : start[number + 1]], low, high


def partition_rows(
    members: IntArray, labels: IntArray, students: int, old: int, *, spare: int, used: int | None
) -> PartitionRows:
    """Return the rows that every plan keeps, equal ones once.

    Parameters
    ----------
    members : ndarray of int64, shape (m, largest)
        Of each group to choose from, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group that each would become; `old` stands for new ones.
    students, old : int
        How many there are.
    spare : int
        How many new groups there may be.
    used : int or None
        How many groups have members in the end.

    Returns
    -------
    PartitionRows
    """
    place, column = np.nonzero(members >= 0)
    row = np.concatenate([members[place, column], students + labels])
    place = np.concatenate([place, np.arange(len(labels))])
    filled = np.flatnonzero(members[:, 0] >= 0) if used is not None else np.zeros(0, np.int64)
    row = np.concatenate([row, np.full(len(filled), students + old + 1)])
    place = np.concatenate([place, filled])
    count = students + old + 1 + (used is not None)
    order = np.lexsort((place, row))
    row, place = row[order], place[order]
    start = np.searchsorted(row, np.arange(count + 1))
    # Sets that are equal have equal sums of drawn numbers; 64 bits leave no room for chance.
    drawn = np.random.default_rng(0).integers(1 << 63, size=len(labels) + 1, dtype=np.uint64)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(drawn[place], dtype=np.uint64)])
    sums = sums[start[1:]] - sums[start[:-1]]
    every_one = np.sort(np.unique(sums[: students + old], return_index=True)[1])
    kept = np.concatenate([every_one, np.arange(students + old, count)])
    low, high = np.ones(count, np.int64), np.ones(count, np.int64)
    low[students + old], high[students + old] = 0, spare
    if used is not None:
        low[-1] = high[-1] = used
    sizes = np.diff(start)[kept]
    inside = np.concatenate([np.arange(start[k], start[k + 1]) for k in kept.tolist()])
    return PartitionRows(place[inside], np.concatenate([[0], np.cumsum(sizes)]), low[kept], high[kept])


@dataclass(frozen=True)
class RelaxedSelection:
    """An optimal solution of the linear relaxation; m groups.

    Attributes
    ----------
    bound : float
        No choice has less; far below everything where there is no relaxation.
    reduced : ndarray of float64, shape (m,)
        Reduced cost of each group.
    shares : ndarray of float64, shape (m,)
        How much of each group the solution takes, 0 to 1.
    """

    bound: float
    reduced: FloatArray
    shares: FloatArray


def relax(
    sets: PartitionRows, prices: IntArray, kept: Sequence[tuple[IntArray, int]]
) -> RelaxedSelection | None:
    """Solve the linear relaxation: the least sum of prices of any mixture of groups.

    Parameters
    ----------
    sets : PartitionRows
    prices : ndarray of int64, shape (m,)
    kept : sequence of (ndarray of int64, int)
        Other prices of the groups, and the most that they may come to.

    Returns
    -------
    RelaxedSelection or None
        None where no mixture will do, or the solver found none.
    """
    request = MPModelRequest(solver_type=MPModelRequest.GLOP_LINEAR_PROGRAMMING)
    program = request.model
    for price in prices.tolist():
        program.variable.add(lower_bound=0.0, objective_coefficient=float(price))
    for places, low, high in sets:
        ones = [1.0] * len(places)
        program.constraint.add(lower_bound=low, upper_bound=high, var_index=places, coefficient=ones)
    for others, most in kept:
        inside = np.flatnonzero(others)
        program.constraint.add(upper_bound=most, var_index=inside, coefficient=others[inside])
    response = MPSolutionResponse()
    pywraplp.Solver.SolveWithProto(request, response)
    if response.status != MPSOLVER_OPTIMAL:
        return None
    reduced, shares = np.asarray(response.reduced_cost), np.asarray(response.variable_value)
    return RelaxedSelection(float(response.objective_value), reduced, shares)
