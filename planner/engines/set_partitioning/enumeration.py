"""Branch and bound over every subset of a class that could be a group: the pricing problem, compiled.

What a group costs depends on its members alone, so a plan is a set partition. The
enumeration goes through subsets of one size, depth first, in order of the main sum
(the one with the most different weights). What is left to add can improve a partial
group only so far; where that is not enough, the whole branch is left out, so nothing
below the asked reduced cost is ever missed. All prices are whole numbers.

All compiled code stays in this one file, for the reason given in `local_search/kernels.py`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.compiled import inlined, loop, making
from planner.model.instance import IntArray

FORBIDDEN = 1 << 50  # price of what a `must` rules out
MOST_TOTALS = 1 << 15  # of one sum that are listed
UNLISTED = -(1 << 62)
PER_STUDENT = 4  # columns kept for each student in one pricing; more grow the program, fewer take more rounds


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
    least, most : ndarray, shape (n + 1, largest + 1, F)
        Least and greatest sum of so many students from a position on.
    masks : ndarray, shape (n, O)
        One bit per slot.
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
    price: IntArray
    least: IntArray
    most: IntArray
    masks: IntArray
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


class CutDuals(NamedTuple):
    """Duals of the subset-row cuts (Jepsen et al. 2008), int64; both empty where there are no cuts.

    A group with two or more of a triple pays its dual once: the pairs of it, less what three
    pairs of one triple count too often.

    Attributes
    ----------
    pairs : ndarray, shape (n, n)
        Sum of the duals of the triples with both.
    triples : ndarray, shape (n, n, n)
        Twice the dual of the triple itself.
    """

    pairs: IntArray
    triples: IntArray


class EnumerationState(NamedTuple):
    """The path of a depth-first enumeration, by depth, int64; F sums, O overlaps.

    Attributes
    ----------
    chosen, here, end : ndarray, shape (size,)
        Who is in, who is tried next, and where to end.
    sums : ndarray, shape (size + 1, F)
        Weights of those who are in, added up.
    shared : ndarray, shape (size + 1, O)
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


class EnumeratedGroups(NamedTuple):
    """Groups of one size that an enumeration found.

    Attributes
    ----------
    complete : bool
        Whether nothing was left out for lack of steps or room.
    least : int
        The least reduced cost below the limit, or the limit; in units of ``1 / SCALE``.
    members : ndarray of int64, shape (m, size)
        Positions or students, rising.
    costs : ndarray of int64, shape (m,)
    reduced : ndarray of int64, shape (m,)
        Reduced costs, in units of ``1 / SCALE``: cost less the duals of the members, plus those of cuts.
    steps : int
        Steps taken.
    """

    complete: bool
    least: int
    members: IntArray
    costs: IntArray
    reduced: IntArray
    steps: int


