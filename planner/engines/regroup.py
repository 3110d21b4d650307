"""The fewest moves and all that comes after them, chosen from whole groups.

At the prices of the linear program, a group whose reduced cost is more than the gap
between the moves allowed and the proven limit can be in no plan with so few moves.
What is left is a pool of groups that holds every such plan, mostly small enough to
choose from exactly: stage by stage, each kept as small as those before it allow.
Where no choice gives a plan, one more move is needed, and the pool is listed anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]
from ortools.sat.python import cp_model

from planner.engines.cpsat import Stopper, Verdict, new_solver
from planner.engines.limits import Watch
from planner.engines.regroup_kernels import FloatArray, holds
from planner.engines.regroup_prices import NEAR, Lister, Prices
from planner.instance import IntArray

MOST_LISTED = 200_000  # groups listed before those that cannot be used are left out
MOST_CHOICES = 40_000  # groups that a pool may have after that
POOL_CAP = 2_000_000  # branches per old group
MOST_SOME = 12_000  # groups of a pool that cannot be whole
SHAKEN = 24  # rounds at shaken prices for it
SHAKE = 1e-3
EACH = 3  # groups per old group and set of stayers in each round
SOME_CAP = 20_000  # branches per old group
CHOICE_TIME = 6.0  # deterministic seconds for the moves
STAGE_TIME = 2.0  # and for each stage after them
NEAREST = (800, 2_500, 8_000)  # groups among which a first plan is looked for
WINDOWS = (0.0, 0.1, 0.3, 1.0)  # shares of the gap among which a better plan is looked for
UNKNOWN = 1 << 60  # a limit that says nothing


@dataclass(frozen=True)
class Pool:
    """Groups to choose from.

    Attributes
    ----------
    rows : ndarray of int64, shape (m, largest)
        Members, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group that each would become.
    slack : ndarray of float64, shape (m,)
        How far each is from the best that its old group can become, at the prices.
    whole : bool
        Whether every plan with so few moves is made of these.
    """

    rows: IntArray
    labels: IntArray
    slack: FloatArray
    whole: bool

    def with_first(self, others: Pool) -> Pool:
        """Return this pool behind some groups, none of them twice."""
        first = set(map(tuple, np.column_stack([others.labels, others.rows]).tolist()))
        mine = map(tuple, np.column_stack([self.labels, self.rows]).tolist())
        rest = [place for place, group in enumerate(mine) if group not in first]
        return Pool(
            np.concatenate([others.rows, self.rows[rest]]),
            np.concatenate([others.labels, self.labels[rest]]),
            np.concatenate([others.slack, self.slack[rest]]),
            self.whole,
        )

    def part(self, places: NDArray[np.intp], *, whole: bool) -> Pool:
        """Return some of the groups."""
        return Pool(self.rows[places], self.labels[places], self.slack[places], whole)


def list_pool(lister: Lister, prices: Prices, moves: int, *, spare: int) -> Pool:
    """Return the groups that can be in a plan with so many moves, or some of them where they are too many.

    Parameters
    ----------
    lister : Lister
    prices : Prices
    moves : int
    spare : int
        How many new groups there may be.
    """
    window = max(0.0, moves - prices.bound) if np.isfinite(prices.bound) else 1.0
    total, given_up = _list(lister, prices, prices.dual, window, spare, cap=POOL_CAP, enough=MOST_LISTED)
    if total <= MOST_LISTED and not given_up:
        found = lister.found
        listed = Pool(
            found.rows[:total].copy(),
            found.labels[:total].copy(),
            found.slack[:total] - prices.least[found.labels[:total]],
            whole=True,
        )
        useful = _useful(lister, listed)
        if len(useful.labels) <= MOST_CHOICES:
            return useful
    return _useful(lister, _some(lister, prices, window, spare))


def _list(
    lister: Lister, prices: Prices, dual: FloatArray, window: float, spare: int, **limits: int
) -> tuple[int, int]:
    groups = np.ones(len(lister.old.filled), np.bool_)
    groups[-1] = spare > 0
    everyone = np.ones(len(lister.old.home), np.bool_)
    ceiling = prices.least + window + NEAR
    return lister.list(dual, prices.entry, ceiling, looked_at=groups, joiners=everyone, **limits)


def _some(lister: Lister, prices: Prices, window: float, spare: int) -> Pool:
    """Return the groups the prices were found with, and at slightly shaken prices some of each old group."""
    generator = np.random.default_rng(0)
    standing = [(g, *members[members >= 0].tolist()) for g, members in enumerate(lister.old.members[:-1])]
    known = dict.fromkeys(
        [(g, *row[row >= 0].tolist()) for g, row in zip(prices.labels.tolist(), prices.rows, strict=True)]
    )
    for g, *members in standing:
        if len(members) <= lister.model.largest and _stands(lister, g, members):
            known[(g, *members)] = None
    first = len(known)
    for _ in range(SHAKEN):
        dual = prices.dual + generator.random(len(prices.dual)) * SHAKE
        total, _ = _list(
            lister, prices, dual, window + 5 * SHAKE, spare, most=EACH, cap=SOME_CAP, enough=MOST_SOME
        )
        rows, labels = lister.found.rows[:total], lister.found.labels[:total]
        known.update(
            dict.fromkeys(
                (g, *sorted(row[row >= 0].tolist())) for g, row in zip(labels.tolist(), rows, strict=True)
            )
        )
        if len(known) > MOST_SOME:
            break
    rows = np.full((len(known), lister.model.largest), -1, np.int64)
    for row, (_, *members) in zip(rows, known, strict=True):
        row[: len(members)] = members
    slack = np.arange(len(known), dtype=np.float64)
    slack[:first] = 0.0
    return Pool(rows, np.asarray([g for g, *_ in known], np.int64), slack, whole=False)


def _stands(lister: Lister, g: int, members: list[int]) -> bool:
    """Whether a group can stay just as it is."""
    old, row = lister.old, np.asarray(members, np.int64)
    fits = lister.model.smallest <= len(members) and not old.joined[g] and old.empty[g] < 2
    return bool(fits and (old.only[row] < 0).all() and holds(lister.model, row, len(row)))


def _useful(lister: Lister, pool: Pool) -> Pool:
    """Leave out groups that miss somebody whom no other group takes, or take whom nobody lets go."""
    rows, labels = pool.rows, pool.labels
    home = lister.old.home
    n, groups = len(home), len(lister.old.filled)
    inside = rows >= 0
    joins = inside & (np.where(inside, home[rows], -2) != labels[:, None])
    kept = inside & ~joins
    alive = np.ones(len(labels), np.bool_)
    while True:
        taken = np.zeros(n, np.bool_)
        taken[rows[alive][joins[alive]]] = True
        staying = np.bincount(home[(home >= 0) & ~taken], minlength=groups)
        misses = (kept & ~taken[rows]).sum(axis=1) < staying[labels]
        per_group = np.bincount(labels[alive], minlength=groups)
        keeps = np.bincount(rows[alive][kept[alive]], minlength=n)
        let_go = (home < 0) | (keeps < per_group[home])
        takes = (joins & ~let_go[rows]).any(axis=1)
        dead = alive & (misses | takes)
        if not dead.any():
            return pool.part(np.flatnonzero(alive), whole=pool.whole)
        alive &= ~dead


class Choice:
    """The exact choice from a pool: one group for everyone, one future for every old group.

    Each stage first solves its linear relaxation. What the incumbent and the relaxation
    rule out between them is left out of the pool; CP-SAT chooses from the rest.
    """

    def __init__(self, lister: Lister, pool: Pool, *, spare: int, used: int | None) -> None:
        self.lister, self.pool, self.spare, self.used = lister, pool, spare, used
        self.alive = np.arange(len(pool.labels))
        self.kept: list[tuple[IntArray, int]] = []
        self.now: NDArray[np.intp] | None = None  # places of the groups chosen

    def allow(self, prices: IntArray, most: int) -> None:
        """Keep a sum of prices within what the plan in hand may grow to."""
        self.kept.append((prices, most))

    def begin(
        self, prices: IntArray, then: IntArray, *, least: int, seed: int, time: float, watch: Watch
    ) -> None:
        """Look for a plan that reaches `least` among the nearest groups first, with little of `then`."""
        both = prices * (1 + int(then.sum())) + then
        order = np.argsort(self.pool.slack, kind="stable")
        for most in NEAREST:
            if most >= len(order) or watch.stop():
                break
            verdict, *_ = self._choose(
                np.sort(order[:most]), both, least * (1 + int(then.sum())), seed, time, watch
            )
            if verdict is Verdict.FOUND and self._value(prices) == least:
                break

    def minimise(
        self, prices: IntArray, *, least: int, seed: int, time: float, watch: Watch
    ) -> tuple[Verdict, int, bool]:
        """Make the sum of prices of the chosen groups small, and keep it so.

        Parameters
        ----------
        prices : ndarray of int64, shape (groups in the pool,)
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
        proven : bool
            Whether no choice from the pool has less.
        """
        if self.now is None:
            verdict, proven, _ = self._choose(self.alive, prices, least, seed, time, watch)
            if verdict is not Verdict.FOUND:
                return verdict, 0, False
        elif self._value(prices) == least:
            proven = True
        else:
            proven = self._improve(prices, least, seed, time, watch)
        value = self._value(prices)
        self.allow(prices, value)
        return Verdict.FOUND, value, proven

    def _value(self, prices: IntArray) -> int:
        return int(prices[self.now].sum())

    def _improve(self, prices: IntArray, least: int, seed: int, time: float, watch: Watch) -> bool:
        """Look for a better plan among the groups of small reduced cost, and then further; say if proven.

        A plan that is the best among all groups up to some reduced cost, and is no
        further than that above the relaxation, is the best of all.
        """
        bound, reduced = self._relax(prices)
        least = max(least, ceil(bound - NEAR * max(1.0, abs(bound))))
        window, before, best = least - bound, 0, False
        for share in WINDOWS:
            gap = self._value(prices) - bound
            if self._value(prices) == least or watch.stop() or time <= 0.0:
                break
            window = max(window, share * gap)
            near = (reduced <= window + NEAR * max(1.0, abs(bound))) | self._chosen()
            if near.sum() > before:
                _, best, used = self._choose(self.alive[near], prices, least, seed, time, watch)
                before, time = near.sum(), time - used
            if best and (near.all() or self._value(prices) - bound <= window):
                return True
        spare = self._value(prices) - bound + NEAR * max(1.0, abs(bound))
        self.alive = self.alive[(reduced <= spare) | self._chosen()]
        return self._value(prices) == least

    def _relax(self, prices: IntArray) -> tuple[float, FloatArray]:
        """Solve the linear relaxation; return its value and the reduced costs of those alive."""
        lp = pywraplp.Solver.CreateSolver("GLOP")
        x = [lp.NumVar(0.0, lp.infinity(), "") for _ in self.alive]
        objective = lp.Objective()
        objective.SetMinimization()
        for variable, price in zip(x, prices[self.alive].tolist(), strict=True):
            objective.SetCoefficient(variable, float(price))
        for places, low, high in self._rows(self.alive):
            row = lp.Constraint(float(low), float(high))
            for place in places:
                row.SetCoefficient(x[place], 1.0)
        for kept, most in self.kept:
            row = lp.Constraint(-lp.infinity(), float(most))
            for variable, price in zip(x, kept[self.alive].tolist(), strict=True):
                if price:
                    row.SetCoefficient(variable, float(price))
        if lp.Solve() != pywraplp.Solver.OPTIMAL:
            # No plan among these, or none proven: for the exact choice to find out.
            return -float(UNKNOWN), np.zeros(len(x))
        reduced = np.asarray([variable.reduced_cost() for variable in x])
        return float(objective.Value()), reduced

    def _rows(self, among: IntArray) -> Iterator[tuple[Sequence[int], int, int]]:
        """Yield places in `among` of which a number between two limits is chosen."""
        holding: list[list[int]] = [[] for _ in self.lister.old.home]
        becoming: list[list[int]] = [[] for _ in self.lister.old.filled]
        rows, labels = self.pool.rows[among], self.pool.labels[among]
        for place, (row, label) in enumerate(zip(rows.tolist(), labels.tolist(), strict=True)):
            becoming[label].append(place)
            for s in row:
                if s >= 0:
                    holding[s].append(place)
        # Most say the same: those who stay together whatever their group becomes.
        for places in dict.fromkeys(map(tuple, (*holding, *becoming[:-1]))):
            yield places, 1, 1
        yield becoming[-1], 0, self.spare
        if self.used is not None:
            yield np.flatnonzero(rows[:, 0] >= 0).tolist(), self.used, self.used

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
        if self.now is not None:
            for literal, held in zip(x, np.isin(among, self.now).tolist(), strict=True):
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
            if self.now is None or prices[found].sum() < prices[self.now].sum():
                self.now = found
        if self.now is None:
            return Verdict.UNKNOWN, False, used
        return Verdict.FOUND, status == cp_model.OPTIMAL, used

    def _constrain(self, cp: cp_model.CpModel, among: IntArray, x: list[cp_model.IntVar]) -> None:
        """Everyone in one group, every old group with one future, and what was reached kept."""
        for places, low, high in self._rows(among):
            chosen = [x[place] for place in places]
            if low == high == 1:
                cp.add_exactly_one(chosen)
            else:
                cp.add_linear_constraint(cp_model.LinearExpr.sum(chosen), low, high)
        for kept, most in self.kept:
            cp.add(cp_model.LinearExpr.weighted_sum(x, kept[among].tolist()) <= most)

    def _chosen(self) -> NDArray[np.bool_]:
        """Which of those alive make up the plan in hand."""
        return np.isin(self.alive, [] if self.now is None else self.now)

    def assignment(self) -> IntArray:
        """Return the group of each student; new groups are numbered by their first member."""
        if self.now is None:
            raise AssertionError("nothing was chosen")
        fresh = len(self.lister.old.filled) - 1
        places = np.full(len(self.lister.old.home), -1, np.int64)
        new = []
        for row, label in zip(self.pool.rows[self.now], self.pool.labels[self.now].tolist(), strict=True):
            members = row[row >= 0]
            places[members] = label
            if label == fresh:
                new.append(members)
        for number, members in enumerate(sorted(new, key=lambda members: int(members.min()))):
            places[members] = fresh + number
        return places
