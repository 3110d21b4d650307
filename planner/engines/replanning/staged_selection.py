"""Lexicographic choice of whole groups from a pool, exactly: set partitioning by CP-SAT.

Objective by objective, each kept as small as those before it allow: first among the groups of
small reduced cost in the linear relaxation of the objective, then further, until no group that is
left out could be in a better plan (reduced-cost fixing).
"""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from planner.engines.common.cpsat import Stopper, Verdict, new_solver
from planner.engines.common.watch import Watch
from planner.engines.replanning.candidate_duals import NEAR
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.relaxation import (
    PartitionRows,
    RelaxedSelection,
    partition_rows,
    relax,
)
from planner.model.instance import IntArray

CHOICE_TIME = 6.0  # deterministic seconds for the moves: more proves more, and keeps a coordinator waiting
STAGE_TIME = 2.0  # and for each objective after them
NEAREST = (800, 2_500, 8_000)  # groups among which a first plan is looked for
# Shares of the gap among which a better plan is looked for. Mostly the first or second look ends it: later
# objectives were proven in a third of the time that one look at everything took.
WINDOWS = (0.0, 0.1, 0.3, 1.0)
UNKNOWN = 1 << 60  # a limit that says nothing


class GroupSelection:
    """The exact choice from a pool: one group for everyone, one future for every old group.

    Each objective first solves its linear relaxation. What the incumbent and the relaxation
    rule out between them is left out of the pool; CP-SAT chooses from the rest.

    Parameters
    ----------
    lister : CandidateLister
    pool : CandidatePool
    spare : int
        How many new groups there may be.
    used : int or None
        How many groups have members in the end.

    Attributes
    ----------
    alive : ndarray of int
        Places in the pool that are still looked at.
    kept : list of (ndarray of int64, int)
        Prices and the most that they may come to: what was reached so far.
    incumbent : ndarray of int or None
        Places of the groups of the best plan so far.
    """

    def __init__(self, lister: CandidateLister, pool: CandidatePool, *, spare: int, used: int | None) -> None:
        self.lister, self.pool, self.spare, self.used = lister, pool, spare, used
        self.alive = np.arange(len(pool.labels))
        self.kept: list[tuple[IntArray, int]] = []
        self.incumbent: NDArray[np.intp] | None = None  # places of the groups chosen

    def allow(self, prices: IntArray, most: int) -> None:
        """Constrain a sum of prices.

        Parameters
        ----------
        prices : ndarray of int64, shape (m,)
            Of the groups of the pool.
        most : int
            What their sum may come to.
        """
        self.kept.append((prices, most))

    def begin(
        self, prices: IntArray, then: IntArray, *, least: int, seed: int, time: float, watch: Watch
    ) -> None:
        """Look for a first plan that reaches `least`, among the nearest groups first.

        Parameters
        ----------
        prices : ndarray of int64, shape (m,)
            First objective, by group of the pool.
        then : ndarray of int64, shape (m,)
            Second objective, kept small besides.
        least : int
            Known to be the least that the first can come to.
        seed : int
        time : float
            Deterministic seconds for each attempt.
        watch : Watch
        """
        both = prices * (1 + int(then.sum())) + then
        order = self._nearest(both)
        for most in NEAREST:
            if most >= len(order) or watch.stop():
                break
            verdict, *_ = self._choose(
                np.sort(order[:most]), both, least * (1 + int(then.sum())), seed, time, watch
            )
            if verdict is Verdict.FOUND and self.value(prices) == least:
                break

    def _nearest(self, prices: IntArray) -> NDArray[np.intp]:
        """Return the groups of the pool: those the relaxation is made of, then those nearest to it.

        Of groups that are as near, every old group has some among the first.
        """
        if len(self.pool.labels) <= NEAREST[0]:
            return np.arange(len(self.pool.labels))
        relaxed = self._relax(prices)
        order = np.lexsort((self.pool.slack, self.pool.labels))
        labels = self.pool.labels[order]
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order)) - np.searchsorted(labels, labels)
        return np.lexsort((rank, self.pool.slack, np.maximum(0.0, relaxed.reduced), relaxed.shares <= NEAR))

    def minimise(
        self, prices: IntArray, *, least: int, seed: int, time: float, watch: Watch
    ) -> tuple[Verdict, int, bool]:
        """Minimise the sum of prices of the chosen groups, and keep it so.

        Parameters
        ----------
        prices : ndarray of int64, shape (m,)
            Of the groups of the pool.
        least : int
            Known to be the least there can be.
        seed : int
        time : float
            Deterministic seconds.
        watch : Watch

        Returns
        -------
        verdict : Verdict
        value : int
            Of the incumbent; 0 where there is none.
        proven : bool
            Whether no choice from the pool has less.
        """
        if self.incumbent is None:
            verdict, proven, _ = self._choose(self.alive, prices, least, seed, time, watch)
            if verdict is not Verdict.FOUND:
                return verdict, 0, False
        elif self.value(prices) == least:
            proven = True
        else:
            proven = self._improve(prices, least, seed, time, watch)
        value = self.value(prices)
        self.allow(prices, value)
        return Verdict.FOUND, value, proven

    def value(self, prices: IntArray) -> int:
        """Return what the incumbent comes to.

        Parameters
        ----------
        prices : ndarray of int64, shape (m,)
            Of the groups of the pool.

        Returns
        -------
        int
        """
        return int(prices[self.incumbent].sum())

    def _improve(self, prices: IntArray, least: int, seed: int, time: float, watch: Watch) -> bool:
        """Look for a better plan among the groups of small reduced cost, and then further; say if proven.

        A plan that is the best among all groups up to some reduced cost, and is no
        further than that above the relaxation, is the best of all.
        """
        relaxed = self._relax(prices)
        bound, reduced = relaxed.bound, relaxed.reduced
        least = max(least, ceil(bound - NEAR * max(1.0, abs(bound))))
        window, before, best = least - bound, 0, False
        for share in WINDOWS:
            gap = self.value(prices) - bound
            if self.value(prices) == least or watch.stop() or time <= 0.0:
                break
            window = max(window, share * gap)
            near = (reduced <= window + NEAR * max(1.0, abs(bound))) | self._chosen()
            if near.sum() > before:
                _, best, used = self._choose(self.alive[near], prices, least, seed, time, watch)
                before, time = near.sum(), time - used
            if best and (near.all() or self.value(prices) - bound <= window):
                return True
        spare = self.value(prices) - bound + NEAR * max(1.0, abs(bound))
        self.alive = self.alive[(reduced <= spare) | self._chosen()]
        return self.value(prices) == least

    def _relax(self, prices: IntArray) -> RelaxedSelection:
        """Solve the linear relaxation over those alive."""
        kept = [(one[self.alive], most) for one, most in self.kept]
        found = relax(self._sets(self.alive), prices[self.alive], kept)
        if found is not None:
            return found
        # No plan among these, or none proven: for the exact choice to find out.
        nothing = np.zeros(len(self.alive))
        return RelaxedSelection(-float(UNKNOWN), nothing, nothing)

    def _sets(self, among: IntArray) -> PartitionRows:
        """Return the sets of places in `among` of which a number between two limits is chosen."""
        return partition_rows(
            self.pool.rows[among],
            self.pool.labels[among],
            len(self.lister.old.home),
            len(self.lister.old.filled) - 1,
            spare=self.spare,
            used=self.used,
        )

    def _choose(
        self, among: IntArray, prices: IntArray, least: int, seed: int, time: float, watch: Watch
    ) -> tuple[Verdict, bool, float]:
        """Choose exactly among some groups; say whether no choice of them is better, and the time it took."""
        cp = cp_model.CpModel()
        x = [cp.new_bool_var("") for _ in among]
        self._constrain(cp, among, x)
        term = cp_model.LinearExpr.weighted_sum(x, prices[among].tolist())
        if least > -UNKNOWN:
            cp.add(term >= least)
        cp.minimize(term)
        if self.incumbent is not None:
            for literal, held in zip(x, np.isin(among, self.incumbent).tolist(), strict=True):
                cp.add_hint(literal, held)
        solver = new_solver(seed, time, watch)
        solver.parameters.keep_all_feasible_solutions_in_presolve = True
        solver.parameters.cp_model_probing_level = 0  # finds nothing among whole groups, and takes long
        solver.parameters.symmetry_level = 0
        status = solver.solve(cp, Stopper(watch))
        used = float(solver.response_proto.deterministic_time)
        if status == cp_model.INFEASIBLE:
            return Verdict.NONE, False, used
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = among[[solver.boolean_value(literal) for literal in x]]
            if self.incumbent is None or prices[found].sum() < prices[self.incumbent].sum():
                self.incumbent = found
        if self.incumbent is None:
            return Verdict.UNKNOWN, False, used
        return Verdict.FOUND, status == cp_model.OPTIMAL, used

    def _constrain(self, cp: cp_model.CpModel, among: IntArray, x: list[cp_model.IntVar]) -> None:
        """Everyone in one group, every old group with one future, and what was reached kept."""
        for places, low, high in self._sets(among):
            chosen = [x[place] for place in places]
            if low == high == 1:
                cp.add_exactly_one(chosen)
            else:
                cp.add_linear_constraint(cp_model.LinearExpr.sum(chosen), low, high)
        for kept, most in self.kept:
            cp.add(cp_model.LinearExpr.weighted_sum(x, kept[among].tolist()) <= most)

    def _chosen(self) -> NDArray[np.bool_]:
        """Which of those alive make up the incumbent."""
        return np.isin(self.alive, [] if self.incumbent is None else self.incumbent)

    def assignment(self) -> IntArray:
        """Return the group of each student, shape (n,); new groups are numbered by their first member."""
        if self.incumbent is None:
            raise AssertionError("nothing was chosen")
        fresh = len(self.lister.old.filled) - 1
        places = np.full(len(self.lister.old.home), -1, np.int64)
        new = []
        for row, label in zip(
            self.pool.rows[self.incumbent], self.pool.labels[self.incumbent].tolist(), strict=True
        ):
            members = row[row >= 0]
            places[members] = label
            if label == fresh:
                new.append(members)
        for number, members in enumerate(sorted(new, key=lambda members: int(members.min()))):
            places[members] = fresh + number
        return places
