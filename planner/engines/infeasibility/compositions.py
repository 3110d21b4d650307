"""Feasibility by counting kinds of students: an integer program, exact where the kinds are few.

Students whom no cost tells apart are of one kind; those who are tied together come as
one. A composition says how many of each kind a group has; whether a group holds depends
on nothing else. So the class can be divided exactly when whole numbers of compositions
that hold add up to it: the patterns of cutting stock (Gilmore & Gomory 1961).
"""

from __future__ import annotations

from math import comb

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]
from ortools.sat.python import cp_model

from planner.engines.common.cpsat import Verdict
from planner.engines.infeasibility.cover import SolveBudget
from planner.engines.infeasibility.requirements import Question
from planner.engines.infeasibility.student_kinds import CLASH, NOBODY, Kinds, kinds_of
from planner.model.instance import (
    ANY_HIGH,
    ANY_LABEL,
    AnyCost,
    CompanyCost,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
)

MOST_ROWS = 30_000  # compositions that hold
MOST_CELLS = 2_000_000  # compositions looked at, times kinds
LARGEST = 12  # members; beyond that there are too many ways
TIME = 1.0  # deterministic seconds
WHOLE = 1 << 30  # a certificate's duals as whole numbers
TINY = 1e-7


def countable(question: Question, most: int = MOST_CELLS) -> bool:
    """Return whether kinds and sizes are few enough to go through every composition.

    Parameters
    ----------
    question : Question
    most : int
        Compositions times kinds.

    Returns
    -------
    bool
    """
    kinds = len(kinds_of(question).count)
    return question.largest <= LARGEST and comb(kinds + question.largest, kinds) * kinds <= most


def divided(
    question: Question, budget: SolveBudget, most_time: float = TIME
) -> tuple[Verdict, list[list[int]]]:
    """Divide the class over compositions that hold, by integer programming.

    Parameters
    ----------
    question : Question
    budget : SolveBudget
    most_time : float
        Deterministic seconds.

    Returns
    -------
    verdict : Verdict
        `FOUND` and `NONE` are proven; `UNKNOWN` also where there are too many kinds or
        sizes to go through.
    groups : list of list of int
        Members of the groups that were found.
    """
    kinds = kinds_of(question)
    rows = _compositions(question, kinds)
    if rows is None or budget.empty:
        return Verdict.UNKNOWN, []
    least, most = min(question.counts), max(question.counts)
    if not _halves_add_up(rows, kinds.count, least, most):
        return Verdict.NONE, []
    model = cp_model.CpModel()
    uses = [model.new_int_var(0, most, "") for _ in rows]
    for kind, count in enumerate(kinds.count.tolist()):
        places = np.flatnonzero(rows[:, kind])
        terms = [uses[place] for place in places.tolist()]
        model.add(cp_model.LinearExpr.weighted_sum(terms, rows[places, kind].tolist()) == count)
    model.add_linear_constraint(cp_model.LinearExpr.sum(uses), least, most)
    verdict, solver = budget.solve(model, most_time)
    if verdict is not Verdict.FOUND:
        return verdict, []
    return verdict, _dealt(rows, [solver.value(use) for use in uses], kinds)


def _halves_add_up(rows: IntArray, count: IntArray, least: int, most: int) -> bool:
    """Return whether fractions of compositions could add up to the class; False is proven.

    Where they cannot, there is a Farkas certificate (Farkas 1902): duals of the kinds at which no
    composition is worth more than the group dual, while the class is worth more than the group
    duals of all its groups. A linear program finds these; they are then checked in whole numbers.
    """
    if not len(rows):
        return False
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SuppressOutput()
    duals = [solver.NumVar(-1, 1, "") for _ in count]
    high, low = solver.NumVar(0, LARGEST, ""), solver.NumVar(0, LARGEST, "")  # group dual: high - low
    goal = solver.Objective()
    goal.SetMaximization()
    for variable, value in zip((*duals, high, low), (*count.tolist(), -most, least), strict=True):
        goal.SetCoefficient(variable, value)
    for row in rows:
        within = solver.Constraint(-solver.infinity(), 0)
        for kind in np.flatnonzero(row).tolist():
            within.SetCoefficient(duals[kind], int(row[kind]))
        within.SetCoefficient(high, -1)
        within.SetCoefficient(low, 1)
    if solver.Solve() != pywraplp.Solver.OPTIMAL or goal.Value() <= TINY:
        return True
    whole = np.asarray([round(variable.solution_value() * WHOLE) for variable in duals], np.int64)
    group_dual = int((rows @ whole).max())
    return int(count @ whole) <= max(group_dual * least, group_dual * most)


def _dealt(rows: IntArray, uses: list[int], kinds: Kinds) -> list[list[int]]:
    """Return groups of these compositions, with the blocks of each kind dealt in order."""
    left = [np.flatnonzero(kinds.of == kind).tolist()[::-1] for kind in range(len(kinds.count))]
    return [
        sorted(
            student
            for kind, number in enumerate(row.tolist())
            for _ in range(number)
            for student in kinds.blocks.members(left[kind].pop())
        )
        for row, times in zip(rows, uses, strict=True)
        for _ in range(times)
    ]


