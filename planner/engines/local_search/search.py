"""A good plan at once, at any size: simulated annealing over swaps, moves and double swaps.

First the `must` costs are brought to zero, then the others are annealed with the
`must` costs weighing heavily (Kirkpatrick, Gelatt & Vecchi 1983). The budget is a
number of proposals, so that the same seed gives the same plan on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engines.common.limits import Watch
from planner.engines.common.lowering import Model, lower
from planner.engines.local_search.kernels import (
    SearchState,
    anneal,
    note_best,
    settle,
    try_swap,
    undo_swap,
)
from planner.model.instance import Instance, IntArray, evaluate

CHUNK = 100_000  # proposals between two looks at the watch
LEAN = 20.0  # cost that one unit of strain weighs at first; grows while anything is broken
HEAVIEST = 1e7
HOTTEST = 0.4  # first heat, as a part of the mean rise
COOLEST = 0.04  # last heat, as a part of the first
WARMTH = 0.3  # heat of a stir, as a part of the first
UNKNOWN = 1 << 60


@dataclass(frozen=True)
class SearchResult:
    """The best assignment of a search.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,)
    violation, cost : int
        As `planner.model.instance.account` gives them; strain 0 is a plan that holds.
    """

    assignment: IntArray
    violation: int
    cost: int


def even_sizes(instance: Instance) -> list[int]:
    """Return sizes that differ by at most one and add up to everyone."""
    base, extra = divmod(instance.students, instance.groups)
    return [base + 1] * extra + [base] * (instance.groups - extra)


def search(
    instance: Instance,
    *,
    seed: int,
    proposals: int,
    watch: Watch,
    repair_proposals: int | None = None,
    start: Sequence[int] | IntArray | None = None,
    share: tuple[float, float] = (0.0, 1.0),
    look: int | None = None,
    enough: int = 0,
) -> SearchResult:
    """Search for a cheap assignment that holds every `must` cost.

    Parameters
    ----------
    instance : Instance
        With sizes that fit its number of students.
    seed : int
    proposals : int
        Budget; about a million a second.
    watch : Watch
        Progress and stopping.
    repair_proposals : int, optional
        Proposals before that, at the most, until nothing is broken; half of `proposals` if left out.
    start : sequence of int, optional
        Assignment to start from, with allowed sizes; otherwise a random deal.
    share : tuple of float
        Which part of the whole run this is, for progress.
    look : int, optional
        Proposals between two looks at the watch.
    enough : int
        A cost of this much ends the search: none is lower.

    Returns
    -------
    SearchResult
        With `violation` above zero where no plan that holds was found.
    """
    model = lower(instance)
    state = state_of(model, instance, seed, start)
    run = _Run(model, state, watch, share, proposals, look or CHUNK, enough)
    temperature = HOTTEST * _mean_rise(model, state, instance)
    run.mend(proposals // 2 if repair_proposals is None else repair_proposals, temperature)
    run.anneal(proposals, temperature, temperature * COOLEST)
    return _counted(instance, state)


def perturb(
    instance: Instance, start: IntArray, *, seed: int, proposals: int, watch: Watch, enough: int = 0
) -> SearchResult:
    """Wander off from an assignment that holds, and cool down near it.

    What comes out may cost more: it is another place to go on from.

    Parameters
    ----------
    instance : Instance
    start : ndarray of int64, shape (students,)
    seed : int
    proposals : int
    watch : Watch
    enough : int
        A cost of this much ends it: none is lower.
    """
    model = lower(instance)
    state = state_of(model, instance, seed, start)
    temperature = HOTTEST * _mean_rise(model, state, instance)
    state.totals[2:] = UNKNOWN  # the start is forgotten
    run = _Run(model, state, watch, (0.0, 1.0), proposals, CHUNK, enough)
    run.anneal(proposals, temperature * WARMTH, temperature * COOLEST)
    if state.totals[2] >= UNKNOWN:  # stopped before anything else was noted
        note_best(state)
    return _counted(instance, state)


def _counted(instance: Instance, state: SearchState) -> SearchResult:
    """Return the best of a search, counted plainly."""
    best = state.best.copy()
    checked = evaluate(instance, best)
    if (checked.violation, checked.cost) != (int(state.totals[2]), int(state.totals[3])):
        raise AssertionError("the search has lost count")  # an error of ours, never of the input
    return SearchResult(best, checked.violation, checked.cost)


@dataclass
class _Run:
    """The two phases of a search, chunk by chunk."""

    model: Model
    state: SearchState
    watch: Watch
    share: tuple[float, float]
    budget: int
    look: int
    enough: int = 0
    spent: int = 0
    penalty_weight: float = LEAN

    def mend(self, most: int, temperature: float) -> None:
        """Stay warm, with strain weighing more and more, until nothing is broken."""
        spent = 0
        while self.state.totals[2] > 0 and spent < most and not self.watch.stop():
            chunk = min(self.look, most - spent)
            anneal(self.model, self.state, chunk, temperature, temperature, self.penalty_weight)
            spent += chunk
            self.penalty_weight = min(self.penalty_weight * 1.5, HEAVIEST)
            self._tell()

    def anneal(self, proposals: int, first: float, last: float) -> None:
        """Cool from the first heat to the last, then go straight downhill."""
        self.penalty_weight = LEAN
        chunks = max(1, -(-proposals // self.look))
        for chunk in range(chunks):
            if self.watch.stop() or self.found():
                return
            warm = first * (last / first) ** (chunk / chunks)
            cool = first * (last / first) ** ((chunk + 1) / chunks)
            anneal(self.model, self.state, -(-proposals // chunks), warm, cool, self.penalty_weight)
            if self.state.totals[0] > 0:
                self.penalty_weight = min(self.penalty_weight * 1.1, HEAVIEST)
            self.spent += -(-proposals // chunks)
            self._tell()
        left = max(self.look, proposals // 10)
        while left > 0 and not self.watch.stop():
            anneal(self.model, self.state, min(self.look, left), 0.0, 0.0, self.penalty_weight)
            left -= self.look
        self._tell()

    def found(self) -> bool:
        """Whether the best so far holds, and nothing can cost less."""
        violation, cost = self.state.totals[2:4].tolist()
        return bool(violation == 0 and cost <= self.enough)

    def _tell(self) -> None:
        low, high = self.share
        part = min(1.0, self.spent / self.budget) if self.budget else 1.0
        self.watch.tell(
            stage="search",
            done=low + (high - low) * part,
            violation=int(self.state.totals[2]),
            cost=int(self.state.totals[3]),
        )


def state_of(
    model: Model, instance: Instance, seed: int, start: Sequence[int] | IntArray | None
) -> SearchState:
    """Return what is kept while searching from a start, or from a random deal."""
    generator = np.random.default_rng(seed)
    if start is None:
        order = generator.permutation(instance.students)
        place = np.empty(instance.students, np.int64)
        place[order] = np.repeat(np.arange(instance.groups), even_sizes(instance))
    else:
        place = np.asarray(start, np.int64).copy()
    widest = max(instance.largest, int(np.bincount(place).max()))
    members = np.full((instance.groups, widest), -1, np.int64)
    slot = np.zeros(instance.students, np.int64)
    filled = np.zeros(instance.groups, np.int64)
    for student, group in enumerate(place.tolist()):
        slot[student] = filled[group]
        members[group, filled[group]] = student
        filled[group] += 1
    sums = np.zeros((instance.groups, model.weights.shape[1]), np.int64)
    np.add.at(sums, place, model.weights)
    now = evaluate(instance, place)
    totals = np.asarray([now.violation, now.cost, now.violation, now.cost], np.int64)
    random = generator.integers(1, 1 << 63, size=1, dtype=np.uint64)
    units = np.zeros_like(sums)
    price = np.zeros((instance.groups, 2), np.int64)
    state = SearchState(place, slot, members, filled, sums, units, price, totals, place.copy(), random)
    for group in range(instance.groups):
        settle(model, state, group)
    return state


def _mean_rise(model: Model, state: SearchState, instance: Instance) -> float:
    """Return the mean rise in cost of a swap that makes things worse (after White 1984)."""
    generator = np.random.default_rng(instance.students)
    rises = []
    for i, j in generator.integers(0, instance.students, size=(400, 2)).tolist():
        if state.place[i] != state.place[j]:
            _, _, cost = try_swap(model, state, i, j, LEAN, np.inf)
            undo_swap(state, i, j)
            if cost > 0:
                rises.append(cost)
    return max(1.0, float(np.mean(rises)) if rises else 1.0)
