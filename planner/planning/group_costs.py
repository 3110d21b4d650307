"""What some costs come to in groups that could be: many groups at once, by the kernel of the engines."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np

from planner.engines.common.lowering import lower
from planner.engines.replanning.group_kernels import group_prices
from planner.model.instance import AnyCost, Instance, IntArray


class GroupCosts:
    """Prices groups by some costs of a class, as if none of them were a must.

    A pair that is to be together earns back its price where it is, so only differences say anything.

    Parameters
    ----------
    instance : Instance
    costs : iterable of AnyCost
        Those that count, of this instance.
    in_units : bool
        Whether a unit of each counts as one, whatever its price.
    """

    def __init__(self, instance: Instance, costs: Iterable[AnyCost], *, in_units: bool = False) -> None:
        counted = tuple(
            replace(cost, must=False, price=1) if in_units else replace(cost, must=False) for cost in costs
        )
        self._model = lower(replace(instance, costs=counted))

    def of(self, rows: IntArray) -> IntArray:
        """Return the price of every group.

        Parameters
        ----------
        rows : ndarray of int64, shape (m, size)
            Positions of the members of each, -1 behind them.

        Returns
        -------
        ndarray of int64, shape (m,)
        """
        found: IntArray = group_prices(self._model, rows, np.zeros(len(rows), np.int64))
        return found


def rows_of(groups: Collection[Collection[int]]) -> IntArray:
    """Return groups as the kernel reads them: a row for each, with -1 behind its members.

    Parameters
    ----------
    groups : collection of collection of int
        Positions of the members of each.

    Returns
    -------
    ndarray of int64, shape (m, size)
    """
    rows = np.full((len(groups), max(map(len, groups), default=0) or 1), -1, np.int64)
    for row, members in zip(rows, groups, strict=True):
        row[: len(members)] = sorted(members)
    return rows