@inlined
def _range_price(costs, f, total):  # type: ignore[no-untyped-def]
    distance = max(costs.low[f] - total, total - costs.high[f])
    if distance <= 0:
        return 0
    if costs.price[f] >= FORBIDDEN:
        return FORBIDDEN
    return costs.price[f] * ((distance + costs.step[f] - 1) // costs.step[f])


@inlined
def _alone_price(costs, f, total):  # type: ignore[no-untyped-def]
    need = costs.company[f]
    return costs.price[f] * (total * (need + 1 - total)) if 0 < total <= need else 0


@inlined
def _at_least_price(costs, f, low, high):  # type: ignore[no-untyped-def]
    """Least price of a sum that will lie between `low` and `high`."""
    if costs.company[f] > 0:
        if low <= 0 or high > costs.company[f]:
            return 0
        return min(_alone_price(costs, f, low), _alone_price(costs, f, high))
    if high < costs.low[f]:
        return _range_price(costs, f, high)
    if low > costs.high[f]:
        return _range_price(costs, f, low)
    return 0


@inlined
def _missing(costs, o, mask):  # type: ignore[no-untyped-def]
    short = costs.shared[o]
    while mask and short > 0:
        mask &= mask - 1
        short -= 1
    return short


@loop
def _company_price(costs, chosen, size):  # type: ignore[no-untyped-def]
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
    sums, overlaps = costs.weights.shape[1], max(1, costs.masks.shape[1])
    return EnumerationState(
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros(size, np.int64),
        np.zeros((size + 1, sums), np.int64),
        np.full((size + 1, overlaps), -1, np.int64),
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
            other += _at_least_price(costs, f, low, high)
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
    for o in range(costs.masks.shape[1]):
        mask = walk.shared[depth, o] & costs.masks[j, o]
        before = _missing(costs, o, walk.shared[depth, o]) if depth else 0
        fixed += costs.shared_price[o] * (_missing(costs, o, mask) - before)
        walk.shared[depth + 1, o] = mask
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
def _sum_price(costs, f, total, size):  # type: ignore[no-untyped-def]
    """Price of one sum in a whole group."""
    if size < costs.from_size[f]:
        return 0
    return _alone_price(costs, f, total) if costs.company[f] > 0 else _range_price(costs, f, total)


@making
def _table(costs, size):  # type: ignore[no-untyped-def]
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
                prices[start[f] + total] = _sum_price(costs, f, total, size)
    return SubsetTable(start, prices)


@inlined
def _whole_price(costs, table, walk, size, j, fixed, ceiling):  # type: ignore[no-untyped-def]
    """Price of the group that `j` completes; at least `ceiling` where it is no use."""
    price = fixed
    for f in range(costs.weights.shape[1]):
        total = walk.sums[size - 1, f] + costs.weights[j, f]
        if table.start[f] != UNLISTED:
            price += table.prices[table.start[f] + total]
        else:
            price += _sum_price(costs, f, total, size)
        if price >= ceiling:
            return price
    if costs.entry_need.shape[0] > 0:
        price += _company_price(costs, walk.chosen, size)
    return price


@inlined
def _place_for(reduced, chosen, size, rest):  # type: ignore[no-untyped-def]
    """A place where this group is better than what a member has there; -1 where it is not."""
    for d in range(size):
        place = chosen[d] * PER_STUDENT
        for slot in range(place + 1, (chosen[d] + 1) * PER_STUDENT):
            if reduced[slot] > reduced[place]:
                place = slot
        if rest < reduced[place]:
            return place
    return -1


@inlined
def _keep(kept, place, chosen, size, price, rest):  # type: ignore[no-untyped-def]
    members, prices, reduced = kept
    for d in range(size):
        members[place, d] = chosen[d]
    prices[place], reduced[place] = price, rest


@loop
def _close_up(limit, kept):  # type: ignore[no-untyped-def]
    """Move what is in the filled places to the front; return how many there are."""
    members, prices, reduced = kept
    number = 0
    for place in range(prices.shape[0]):
        if reduced[place] < limit:
            for d in range(members.shape[1]):
                members[number, d] = members[place, d]
            prices[number], reduced[number] = prices[place], reduced[place]
            number += 1
    return number


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
    kept = _room(duals.shape[0], size, limit, room, per_student)
    complete, least, number, steps = _go_through(
        costs,
        cut_duals,
        _table(costs, size),
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


@making
def _room(n, size, limit, room, per_student):  # type: ignore[no-untyped-def]
    capacity = n * PER_STUDENT if per_student else room
    members = np.zeros((capacity, size), np.int64)
    return members, np.zeros(capacity, np.int64), np.full(capacity, limit, np.int64)


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
        place = _place_for(kept[2], walk.chosen, size, rest) if per_student else number
        if place >= capacity:
            complete = False
            break
        if place >= 0:
            _keep(kept, place, walk.chosen, size, price, rest)
            number += 1
    if per_student:
        number = _close_up(limit, kept)
    return complete, least, number, steps


@making
def price_listed(cut_duals, listed, costs, duals, limit, room, per_student):  # type: ignore[no-untyped-def]
    """Filter listed groups by reduced cost; keeps and returns the same as `enumerate_size`.

    Parameters
    ----------
    cut_duals : CutDuals
    listed : ndarray of int64, shape (m, size)
        Members of each group, by position, rising.
    costs : ndarray of int64, shape (m,)
        In units of ``1 / SCALE``.
    duals : ndarray of int64, shape (n,)
    limit, room : int
    per_student : bool

    Returns
    -------
    tuple
        See `enumerate_size`; a step is a group.
    """
    kept = _room(duals.shape[0], listed.shape[1], limit, room, per_student)
    complete, least, number = _price_each(cut_duals, listed, costs, duals, limit, per_student, kept)
    members, prices, reduced = kept
    return complete, least, members[:number], prices[:number], reduced[:number], listed.shape[0]


@loop
def _price_each(cut_duals, listed, costs, duals, limit, per_student, kept):  # type: ignore[no-untyped-def]
    size, capacity = listed.shape[1], kept[1].shape[0]
    number, least, complete = 0, limit, True
    for row in range(listed.shape[0]):
        rest = costs[row]
        for d in range(size):
            rest -= duals[listed[row, d]]
        if rest >= limit:  # the duals of cuts only come on top
            continue
        rest += _group_cut_dual(cut_duals, listed, row, size)
        if rest >= limit:
            continue
        least = min(least, rest)
        place = _place_for(kept[2], listed[row], size, rest) if per_student else number
        if place >= capacity:
            complete = False
            break
        if place >= 0:
            _keep(kept, place, listed[row], size, costs[row], rest)
            number += 1
    if per_student:
        number = _close_up(limit, kept)
    return complete, least, number


@inlined
def _group_cut_dual(cut_duals, listed, row, size):  # type: ignore[no-untyped-def]
    """Return the duals of the cuts of a whole group."""
    total = 0
    if cut_duals.pairs.shape[0] > 0:
        for d in range(size):
            for e in range(d):
                dual = cut_duals.pairs[listed[row, e], listed[row, d]]
                if dual:
                    for c in range(e):
                        dual -= cut_duals.triples[listed[row, c], listed[row, e], listed[row, d]]
                    total += dual
    return total


@loop
def price_group(costs, chosen):  # type: ignore[no-untyped-def]
    """Return the cost of one group, given by its positions in rising order; in units of ``1 / SCALE``."""
    size = chosen.shape[0]
    price = 0
    for f in range(costs.weights.shape[1]):
        total = 0
        for j in chosen:
            total += costs.weights[j, f]
        price += _sum_price(costs, f, total, size)
    for o in range(costs.masks.shape[1]):
        mask = -1
        for j in chosen:
            mask &= costs.masks[j, o]
        price += _missing(costs, o, mask) * costs.shared_price[o]
    if costs.between.shape[0] > 0:
        for a in range(size):
            for b in range(a):
                price += costs.between[chosen[b], chosen[a]]
    if costs.entry_need.shape[0] > 0:
        price += _company_price(costs, chosen, size)
    return price
