"""Duals of students and groups in a replan: column generation for the program over whole groups.

A plan chooses for every old group what it becomes, so that everyone is in one group.
Its linear relaxation is solved by column generation (Gilmore & Gomory 1961): a restricted
master program over the groups seen so far gives duals, and compiled enumeration looks for
groups of negative reduced cost at these. Duals are smoothed towards the best ones so far
(Wentges 1997). At any duals, their sum with the least reduced cost of every old group is a
proven lower bound on the moves (Lagrangian relaxation, Geoffrion 1974).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.watch import Watch
from planner.engines.replanning.candidate_kernels import (
    FloatArray,
)
from planner.engines.replanning.candidate_lister import CAP, ROOM, CandidateLister
from planner.engines.replanning.replan_master import UNPLACED, ReplanMaster
from planner.model.instance import IntArray

# Set by hand, without a recorded sweep. Less at once or less smoothing takes more rounds, more makes each of
# them slower.
QUICK_CAP = 20_000  # branches per group before it is given up on, where no proof hangs on it; see `CAP`
AT_ONCE = 5  # groups per old group and set of stayers in one round
MOST_ADDED = 400  # groups per round that may bring others into the master
SMOOTHING = 0.3  # weight of the best duals so far
SOWN = 8  # rounds at drawn duals before the first of the program's own
MOST_UNPLACED = 100  # most that the price of being unplaced grows to, times one more than can move
MOST_ROUNDS = 600  # of column generation
NEAR = 1e-6  # rounding of the solver


@dataclass(frozen=True)
class ReplanDuals:
    """A dual solution of the program over whole groups, and what it proves; G old groups.

    Attributes
    ----------
    dual : ndarray of float64, shape (n,)
        Of each student, in moves.
    entry : float
        Dual of the number of groups with members.
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


def solve_duals(
    lister: CandidateLister, spare: int, used: int | None, watch: Watch, near: ReplanDuals | None = None
) -> ReplanDuals:
    """Solve the linear program over whole groups by column generation.

    Parameters
    ----------
    lister : CandidateLister
    spare : int
        How many new groups there may be.
    used : int or None
        How many groups have members in the end.
    watch : Watch
    near : ReplanDuals, optional
        Of a question much like this one, whose groups are begun with.

    Returns
    -------
    ReplanDuals
        With the highest bound found.
    """
    return _DualSearch(lister, spare, used, watch, near).run()


class _DualSearch:
    """Column generation: first among those who are concerned, then over everyone."""

    def __init__(
        self, lister: CandidateLister, spare: int, used: int | None, watch: Watch, near: ReplanDuals | None
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
        """Begin with groups of many kinds: at drawn duals each group looks for other people."""
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
                break  # duals so large that rounding is larger than what is to be told; any duals will do
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
        """Solve the program over those in the master only; return its value and duals."""
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
