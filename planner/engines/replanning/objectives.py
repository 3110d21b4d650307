"""The objectives of a replan, one after another, counted per group.

Every one is a sum over whole groups, so an exact choice of groups can keep it small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.engines.replanning.candidate_duals import CandidateLister
from planner.engines.replanning.candidate_kernels import group_prices
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.role_kernels import Turns, role_changes
from planner.model.instance import NO_HOME, IntArray

STAGES = (
    "moves",
    "new-groups",
    "second-moves",
    "newcomers-alone",
    "groups-lose",
    "pairs",
    "strangers",
    "role-changes",
    "groups-receive",
    "cost",
)
SWITCHES = ("second-moves", "newcomers-alone", "strangers")  # those that a coordinator may leave out


@dataclass(frozen=True)
class ReplanProblem:
    """How things were, and what is asked of how they become.

    Attributes
    ----------
    home : ndarray of int64, shape (students,)
        Old group of each continuing student; `NO_HOME` for newcomers.
    weeks : dict
        Weeks that two continuing students (smaller position first) were in one
        group; pairs of one group that are missing, or have none, count as one week.
    moved : frozenset of int
        Who moved before in this term.
    locked : frozenset of int
        Who stays where they are, whatever it costs.
    closed : frozenset of int
        Groups that nobody leaves or joins.
    dissolved : frozenset of int
        Groups that everybody leaves.
    topped_up : frozenset of int
        Groups that nobody leaves and somebody joins.
    merged : dict
        Group -> the group that all of its members join; nobody leaves that one.
    used : int or None
        How many groups have members in the end; None: as many as it takes.
    left_out : frozenset of str
        Stages that do not count, of `SWITCHES`.
    turns : Turns or None
        Roles in the rounds to come; None: there are none to keep.
    """

    home: IntArray
    weeks: Mapping[tuple[int, int], int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    locked: frozenset[int] = frozenset()
    closed: frozenset[int] = frozenset()
    dissolved: frozenset[int] = frozenset()
    topped_up: frozenset[int] = frozenset()
    merged: Mapping[int, int] = field(default_factory=dict)
    used: int | None = None
    left_out: frozenset[str] = frozenset()
    turns: Turns | None = None

    @property
    def stages(self) -> tuple[str, ...]:
        """Objectives that count, in their order."""
        without = self.left_out | ({"role-changes"} if self.turns is None else set())
        return tuple(name for name in STAGES if name not in without)

    @cached_property
    def together(self) -> NDArray[np.int16]:
        """`weeks` as a table, int16, shape (students, students): -1 for those who were never in one group."""
        table = np.full((len(self.home), len(self.home)), -1, np.int16)
        pairs = np.asarray(list(self.weeks), np.int64).reshape(-1, 2)
        table[pairs[:, 0], pairs[:, 1]] = table[pairs[:, 1], pairs[:, 0]] = list(self.weeks.values())
        return table


def knows(before: ReplanProblem, a: int, b: int) -> bool:
    """Return whether two students were in one group before, now or earlier.

    Parameters
    ----------
    before : ReplanProblem
    a, b : int
        Positions.

    Returns
    -------
    bool
    """
    same = before.home[a] == before.home[b] != NO_HOME
    return bool(same) or (min(a, b), max(a, b)) in before.weeks


class Counts:
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
        """Return one objective's count of each group of the pool, shape (m,).

        Summed over a plan, `constant` has to be added.
        """
        counted: NDArray[Any] = getattr(self, "_" + name.replace("-", "_"))()
        return counted.astype(np.int64)

    def constant(self, name: str) -> int:
        """Return what an objective comes to before any group counts."""
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
