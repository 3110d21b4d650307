"""How good a plan can be: bounds that follow from whole students not being split.

A sum over a group of given size can only take values a fixed step apart, so its
distance from the comfortable range has a least value in closed form. And what a
whole class has too little or too much of, some group has too little or too much of.
"""

from __future__ import annotations

from math import gcd

import numpy as np

from planner.engines.totals import cheapest_sizes, coupled_bound
from planner.instance import ANY_HIGH, ANY_LOW, HomeCost, Instance, SumCost, range_units


def rounding_bound(instance: Instance) -> int:
    """Return a proven lower limit on the cost of any plan that holds.

    The better of two: all sums together, coupled by what they add up to over the whole
    class (`totals`); or, cost by cost, the larger of the least price of each group
    size, added up over the cheapest sizes (dynamic programming), and what the class
    total forces. Rounded up to what a cost can be: a multiple of what divides all prices.
    """
    sums = [cost for cost in instance.costs if isinstance(cost, SumCost) and not cost.must]
    if not sums:
        return _homeless(instance)
    by_size = [_least_by_size(cost, instance) for cost in sums]
    joint = coupled_bound(instance, sums)
    apart = sum(
        max(cheapest_sizes(prices, instance), _by_total(cost, instance))
        for cost, prices in zip(sums, by_size, strict=True)
    )
    coarse = gcd(*(cost.price for cost in instance.costs if not cost.must))
    return -(-max(joint, apart) // coarse) * coarse + _homeless(instance)


def _sizes(instance: Instance) -> range:
    return range(instance.smallest, instance.largest + 1)


def _least_by_size(cost: SumCost, instance: Instance) -> list[int]:
    """Least price of one group, for each allowed size."""
    weights = np.sort(cost.weights)
    step = int(np.gcd.reduce(weights - weights[0])) if len(weights) > 1 else 0
    return [
        0 if size < cost.from_size else cost.price * _least_units(cost, weights, step, size)
        for size in _sizes(instance)
    ]


def _least_units(cost: SumCost, weights: np.ndarray, step: int, size: int) -> int:
    """Units of the reachable sum nearest to the range; sums of `size` weights are `step` apart."""
    least, most = int(weights[:size].sum()), int(weights[-size:].sum()) if size else 0
    if step == 0:
        return range_units(least, cost)
    nearest = []
    if cost.low > ANY_LOW:
        up = least + -(-(cost.low - least) // step) * step
        nearest += [up, up - step]
    if cost.high < ANY_HIGH:
        down = least + (cost.high - least) // step * step
        nearest += [down, down + step]
    inside = [min(max(total, least), most) for total in nearest] or [least]
    return min(range_units(total, cost) for total in inside)


def _by_total(cost: SumCost, instance: Instance) -> int:
    """Price that the class total forces, however it is dealt; only where every group counts."""
    if cost.from_size > instance.smallest:
        return 0
    total = int(cost.weights.sum())
    short = instance.groups * cost.low - total if cost.low > ANY_LOW else 0
    over = total - instance.groups * cost.high if cost.high < ANY_HIGH else 0
    return cost.price * max(0, -(-short // cost.step), -(-over // cost.step))


def _homeless(instance: Instance) -> int:
    """Price of students whose home is not among the groups."""
    return sum(
        cost.price * int(cost.weights[cost.home >= instance.groups].sum())
        for cost in instance.costs
        if isinstance(cost, HomeCost) and not cost.must
    )
