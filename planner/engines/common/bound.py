"""Lower bounds that follow from students being indivisible.

A sum over a group of given size can only take values a fixed step apart, so its distance
from the comfortable range has a least value in closed form. And what a whole class has
too little or too much of, some group has too little or too much of.
"""

from __future__ import annotations

from math import gcd

from planner.engines.common.group_sizes import cheapest_sizes
from planner.engines.common.lagrangian import (
    Coupling,
    couple,
    coupled_bound,
)
from planner.engines.common.reachable_sums import Reach
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    HomeCost,
    Instance,
    SumCost,
    about_members,
)


def rounding_bound(instance: Instance, coupling: Coupling | None = None) -> int:
    """Return a proven lower bound on the cost of any assignment that holds.

    The larger of two bounds. Coupled: the Lagrangian dual over all sums together
    (`lagrangian.coupled_bound`). Separate: cost by cost, the least price of each group size, added
    up over the cheapest combination of sizes (dynamic programming), or what the class total
    forces if that is more. Rounded up to a multiple of the greatest common divisor of all prices.

    Parameters
    ----------
    instance : Instance
    coupling : Coupling, optional
        ``couple(instance)``, where that is known already.

    Returns
    -------
    int
        In priced units; 0 where nothing can be proven.
    """
    instance = about_members(instance)
    coupling = coupling or couple(instance)
    if not coupling.sums:
        return _homeless(instance)
    joint = coupled_bound(instance, coupling)
    apart = sum(
        max(_by_size(one, instance), _by_total(cost, instance))
        for cost, one in zip(coupling.sums, coupling.reaches, strict=True)
    )
    coarse = gcd(*(cost.price for cost in instance.costs if not cost.must))
    return -(-max(joint, apart) // coarse) * coarse + _homeless(instance)


def _by_size(reach: Reach, instance: Instance) -> int:
    """Price of the cheapest sizes, where each group has the cheapest sum of its size."""
    prices = reach.prices.min(axis=1).tolist()
    return cheapest_sizes(dict(enumerate(prices, instance.smallest)), instance.students, instance.groups) or 0


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