def _compositions(question: Question, kinds: Kinds) -> IntArray | None:
    """Return every composition that holds, one a row; None where there are too many to go through."""
    grown = _Grown(question, kinds)
    kept = [grown.rows[:0]]
    total = 0
    for _ in range(question.largest):
        grown.add()
        rows = grown.whole()
        total += len(rows)
        kept.append(rows)
        if total > MOST_ROWS:
            return None
    return np.concatenate(kept)


class _Grown:
    """Compositions grown by one block after the other; those that no more can repair are dropped."""

    def __init__(self, question: Question, kinds: Kinds) -> None:
        self.question, self.kinds = question, kinds
        self.costs = list(zip(question.costs, kinds.features, strict=True))
        self.rows = np.zeros((1, len(kinds.count)), np.int64)
        self.last = np.zeros(1, np.int64)

    @property
    def _sizes(self) -> IntArray:
        sizes: IntArray = self.rows @ self.kinds.size
        return sizes

    def add(self) -> None:
        """Add a block in every way."""
        kinds = self.kinds
        wider = np.arange(len(kinds.count))[None, :] >= self.last[:, None]
        wider &= self.rows < kinds.count[None, :]
        wider &= self._sizes[:, None] + kinds.size[None, :] <= self.question.largest
        at, kind = np.nonzero(wider)
        self.rows, self.last = self.rows[at], kind
        self.rows[np.arange(len(at)), kind] += 1
        alive = np.ones(len(at), bool)
        for cost, features in self.costs:
            alive &= self._can_grow(cost, features)
        self.rows, self.last = self.rows[alive], self.last[alive]

    def whole(self) -> IntArray:
        """Return the compositions that hold as groups."""
        good: np.ndarray = self._sizes >= self.question.smallest
        for cost, features in self.costs:
            good &= self._holds(cost, features)
        kept: IntArray = self.rows[good]
        return kept

    def _can_grow(self, cost: AnyCost, features: tuple[IntArray, ...]) -> np.ndarray:
        if isinstance(cost, OverlapCost):
            return self._shared(features) >= cost.at_least
        if isinstance(cost, SumCost) and cost.high < ANY_HIGH and int(cost.weights.min()) >= 0:
            return (self.rows @ features[0] <= cost.high) | (cost.from_size > 1)
        if isinstance(cost, PairCost) and not cost.together:
            return ~self._clash(cost, *features)
        return np.ones(len(self.rows), bool)

    def _holds(self, cost: AnyCost, features: tuple[IntArray, ...]) -> np.ndarray:
        if isinstance(cost, SumCost):
            total = self.rows @ features[0]
            return np.asarray(
                ((total >= cost.low) & (total <= cost.high)) | (self._sizes < cost.from_size), bool
            )
        if isinstance(cost, OverlapCost):
            return np.asarray(self._shared(features) >= cost.at_least)
        if isinstance(cost, CompanyCost):
            return self._company(cost, *features)
        return np.ones(len(self.rows), bool)  # pairs: they were looked at when the last one joined

    def _shared(self, words: tuple[IntArray, ...]) -> np.ndarray:
        shared = np.zeros(len(self.rows), np.int64)
        for slots in words:
            masks = np.where(self.rows > 0, slots[None, :], -1)
            shared += np.bitwise_count(np.bitwise_and.reduce(masks, axis=1))
        return shared

    def _clash(self, cost: PairCost, named: IntArray, labels: IntArray) -> np.ndarray:
        rows, of = self.rows, self.kinds.blocks.of
        clash = np.zeros(len(rows), bool)
        place = {block: kind for kind, block in enumerate(named.tolist()) if block >= 0}
        for a, b in of[cost.pairs].tolist():
            clash |= (rows[:, place[a]] > 0) & (rows[:, place[b]] > 0)
        known = labels != ANY_LABEL
        here = rows[:, known] > 0
        most = np.where(here, labels[known][None, :], CLASH).max(axis=1, initial=CLASH)
        least = np.where(here, labels[known][None, :], 1 << 60).min(axis=1, initial=1 << 60)
        return np.asarray(clash | (least < most) | (least == CLASH), bool)

    def _company(self, cost: CompanyCost, gives: IntArray, needs: IntArray) -> np.ndarray:
        """Every kind that needs company has it: among the others, not counting themselves."""
        company = self.rows @ gives
        a, b, d = cost.by_size
        asked = np.maximum(cost.at_least, (a * self._sizes + b) // d)
        short = (company[:, None] - np.maximum(needs, 0)[None, :]) < asked[:, None]
        lacking: np.ndarray = ((self.rows > 0) & (needs[None, :] != NOBODY) & short).max(axis=1)
        return ~lacking
