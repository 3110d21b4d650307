"""Compiled ternary search for the multiplier of one sum: it runs for every subinstance of a large class."""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import loop, making

THIRDS = 60  # steps of the search, each of which leaves two thirds of the range


@making
def best_multiplier(totals, prices, base, lows, highs, parts, groups, whole, steepest, slight):  # type: ignore[no-untyped-def]
    """Ternary search for the multiplier of one sum that maximises its bound, which is concave in it.

    Parameters
    ----------
    totals, prices : ndarray of int64, shape (sizes, listed)
        Of a `Reach`: sums that one group can have, and their prices.
    base : ndarray of float64, shape (sizes,)
        What the other sums cost at least.
    lows, highs : ndarray of int64, shape (pairs,)
        Pairs of sizes, by position, that the average size lies between.
    parts : ndarray of float64, shape (pairs,)
        Part of the groups with the larger size of a pair.
    groups : int
    whole : int
        Sum of the whole class.
    steepest : float
        No multiplier beyond this, up or down, is looked at.
    slight : float
        Part of `steepest` that has to help; otherwise no multiplier does.

    Returns
    -------
    float
        The multiplier; 0 where none helps.
    """
    reached = np.empty(base.shape[0])
    still = _bound(totals, prices, base, lows, highs, parts, groups, whole, 0.0, reached)
    more = max(
        _bound(totals, prices, base, lows, highs, parts, groups, whole, -slight * steepest, reached),
        _bound(totals, prices, base, lows, highs, parts, groups, whole, slight * steepest, reached),
    )
    if more <= still:
        return 0.0
    low, high = -steepest, steepest
    for _ in range(THIRDS):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        if _bound(totals, prices, base, lows, highs, parts, groups, whole, left, reached) < _bound(
            totals, prices, base, lows, highs, parts, groups, whole, right, reached
        ):
            low = left
        else:
            high = right
    return (low + high) / 2


@loop
def _bound(totals, prices, base, lows, highs, parts, groups, whole, multiplier, reached):  # type: ignore[no-untyped-def]
    for size in range(totals.shape[0]):
        least = np.inf
        for place in range(totals.shape[1]):
            least = min(least, prices[size, place] + multiplier * totals[size, place])
        reached[size] = base[size] + least
    average = np.inf
    for pair in range(lows.shape[0]):
        mixed = reached[lows[pair]] * (1 - parts[pair]) + reached[highs[pair]] * parts[pair]
        average = min(average, mixed)
    return groups * average - multiplier * whole
