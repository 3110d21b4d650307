"""The restricted master program of column generation: a choice among the groups so far, in fractions.

Its duals say what each student is worth; with these other groups are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from planner.engines.set_partitioning.subset_costs import SCALE
from planner.engines.set_partitioning.whole_groups import GroupDuals, Groups
from planner.model.evaluation import members_of
from planner.model.instance import IntArray

Group: TypeAlias = tuple[int, ...]  # members, rising
Triple: TypeAlias = tuple[int, int, int]

# Starting from the last basis, the dual simplex stays near the last duals: eight rounds where the primal
# one took forty (docs/decisions/0009).
NEAR = "use_preprocessing:false use_dual_simplex:true perturb_costs_in_dual_simplex:true"
SAFE = "use_preprocessing:true use_dual_simplex:false"
MISSING = 1_000_000  # cost of leaving a student out; far above any group
TINY = 1e-6


class RestrictedMaster:
    """The restricted master program: every student in one of the columns so far, and so many groups.

    Parameters
    ----------
    groups : Groups

    Attributes
    ----------
    value : float
        Of the latest solution, without the constant.
    prices, group_dual : GroupDuals, int
        Its duals, in units of ``1 / SCALE``.
    taken : list of (Group, float)
        Groups of the solution, with the fraction of each.
    columns : dict
        Every column so far, with its cost.
    """

    def __init__(self, groups: Groups) -> None:
        instance = groups.instance
        self.solver = pywraplp.Solver.CreateSolver("GLOP")
        self.solver.SuppressOutput()
        self.rows = [self.solver.Constraint(1, 1) for _ in range(instance.students)]
        self.count = self.solver.Constraint(instance.groups, instance.groups)
        self.cuts: dict[Triple, pywraplp.Constraint] = {}
        self.goal = self.solver.Objective()
        self.goal.SetMinimization()
        for row in (*self.rows, self.count):
            self._variable(MISSING, [row])  # while nothing fits
        self.value = 0.0
        self.prices = GroupDuals(np.zeros(instance.students, np.int64))
        self.group_dual = 0
        self.taken: list[tuple[Group, float]] = []
        self.columns: dict[Group, int] = {}
        self.variables: dict[Group, pywraplp.Variable] = {}
        if instance.smallest == 0:
            self.add([((), groups.empty)])

    def _variable(self, cost: int, rows: Iterable[pywraplp.Constraint]) -> pywraplp.Variable:
        variable = self.solver.NumVar(0, self.solver.infinity(), "")
        for row in rows:
            row.SetCoefficient(variable, 1)
        self.goal.SetCoefficient(variable, cost)
        return variable

    def add(self, columns: Iterable[tuple[Group, int]]) -> int:
        """Add columns.

        Parameters
        ----------
        columns : iterable of (Group, int)
            Groups with their costs in priced units.

        Returns
        -------
        int
            How many are new.
        """
        before = len(self.columns)
        for members, cost in columns:
            if members not in self.columns:
                cut = [row for triple, row in self.cuts.items() if holds_two(members, triple)]
                rows = [*(self.rows[student] for student in members), self.count, *cut]
                self.columns[members] = cost
                self.variables[members] = self._variable(cost, rows)
        return len(self.columns) - before

    def cut(self, triples: Iterable[Triple]) -> None:
        """Add subset-row cuts: one group at most with two or more of each triple.

        Parameters
        ----------
        triples : iterable of Triple
            Students in rising order.
        """
        for triple in triples:
            row = self.solver.Constraint(0, 1)
            self.cuts[triple] = row
            for members, variable in self.variables.items():
                if holds_two(members, triple):
                    row.SetCoefficient(variable, 1)

    def solve(self) -> bool:
        """Solve, and keep the solution, since adding columns wipes it; return whether that worked."""
        for parameters in (NEAR, SAFE):
            self.solver.SetSolverSpecificParametersAsString(parameters)
            if self.solver.Solve() == pywraplp.Solver.OPTIMAL:
                self._keep()
                return True
        return False

    def _keep(self) -> None:
        self.value = float(self.goal.Value())
        duals = np.asarray([row.dual_value() for row in self.rows])
        cut_duals = {triple: round(-row.dual_value() * SCALE) for triple, row in self.cuts.items()}
        binding = {triple: dual for triple, dual in cut_duals.items() if dual > 0}
        self.prices = GroupDuals(np.round(duals * SCALE).astype(np.int64), binding)
        self.group_dual = round(self.count.dual_value() * SCALE)
        values = [(members, variable.solution_value()) for members, variable in self.variables.items()]
        self.taken = [(members, value) for members, value in values if value > TINY]

    def plan(self) -> list[Group] | None:
        """Return the groups of the latest solution where it is integral, otherwise None."""
        whole = [members for members, value in self.taken if value > 1 - TINY]
        return whole if len(whole) == len(self.taken) else None


def holds_two(members: Group, triple: Triple) -> bool:
    """Return whether a group has at least two of three students, and so is in the cut of that triple.

    Parameters
    ----------
    members : tuple of int
    triple : tuple of int

    Returns
    -------
    bool
    """
    return sum(student in members for student in triple) >= 2


def priced_groups(groups: Groups, assignment: IntArray) -> list[tuple[Group, int]]:
    """Return the groups of an assignment as columns, with what each costs.

    Parameters
    ----------
    groups : Groups
    assignment : ndarray of int64, shape (students,)

    Returns
    -------
    list of (tuple of int, int)
        Members and cost in priced units.
    """
    made = [tuple(members) for members in members_of(assignment, groups.instance.groups)]
    return [(members, groups.price(members)) for members in made]
