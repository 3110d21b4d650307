"""Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983) over swaps, moves and double swaps.

A repair phase at a constant temperature first brings the `must` costs to zero, with a
penalty weight that grows; then the other costs are annealed with the `must` costs weighing
heavily. The budget is a number of proposals, so that the same seed gives the same plan on
any machine. Three to five million proposals a second and core on classes with fifteen costs
(docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engines.common.lowering import Model, lower, resource_starts
from planner.engines.common.watch import Watch
from planner.engines.local_search.annealing_kernels import anneal, note_best
from planner.engines.local_search.price_kernels import SearchState
from planner.engines.local_search.swap_kernels import settle, try_swap, undo_swap
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray

CHUNK = 100_000  # proposals between two looks at the watch
# Set by hand; no sweep of them is on record. A warmer start or a slower cooling takes more proposals to
# settle, a colder one ends in the first local optimum. A larger weight brings violations to zero sooner,
# and then hinders the swaps that pass through one.
PENALTY_WEIGHT = 20.0  # cost that one unit of violation weighs at first; grows while anything is broken
MAX_PENALTY_WEIGHT = 1e7
START_TEMPERATURE = 0.4  # as a part of the mean rise of a worsening swap
END_TEMPERATURE = 0.04  # as a part of the first temperature
PERTURB_TEMPERATURE = 0.3  # of a perturbation, as a part of the first temperature of a search
UNKNOWN = 1 << 60


@dataclass(frozen=True)
class SearchResult:
    """The best assignment of a search.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,)
    violation, cost : int
        As `planner.model.evaluation.evaluate` gives them; a violation of 0 is a plan that holds.
    taken : ndarray of int64, shape (groups, kinds)
        Which resource of each kind every group takes.
    """

    assignment: IntArray
    violation: int
    cost: int
    taken: IntArray


def even_sizes(instance: Instance) -> list[int]:
    """Return group sizes that differ by at most one and add up to everyone.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    list of int
        One for each group.
    """
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
    cooled: float = END_TEMPERATURE,
    taken: IntArray | None = None,
) -> SearchResult:
    """Anneal from a random or given assignment to a cheap one that holds every `must` cost.

    Parameters
    ----------
    instance : Instance
        With sizes that fit its number of students.
    seed : int
    proposals : int
        Budget of the annealing; millions of them take a second.
    watch : Watch
        Progress and stopping.
    repair_proposals : int, optional
        Proposals before that, at the most, until nothing is broken; half of `proposals` if left out.
    start : sequence of int, shape (students,), optional
        Assignment to start from, with allowed sizes; otherwise a random deal.
    share : tuple of float
        Which part of the whole run this is, for progress.
    look : int, optional
        Proposals between two looks at the watch.
    enough : int
        A cost of this much ends the search: none is lower.
    cooled : float
        The last temperature, as a part of the first.
    taken : ndarray of int64, shape (groups, kinds), optional
        What groups take at the start; otherwise dealt at random.

    Returns
    -------
    SearchResult
        With `violation` above zero where no plan that holds was found.
    """
    model = lower(instance)
    state = state_of(model, instance, seed, start, taken)
    run = _Run(model, state, watch, share, proposals, look or CHUNK, enough)
    # Measured on a random deal: where groups are good already, almost every swap is a large rise.
    dealt = state if start is None else state_of(model, instance, seed, None)
    temperature = START_TEMPERATURE * _mean_rise(model, dealt, instance)
    run.repair(proposals // 2 if repair_proposals is None else repair_proposals, temperature)
    run.anneal(proposals, temperature, temperature * cooled)
    return _counted(instance, state)


def perturb(
    instance: Instance, start: IntArray, *, seed: int, proposals: int, watch: Watch, enough: int = 0
) -> SearchResult:
    """Reheat an assignment that holds and anneal it anew: iterated local search.

    What comes out may cost more: it is another place to go on from.

    Parameters
    ----------
    instance : Instance
    start : ndarray of int64, shape (students,)
    seed : int
    proposals : int
        Budget.
    watch : Watch
    enough : int
        A cost of this much ends it: none is lower.

    Returns
    -------
    SearchResult
        Of the best assignment met on the way; the start itself does not count.
    """
    model = lower(instance)
    state = state_of(model, instance, seed, start)
    temperature = START_TEMPERATURE * _mean_rise(model, state, instance)
    state.totals[2:] = UNKNOWN  # the start is forgotten
    run = _Run(model, state, watch, (0.0, 1.0), proposals, CHUNK, enough)
    run.anneal(proposals, temperature * PERTURB_TEMPERATURE, temperature * END_TEMPERATURE)
    if state.totals[2] >= UNKNOWN:  # stopped before anything else was noted
        note_best(state)
    return _counted(instance, state)


def _counted(instance: Instance, state: SearchState) -> SearchResult:
    """Return the best of a search, counted plainly."""
    best = state.best.copy()
    taken = state.best_taken - resource_starts(instance)[:-1]
    checked = evaluate(instance, best, taken)
    if (checked.violation, checked.cost) != (int(state.totals[2]), int(state.totals[3])):
        raise AssertionError("the search has lost count")  # an error of ours, never of the input
    return SearchResult(best, checked.violation, checked.cost, taken)


@dataclass
class _Run:
    """The repair and annealing phases of a search, chunk by chunk."""

    model: Model
    state: SearchState
    watch: Watch
    share: tuple[float, float]
    budget: int
    look: int
    enough: int = 0
    spent: int = 0
    penalty_weight: float = PENALTY_WEIGHT

    def repair(self, most: int, temperature: float) -> None:
        """Search at one temperature, with a growing penalty weight, until nothing is broken."""
        spent = 0
        while self.state.totals[2] > 0 and spent < most and not self.watch.stop():
            chunk = min(self.look, most - spent)
            anneal(self.model, self.state, chunk, temperature, temperature, self.penalty_weight)
            spent += chunk
            self.penalty_weight = min(self.penalty_weight * 1.5, MAX_PENALTY_WEIGHT)
            self._tell()

    def anneal(self, proposals: int, first: float, last: float) -> None:
        """Cool geometrically from the first temperature to the last, then descend at zero temperature."""
        self.penalty_weight = PENALTY_WEIGHT
        chunks = max(1, -(-proposals // self.look))
        for chunk in range(chunks):
            if self.watch.stop() or self.found():
                return
            warm = first * (last / first) ** (chunk / chunks)
            cool = first * (last / first) ** ((chunk + 1) / chunks)
            anneal(self.model, self.state, -(-proposals // chunks), warm, cool, self.penalty_weight)
            if self.state.totals[0] > 0:
                self.penalty_weight = min(self.penalty_weight * 1.1, MAX_PENALTY_WEIGHT)
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
    model: Model,
    instance: Instance,
    seed: int,
    start: Sequence[int] | IntArray | None,
    taken: IntArray | None = None,
) -> SearchState:
    """Return the state of a search, from an assignment or from a random deal.

    Parameters
    ----------
    model : Model
        ``lower(instance)``.
    instance : Instance
    seed : int
        Of the deal, and of the generator within the kernels.
    start : sequence of int, shape (students,), or None
    taken : ndarray of int64, shape (groups, kinds), optional
        What groups take; otherwise dealt at random, each resource as often as it has to be and may be.

    Returns
    -------
    SearchState
    """
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
    taken = _dealt(instance, generator) if taken is None else taken
    now = evaluate(instance, place, taken)
    totals = np.asarray([now.violation, now.cost, now.violation, now.cost], np.int64)
    random = generator.integers(1, 1 << 63, size=1, dtype=np.uint64)
    units = np.zeros_like(sums)
    price = np.zeros((instance.groups, 2), np.int64)
    taken = taken + resource_starts(instance)[:-1]
    state = SearchState(
        place,
        slot,
        members,
        filled,
        sums,
        units,
        price,
        totals,
        place.copy(),
        random,
        taken,
        *_takers(model, taken),
        taken.copy(),
    )
    for group in range(instance.groups):
        settle(model, state, group)
    return state


def _mean_rise(model: Model, state: SearchState, instance: Instance) -> float:
    """Return the mean rise in cost of a worsening swap: the unit of temperature (White 1984)."""
    generator = np.random.default_rng(instance.students)
    rises = []
    for i, j in generator.integers(0, instance.students, size=(400, 2)).tolist():
        if state.place[i] != state.place[j]:
            _, _, cost = try_swap(model, state, i, j, PENALTY_WEIGHT, np.inf)
            undo_swap(state, i, j)
            if cost > 0:
                rises.append(cost)
    return max(1.0, float(np.mean(rises)) if rises else 1.0)


def _dealt(instance: Instance, generator: np.random.Generator) -> IntArray:
    """Deal the resources of each kind to the groups at random, each as often as it has to be and may be."""
    dealt = np.zeros((instance.groups, len(instance.resources)), np.int64)
    for k, kind in enumerate(instance.resources):
        least, most = np.minimum(kind.least, instance.groups), np.minimum(kind.most, instance.groups)
        every = np.arange(len(most))
        asked = np.repeat(every, least)
        more = generator.permutation(np.repeat(every, np.maximum(0, most - least)))
        some = np.resize(np.concatenate([asked, more]), instance.groups)
        dealt[:, k] = generator.permutation(some)
    return dealt


def _takers(model: Model, taken: IntArray) -> tuple[IntArray, IntArray]:
    """Count the groups that take each resource, and those that take two of them."""
    number = len(model.resource_most)
    takes = np.zeros((len(taken), number), np.int64)
    np.put_along_axis(takes, taken, 1, axis=1)
    both = takes.T @ takes
    both[model.link_most < 0] = 0
    return takes.sum(axis=0), both
