"""Column generation for the set-partitioning program, with a Lagrangian bound at every step.

The linear program chooses whole groups such that every student is in one. Its duals price the
students, and a group improves it where its reduced cost is below the group dual (Gilmore &
Gomory 1961). For any duals at all, their sum plus the least that the chosen sizes can add is a
bound that no plan goes below (Lagrangian relaxation, Geoffrion 1974); whole numbers throughout,
so nothing is lost to rounding. Duals are smoothed between the best ones so far and those of
the program (Wentges 1997), which steadies them.

Of any three students at most one group can hold two: subset-row cuts (Jepsen, Petersen,
Spoorendonk & Pisinger 2008) take away most of what fractions of groups make too good to be true.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.engines.common.group_sizes import cheapest_sizes
from planner.engines.common.watch import Watch
from planner.engines.set_partitioning.listed_kernels import EnumeratedGroups
from planner.engines.set_partitioning.restricted_master import Group, RestrictedMaster, Triple
from planner.engines.set_partitioning.subset_costs import SCALE
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN
from planner.engines.set_partitioning.whole_groups import GroupDuals, Groups

# The next four were set by hand, without a recorded sweep. More smoothing keeps duals, and so the pricing,
# from swinging, and takes more rounds at the end; a small quota finds columns early, and proves no bound.
SMOOTH = 0.7  # weight of the best duals so far
QUOTA = 20_000  # steps of a pricing for each student, at first
WIDER = 16  # times as many when nothing is found with that
MOST_STEPS = 500_000_000  # of one enumeration: some seconds, in which nobody can stop it
CUTS = 40  # added at a time: more make the program larger, fewer take more rounds
MOST_CUT = 200  # students up to which there are cuts: their duals are kept for every triple
CLEAR = 0.02  # by how much a cut has to be broken


@dataclass
class Relaxation:
    """The best dual solution of the program over whole groups so far.

    Attributes
    ----------
    bound : int
        No plan costs less, in priced units.
    raw : int
        The same before rounding up, without the constant, in units of ``1 / SCALE``.
    prices : GroupDuals
        That prove it.
    group_dual : int
        Dual of the number of groups, in units of ``1 / SCALE``.
    """

    bound: int
    raw: int
    prices: GroupDuals
    group_dual: int


class ColumnGeneration:
    """Column generation under way.

    Parameters
    ----------
    groups : Groups
    start : iterable of (Group, int)
        Columns to start with, and their costs.

    Attributes
    ----------
    master : RestrictedMaster
    best : Relaxation
        The highest bound so far.
    settled : bool
        Whether the bound is as high as the program, with its present cuts, gets.
    steps : int
        Nodes of all pricing so far.
    """

    def __init__(self, groups: Groups, start: Iterable[tuple[Group, int]]) -> None:
        self.groups = groups
        self.master = RestrictedMaster(groups)
        start = list(start)
        self.master.add(start)
        duals = np.zeros(groups.instance.students, np.int64)
        for members, cost in start:
            duals[list(members)] = cost * SCALE // max(1, len(members))
        self.best = Relaxation(0, -FORBIDDEN, GroupDuals(duals), 0)
        self.settled = False
        self._smooth = SMOOTH
        self._quota = QUOTA
        self._complete = False
        self.steps = 0

    def begin(self, prices: GroupDuals, group_dual: int, quota: int) -> None:
        """Price once at duals that are known to be good, such as those of `lagrangian.Coupling`.

        Parameters
        ----------
        prices : GroupDuals
        group_dual : int
            In units of ``1 / SCALE``.
        quota : int
            Steps of this pricing for each student.
        """
        self._quota = quota
        self._priced(prices, group_dual)
        self._quota = QUOTA
        self.settled = False  # the program has not been solved yet

    def run(self, watch: Watch, *, enough: int, steps: int) -> bool:
        """Generate columns until settled or the bound is `enough`.

        Parameters
        ----------
        watch : Watch
        enough : int
            In priced units.
        steps : int
            Nodes of pricing after which to pause.

        Returns
        -------
        bool
            Whether the steps ended it.
        """
        last = self.steps + steps
        while not (self.settled or watch.stop() or self.best.bound >= enough):
            if self.steps >= last:
                return steps > 0
            if not self._round():
                break
        return False

    def sharpen(self) -> int:
        """Separate subset-row cuts from the present solution; return how many were added."""
        triples = self._broken() if self.groups.instance.students <= MOST_CUT else []
        self.master.cut(triples)
        self.settled = self.settled and not triples
        self._smooth = 0.0
        return len(triples)

    def _round(self) -> bool:
        """Solve the master, price at smoothed duals, add what improves it; return whether to go on."""
        if not self.master.solve():
            return False
        if self._priced(self.master.prices, self.master.group_dual):
            return True
        if not self._complete:
            most, before = most_quota(self.groups), self._quota
            self._quota = min(before * WIDER, most)
            return before < most
        if self._smooth == 0.0:
            return False
        self._smooth = max(0.0, self._smooth - 0.35)  # nothing new: nearer to the program's own prices
        return True

    def _mixed(self, prices: GroupDuals, group_dual: int) -> tuple[GroupDuals, int]:
        keep = self._smooth if self.best.raw > -FORBIDDEN else 0.0
        best = self.best.prices
        duals = np.round(keep * best.duals + (1 - keep) * prices.duals).astype(np.int64)
        cut_duals = {
            triple: round(keep * best.cut_duals.get(triple, 0) + (1 - keep) * prices.cut_duals.get(triple, 0))
            for triple in {**best.cut_duals, **prices.cut_duals}
        }
        return GroupDuals(duals, cut_duals), round(keep * self.best.group_dual + (1 - keep) * group_dual)

    def _priced(self, prices: GroupDuals, group_dual: int) -> bool:
        mixed, asked = self._mixed(prices, group_dual)
        found = {
            size: self.groups.enumerate(size, mixed, asked, self._quota, per_student=True)
            for size in self.groups.sizes
        }
        self.steps += sum(one.steps for one in found.values())
        self._complete = all(one.complete for one in found.values())
        if self._complete:
            self._raise(mixed, asked, found)
        new = 0
        for one in found.values():
            new += self.master.add(zip(map(tuple, one.members.tolist()), one.costs.tolist(), strict=True))
        return new > 0

    def _raise(self, prices: GroupDuals, group_dual: int, found: dict[int, EnumeratedGroups]) -> None:
        """Keep the bound where it is higher."""
        instance = self.groups.instance
        least = {size: one.least for size, one in found.items()}
        if instance.smallest == 0:
            least[0] = self.groups.empty * SCALE
        raw = int(prices.duals.sum()) - sum(prices.cut_duals.values())
        cheapest = cheapest_sizes(least, instance.students, instance.groups)
        raw += FORBIDDEN * 64 if cheapest is None else cheapest
        if raw > self.best.raw:
            self.best = Relaxation(rounded(self.groups, raw), raw, prices, group_dual)
        reachable = rounded(self.groups, int((self.master.value - 1e-6) * SCALE))
        self.settled = self.best.bound >= reachable

    def _broken(self) -> list[Triple]:
        """Return the most violated subset-row cuts of the present solution."""
        n = self.groups.instance.students
        shared = np.zeros((n, n))
        whole: dict[Triple, float] = {}
        for members, value in self.master.taken:
            chosen = np.asarray(members, np.int64)
            shared[np.ix_(chosen, chosen)] += value
            for place, c in enumerate(members):
                for second, b in enumerate(members[:place]):
                    for a in members[:second]:
                        whole[a, b, c] = whole.get((a, b, c), 0.0) + value
        scores: list[tuple[float, Triple]] = []
        for a in range(n):
            row = shared[a, a + 1 :]
            sums = row[:, None] + row[None, :] + shared[a + 1 :, a + 1 :]
            for b, c in np.argwhere(np.triu(sums > 1 + CLEAR, 1)).tolist():
                triple = (a, a + 1 + b, a + 1 + c)
                excess = float(sums[b, c]) - 2 * whole.get(triple, 0.0) - 1
                if excess > CLEAR and triple not in self.master.cuts:
                    scores.append((-round(excess, 6), triple))
        return [triple for _, triple in sorted(scores)[:CUTS]]


def most_quota(groups: Groups) -> int:
    """Return the steps for each student that one enumeration may take."""
    return MOST_STEPS // max(1, groups.instance.students)


def rounded(groups: Groups, raw: int) -> int:
    """Round a raw bound up to the least cost of a plan that is not below it.

    Parameters
    ----------
    groups : Groups
    raw : int
        In units of ``1 / SCALE``, without the constant.

    Returns
    -------
    int
        In priced units.
    """
    return groups.constant + -(-raw // (SCALE * groups.unit)) * groups.unit
