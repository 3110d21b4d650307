"""The restricted master program of a replan (GLOP): a column for each group seen so far.

Most groups stay as they are. They enter the program only when one of their members is wanted
elsewhere; until then their duals are zero.
"""

from __future__ import annotations

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from planner.engines.replanning.candidate_kernels import FloatArray
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.group_kernels import holds
from planner.model.instance import IntArray

# Set by hand, without a recorded sweep.
UNPLACED = 0.8  # first price of a student without a group; raised while anybody is without one
COLUMNS_PER_ROW = 60  # above this the master drops the columns of large reduced cost
# Each time with more reluctance: at a fixed limit it went round in circles where groups are small and rules
# few (docs/decisions/0007).
PATIENCE = 1.5
FAR = 0.3  # reduced cost, in moves, above which a column may be dropped


class ReplanMaster:
    """The restricted master program over the groups seen so far.

    Every row may be missed at a price, so the program always has a solution.

    Parameters
    ----------
    lister : CandidateLister
    spare : int
        How many new groups there may be.
    used : int or None
        How many groups have members in the end.
    """

    def __init__(self, lister: CandidateLister, spare: int, used: int | None) -> None:
        self.lister, self.spare, self.used = lister, spare, used
        self.old = lister.old
        self.unplaced = UNPLACED
        self.inside = np.zeros(len(self.old.home), np.bool_)
        self.active = np.zeros(len(self.old.filled), np.bool_)
        self.columns: dict[tuple[int, ...], None] = {}
        self.per_row = float(COLUMNS_PER_ROW)
        self.missed = 0.0  # by how much rows are missed in the optimum
        self._begin()

    def _begin(self) -> None:
        """Make the program anew from what is remembered."""
        self.lp = pywraplp.Solver.CreateSolver("GLOP")
        self.infinity = self.lp.infinity()
        self.lp.Objective().SetMinimization()
        self.penalties: list[pywraplp.Variable] = []
        self.student: dict[int, pywraplp.Constraint] = {}
        self.group: dict[int, pywraplp.Constraint] = {}
        self.variables: list[pywraplp.Variable] = []
        self.count = None if self.used is None else self._row(float(self.used), float(self.used))
        for s in np.flatnonzero(self.inside).tolist():
            self.student[s] = self._row(1.0, 1.0)
        for g in np.flatnonzero(self.active).tolist():
            self.group[g] = self._group_row(g)
        for column in self.columns:
            self._write(column)

    def _row(self, low: float, high: float) -> pywraplp.Constraint:
        """A row that may be missed or overshot at a price."""
        row = self.lp.Constraint(low, high)
        for sign in (1.0, -1.0):
            penalty = self.lp.NumVar(0, self.infinity, "")
            row.SetCoefficient(penalty, sign)
            self.lp.Objective().SetCoefficient(penalty, self.unplaced)
            self.penalties.append(penalty)
        return row

    def _group_row(self, g: int) -> pywraplp.Constraint:
        if g == len(self.old.filled) - 1:
            return self.lp.Constraint(0.0, float(self.spare))
        return self._row(1.0, 1.0)

    def _write(self, column: tuple[int, ...]) -> None:
        g, *members = column
        variable = self.lp.NumVar(0, self.infinity, "")
        self.variables.append(variable)
        self.group[g].SetCoefficient(variable, 1.0)
        for s in members:
            self.student[s].SetCoefficient(variable, 1.0)
        moves = sum(float(self.lister.continuing[s]) for s in members if self.old.home[s] != g)
        if moves:
            self.lp.Objective().SetCoefficient(variable, moves)
        if members and self.count is not None:
            self.count.SetCoefficient(variable, 1.0)

    def add(self, g: int, row: IntArray) -> bool:
        """Add a group as a column, with every row that it needs.

        Parameters
        ----------
        g : int
            Old group that it becomes.
        row : ndarray of int64, shape (size,)
            Members, -1 behind them.

        Returns
        -------
        bool
            False where the column is known.
        """
        members = sorted(s for s in row.tolist() if s >= 0)
        column = (g, *members)
        if column in self.columns:
            return False
        self.enter(g)
        for s in members:
            self.enter_student(s)
        if column not in self.columns:
            self.columns[column] = None
            self._write(column)
        return True

    def enter_student(self, s: int) -> None:
        """Add the row of a student, and that of the group they come from."""
        if self.old.home[s] >= 0:
            self.enter(int(self.old.home[s]))
        if not self.inside[s]:
            self.inside[s] = True
            self.student[s] = self._row(1.0, 1.0)

    def enter(self, g: int) -> None:
        """Add the row of a group, with columns for it as it is, empty, and with one member less."""
        if self.active[g]:
            return
        self.active[g] = True
        self.group[g] = self._group_row(g)
        members = self.old.members[g, : self.old.filled[g]]
        for s in members.tolist():
            self.enter_student(s)
        for place in range(-1, len(members)):
            row = np.delete(members, place) if place >= 0 else members
            if self.stands(g, row):
                self.add(g, row)
        if self.old.empty[g] and not self.old.stays[members].any():
            self.add(g, members[:0])

    def stands(self, g: int, row: IntArray) -> bool:
        """Return whether some of its members, and nobody else, can be what becomes of a group.

        Parameters
        ----------
        g : int
        row : ndarray of int64, shape (size,)
            Those of its members.

        Returns
        -------
        bool
        """
        model, old = self.lister.model, self.old
        gone = np.setdiff1d(old.members[g, : old.filled[g]], row)
        return (
            model.smallest <= len(row) <= model.largest
            and len(row) > 0
            and not old.joined[g]
            and old.empty[g] < 2
            and not old.stays[gone].any()
            and all(old.only[s] in (-1, g) for s in row.tolist())
            and bool(holds(model, row, len(row)))
        )

    def solve(self) -> tuple[float, FloatArray, float, FloatArray]:
        """Solve the program over the columns so far.

        Returns
        -------
        value : float
        dual : ndarray of float64, shape (n,)
            Of students; zero without a row.
        entry : float
            Dual of the number of groups.
        of_group : ndarray of float64, shape (G + 1,)
            Duals of groups.

        Raises
        ------
        ArithmeticError
            Where the solver finds no optimum: there is one, since missing a row is always possible.
        """
        if self.lp.Solve() != pywraplp.Solver.OPTIMAL:
            raise ArithmeticError("the master program has no optimum")
        dual = np.zeros(len(self.old.home))
        of_group = np.zeros(len(self.old.filled))
        for s, row in self.student.items():
            dual[s] = row.dual_value()
        for g, row in self.group.items():
            of_group[g] = row.dual_value()
        entry = 0.0 if self.count is None else float(self.count.dual_value())
        value = float(self.lp.Objective().Value())
        self.missed = sum(float(penalty.solution_value()) for penalty in self.penalties)
        return value, dual, entry, of_group

    def groups(self) -> tuple[IntArray, IntArray]:
        """Return the columns so far: members, shape (m, largest), and old group, shape (m,)."""
        rows = np.full((len(self.columns), self.lister.model.largest), -1, np.int64)
        for row, (_, *members) in zip(rows, self.columns, strict=True):
            row[: len(members)] = members
        return rows, np.asarray([g for g, *_ in self.columns], np.int64)

    def forget(self) -> None:
        """Drop columns of large reduced cost, where there are many."""
        if len(self.columns) <= self.per_row * (len(self.student) + len(self.group)) + 1_000:
            return
        self.per_row *= PATIENCE
        near = [variable.reduced_cost() <= FAR for variable in self.variables]
        self.columns = dict.fromkeys(c for c, kept in zip(list(self.columns), near, strict=True) if kept)
        self._begin()

    def dearer(self) -> None:
        """Treble the price of leaving a student without a group."""
        self.unplaced *= 3
        self._begin()
