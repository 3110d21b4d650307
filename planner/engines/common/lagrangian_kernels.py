"""Compiled search for the multiplier of one sum: it is asked for every subinstance of a large class."""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import loop, making

HALVINGS = 60


@making
def best_multiplier(totals, prices, base, lows, highs, parts, groups, whole, steepest, slight):  # type: ignore[no-untyped-def]
    """Return the multiplier of one sum with the highest bound, which is concave in it; 0 where none helps.

    `totals` and `prices` are those of a `Reach`, (sizes, listed); `base` is what the other sums
    cost at least, (sizes,); `lows`, `highs` and `parts` are the pairs of sizes that the average
    lies between. No multiplier beyond `steepest` is looked at, nor any where `slight` of it does
    not help.
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
    for _ in range(HALVINGS):
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
