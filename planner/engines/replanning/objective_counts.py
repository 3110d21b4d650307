"""The objectives of a replan, counted per group; their order is in `objectives`.

Every one is a sum over whole groups, so an exact choice of groups can keep it small.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.group_kernels import group_prices
from planner.engines.replanning.replan_problem import ReplanProblem
from planner.engines.replanning.role_kernels import role_changes
from planner.model.instance import NO_HOME, IntArray


class ObjectiveCounts:
    """Every objective, counted for each group of a pool.

    Parameters
    ----------
    lister : CandidateLister
    pool : CandidatePool
    before : ReplanProblem
    """

    def __init__(self, lister: CandidateLister, pool: CandidatePool, before: ReplanProblem) -> None:
        self.lister, self.pool, self.before = lister, pool, before
        self.inside = pool.rows >= 0
        self.from_group = np.where(self.inside, before.home[pool.rows], -2)
        self.joins = self.inside & (self.from_group != pool.labels[:, None])
        self.newcomers = self.inside & (self.from_group == NO_HOME)
        self.moving = self.joins & ~self.newcomers
        self.fresh = len(lister.old.filled) - 1

    def of(self, name: str) -> IntArray:
        """Count one objective in each group of the pool.

        Parameters
        ----------
        name : str
            One of `objectives.STAGES`.

        Returns
        -------
        ndarray of int64, shape (m,)
            Summed over a plan, `constant` has to be added.
        """
        counted: NDArray[Any] = getattr(self, "_" + name.replace("-", "_"))()
        return counted.astype(np.int64)

    def constant(self, name: str) -> int:
        """Return what an objective comes to before any group counts.

        Parameters
        ----------
        name : str
            One of `objectives.STAGES`.

        Returns
        -------
        int
        """
        if name == "pairs":
            home = self.before.home
            return sum(
                self._weeks(a, b)
                for members in self.lister.old.members.tolist()
                for a, b in combinations(sorted(s for s in members if s >= 0), 2)
                if home[a] == home[b]
            )
        if name == "cost":
            model = self.lister.model
            wanted = model.pair_cost * model.pair_together
            return int(wanted.sum()) // 2
        return 0

    def _weeks(self, a: int, b: int) -> int:
        return max(1, self.before.weeks.get((a, b), 1))

    def _weeks_of(self, ones: IntArray, others: IntArray) -> IntArray:
        """`_weeks` of many pairs at once."""
        return np.maximum(1, self.before.together[ones, others].astype(np.int64))

    def _moves(self) -> NDArray[Any]:
        found: NDArray[Any] = self.moving.sum(axis=1)
        return found

    def _new_groups(self) -> NDArray[Any]:
        return np.asarray(self.pool.labels == self.fresh)

    def _second_moves(self) -> NDArray[Any]:
        again = self.moving & np.isin(self.pool.rows, sorted(self.before.moved))
        return np.asarray(again.sum(axis=1))

    def _newcomers_alone(self) -> NDArray[Any]:
        several = (self.before.home == NO_HOME).sum() > 1
        return np.asarray((self.newcomers.sum(axis=1) == 1) & several)

    def _groups_lose(self) -> NDArray[Any]:
        kept = (self.inside & ~self.joins).sum(axis=1)
        return np.asarray(kept < self.lister.old.filled[self.pool.labels])

    def _groups_receive(self) -> NDArray[Any]:
        return np.asarray(self.joins.any(axis=1))

    def _pairs(self) -> IntArray:
        """Pairs that stay in one group earn back what all pairs together come to."""
        kept = np.zeros(len(self.pool.labels), np.int64)
        width = self.pool.rows.shape[1]
        for i, j in combinations(range(width), 2):
            same = (self.from_group[:, i] == self.from_group[:, j]) & (self.from_group[:, i] >= 0)
            kept[same] -= self._weeks_of(self.pool.rows[same, i], self.pool.rows[same, j])
        return kept

    def _strangers(self) -> IntArray:
        """Movers who know nobody where they come."""
        found = np.zeros(len(self.pool.labels), np.int64)
        width = self.pool.rows.shape[1]
        for i in range(width):
            places = np.flatnonzero(self.moving[:, i])
            alone = np.ones(len(places), np.bool_)
            for j in (j for j in range(width) if j != i):
                alone &= ~self._known(places, i, j)
            found[places] += alone
        return found

    def _known(self, places: NDArray[np.intp], i: int, j: int) -> NDArray[np.bool_]:
        """Whether the members at two places of each group were in one group before, see `knows`."""
        ones, others = self.pool.rows[places, i], self.pool.rows[places, j]
        same = self.before.home[ones] == self.before.home[others]
        met = self.before.together[ones, others] >= 0
        return np.asarray(self.inside[places, j] & (same | met))

    def _role_changes(self) -> IntArray:
        """Turns that change, in old groups whose members change."""
        assert self.before.turns is not None  # noqa: S101 - the stage is left out otherwise
        found = np.zeros(len(self.pool.labels), np.int64)
        touched = (self.joins.any(axis=1) | self._groups_lose()) & (self.pool.labels < self.fresh)
        found[touched] = role_changes(
            self.before.turns, self.before.home, self.pool.rows[touched], self.pool.labels[touched]
        )
        return found

    def _cost(self) -> IntArray:
        found: IntArray = group_prices(self.lister.model, self.pool.rows, self.pool.labels)
        return found
