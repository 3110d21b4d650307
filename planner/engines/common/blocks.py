"""Students who are only placed together: whoever is tied to whom, as blocks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from planner.model.instance import AnyCost, IntArray, PairCost


class Blocks(NamedTuple):
    """Everybody once, block by block: alone, or with all they are tied to.

    Attributes
    ----------
    students : ndarray of int64, shape (n,)
        Positions, one block after the other.
    start : ndarray of int64, shape (blocks,)
        Where each block begins.
    of : ndarray of int64, shape (n,)
        Block of each student.
    """

    students: IntArray
    start: IntArray
    of: IntArray

    @property
    def size(self) -> IntArray:
        """Students in each block."""
        counted: IntArray = np.diff(np.append(self.start, len(self.students)))
        return counted

    def members(self, block: int) -> list[int]:
        """Return the students of a block."""
        listed: list[int] = self.students[self.start[block] :][: self.size[block]].tolist()
        return listed

    def folded(self, how: np.ufunc, values: IntArray) -> IntArray:
        """Return the values of the students of each block in one: added up, or the largest of them."""
        found: IntArray = how.reduceat(values[self.students], self.start)
        return found


def blocks_of(students: int, costs: Iterable[AnyCost]) -> Blocks:
    """Return who is tied together by what must hold, over others or at once."""
    of = np.arange(students)
    ties = [
        cost.pairs[cost.weights > 0]
        for cost in costs
        if isinstance(cost, PairCost) and cost.must and cost.together
    ]
    for a, b in np.concatenate([*ties, np.zeros((0, 2), np.int64)]).tolist():
        of[of == of[b]] = of[a]
    _, of = np.unique(of, return_inverse=True)
    order = np.argsort(of, kind="stable").astype(np.int64)
    start = np.searchsorted(of[order], np.arange(int(of.max(initial=-1)) + 1))
    return Blocks(order, start.astype(np.int64), of.reshape(-1).astype(np.int64))
