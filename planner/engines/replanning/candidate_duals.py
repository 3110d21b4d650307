"""What each student and each group is worth to a rerun: the linear program over whole groups.

A plan chooses for every old group what it becomes, so that everyone is in one group.
Its linear relaxation is solved by column generation (Gilmore and Gomory 1961): a
master program over the groups seen so far prices the students, and compiled
enumeration looks for groups that are worth more at these prices. Prices are smoothed
towards the best ones so far (Wentges 1997). At any prices, what the best groups are
worth together is a proven lower limit on the moves (Lagrangian relaxation).

Most groups stay as they are. They enter the master only when one of their members
is wanted elsewhere; until then their prices are zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]

from planner.engines.common.limits import Watch
from planner.engines.common.lowering import Model
from planner.engines.replanning.candidate_kernels import (
    FloatArray,
    FoundGroups,
    GroupRequest,
    Old,
    enumerate_groups,
    holds,
)
from planner.model.instance import IntArray

ROOM = 400_000  # groups that one enumeration can list
CAP = 200_000  # branches per group before it is given up on, where a proof hangs on it
QUICK_CAP = 20_000  # and where it does not
AT_ONCE = 5  # groups per old group and set of stayers in one round
MOST_ADDED = 400  # groups per round that may bring others into the master
SMOOTHING = 0.3
SOWN = 8  # rounds at drawn prices before the first of the program's own
UNPLACED = 0.8  # first price of a student without a group; raised while it is worth paying
MOST_UNPLACED = 100  # most that price grows to, times one more than can move
MOST_ROUNDS = 600
COLUMNS_PER_ROW = 60  # above this the master forgets the groups that are far from useful
PATIENCE = 1.5  # each time it needs more reason to: what is forgotten too early comes back
FAR = 0.3
NEAR = 1e-6


@dataclass(frozen=True)
class ReplanDuals:
    """Prices of students and groups, and what they prove.

    Attributes
    ----------
    dual : ndarray of float64, shape (n,)
    entry : float
        Price of a group having members at all.
    least : ndarray of float64, shape (G + 1,)
        Least reduced cost that each old group can have; at most zero for the one that
        stands for new groups, which counts as often as there may be new ones.
    bound : float
        No plan has fewer moves; minus infinity where nothing is proven.
    impossible : bool
        Proven: no plan holds.
    missed : bool
        At whatever price, no mixture of groups was found that everyone is in.
    rows : ndarray of int64, shape (m, largest)
        Members of the groups that the program was solved with, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group that each of them becomes.
    """

    dual: FloatArray
    entry: float
    least: FloatArray
    bound: float
    impossible: bool
    missed: bool
    rows: IntArray
    labels: IntArray


@dataclass
class Lister:
    """Lists groups at given prices into arrays that are used again."""

    model: Model
    old: Old
    continuing: FloatArray  # (n,) 1.0 for those who had a group
    found: FoundGroups = field(init=False)

    def __post_init__(self) -> None:
        self.found = FoundGroups(
            np.empty((ROOM, self.model.largest), np.int64),  # only touched where groups are written
            np.empty(ROOM, np.int64),
            np.empty(ROOM, np.float64),
            np.zeros(len(self.old.filled), np.float64),
            np.zeros(1, np.int64),
        )

    def list(
        self,
        dual: FloatArray,
        entry: float,
        ceiling: FloatArray,
        *,
        looked_at: NDArray[np.bool_],
        joiners: NDArray[np.bool_],
        most: int = 1 << 60,
        cap: int = CAP,
        enough: int = ROOM,
    ) -> tuple[int, int]:
        """Return how many groups were found, hardly more than `enough`, and how many old ones given up on."""
        gain = dual - self.continuing
        order = np.argsort(-gain, kind="stable")
        order = order[joiners[order]].astype(np.int64)
        asked = GroupRequest(order, gain, dual, float(entry), looked_at, ceiling, most, cap, enough)
        given_up = enumerate_groups(self.model, self.old, asked, self.found)
        return int(self.found.total[0]), int(given_up)


class ReplanMaster:
    """The linear program over the groups seen so far."""

    def __init__(self, lister: Lister, spare: int, used: int | None) -> None:
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
        """Take a group in; False where it is known."""
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
        """Let a student have a price, with the group they come from."""
        if self.old.home[s] >= 0:
            self.enter(int(self.old.home[s]))
        if not self.inside[s]:
            self.inside[s] = True
            self.student[s] = self._row(1.0, 1.0)

    def enter(self, g: int) -> None:
        """Let a group have a price: as it is, empty, and with one member less."""
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
        """Whether these of its members, and nobody else, can be what becomes of a group."""
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
        """Return the value and the prices of students, of the number of groups, and of each group.

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
        """Return the groups seen so far: members and old group."""
        rows = np.full((len(self.columns), self.lister.model.largest), -1, np.int64)
        for row, (_, *members) in zip(rows, self.columns, strict=True):
            row[: len(members)] = members
        return rows, np.asarray([g for g, *_ in self.columns], np.int64)

    def forget(self) -> None:
        """Let go of groups that are far from useful, where there are many."""
        if len(self.columns) <= self.per_row * (len(self.student) + len(self.group)) + 1_000:
            return
        self.per_row *= PATIENCE
        near = [variable.reduced_cost() <= FAR for variable in self.variables]
        self.columns = dict.fromkeys(c for c, kept in zip(list(self.columns), near, strict=True) if kept)
        self._begin()

    def dearer(self) -> None:
        """Raise the price of leaving a student without a group."""
        self.unplaced *= 3
        self._begin()


