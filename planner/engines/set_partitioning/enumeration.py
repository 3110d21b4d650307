"""Every group there could be, priced: compiled enumeration of the subsets of a class.

What a group costs depends on its members alone, so a plan is a set partition. The
enumeration goes through subsets of one size, depth first, in order of the main sum
(the one with the most different weights). What is left to add can improve a partial
group only so far; where that is not enough, the whole branch is left out, so nothing
below the asked price is ever missed. All prices are whole numbers.

All compiled code stays in this one file, for the reason given in `kernels.py`.
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
PER_STUDENT = 4  # columns kept for each student in one pricing


class SubsetCosts(NamedTuple):
    """What a group costs, as arrays; n students, F sums, O overlaps, E entries of company.

    Sums come as in `lowering.Model`; the first of them is the main one, and students
    are in its order. Prices are scaled; those of a `must` are `FORBIDDEN`.
    """

    weights: IntArray  # (n, F)
    low: IntArray  # (F,)
    high: IntArray  # (F,)
    step: IntArray  # (F,)
    from_size: IntArray  # (F,)
    company: IntArray  # (F,) zero: a range; k: each of the counted needs k others
    price: IntArray  # (F,)
    least: IntArray  # (n + 1, size + 1, F) least sum of so many students from a position on
    most: IntArray  # (n + 1, size + 1, F) and the greatest
    masks: IntArray  # (n, O)
    shared: IntArray  # (O,) slots asked for
    shared_price: IntArray  # (O,)
    between: IntArray  # (n, n) price of two in one group, below zero where it is a gain; or (0, 0)
    gain: IntArray  # (n,) the most that a student can gain by it
    tied: IntArray  # (n, n) 1: these two only together; or (0, 0)
    ties: IntArray  # (n, 2) how many one is tied to, before and after in order
    entry_start: IntArray  # (n + 1,)
    entry_need: IntArray  # (E,)
    entry_price: IntArray  # (E,)
    wanted: NDArray[np.bool_]  # (E, n) whose company that is, never their own


class CutDuals(NamedTuple):
    """What a group pays for two or more of a triple, by pairs and corrected by triples; or empty."""

    pairs: IntArray  # (n, n) sum over the triples with both
    triples: IntArray  # (n, n, n) twice that of the triple itself


class EnumerationState(NamedTuple):
    """Where an enumeration is, by depth: who is in, who comes next, and what that adds up to."""

    chosen: IntArray  # (size,)
    here: IntArray  # (size,) the next one to add
    end: IntArray  # (size,) and where to end
    sums: IntArray  # (size + 1, F)
    shared: IntArray  # (size + 1, O) slots that all have
    fixed: IntArray  # (size + 1,) price of overlap and pairs, which can only rise, gains aside
    dual_sum: IntArray  # (size + 1,) by the members, levies taken off
    floor: IntArray  # (size + 1,) what the sums but the main one will cost at least
    ties: IntArray  # (size + 1, 2) ties kept, and ties to someone further on


class SubsetTable(NamedTuple):
    """What each sum costs in a group of one size, listed by its total."""

    start: IntArray  # (F,) where a total of zero would stand; unlisted where there are too many totals
    prices: IntArray  # one sum after another, from its least total on


class EnumeratedGroups(NamedTuple):
    """What an enumeration of one size found."""

    complete: bool  # whether nothing was left out for lack of steps or room
    least: int  # the least reduced price below the limit, or the limit
    members: IntArray  # (m, size) positions, rising
    costs: IntArray  # (m,)
    reduced: IntArray  # (m,) scaled: its cost less what its members pay
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
    """The most that `r` students from a position on can pay together, shape (n + 1, size + 1)."""
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
    """What pairs and overlap cost once `j` is in."""
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
    """What the group is levied more once `j` is in."""
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
    """Go through the groups of one size whose price less what their members pay is below `limit`.

    With `per_student` only the best few for each student are kept, otherwise all,
    up to `room`. After `quota` steps the rest of the groups with the same first student
    is left out. Returns (complete, least, members, prices, reduced, steps).
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
    """Go through groups that are listed, (m, size) in rising order, with their prices, (m,).

    Keeps and returns the same as `enumerate_size`.
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
        if rest >= limit:  # what it is levied only comes on top
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
    """What a whole group is levied."""
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
    """Price of one group, given by its positions in rising order; scaled."""
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
