"""The fewest moves that any plan needs: a small integer program over patterns of groups.

Students are of one type when every `must` cost that can be seen from a composition
counts them alike: sums (sizes, limits, mixes) and company among themselves (never
alone). A pattern says how many of each type a group has. Old groups of one pattern
are alike, and so are the groups they keep and become, so the program counts them:
how many groups of pattern c keep k, and how many that keep k become p. What it
leaves out (pairs, shared slots, listed company) can only make more moves needed, so
its optimum is a proven lower limit for every plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import comb

import numpy as np
from ortools.linear_solver.python import model_builder

from planner.engines.replanning.replan_problem import ReplanProblem
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    NO_HOME,
    CompanyCost,
    Instance,
    IntArray,
    SumCost,
)

Pattern = tuple[int, ...]
# Set by hand: with more variables SCIP takes too long, with fewer the program sees less.
MOST_VARIABLES = 150_000
MOST_TRIED = 400_000  # compositions looked at, whether they hold or not
MOST_NODES = 2_000  # of SCIP's tree; at the limit its own bound still holds


@dataclass(frozen=True)
class Seen:
    """What the pattern program sees of an instance.

    Attributes
    ----------
    kinds : ndarray of int64, shape (students,)
        Type of each student.
    rows : ndarray of int64, shape (types, costs)
        What each type adds to each cost.
    costs : tuple of SumCost or CompanyCost
        Those that can be seen, in the order of the columns.
    """

    kinds: IntArray
    rows: IntArray
    costs: tuple[SumCost | CompanyCost, ...]


def pattern_bound(instance: Instance, home: IntArray, *, may_be_empty: bool) -> int:
    """Return a lower bound on the moves from an integer program over patterns of groups.

    A pattern is how many of each type a group has, as in cutting stock (Gilmore & Gomory 1961);
    students whom no seen cost tells apart are of one type. Solved by SCIP up to `MOST_NODES`.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones, then any that may be opened.
    home : ndarray of int64, shape (students,)
        Old group of each continuing student, `NO_HOME` for newcomers.
    may_be_empty : bool
        Whether a group may be left without members.

    Returns
    -------
    int
        No plan has fewer moves; 0 where nothing is proven.
    """
    seen = _see(instance)
    while True:
        program = _Program(instance, home, seen, may_be_empty)
        if program.size <= MOST_VARIABLES:
            return program.solve()
        if not seen.costs:
            return 0
        # Too fine a sieve: look away from the cost that tells most students apart.
        widest = max(range(len(seen.costs)), key=lambda place: len(set(seen.rows[:, place].tolist())))
        seen = _see(instance, [cost for place, cost in enumerate(seen.costs) if place != widest])


def by_patterns(instance: Instance, before: ReplanProblem, spare: int) -> int:
    """Return the moves that patterns prove: whole numbers, but blind to who fits with whom.

    Parameters
    ----------
    instance : Instance
    before : ReplanProblem
    spare : int
        How many new groups there may be.

    Returns
    -------
    int
    """
    labels = replace(instance, groups=instance.groups + spare)
    return pattern_bound(labels, before.home, may_be_empty=before.used != labels.groups)


def _see(instance: Instance, costs: Sequence[SumCost | CompanyCost] | None = None) -> Seen:
    if costs is None:
        costs = [cost for cost in instance.costs if cost.must and _can_be_seen(cost)]  # type: ignore[misc]
    columns = np.zeros((instance.students, len(costs)), np.int64)
    for place, cost in enumerate(costs):
        if isinstance(cost, SumCost):
            columns[:, place] = cost.weights
        else:
            columns[cost.students, place] = 1
    rows, kinds = np.unique(columns, axis=0, return_inverse=True)
    return Seen(kinds.reshape(-1).astype(np.int64), rows.astype(np.int64), tuple(costs))


def _can_be_seen(cost: object) -> bool:
    return isinstance(cost, SumCost) or (isinstance(cost, CompanyCost) and cost.own)


class _Program:
    """Counts of groups: `kept[c, k]` of pattern c that keep k, `become[k, p]` that go on to p."""

    def __init__(self, instance: Instance, home: IntArray, seen: Seen, may_be_empty: bool) -> None:
        self.instance, self.seen = instance, seen
        self.types = len(seen.rows)
        self.total = Counter(seen.kinds.tolist())
        self.empty: Pattern = (0,) * self.types
        old = np.zeros((instance.groups, self.types), np.int64)
        for student, group in enumerate(home.tolist()):
            if group != NO_HOME:
                old[group, seen.kinds[student]] += 1
        self.old = Counter(tuple(row) for row in old.tolist())
        self.keeps = {pattern: list(_within(pattern)) for pattern in self.old}
        kept = {keep for keeps in self.keeps.values() for keep in keeps}
        self.becomes: dict[Pattern, list[Pattern]] = {}
        self.size = sum(map(len, self.keeps.values()))
        if self._to_try(kept) > MOST_TRIED:
            self.size = MOST_VARIABLES + 1
            return
        for keep in sorted(kept, reverse=True):
            self.becomes[keep] = list(self._reachable(keep, may_be_empty))
            self.size += len(self.becomes[keep])
            if self.size > MOST_VARIABLES:
                return

    def _to_try(self, kept: Iterable[Pattern]) -> int:
        """Count what `_reachable` would go through."""
        most = self.instance.largest
        return sum(comb(self.types + most - sum(keep), self.types) for keep in kept if sum(keep) <= most)

    def _reachable(self, keep: Pattern, may_be_empty: bool) -> Iterator[Pattern]:
        """Patterns that hold and have at least `keep`, with arrivals of any types."""
        if keep == self.empty and may_be_empty:
            yield self.empty
        for size in range(max(1, self.instance.smallest, sum(keep)), self.instance.largest + 1):
            for arrivals in _multisets(self.types, size - sum(keep)):
                pattern = tuple(map(sum, zip(keep, arrivals, strict=True)))
                if self._holds(pattern):
                    yield pattern

    def _holds(self, pattern: Pattern) -> bool:
        if any(count > self.total[kind] for kind, count in enumerate(pattern)):
            return False
        counts = np.asarray(pattern, np.int64)
        sums = counts @ self.seen.rows
        size = int(counts.sum())
        return all(
            _cost_holds(cost, int(total), size) for cost, total in zip(self.seen.costs, sums, strict=True)
        )

    def solve(self) -> int:
        """Return the least number of moves, or the solver's proven bound on it."""
        model = model_builder.Model()  # type: ignore[no-untyped-call]
        groups = self.instance.groups
        kept = {
            (c, k): model.new_int_var(0, number, "") for c, number in self.old.items() for k in self.keeps[c]
        }
        become = {(k, p): model.new_int_var(0, groups, "") for k, ps in self.becomes.items() for p in ps}
        for c, number in self.old.items():
            model.add(sum(kept[c, k] for k in self.keeps[c]) == number)
        into: dict[Pattern, list[model_builder.Variable]] = {}
        for (_, k), variable in kept.items():
            into.setdefault(k, []).append(variable)
        for k, ps in self.becomes.items():
            model.add(sum(into[k]) == sum(become[k, p] for p in ps))
        for kind in range(self.types):
            terms = [v * p[kind] for (_, p), v in become.items() if p[kind]]
            model.add(sum(terms) == self.total[kind])
        moves = [v * (sum(c) - sum(k)) for (c, k), v in kept.items() if c != k]
        model.minimize(sum(moves) if moves else 0)
        solver = model_builder.Solver("SCIP")
        solver.set_solver_specific_parameters(f"limits/nodes = {MOST_NODES}")
        status = solver.solve(model)
        if status == model_builder.SolveStatus.OPTIMAL:
            return round(solver.objective_value)
        if status == model_builder.SolveStatus.FEASIBLE:
            return max(0, int(np.ceil(solver.best_objective_bound - 1e-6)))
        return 0  # nothing proven: also where no plan holds at all


def _cost_holds(cost: SumCost | CompanyCost, total: int, size: int) -> bool:
    if isinstance(cost, SumCost):
        if size < cost.from_size:
            return True
        return (cost.low == ANY_LOW or total >= cost.low) and (cost.high == ANY_HIGH or total <= cost.high)
    return total == 0 or total > cost.needed(size)


def _within(pattern: Pattern) -> Iterator[Pattern]:
    """Every pattern that is part of `pattern`, itself and the empty one included."""
    return (tuple(part) for part in product(*(range(count + 1) for count in pattern)))


def _multisets(types: int, size: int) -> Iterator[Pattern]:
    """Every way to choose `size` of `types`, as counts."""
    if types == 0:
        if size == 0:
            yield ()
        return
    if types == 1:
        yield (size,)
        return
    for first in range(size + 1):
        for rest in _multisets(types - 1, size - first):
            yield (first, *rest)
