"""Which sizes the groups of a class can have together, and what that costs at least."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

UNREACHABLE = 1 << 60  # price of a division that cannot be


def cheapest_sizes(least: Mapping[int, int], students: int, groups: int) -> int | None:
    """Return the least price of so many groups that hold a class, whatever their sizes (dynamic programming).

    Parameters
    ----------
    least : mapping of int to int
        By size of a group, what one costs at least; all together below ``1 << 59``.
    students, groups : int

    Returns
    -------
    int or None
        In the unit of `least`; None where there is no way.
    """
    smallest = min(least, default=0)
    spare = students - groups * smallest
    if not least or spare < 0:
        return None
    best = np.full(spare + 1, UNREACHABLE, np.int64)
    best[0] = 0
    for _ in range(groups):
        longer = np.full(spare + 1, UNREACHABLE, np.int64)
        for size, price in least.items():
            extra = size - smallest
            if extra <= spare:
                longer[extra:] = np.minimum(longer[extra:], best[: spare + 1 - extra] + price)
        best = longer
    return int(best[spare]) if best[spare] < UNREACHABLE // 2 else None
