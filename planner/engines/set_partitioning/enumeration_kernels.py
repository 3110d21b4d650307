"""Branch and bound over every subset of a class that could be a group: the pricing problem, compiled.

What a group costs depends on its members alone, so a plan is a set partition. The
enumeration goes through subsets of one size, depth first, in order of the main sum
(the one with the most different weights). What is left to add can improve a partial
group only so far; where that is not enough, the whole branch is left out, so nothing
below the asked reduced cost is ever missed. All prices are whole numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.engines.set_partitioning.listed_kernels import close_up, keep_group, place_for, room_for
from planner.engines.set_partitioning.subset_kernels import (
    FORBIDDEN,
    UNLISTED,
    at_least_price,
    company_price,
    price_table,
    slots_missing,
    sum_price,
)
from planner.model.instance import IntArray


class EnumerationState(NamedTuple):
    """The path of a depth-first enumeration, by depth, int64; F sums.

    Attributes
    ----------
    chosen, here, end : ndarray, shape (size,)
        Who is in, who is tried next, and where to end.
    sums : ndarray, shape (size + 1, F)
        Weights of those who are in, added up.
    shared : ndarray, shape (size + 1, words)
        Slots that all have.
    fixed : ndarray, shape (size + 1,)
        Price of overlap and pairs, which can only rise, gains aside.
    dual_sum : ndarray, shape (size + 1,)
        Duals of the members less those of the cuts.
    floor : ndarray, shape (size + 1,)
        What the sums but the main one will cost at least.
    ties : ndarray, shape (size + 1, 2)
        Ties kept, and ties to someone further on.
    """

    chosen: IntArray
    here: IntArray
    end: IntArray
    sums: IntArray
    shared: IntArray
    fixed: IntArray
    dual_sum: IntArray
    floor: IntArray
    ties: IntArray


@inlined
def _below(costs, bound, low, high):  # type: ignore[no-untyped-def]
    """First position whose main weight is at least `bound`."""
    while low < high:
        middle = (low + high) // 2
        if costs.weights[middle, 0] < bound:
            low = middle + 1
        else:
            high = middle
    return low


@making
def _largest_dual_sum(duals, gain, size):  # type: ignore[no-untyped-def]
    """Return the largest sum of duals of `r` students from a position on, shape (n + 1, size + 1)."""
    n = duals.shape[0]
    best = np.zeros((n + 1, size + 1), np.int64)
    top = np.full(size, -FORBIDDEN, np.int64)
    for r in range(1, size + 1):
        best[n, r] = -FORBIDDEN
    for j in range(n - 1, -1, -1):
        value = duals[j] + gain[j]
        for r in range(size):
            if value > top[r]:
                value, top[r] = top[r], value
        for r in range(1, size + 1):
            best[j, r] = best[j, r - 1] + top[r - 1]
            if best[j, r] < -FORBIDDEN:
                best[j, r] = -FORBIDDEN
    return best


@making
def _walk(costs, size):  # type: ignore[no-untyped-def]
    sums, words = costs.weights.shape[1], max(1, costs.masks.shape[1])
    return EnumerationState(
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros((size + 1, sums), np.int64),
        np.full((size + 1, words), -1, np.int64),
        np.zeros(size + 1, np.int64),
        np.zeros(size + 1, np.int64),
        np.zeros(size + 1, np.int64),
        np.zeros((size + 1, 2), np.int64),
    )


@inlined
def _open(costs, walk, size, depth, start, budget):  # type: ignore[no-untyped-def]
    """Set the window of the next student, given the least that all else will cost."""
    n = costs.weights.shape[0]
    left = size - depth
    other = walk.fixed[depth]
    for f in range(1, costs.weights.shape[1]):
        if size >= costs.from_size[f]:
            low = walk.sums[depth, f] + costs.least[start, left, f]
            high = walk.sums[depth, f] + costs.most[start, left, f]
            other += at_least_price(costs, f, low, high, size)
            if other >= budget:
                break
    walk.floor[depth] = other - walk.fixed[depth]
    walk.here[depth] = start
    walk.end[depth] = n - left + 1
    spare = budget - other - 1
    if spare < 0:
        walk.end[depth] = start
    elif size >= costs.from_size[0] and costs.company[0] == 0:
        slack = costs.step[0] * (spare // costs.price[0])
        total = walk.sums[depth, 0]
        # All that follow weigh at least as much as the next one.
        highest = (costs.high[0] + slack - total) // left
        walk.end[depth] = _below(costs, highest + 1, start, walk.end[depth])
        lowest = costs.low[0] - slack - total - costs.most[start, left - 1, 0]
        walk.here[depth] = _below(costs, lowest, start, walk.end[depth])


@inlined
def _add_fixed(costs, walk, depth, j):  # type: ignore[no-untyped-def]
    """Return what pairs and overlap cost once `j` is in."""
    fixed = walk.fixed[depth]
    if costs.between.shape[0] > 0:
        for d in range(depth):
            fixed += costs.between[walk.chosen[d], j]
    for o in range(costs.shared.shape[0]):
        short, before = costs.shared[o], costs.shared[o] if depth else 0
        for w in range(costs.shared_start[o], costs.shared_start[o + 1]):
            mask = walk.shared[depth, w] & costs.masks[j, w]
            before = slots_missing(before, walk.shared[depth, w])
            short = slots_missing(short, mask)
            walk.shared[depth + 1, w] = mask
        fixed += costs.shared_price[o] * (short - before)
    return fixed


@inlined
def _cut_dual_rise(cut_duals, walk, depth, j):  # type: ignore[no-untyped-def]
    """Return how much the duals of the cuts rise once `j` is in."""
    total = 0
    if cut_duals.pairs.shape[0] > 0:
        for d in range(depth):
            dual = cut_duals.pairs[walk.chosen[d], j]
            if dual:
                for e in range(d):
                    dual -= cut_duals.triples[walk.chosen[e], walk.chosen[d], j]
                total += dual
    return total


@inlined
def _keeps_ties(costs, walk, depth, j, last):  # type: ignore[no-untyped-def]
    """Whether everyone tied to `j` is in, or can still come."""
    if costs.tied.shape[0] == 0:
        return True
    kept = 0
    for d in range(depth):
        kept += costs.tied[walk.chosen[d], j]
    if kept < costs.ties[j, 0]:
        return False
    walk.ties[depth + 1, 0] = walk.ties[depth, 0] + kept
    walk.ties[depth + 1, 1] = walk.ties[depth, 1] + costs.ties[j, 1]
    return not last or walk.ties[depth + 1, 0] >= walk.ties[depth + 1, 1]


@inlined
def _whole_price(costs, table, walk, size, j, fixed, ceiling):  # type: ignore[no-untyped-def]
    """Price of the group that `j` completes; at least `ceiling` where it is no use."""
    price = fixed
    for f in range(costs.weights.shape[1]):
        total = walk.sums[size - 1, f] + costs.weights[j, f]
        if table.start[f] != UNLISTED:
            price += table.prices[table.start[f] + total]
        else:
            price += sum_price(costs, f, total, size)
        if price >= ceiling:
            return price
    if costs.entry_need.shape[0] > 0:
        price += company_price(costs, walk.chosen, size)
    return price


@making
def enumerate_size(costs, cut_duals, size, duals, limit, quota, room, per_student):  # type: ignore[no-untyped-def]
    """Enumerate the groups of one size whose reduced cost is below `limit`, by branch and bound.

    Parameters
    ----------
    costs : SubsetCosts
    cut_duals : CutDuals
    size : int
    duals : ndarray of int64, shape (n,)
        By position, in units of ``1 / SCALE``.
    limit : int
        In units of ``1 / SCALE``.
    quota : int
        Steps after which the rest of the groups with the same first student is left out.
    room : int
        Groups kept at the most, without `per_student`.
    per_student : bool
        Keep only the best `PER_STUDENT` of each student.

    Returns
    -------
    complete : bool
    least : int
    members : ndarray of int64, shape (m, size)
    costs, reduced : ndarray of int64, shape (m,)
    steps : int
        All as in `EnumeratedGroups`, with members by position and costs scaled.
    """
    best = _largest_dual_sum(duals, costs.gain, size)
    kept = room_for(duals.shape[0], size, limit, room, per_student)
    complete, least, number, steps = _go_through(
        costs,
        cut_duals,
        price_table(costs, size),
        _walk(costs, size),
        best,
        duals,
        limit,
        quota,
        per_student,
        kept,
    )
    members, prices, reduced = kept
    return complete, least, members[:number], prices[:number], reduced[:number], steps


@loop
def _go_through(  # type: ignore[no-untyped-def]  # noqa: C901 - one loop over all that it needs
    costs, cut_duals, table, walk, best, duals, limit, quota, per_student, kept
):
    size, capacity = walk.chosen.shape[0], kept[1].shape[0]
    number, steps, ending = 0, 0, quota
    least, complete = limit, True
    depth = 0
    if size > 0:
        _open(costs, walk, size, 0, 0, limit + best[0, size])
    while depth >= 0:
        steps += 1
        if steps >= ending:
            complete, depth, ending = False, 0, steps + quota
        j = walk.here[depth]
        if j >= walk.end[depth]:
            depth -= 1
            continue
        walk.here[depth] += 1
        if depth == 0:
            ending = steps + quota
        left = size - depth - 1
        fixed = _add_fixed(costs, walk, depth, j)
        dual_sum = walk.dual_sum[depth] + duals[j] - _cut_dual_rise(cut_duals, walk, depth, j)
        if fixed >= limit + dual_sum + best[j + 1, left] or not _keeps_ties(costs, walk, depth, j, left == 0):
            continue
        walk.chosen[depth] = j
        if left > 0:
            for f in range(costs.weights.shape[1]):
                walk.sums[depth + 1, f] = walk.sums[depth, f] + costs.weights[j, f]
            depth += 1
            walk.fixed[depth], walk.dual_sum[depth] = fixed, dual_sum
            _open(costs, walk, size, depth, j + 1, limit + dual_sum + best[j + 1, left])
            continue
        if fixed + walk.floor[depth] >= limit + dual_sum:
            continue
        price = _whole_price(costs, table, walk, size, j, fixed, limit + dual_sum)
        rest = price - dual_sum
        if rest >= limit:
            continue
        least = min(least, rest)
        place = place_for(kept[2], walk.chosen, size, rest) if per_student else number
        if place >= capacity:
            complete = False
            break
        if place >= 0:
            keep_group(kept, place, walk.chosen, size, price, rest)
            number += 1
    if per_student:
        number = close_up(limit, kept)
    return complete, least, number, steps
