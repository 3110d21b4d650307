"""The sums that one group can have, with the price of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.model.instance import ANY_HIGH, ANY_LOW, Instance, IntArray, SumCost

# Set by hand: sums further from the range are priced from below, so more of them raise the bound and take
# longer; so do sweeps over the multipliers.
AROUND = 64  # reachable sums listed on either side of the range


@dataclass(frozen=True)
class Reach:
    """Sums that one group can have, with the price of each; between the listed ones priced from below.

    Attributes
    ----------
    totals, prices : ndarray of int64, shape (sizes, listed)
        For each allowed size; the last sum is repeated where there are fewer.
    steepest : float
        What a sum that is one further off costs: no multiplier need be steeper.
    whole : int
        What all groups add up to.
    """

    totals: IntArray
    prices: IntArray
    steepest: float
    whole: int

    def least(self, multiplier: float) -> np.ndarray:
        """Return the least of price plus multiplied sum, for each allowed size.

        Parameters
        ----------
        multiplier : float
            In price for one unit of the sum.

        Returns
        -------
        ndarray of float64, shape (sizes,)
        """
        found: np.ndarray = (self.prices + multiplier * self.totals).min(axis=1)
        return found


def reach(cost: SumCost, instance: Instance) -> Reach:
    """Return the sums that one group can have, for each allowed size.

    Parameters
    ----------
    cost : SumCost
    instance : Instance

    Returns
    -------
    Reach
    """
    weights = np.sort(cost.weights)
    rows = [_row(cost, weights, size) for size in range(instance.smallest, instance.largest + 1)]
    width = max(len(totals) for totals, _ in rows)
    totals, prices = (
        np.asarray([np.pad(row[part], (0, width - len(row[part])), mode="edge") for row in rows], np.int64)
        for part in (0, 1)
    )
    return Reach(totals, prices, cost.price / cost.step, int(cost.weights.sum()))


def _row(cost: SumCost, weights: IntArray, size: int) -> tuple[IntArray, IntArray]:
    """List what a group of one size can add up to: the sums around the range, and those at the ends.

    Between two that are listed on one side of the range, a price is at least the distance
    times what that costs; so the two that such a gap lies between are priced by that,
    rounded down, and stand for all in it.
    """
    step = int(np.gcd.reduce(weights - weights[0]))
    least, most = int(weights[:size].sum()), int(weights[-size:].sum()) if size else 0
    last = (most - least) // step if step else 0
    low = min(max((cost.low - least) // step, 0), last) if step and cost.low > ANY_LOW else 0
    high = min(max((cost.high - least) // step, 0), last) if step and cost.high < ANY_HIGH else last
    listed = [*range(low - AROUND, low + 2), *range(high - 1, high + AROUND + 2), 0, last]
    places = np.unique(np.clip(listed, 0, last))
    totals = least + step * places
    distance = np.maximum(np.maximum(cost.low - totals, totals - cost.high), 0)
    gap = np.zeros(len(places), bool)
    gap[:-1] |= np.diff(places) > 1
    gap[1:] |= np.diff(places) > 1
    prices = np.where(gap, cost.price * distance // cost.step, cost.price * -(-distance // cost.step))
    return totals, prices * (size >= cost.from_size)
