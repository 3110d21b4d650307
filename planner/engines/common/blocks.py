"""Students tied together by must-have pairs, contracted into blocks: connected components."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from planner.model.instance import AnyCost, IntArray, PairCost


class Blocks(NamedTuple):
    """The students in connected components of the ties: alone, or with all they are tied to.

    Attributes
    ----------
    students : ndarray of int64, shape (n,)
        Positions, one block after the other.
    start : ndarray of int64, shape (blocks,)
        Where each block begins in `students`.
    of : ndarray of int64, shape (n,)
        Block of each student.
    """

    students: IntArray
    start: IntArray
    of: IntArray

    @property
    def size(self) -> IntArray:
        """Students in each block, shape (blocks,)."""
        counted: IntArray = np.diff(np.append(self.start, len(self.students)))
        return counted

    def members(self, block: int) -> list[int]:
        """Return the students of a block."""
        listed: list[int] = self.students[self.start[block] :][: self.size[block]].tolist()
        return listed

    def folded(self, how: np.ufunc, values: IntArray) -> IntArray:
        """Reduce the values of the students of each block to one.

        Parameters
        ----------
        how : numpy.ufunc
            Such as ``np.add`` or ``np.maximum``.
        values : ndarray of int64, shape (n,)
            By student.

        Returns
        -------
        ndarray of int64, shape (blocks,)
        """
        found: IntArray = how.reduceat(values[self.students], self.start)
        return found


def blocks_of(students: int, costs: Iterable[AnyCost]) -> Blocks:
    """Return the connected components of the pairs that a `must` ties together.

    Parameters
    ----------
    students : int
        How many there are.
    costs : iterable of AnyCost
        Only a `PairCost` that is a must, with `together`, ties; pairs of weight 0 do not.

    Returns
    -------
    Blocks
        Single students are blocks of one.
    """
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
