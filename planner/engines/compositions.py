"""Whether some demands can hold, by counting kinds of students: exact where the kinds are few.

Students whom no cost tells apart are of one kind. A composition says how many of each
kind a group has; whether a group holds depends on nothing else. So the class can be
divided exactly when whole numbers of compositions that hold add up to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb

import numpy as np
from ortools.linear_solver import pywraplp  # type: ignore[attr-defined]
from ortools.sat.python import cp_model

from planner.engines.cover import Purse
from planner.engines.cpsat import Verdict
from planner.engines.demands import Question
from planner.instance import (
    ANY_HIGH,
    ANY_LABEL,
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
WHOLE = 1 << 30  # a proof's prices as whole numbers
TINY = 1e-7


@dataclass(frozen=True)
class Kinds:
    """Students by kind: `of` has the kind of each, `first` one student of each, `count` how many."""

    of: IntArray
    first: IntArray
    count: IntArray


def kinds_of(question: Question) -> Kinds:
    """Return who is alike; whoever is in a pair is of a kind of their own."""
    n = question.students
    columns = [np.zeros(n, np.int64)]
    for cost in question.costs:
        if isinstance(cost, SumCost):
            columns.append(cost.weights)
        elif isinstance(cost, OverlapCost):
            columns.append(cost.masks)
        elif isinstance(cost, CompanyCost):
            columns += [_marks(cost.students, n), _marks(cost.others, n)]
        elif isinstance(cost, PairCost):
            named = np.unique(cost.pairs)
            columns.append(np.where(_marks(named, n) > 0, np.arange(n) + 1, 0))
            if cost.labels is not None:
                columns.append(cost.labels)
    _, first, of, count = np.unique(
        np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return Kinds(of.reshape(-1).astype(np.int64), first.astype(np.int64), count.astype(np.int64))


def _marks(places: IntArray, n: int) -> IntArray:
    marks = np.zeros(n, np.int64)
    marks[places] = 1
    return marks


def countable(question: Question) -> bool:
    """Whether kinds and sizes are few enough to go through every composition."""
    kinds = len(kinds_of(question).count)
    return question.largest <= LARGEST and comb(kinds + question.largest, kinds) * kinds <= MOST_CELLS


def divided(question: Question, purse: Purse, most_time: float = TIME) -> tuple[Verdict, list[list[int]]]:
    """Divide the class over compositions that hold, in so many deterministic seconds.

    Returns
    -------
    Verdict
        `FOUND` and `NONE` are proven; `UNKNOWN` also where there are too many kinds or
        sizes to go through.
    list of list of int
        Members of the groups that were found.
    """
    kinds = kinds_of(question)
    rows = _compositions(question, kinds)
    if rows is None or purse.empty:
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
    verdict, solver = purse.solve(model, most_time)
    if verdict is not Verdict.FOUND:
        return verdict, []
    return verdict, _dealt(rows, [solver.value(use) for use in uses], kinds)


def _halves_add_up(rows: IntArray, count: IntArray, least: int, most: int) -> bool:
    """Whether parts of compositions could add up to the class; False is proven.

    Where they cannot, kinds have prices at which no composition is worth more than a
    rent, and the class is worth more than the rents of all its groups (Farkas). A linear
    program finds these prices; they are then checked in whole numbers.
    """
    if not len(rows):
        return False
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SuppressOutput()
    worth = [solver.NumVar(-1, 1, "") for _ in count]
    high, low = solver.NumVar(0, LARGEST, ""), solver.NumVar(0, LARGEST, "")  # rent is high less low
    goal = solver.Objective()
    goal.SetMaximization()
    for variable, value in zip((*worth, high, low), (*count.tolist(), -most, least), strict=True):
        goal.SetCoefficient(variable, value)
    for row in rows:
        within = solver.Constraint(-solver.infinity(), 0)
        for kind in np.flatnonzero(row).tolist():
            within.SetCoefficient(worth[kind], int(row[kind]))
        within.SetCoefficient(high, -1)
        within.SetCoefficient(low, 1)
    if solver.Solve() != pywraplp.Solver.OPTIMAL or goal.Value() <= TINY:
        return True
    prices = np.asarray([round(variable.solution_value() * WHOLE) for variable in worth], np.int64)
    rent = int((rows @ prices).max())
    return int(count @ prices) <= max(rent * least, rent * most)


def _dealt(rows: IntArray, uses: list[int], kinds: Kinds) -> list[list[int]]:
    """Return groups of these compositions, with the students of each kind dealt in order."""
    left = [np.flatnonzero(kinds.of == kind).tolist()[::-1] for kind in range(len(kinds.count))]
    return [
        sorted(left[kind].pop() for kind, number in enumerate(row.tolist()) for _ in range(number))
        for row, times in zip(rows, uses, strict=True)
        for _ in range(times)
    ]


def _compositions(question: Question, kinds: Kinds) -> IntArray | None:
    """Return every composition that holds, one a row; None where there are too many to go through."""
    grown = _Grown(question, kinds)
    kept = []
    total = 0
    for size in range(1, question.largest + 1):
        grown.add()
        if size >= question.smallest:
            rows = grown.rows[grown.holds(size)]
            total += len(rows)
            kept.append(rows)
        if total > MOST_ROWS:
            return None
    return np.concatenate(kept)


class _Grown:
    """Compositions of one size after the other; those that no member can mend are dropped."""

    def __init__(self, question: Question, kinds: Kinds) -> None:
        self.costs, self.kinds = question.costs, kinds
        self.rows = np.zeros((1, len(kinds.count)), np.int64)
        self.last = np.zeros(1, np.int64)

    def add(self) -> None:
        """Add a member in every way."""
        types = len(self.kinds.count)
        wider = np.arange(types)[None, :] >= self.last[:, None]
        wider &= self.rows < self.kinds.count[None, :]
        at, kind = np.nonzero(wider)
        rows = self.rows[at]
        rows[np.arange(len(at)), kind] += 1
        alive = np.ones(len(rows), bool)
        for cost in self.costs:
            alive &= self._can_grow(cost, rows)
        self.rows, self.last = rows[alive], kind[alive]

    def _can_grow(self, cost: object, rows: IntArray) -> np.ndarray:
        first = self.kinds.first
        if isinstance(cost, OverlapCost):
            return self._shared(cost, rows) >= cost.at_least
        if isinstance(cost, SumCost) and cost.high < ANY_HIGH and int(cost.weights.min()) >= 0:
            return (rows @ cost.weights[first] <= cost.high) | (cost.from_size > 1)
        if isinstance(cost, PairCost) and not cost.together:
            return ~self._clash(cost, rows)
        return np.ones(len(rows), bool)

    def _shared(self, cost: OverlapCost, rows: IntArray) -> np.ndarray:
        masks = np.where(rows > 0, cost.masks[self.kinds.first][None, :], -1)
        shared: np.ndarray = np.bitwise_count(np.bitwise_and.reduce(masks, axis=1))
        return shared

    def _clash(self, cost: PairCost, rows: IntArray) -> np.ndarray:
        clash = np.zeros(len(rows), bool)
        for a, b in cost.pairs.tolist():
            clash |= (rows[:, self.kinds.of[a]] > 0) & (rows[:, self.kinds.of[b]] > 0)
        if cost.labels is not None:
            labels = cost.labels[self.kinds.first]
            known = labels != ANY_LABEL
            here = rows[:, known] > 0
            most = np.where(here, labels[known][None, :], -1).max(axis=1, initial=-1)
            least = np.where(here, labels[known][None, :], 1 << 60).min(axis=1, initial=1 << 60)
            clash |= least < most
        return clash

    def holds(self, size: int) -> np.ndarray:
        """Return which compositions hold as whole groups."""
        good = np.ones(len(self.rows), bool)
        for cost in self.costs:
            good &= self._holds(cost, size)
        return good

    def _holds(self, cost: object, size: int) -> np.ndarray:
        rows, first = self.rows, self.kinds.first
        if isinstance(cost, SumCost):
            total = rows @ cost.weights[first]
            if size < cost.from_size:
                return np.ones(len(rows), bool)
            inside: np.ndarray = np.logical_and(total >= cost.low, total <= cost.high)
            return inside
        if isinstance(cost, OverlapCost):
            return np.asarray(self._shared(cost, rows) >= cost.at_least)
        if isinstance(cost, CompanyCost):
            return self._company(cost)
        assert isinstance(cost, PairCost)  # noqa: S101 - a first plan has no homes
        if not cost.together:
            return ~self._clash(cost, rows)
        apart = np.zeros(len(rows), bool)
        for a, b in cost.pairs.tolist():
            apart |= (rows[:, self.kinds.of[a]] > 0) != (rows[:, self.kinds.of[b]] > 0)
        return ~apart

    def _company(self, cost: CompanyCost) -> np.ndarray:
        """Every kind that needs company has it: among the others, not counting themselves."""
        n = len(self.kinds.of)
        needs, gives = (_marks(p, n)[self.kinds.first] for p in (cost.students, cost.others))
        company = self.rows @ gives
        short = (company[:, None] - gives[None, :]) < cost.at_least
        lacking: np.ndarray = ((self.rows > 0) & (needs[None, :] > 0) & short).max(axis=1)
        return ~lacking
