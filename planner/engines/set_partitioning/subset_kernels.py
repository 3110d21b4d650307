"""Compiled prices of subsets of a class: sums, shared slots, company, and pairs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.compiled import inlined, loop, making
from planner.engines.common.sum_kernels import alone_units
from planner.model.instance import IntArray

MOST_TOTALS = 1 << 15  # of one sum that are listed
UNLISTED = -(1 << 62)
FORBIDDEN = 1 << 50  # price of what a `must` rules out


class SubsetCosts(NamedTuple):
    """What a group costs, as flat arrays, all int64 but `wanted`; n students, F sums, O overlaps, E entries.

    Students are numbered by position in the order of the main sum, which is the first sum; an entry
    is company that one student asks for. Prices are in units of ``1 / SCALE``; those of a `must`
    are `FORBIDDEN`.

    Attributes
    ----------
    weights : ndarray, shape (n, F)
    low, high, step, from_size, price : ndarray, shape (F,)
        As in `SumCost`.
    company : ndarray, shape (F,)
        0: a range; k: each of the counted needs k others.
    by_size : ndarray, shape (F, 3)
        As in `CompanyCost`.
    least, most : ndarray, shape (n + 1, largest + 1, F)
        Least and greatest sum of so many students from a position on.
    masks : ndarray, shape (n, words)
        One bit per slot, the words of one overlap after those of another.
    shared_start : ndarray, shape (O + 1,)
        Where the words of each overlap begin.
    shared, shared_price : ndarray, shape (O,)
        Slots asked for, and the price of each that is short.
    between : ndarray, shape (n, n)
        Price of two in one group, below zero where it is a gain; shape (0, 0) where no pair counts.
    gain : ndarray, shape (n,)
        The most that a student can gain by `between`.
    tied : ndarray, shape (n, n)
        1: these two only together; shape (0, 0) where nobody is tied.
    ties : ndarray, shape (n, 2)
        How many a student is tied to, before and after them in order.
    entry_start : ndarray, shape (n + 1,)
    entry_need, entry_price : ndarray, shape (E,)
        Company asked for, and the price of each that is short.
    wanted : ndarray of bool, shape (E, n)
        Whose company that is, never their own.
    """

    weights: IntArray
    low: IntArray
    high: IntArray
    step: IntArray
    from_size: IntArray
    company: IntArray
    by_size: IntArray
    price: IntArray
    least: IntArray
    most: IntArray
    masks: IntArray
    shared_start: IntArray
    shared: IntArray
    shared_price: IntArray
    between: IntArray
    gain: IntArray
    tied: IntArray
    ties: IntArray
    entry_start: IntArray
    entry_need: IntArray
    entry_price: IntArray
    wanted: NDArray[np.bool_]


@inlined
def _range_price(costs, f, total):  # type: ignore[no-untyped-def]
    distance = max(costs.low[f] - total, total - costs.high[f])
    if distance <= 0:
        return 0
    if costs.price[f] >= FORBIDDEN:
        return FORBIDDEN
    return costs.price[f] * ((distance + costs.step[f] - 1) // costs.step[f])


@inlined
def _alone_price(costs, f, total, size):  # type: ignore[no-untyped-def]
    return costs.price[f] * alone_units(costs, f, total, size)


@inlined
def at_least_price(costs, f, low, high, size):  # type: ignore[no-untyped-def]
    """Least price of a sum that will lie between `low` and `high` in a whole group of `size`."""
    if costs.company[f] > 0:
        if low <= 0:
            return 0
        return min(_alone_price(costs, f, low, size), _alone_price(costs, f, high, size))
    if high < costs.low[f]:
        return _range_price(costs, f, high)
    if low > costs.high[f]:
        return _range_price(costs, f, low)
    return 0


@inlined
def slots_missing(short, mask):  # type: ignore[no-untyped-def]
    """Return how many slots are short once those of one more word are counted."""
    while mask and short > 0:
        mask &= mask - 1
        short -= 1
    return short


@loop
def company_price(costs, chosen, size):  # type: ignore[no-untyped-def]
    """Return the price of the company that members of a group ask for and have not."""
    total = 0
    for a in range(size):
        student = chosen[a]
        for entry in range(costs.entry_start[student], costs.entry_start[student + 1]):
            short = costs.entry_need[entry]
            for b in range(size):
                if short > 0 and costs.wanted[entry, chosen[b]]:
                    short -= 1
            total += short * costs.entry_price[entry]
    return total


@inlined
def sum_price(costs, f, total, size):  # type: ignore[no-untyped-def]
    """Price of one sum in a whole group."""
    if size < costs.from_size[f]:
        return 0
    if costs.company[f] > 0:
        return _alone_price(costs, f, total, size)
    return _range_price(costs, f, total)


@loop
def price_group(costs, chosen):  # type: ignore[no-untyped-def]
    """Return the cost of one group, given by its positions in rising order; in units of ``1 / SCALE``."""
    size = chosen.shape[0]
    price = 0
    for f in range(costs.weights.shape[1]):
        total = 0
        for j in chosen:
            total += costs.weights[j, f]
        price += sum_price(costs, f, total, size)
    for o in range(costs.shared.shape[0]):
        short = costs.shared[o]
        for w in range(costs.shared_start[o], costs.shared_start[o + 1]):
            mask = -1
            for j in chosen:
                mask &= costs.masks[j, w]
            short = slots_missing(short, mask)
        price += short * costs.shared_price[o]
    if costs.between.shape[0] > 0:
        for a in range(size):
            for b in range(a):
                price += costs.between[chosen[b], chosen[a]]
    if costs.entry_need.shape[0] > 0:
        price += company_price(costs, chosen, size)
    return price


class SubsetTable(NamedTuple):
    """Prices of each sum in a group of one size, listed by total.

    Attributes
    ----------
    start : ndarray of int64, shape (F,)
        Where a total of zero would stand; `UNLISTED` where there are too many totals.
    prices : ndarray of int64
        One sum after another, from its least total on.
    """

    start: IntArray
    prices: IntArray


@making
def price_table(costs, size):  # type: ignore[no-untyped-def]
    """Price all totals that groups of one size can have: looking up is several times as fast."""
    sums = costs.weights.shape[1]
    start = np.full(sums, UNLISTED, np.int64)
    length = 0
    for f in range(sums):
        least, most = costs.least[0, size, f], costs.most[0, size, f]
        if most - least < MOST_TOTALS:
            start[f] = length - least
            length += most - least + 1
    prices = np.empty(length, np.int64)
    for f in range(sums):
        if start[f] != UNLISTED:
            for total in range(costs.least[0, size, f], costs.most[0, size, f] + 1):
                prices[start[f] + total] = sum_price(costs, f, total, size)
    return SubsetTable(start, prices)
