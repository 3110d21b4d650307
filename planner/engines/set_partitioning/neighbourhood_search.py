"""Large neighbourhood search (Shaw 1998): free some groups at a time and solve that subinstance.

Each subinstance is solved by `close_gap`, mostly to its proven best. Which groups are freed
follows from their reduced costs at the multipliers of the Lagrangian bound
(docs/decisions/0009). Once no subinstance gains, a short annealing perturbs the best plan and
subinstances are freed anew: iterated local search (Lourenço, Martin & Stützle 2003).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.engines.common.bound import rounding_bound
from planner.engines.common.lagrangian import Coupling, couple
from planner.engines.common.lowering import lower
from planner.engines.common.watch import Watch
from planner.engines.local_search.search import PENALTY_WEIGHT, perturb, state_of
from planner.engines.local_search.swap_kernels import cheapest_swaps
from planner.engines.set_partitioning.gap_closing import Budget, close_gap
from planner.model.evaluation import evaluate
from planner.model.instance import Instance, IntArray, subinstance

NEAR = 2  # times as many groups that take to a swap are drawn from as a subinstance has
SLIGHT = 0.5  # of cost: less is rounding
# One class of 24 in `benchmarks/proof.py` ended a hundredth higher after a single short search from the best;
# so near to the bound, up to four more follow (docs/decisions/0009).
NEARLY = 12  # a gap of at most this part of the cost, a twelfth, is small
# For some 36 students, mostly solved within a tenth of a second (docs/decisions/0009).
SUBINSTANCE_BUDGET = Budget(steps=20_000_000, cuts=4, window=1_500, tries=2, time=0.3)


@dataclass(frozen=True)
class NeighbourhoodRound:
    """A number of subinstances of one width.

    Attributes
    ----------
    students : int
        About as many in a subinstance.
    subinstances : int
        At the most.
    patience : int
        Subinstances in a row without a gain, after which the round ends.
    """

    students: int
    subinstances: int
    patience: int


def search_neighbourhoods(
    instance: Instance,
    assignment: IntArray,
    *,
    seed: int,
    rounds: Sequence[NeighbourhoodRound],
    bound: int,
    watch: Watch,
    share: tuple[float, float] = (0.6, 0.95),
    perturbations: int = 0,
    nearly: int = 0,
    proposals: int = 0,
) -> IntArray:
    """Improve a plan by large neighbourhood search; the result never costs more.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Holds every `must` cost.
    seed : int
    rounds : sequence of NeighbourhoodRound
        Small subinstances first: they are quick, and what they leave takes wider ones.
    bound : int
        A cost of this much ends the work.
    watch : Watch
    share : tuple of float
        Which part of the whole run this is, for progress.
    perturbations : int
        How often at most to search on from the best, once no subinstance gains, before more are freed.
    nearly : int
        How often more, where the best is within a twelfth of the bound: that can mostly be reached.
    proposals : int
        For each of those searches.

    Returns
    -------
    ndarray of int64, shape (students,)
        The best assignment found.
    """
    work = _NeighbourhoodSearch(instance, assignment.copy(), bound, watch)
    low, high = share
    part = (high - low) / (len(rounds) * (perturbations + nearly + 1))
    for turn in range(perturbations + nearly + 1):
        if turn > perturbations and not work.nearly:
            break
        if turn and not work.perturb(seed + turn, proposals):
            break
        for number, one in enumerate(rounds, start=turn * len(rounds)):
            work.round(one, seed + number, low + number * part, part)
    return work.best


@dataclass
class _NeighbourhoodSearch:
    instance: Instance
    assignment: IntArray
    bound: int
    watch: Watch

    def __post_init__(self) -> None:
        self.cost = evaluate(self.instance, self.assignment).cost
        self.best, self.least = self.assignment.copy(), self.cost
        self.coupling = couple(self.instance)
        self.silent = replace(self.watch, report=lambda _: None)  # a subinstance's cost is not the plan's

    @property
    def done(self) -> bool:
        """Whether there is nothing to gain any more, or no time."""
        return self.watch.stop() or self.least <= self.bound

    @property
    def nearly(self) -> bool:
        """Whether the best is within a twelfth of the bound."""
        return NEARLY * (self.least - self.bound) <= self.least

    def perturb(self, seed: int, proposals: int) -> bool:
        """Go on from another assignment near the best one; return whether there is reason to."""
        if self.done:
            return False
        watch, bound = self.silent, self.bound
        found = perturb(self.instance, self.best, seed=seed, proposals=proposals, watch=watch, enough=bound)
        self._go_on(self.best.copy() if found.violation else found.assignment)
        return True

    def _go_on(self, assignment: IntArray) -> None:
        self.assignment, self.cost = assignment, evaluate(self.instance, assignment).cost
        self._note()

    def _note(self) -> None:
        if self.cost < self.least:
            self.best, self.least = self.assignment.copy(), self.cost

    def round(self, one: NeighbourhoodRound, seed: int, done: float, part: float) -> None:
        """Solve one subinstance after another."""
        quiet = 0
        for number, groups in enumerate(
            _neighbourhoods(self.instance, self.assignment, seed, one, self.coupling)
        ):
            if self.done or quiet >= one.patience:
                return
            quiet = 0 if self._free(groups) else quiet + 1
            self.watch.tell(stage="polish", done=done + part * number / one.subinstances, cost=self.least)

    def _free(self, groups: list[int]) -> bool:
        """Solve the subinstance of some groups; return whether the plan gained by it."""
        students = np.flatnonzero(np.isin(self.assignment, groups)).tolist()
        part = subinstance(self.instance, students, groups)
        rank = {group: place for place, group in enumerate(groups)}
        here = np.asarray([rank[int(self.assignment[s])] for s in students], np.int64)
        before = evaluate(part, here).cost
        coupling = couple(part)
        bound = rounding_bound(part, coupling)
        if bound >= before:
            return False
        closed = close_gap(
            part, here, budget=SUBINSTANCE_BUDGET, watch=self.silent, bound=bound, coupling=coupling
        )
        if closed.cost >= before:
            return False
        self.assignment[students] = np.asarray(groups, np.int64)[closed.assignment]
        self.cost += closed.cost - before
        self._note()
        return True


def _neighbourhoods(
    instance: Instance, assignment: IntArray, seed: int, one: NeighbourhoodRound, coupling: Coupling
) -> Iterator[list[int]]:
    """Yield groups to free together: those that are dearer than they have to be, and others drawn at random.

    What one group has too many of, another dear one often lacks. Reads `assignment`
    anew for each subinstance, since solving one changes it.
    """
    generator = np.random.default_rng(seed)
    wide = max(2, min(instance.groups, one.students * instance.groups // instance.students))
    model = lower(instance)
    state = state_of(model, instance, seed, assignment)
    for number in range(one.subinstances):
        if not np.array_equal(state.place, assignment):
            state = state_of(model, instance, seed, assignment)
        prices = state.price[:, 1]
        reduced_costs = coupling.reduced_costs(instance, assignment, prices)
        order = np.argsort(-reduced_costs, kind="stable")
        first = int(order[number % max(1, int((reduced_costs > SLIGHT).sum()))])
        dear = generator.permutation(np.flatnonzero(reduced_costs > SLIGHT)).tolist()
        costly = generator.permutation(np.flatnonzero(prices > np.median(prices))).tolist()
        near = np.argsort(cheapest_swaps(model, state, first, PENALTY_WEIGHT, np.inf), kind="stable")
        drawn = [
            *dear[: wide // 2],
            *costly[: wide // 3],
            *generator.permutation(near[: NEAR * wide]).tolist(),
            *near.tolist(),
        ]
        others = [group for group in dict.fromkeys(drawn) if group != first]
        yield [first, *others[: wide - 1]]