def prices(
    lister: Lister, spare: int, used: int | None, watch: Watch, near: ReplanDuals | None = None
) -> ReplanDuals:
    """Return prices that prove as many moves as the linear program can.

    Parameters
    ----------
    lister : Lister
    spare : int
        How many new groups there may be.
    used : int or None
        How many groups have members in the end.
    watch : Watch
    near : ReplanDuals, optional
        Of a question much like this one, whose groups are begun with.
    """
    return _DualSearch(lister, spare, used, watch, near).run()


class _DualSearch:
    """Column generation: first among those who are concerned, then over everyone."""

    def __init__(
        self, lister: Lister, spare: int, used: int | None, watch: Watch, near: ReplanDuals | None
    ) -> None:
        self.lister, self.spare, self.used, self.watch = lister, spare, used, watch
        self.old = lister.old
        self.master = ReplanMaster(lister, spare, used)
        self.everyone = np.ones(len(self.old.home), np.bool_)
        self.every_group = np.ones(len(self.old.filled), np.bool_)
        self.every_group[-1] = spare > 0
        for g in range(len(self.old.filled) - 1):
            if not self.master.stands(g, self.old.members[g, : self.old.filled[g]]):
                self.master.enter(g)
        for s in np.flatnonzero(self.old.home < 0).tolist():
            self.master.enter_student(s)
        if spare:
            self.master.enter(len(self.old.filled) - 1)
        if near is None:
            self._sow()
        else:
            for g, row in zip(near.labels.tolist(), near.rows, strict=True):
                self.master.add(g, row)

    def _sow(self) -> None:
        """Begin with groups of many kinds: at drawn prices each group looks for other people."""
        generator = np.random.default_rng(0)
        nothing = np.zeros(len(self.old.filled))
        for _ in range(SOWN):
            if self.watch.stop():
                break
            dual = generator.random(len(self.old.home)) * UNPLACED
            total, _, _ = self._look(dual, 0.0, nothing, self.master.active, self.master.inside)
            self._take(total, nothing, ROOM)

    def run(self) -> ReplanDuals:
        """Go on until nobody is worth more elsewhere."""
        most_moves = float(self.lister.continuing.sum())
        best: tuple[FloatArray, float, FloatArray, float] | None = None
        for _ in range(MOST_ROUNDS):
            try:
                value, at, entry, of_group = self._settle()
            except ArithmeticError:
                break  # prices so large that rounding is larger than what is to be told; any prices will do
            total, least, bound = self._look(at, entry, of_group, self.every_group, self.everyone, CAP)
            if best is None or bound > best[3]:
                best = (at, entry, least, bound)
            new = self._take(total, of_group, MOST_ADDED)
            if best[3] > most_moves + 0.5 or self.watch.stop():
                break
            if new and value - bound > NEAR:
                continue
            if self.master.missed < NEAR or self.master.unplaced > MOST_UNPLACED * (1 + most_moves):
                break
            self.master.dearer()
        if best is None:
            best = (np.zeros(len(self.everyone)), 0.0, np.zeros(len(self.every_group)), -np.inf)
        missed = self.master.missed >= NEAR
        return ReplanDuals(*best, best[3] > most_moves + 0.5, missed, *self.master.groups())

    def _settle(self) -> tuple[float, FloatArray, float, FloatArray]:
        """Solve the program over those in the master only; return its value and prices."""
        limit, centre, entry_centre, smooth = -np.inf, None, 0.0, False
        for _ in range(MOST_ROUNDS):
            value, dual, entry, of_group = self.master.solve()
            at, entry_at = dual, entry
            if smooth and centre is not None:
                at = SMOOTHING * centre + (1 - SMOOTHING) * dual
                entry_at = SMOOTHING * entry_centre + (1 - SMOOTHING) * entry
            total, _, bound = self._look(at, entry_at, of_group, self.master.active, self.master.inside)
            if bound > limit:
                limit, centre, entry_centre = bound, at, entry_at
            self.master.forget()
            new = self._take(total, of_group, ROOM)
            if value - limit < NEAR or (not new and not smooth) or self.watch.stop():
                break
            smooth = bool(new) or not smooth
        return value, dual, entry, of_group

    def _look(
        self,
        dual: FloatArray,
        entry: float,
        of_group: FloatArray,
        groups: NDArray[np.bool_],
        students: NDArray[np.bool_],
        cap: int = QUICK_CAP,
    ) -> tuple[int, FloatArray, float]:
        """List groups that are worth more than the master thinks; return the Lagrangian limit too."""
        ceiling = of_group - NEAR
        total, cut = self.lister.list(
            dual, entry, ceiling, looked_at=groups, joiners=students, most=AT_ONCE, cap=cap
        )
        least = np.where(groups, np.minimum(self.lister.found.best, of_group), 0.0)
        least[-1] = min(0.0, least[-1])
        bound = dual[students].sum() + least[:-1].sum() + self.spare * least[-1]
        if self.used is not None:
            bound += entry * self.used
        return min(total, ROOM), least, -np.inf if cut else float(bound)

    def _take(self, total: int, of_group: FloatArray, most: int) -> int:
        """Add what was listed to the master, the most useful first; return how many were new."""
        found = self.lister.found
        order = np.argsort(found.slack[:total] - of_group[found.labels[:total]], kind="stable")
        new = 0
        for place in order.tolist():
            new += self.master.add(int(found.labels[place]), found.rows[place])
            if new >= most:
                break
        return new
