"""A Lagrangian bound that couples all groups through the totals of the class (Geoffrion 1974).

A group cannot always hit the class mean: with grades in tenths its sum is a little above
or below. Were every group a little above, so were the class; hence some groups are
further off the other way. This is a Lagrangian dual with one multiplier for each sum.
Whatever the multipliers are, the bound holds; good ones are looked for with a relaxation
of the sizes, and then it is worked out in whole numbers. See docs/decisions/0009.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engines.common.group_sizes import cheapest_sizes
from planner.engines.common.lagrangian_kernels import best_multiplier
from planner.engines.common.reachable_sums import Reach, reach
from planner.model.instance import (
    Instance,
    IntArray,
    SumCost,
    about_members,
)

FINEST = 1 << 32  # parts of one in which multipliers are rounded; fewer where sums are large
ROOM = 1 << 58  # below which whole-number prices stay, so that nothing overflows
SWEEPS = 3  # over all multipliers, at the most
SLIGHT = 1e-3  # part of the steepest multiplier that shows whether any helps


@dataclass(frozen=True)
class Coupling:
    """Multipliers of the sums, and the least cost of a group at them.

    Attributes
    ----------
    sums : tuple of SumCost
        Those that are no must.
    reaches : tuple of Reach
        What one group can have of each sum.
    multipliers : tuple of float
        What one unit more of each sum is worth to the other groups.
    least, student : float
        What a group costs at least: so much, and so much more for each student beyond the smallest size.
    """

    sums: tuple[SumCost, ...]
    reaches: tuple[Reach, ...]
    multipliers: tuple[float, ...]
    least: float
    student: float

    def reduced_costs(self, instance: Instance, assignment: IntArray, prices: IntArray) -> np.ndarray:
        """Return by how much each group is dearer than a group has to be.

        Together that is what an assignment costs above the bound, so this is where gain is.

        Parameters
        ----------
        instance : Instance
        assignment : ndarray of int64, shape (students,)
        prices : ndarray of int64, shape (groups,)
            What each group costs.

        Returns
        -------
        ndarray of float64, shape (groups,)
        """
        sizes = np.bincount(assignment, minlength=instance.groups)
        found: np.ndarray = prices - self.least - self.student * (sizes - instance.smallest)
        for cost, multiplier in zip(self.sums, self.multipliers, strict=True):
            if multiplier:
                total = np.zeros(instance.groups, np.int64)
                np.add.at(total, assignment, cost.weights)
                found = found + multiplier * total
        return found

    def duals(self, instance: Instance) -> tuple[np.ndarray, float]:
        """Return this bound as a dual solution of the linear program over whole groups.

        No group costs less than the duals of its members and the group dual together, as far as its
        sums go, so column generation can start from here.

        Parameters
        ----------
        instance : Instance

        Returns
        -------
        duals : ndarray of float64, shape (students,)
        group_dual : float
        """
        duals = np.full(instance.students, self.student)
        for cost, multiplier in zip(self.sums, self.multipliers, strict=True):
            duals -= multiplier * cost.weights
        return duals, self.least - self.student * instance.smallest


def couple(instance: Instance) -> Coupling:
    """Find good multipliers by coordinate ascent, one sum at a time.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Coupling
        With every multiplier zero where no division into allowed sizes exists.
    """
    instance = about_members(instance)
    sums = tuple(cost for cost in instance.costs if isinstance(cost, SumCost) and not cost.must)
    reaches = tuple(reach(cost, instance) for cost in sums)
    multipliers = _multipliers(instance, reaches)
    prices = sum(
        (one.least(by) for one, by in zip(reaches, multipliers, strict=True)),
        np.zeros(instance.largest - instance.smallest + 1),
    )
    return Coupling(sums, reaches, tuple(multipliers), *_line(prices, instance))


def coupled_bound(instance: Instance, coupling: Coupling) -> int:
    """Return a proven lower bound on what the sums cost together, in whole numbers.

    Parameters
    ----------
    instance : Instance
    coupling : Coupling
        Its multipliers are tried, and zero for each; any would do.

    Returns
    -------
    int
        In priced units; holds for any division into allowed sizes.
    """
    if not coupling.reaches:
        return 0
    free = [0.0] * len(coupling.reaches)
    return max(_exactly(instance, coupling.reaches, by) for by in (free, coupling.multipliers))


def _multipliers(instance: Instance, reaches: Sequence[Reach]) -> list[float]:
    """Look for multipliers that give a high bound, one sum at a time."""
    chosen = [0.0] * len(reaches)
    if not instance.groups * instance.smallest <= instance.students <= instance.groups * instance.largest:
        return chosen
    base = sum((one.least(0.0) for one in reaches), np.zeros(instance.largest - instance.smallest + 1))
    for _ in range(SWEEPS):
        before = list(chosen)
        for number, one in enumerate(reaches):
            base = base - one.least(chosen[number])
            chosen[number] = _best(instance, one, base)
            base = base + one.least(chosen[number])
        if chosen == before:
            break
    return chosen


def _best(instance: Instance, one: Reach, base: np.ndarray) -> float:
    """Return the multiplier of one sum with the highest bound, which is concave in it."""
    multiplier = best_multiplier(
        one.totals,
        one.prices,
        base,
        *_mixes(instance),
        instance.groups,
        one.whole,
        one.steepest,
        SLIGHT,
    )
    return float(multiplier)


def _mixes(instance: Instance) -> tuple[IntArray, IntArray, np.ndarray]:
    """Return the pairs of sizes that the average lies between, and which part of groups has the second."""
    average = instance.students / instance.groups - instance.smallest
    places = range(instance.largest - instance.smallest + 1)
    pairs = [(low, high) for low in places for high in places[low:] if low <= average <= high]
    lows, highs = (np.asarray([pair[end] for pair in pairs], np.int64) for end in (0, 1))
    return lows, highs, (average - lows) / np.maximum(highs - lows, 1)


def _line(prices: np.ndarray, instance: Instance) -> tuple[float, float]:
    """Return start and slope of a line that is above no price, and as high as can be at the average size."""
    average = instance.students / instance.groups - instance.smallest
    places = range(len(prices))
    pairs = [
        (float(prices[low] + (average - low) * slope), low, slope)
        for low in places
        for high in places
        if low < average < high
        for slope in [float(prices[high] - prices[low]) / (high - low)]
    ]
    height, at, slope = min(pairs, default=(np.inf, 0, 0.0))
    here = round(average)
    if here == average and 0 <= here < len(prices) and prices[here] <= height:
        smaller = [float(prices[here] - prices[place]) / (here - place) for place in places if place < here]
        larger = [float(prices[place] - prices[here]) / (place - here) for place in places if place > here]
        ends = [*([max(smaller)] if smaller else []), *([min(larger)] if larger else [])]
        at, slope, height = here, sum(ends) / len(ends) if ends else 0.0, float(prices[here])
    if height == np.inf:
        return 0.0, 0.0
    return float(prices[at]) - slope * at, slope


def _exactly(instance: Instance, reaches: Sequence[Reach], multipliers: Sequence[float]) -> int:
    """Return the bound of some multipliers, which holds whatever they are."""
    largest = sum(
        int(one.prices.max()) + int(abs(multiplier) * np.abs(one.totals).max()) + 1
        for one, multiplier in zip(reaches, multipliers, strict=True)
    )
    parts = min(FINEST, ROOM // (2 * largest * instance.groups + 1))
    if parts == 0:
        return 0
    whole = [round(multiplier * parts) for multiplier in multipliers]
    found = zip(reaches, whole, strict=True)
    least = sum((parts * one.prices + by * one.totals).min(axis=1) for one, by in found)
    lowest = int(np.min(least))
    prices = {size: int(price) - lowest for size, price in enumerate(least, instance.smallest)}
    together = (cheapest_sizes(prices, instance.students, instance.groups) or 0) + instance.groups * lowest
    together -= sum(by * one.whole for one, by in zip(reaches, whole, strict=True))
    return max(0, -(-together // parts))
