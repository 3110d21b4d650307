"""Closing the gap between a plan and the bound, by cuts, reduced-cost fixing and exact partition.

The bound is raised by column generation and cuts. A group whose reduced cost is above the gap
can be in no cheaper plan and falls away (reduced-cost fixing); among those that are left an
exact partition decides. Where too many are left, a narrower window of reduced costs is tried:
either a plan turns up in it, or the bound rises by its width.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.lagrangian import Coupling, couple
from planner.engines.common.watch import Watch
from planner.engines.set_partitioning.column_generation import ColumnGeneration, most_quota, rounded
from planner.engines.set_partitioning.partition import PartitionResult, partition
from planner.engines.set_partitioning.restricted_master import Group, priced_groups
from planner.engines.set_partitioning.subset_costs import SCALE
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN
from planner.engines.set_partitioning.whole_groups import GroupDuals, whole_groups
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, IntArray

# Set by hand: listing costs an enumeration, and from then on every pricing is a pass over the list.
MOST_LISTED = 200_000  # groups; pricing them takes some milliseconds
FEW_LISTED = 5_000  # which need not be fewer
LIST_STEPS = 400_000  # of listing, for each student
SLICE = 4_000_000  # steps of pricing, after which there may be few enough groups to list
NARROWER = 0.75  # how much narrower a window is tried after one that holds too many groups


@dataclass(frozen=True)
class Budget:
    """Limits of `close_gap`, in counts and deterministic time, so that the same input gives the same plan.

    Attributes
    ----------
    steps : int
        Nodes of the enumeration, for the bound.
    cuts : int
        Times that cuts are added.
    window : int
        Groups among which an exact partition is tried.
    tries : int
        Partitions at the most.
    time : float
        Deterministic seconds for one partition.
    """

    steps: int
    cuts: int
    window: int
    tries: int
    time: float


@dataclass(frozen=True)
class GapResult:
    """The plan and the bound that `close_gap` ends with.

    Attributes
    ----------
    assignment : ndarray of int64, shape (students,)
    cost, bound : int
        By `planner.model.evaluation.evaluate`; no assignment that holds costs less than `bound`.
    bounded : bool
        Whether whole groups gave a bound, be it zero; otherwise there were too many.
    """

    assignment: IntArray
    cost: int
    bound: int
    bounded: bool = False

    @property
    def best(self) -> bool:
        """Whether the plan is proven best."""
        return self.cost <= self.bound


def close_gap(
    instance: Instance,
    assignment: IntArray,
    *,
    budget: Budget,
    watch: Watch,
    bound: int = 0,
    coupling: Coupling | None = None,
) -> GapResult:
    """Bring plan and bound together as far as the budget goes.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Holds every `must` cost.
    budget : Budget
    watch : Watch
    bound : int
        What is proven already, in priced units.
    coupling : Coupling, optional
        ``lagrangian.couple(instance)``, where that is known already.

    Returns
    -------
    GapResult
        Never a dearer plan than was given.
    """
    work = _GapClosing(instance, assignment, budget, watch, bound, coupling)
    work.run()
    return GapResult(work.assignment, work.cost, min(work.bound, work.cost), work.bounded)


@dataclass(frozen=True)
class _Pool:
    """Every group that a plan at most `width` above the bound can hold, with cost and excess."""

    width: int
    costs: dict[Group, int]
    excess: dict[Group, int]


class _GapClosing:
    def __init__(
        self,
        instance: Instance,
        assignment: IntArray,
        budget: Budget,
        watch: Watch,
        bound: int,
        coupling: Coupling | None,
    ) -> None:
        self.instance, self.budget, self.watch = instance, budget, watch
        self.assignment = assignment.copy()
        self.cost = evaluate(instance, assignment).cost
        self.bound = bound
        self.groups = whole_groups(instance)
        self.generation = ColumnGeneration(self.groups, priced_groups(self.groups, assignment))
        self.tries = budget.tries
        self.window = budget.window
        duals, group_dual = (coupling or couple(instance)).duals(instance)
        self.coupled = GroupDuals(np.floor(duals * SCALE).astype(np.int64)), int(group_dual * SCALE)

    @property
    def done(self) -> bool:
        return self.bound >= self.cost or self.watch.stop()

    @property
    def bounded(self) -> bool:
        """Whether duals were found that bound a plan at all."""
        return self.generation.best.raw > -FORBIDDEN

    def run(self) -> None:
        """Raise the bound and look for better plans, in turns."""
        if self.watch.stop():
            return
        self.generation.begin(*self.coupled, min(LIST_STEPS, most_quota(self.groups)))
        self._list()
        self._raise()
        if not (self.done or (self.bounded and self._narrow())):
            self._among(self.generation.master.columns)
        if self.bounded:
            self._sharpen()
            while not self.done and self.tries > 0 and self._widen():
                pass

    def _sharpen(self) -> None:
        """Add cuts while they help, and decide as soon as few groups are left."""
        for _ in range(self.budget.cuts):
            if self.done or self._narrow() or not self.generation.settled:
                break
            before = self.generation.best.raw
            if not self.generation.sharpen():
                break
            self._raise()
            if self.generation.best.raw <= before:
                break
        if not self.done:
            self._among(self.generation.master.columns)

    def _raise(self) -> None:
        generation, end = self.generation, self.generation.steps + self.budget.steps
        while generation.run(self.watch, enough=self.cost, steps=min(SLICE, end - generation.steps)):
            self._list()
        self._list()
        self.bound = max(self.bound, self.generation.best.bound)
        whole = self.generation.master.plan() if self.generation.settled else None
        if whole is not None:
            self._take(PartitionResult(Verdict.FOUND, tuple(whole)))
        self.watch.tell(stage="proof", cost=self.cost, bound=self.bound)

    def _list(self) -> None:
        """Drop by reduced cost the groups that no better plan can hold, once few enough are left to list.

        What is proven from then on holds for plans that cost less than this one: `GapResult.bound`
        is never above what the plan costs.
        """
        if self.done or not self.bounded or self.groups.at_most(FEW_LISTED):
            return
        best = self.generation.best
        quota = min(LIST_STEPS, most_quota(self.groups))
        few = self.groups.within(best.prices, best.group_dual + self._gap() + 1, quota, MOST_LISTED)
        if few is not None:
            self.groups = self.generation.groups = few

    def _gap(self) -> int:
        """Return the scaled distance between the bound and the next better plan."""
        below = self.cost - self.groups.unit - self.groups.constant
        return below * SCALE - self.generation.best.raw

    def _pool(self, width: int, room: int) -> _Pool | None:
        """Return every group that a plan within `width` of the bound can hold; None where too many."""
        found: dict[Group, int] = {}
        excess: dict[Group, int] = {}
        for size in self.groups.sizes:
            some = self.groups.enumerate(
                size,
                self.generation.best.prices,
                self.generation.best.group_dual + width + 1,
                most_quota(self.groups),
                room - len(found),
            )
            if not some.complete:
                return None
            members = [tuple(group) for group in some.members.tolist()]
            found.update(zip(members, some.costs.tolist(), strict=True))
            excess.update(
                zip(members, (some.reduced - self.generation.best.group_dual).tolist(), strict=True)
            )
        return _Pool(width, found, excess)

    def _narrow(self) -> bool:
        """Decide at once where few enough groups are left; return whether that was so."""
        pool = self._pool(self._gap(), self.window // 4)
        return pool is not None and self._decide(pool)

    def _widen(self) -> bool:
        """Try the widest window that is not too large; return whether that proved or found anything."""
        width = self._gap()
        pool = self._pool(width, self.window)
        while pool is None and width > SCALE and not self.watch.stop():
            width = int(width * NARROWER)
            pool = self._pool(width, self.window)
        self.window *= 2
        return pool is not None and self._decide(pool)

    def _decide(self, pool: _Pool) -> bool:
        """Solve the partition among all groups of a window; return whether that proved or found anything."""
        reach = rounded(self.groups, self.generation.best.raw + pool.width + 1)  # beyond, nothing is known
        before = self.cost
        part = self._partition(pool.costs, pool.excess)
        self._take(part)
        if part.verdict is Verdict.NONE:
            self.bound = max(self.bound, min(before, reach))
        elif part.proven:
            self.bound = max(self.bound, min(self.groups.constant + part.cost, reach))
        return part.verdict is Verdict.NONE or part.proven or self.cost < before

    def _among(self, columns: dict[Group, int]) -> None:
        """Look for a better plan among groups at hand; proves nothing."""
        self._take(self._partition(columns))

    def _partition(
        self, columns: dict[Group, int], excess: dict[Group, int] | None = None
    ) -> PartitionResult:
        self.tries -= 1
        return partition(
            self.groups,
            columns,
            below=self.cost - self.groups.constant,
            deterministic_time=self.budget.time,
            watch=self.watch,
            hint=[tuple(members) for members in members_of(self.assignment, self.instance.groups)],
            cuts=list(self.generation.best.prices.cut_duals),
            excess=excess,
            most_excess=self._gap(),
        )

    def _take(self, part: PartitionResult) -> None:
        """Keep a plan that is better."""
        if part.verdict is not Verdict.FOUND:
            return
        assignment = np.zeros(self.instance.students, np.int64)
        for group, members in enumerate(part.chosen):
            assignment[list(members)] = group
        checked = evaluate(self.instance, assignment)
        if checked.holds and checked.cost < self.cost:
            self.assignment, self.cost = assignment, checked.cost
