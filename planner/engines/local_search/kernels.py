"""Compiled moves and their price: the innermost loop of the search.

Every function takes a `Model` (flat arrays of the costs) and a `SearchState` (who is where);
their shapes stand there. Students `i`, `j`, `k` and groups `a`, `b`, `group` are positions.
"Energy" is ``penalty_weight * violation + cost``. Nothing here allocates inside the loop.

All of it stays in one file: numba's cache on disk looks at the file of a function,
not at those it calls, so code in two files could run half old and half new.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.model.instance import IntArray


class SearchState(NamedTuple):
    """Who is where, and what that adds up to; n students, F sums.

    Attributes
    ----------
    place : ndarray of int64, shape (n,)
        Group of each student.
    slot : ndarray of int64, shape (n,)
        Where each student is in their row of `members`.
    members : ndarray of int64, shape (groups, largest)
        Students of each group; what is behind `filled` is stale.
    filled : ndarray of int64, shape (groups,)
        Members of each group.
    sums : ndarray of int64, shape (groups, F)
        Weights of the members, added up.
    units : ndarray of int64, shape (groups, F)
        Units of each sum in each group.
    price : ndarray of int64, shape (groups, 2)
        Violation and cost of all that the group alone decides.
    totals : ndarray of int64, shape (4,)
        Violation and cost of the current and, behind them, of the best assignment.
    best : ndarray of int64, shape (n,)
        The best assignment so far: group of each student.
    random : ndarray of uint64, shape (1,)
        State of the generator.
    """

    place: IntArray
    slot: IntArray
    members: IntArray
    filled: IntArray
    sums: IntArray
    units: IntArray
    price: IntArray
    totals: IntArray
    best: IntArray
    random: np.ndarray[tuple[int], np.dtype[np.uint64]]


@inlined
def draw(random, below):  # type: ignore[no-untyped-def]
    """Draw a whole number in [0, below): xorshift64* (Vigna 2016), the high bits scaled."""
    x = random[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    random[0] = x
    high = (x * np.uint64(2685821657736338717)) >> np.uint64(33)
    return np.int64((high * np.uint64(below)) >> np.uint64(31))


@inlined
def sum_units(model, f, total, size):  # type: ignore[no-untyped-def]
    """Return the units of sum `f` in a group of `size` whose weights add up to `total`."""
    if size < model.from_size[f]:
        return 0
    need = model.company[f]
    if need > 0:
        return total * (need + 1 - total) if 0 < total <= need else 0
    if total < model.low[f]:
        return (model.low[f] - total + model.step[f] - 1) // model.step[f]
    if total > model.high[f]:
        return (total - model.high[f] + model.step[f] - 1) // model.step[f]
    return 0


@inlined
def _listed(others, start, end, student):  # type: ignore[no-untyped-def]
    """Whether a student is in a sorted stretch."""
    while start < end:
        middle = (start + end) // 2
        if others[middle] < student:
            start = middle + 1
        elif others[middle] > student:
            end = middle
        else:
            return True
    return False


@loop
def rest_of(model, members, group, count):  # type: ignore[no-untyped-def]
    """Return violation and cost of what needs the list of members: labels, overlap, listed company."""
    violation, cost = _overlap_price(model, members, group, count)
    if model.labels.shape[1] > 0:
        more_violation, more_cost = _label_price(model, members, group, count)
        violation += more_violation
        cost += more_cost
    if model.company_least.shape[0] > 0:
        more_violation, more_cost = _company_price(model, members, group, count)
        violation += more_violation
        cost += more_cost
    return violation, cost


@loop
def _overlap_price(model, members, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    if count == 0:
        return violation, cost
    for o in range(model.masks.shape[1]):
        shared = model.masks[members[group, 0], o]
        for m in range(1, count):
            shared &= model.masks[members[group, m], o]
        short = model.overlap_least[o]
        while shared and short > 0:
            shared &= shared - 1
            short -= 1
        violation += short * model.overlap_violation[o]
        cost += short * model.overlap_cost[o]
    return violation, cost


@loop
def _label_price(model, members, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    for a in range(model.labels.shape[1]):
        differing = 0
        for m in range(count):
            mine = model.labels[members[group, m], a]
            for k in range(m):
                other = model.labels[members[group, k], a]
                differing += mine >= 0 and other >= 0 and other != mine
        violation += differing * model.label_violation[a]
        cost += differing * model.label_cost[a]
    return violation, cost


@loop
def _company_price(model, members, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    for m in range(count):
        student = members[group, m]
        for entry in range(model.company_start[student], model.company_start[student + 1]):
            short = model.company_least[entry]
            start, end = model.others_start[entry], model.others_end[entry]
            for k in range(count):
                if k != m and short > 0 and _listed(model.others, start, end, members[group, k]):
                    short -= 1
            violation += short * model.company_violation[entry]
            cost += short * model.company_cost[entry]
    return violation, cost


@inlined
def own_change(model, state, student, old, new, beside):  # type: ignore[no-untyped-def]
    """Return the change in pair and home prices, as (violation, cost), when a student goes from old to new.

    `beside` is whoever goes the other way at once, or -1.
    """
    violation = 0
    cost = 0
    for entry in range(model.pair_start[student], model.pair_start[student + 1]):
        other = model.pair_other[entry]
        if other == beside:
            continue
        change = 0
        if state.place[other] == old:
            change = -1
        elif state.place[other] == new:
            change = 1
        if model.pair_together[entry]:
            change = -change
        violation += change * model.pair_violation[entry]
        cost += change * model.pair_cost[entry]
    for h in range(model.home.shape[0]):
        home = model.home[h, student]
        if home >= 0:
            change = (home != new) - (home != old)
            violation += change * model.home_violation[h, student]
            cost += change * model.home_cost[h, student]
    return violation, cost


@inlined
def has_rest(model):  # type: ignore[no-untyped-def]
    """Return whether any cost needs the list of members."""
    return model.masks.shape[1] + model.labels.shape[1] + model.company_least.shape[0] > 0


@inlined
def try_swap(model, state, i, j, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Price a swap of i and j, as (whether the change in energy is at most `ceiling`, violation, cost).

    What both groups cost after the swap is added up from nothing, so most bad swaps
    are turned down after a sum or two; the answer is given once all is added, whatever
    the model holds. Where it fits, the members are traded on return.
    """
    a, b = state.place[i], state.place[j]
    violation, cost = own_change(model, state, i, a, b, j)
    more_violation, more_cost = own_change(model, state, j, b, a, i)
    violation += more_violation - state.price[a, 0] - state.price[b, 0]
    cost += more_cost - state.price[a, 1] - state.price[b, 1]
    for f in range(model.weights.shape[1]):
        change = model.weights[j, f] - model.weights[i, f]
        if change == 0:
            units = state.units[a, f] + state.units[b, f]
        else:
            units = sum_units(model, f, state.sums[a, f] + change, state.filled[a]) + sum_units(
                model, f, state.sums[b, f] - change, state.filled[b]
            )
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
        if penalty_weight * violation + cost > ceiling:
            return False, violation, cost
    state.members[a, state.slot[i]] = j
    state.members[b, state.slot[j]] = i
    if has_rest(model):
        rest_violation, rest_cost = rest_of(model, state.members, a, state.filled[a])
        violation += rest_violation
        cost += rest_cost
        rest_violation, rest_cost = rest_of(model, state.members, b, state.filled[b])
        violation += rest_violation
        cost += rest_cost
    fits = penalty_weight * violation + cost <= ceiling
    if not fits:
        undo_swap(state, i, j)
    return fits, violation, cost


@inlined
def undo_swap(state, i, j):  # type: ignore[no-untyped-def]
    """Take back the traded members of a `try_swap`."""
    state.members[state.place[i], state.slot[i]] = i
    state.members[state.place[j], state.slot[j]] = j


@loop
def keep_swap(model, state, i, j, violation, cost):  # type: ignore[no-untyped-def]
    """Commit a `try_swap`, given the changes in violation and cost that it returned."""
    a, b = state.place[i], state.place[j]
    state.place[i], state.place[j] = b, a
    state.slot[i], state.slot[j] = state.slot[j], state.slot[i]
    for f in range(model.weights.shape[1]):
        change = model.weights[j, f] - model.weights[i, f]
        state.sums[a, f] += change
        state.sums[b, f] -= change
    state.totals[0] += violation
    state.totals[1] += cost
    settle(model, state, a)
    settle(model, state, b)


@loop
def settle(model, state, group):  # type: ignore[no-untyped-def]
    """Recompute what is kept of one group: units and price."""
    violation = 0
    cost = 0
    if has_rest(model):
        violation, cost = rest_of(model, state.members, group, state.filled[group])
    for f in range(model.weights.shape[1]):
        units = sum_units(model, f, state.sums[group, f], state.filled[group])
        state.units[group, f] = units
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
    state.price[group, 0] = violation
    state.price[group, 1] = cost


@loop
def try_move(model, state, i, b, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Price a move of i to group b, as `try_swap` does; nothing is changed yet."""
    a = state.place[i]
    size_a, size_b = state.filled[a], state.filled[b]
    violation, cost = own_change(model, state, i, a, b, -1)
    violation -= state.price[a, 0] + state.price[b, 0]
    cost -= state.price[a, 1] + state.price[b, 1]
    for f in range(model.weights.shape[1]):
        weight = model.weights[i, f]
        units = sum_units(model, f, state.sums[a, f] - weight, size_a - 1) + sum_units(
            model, f, state.sums[b, f] + weight, size_b + 1
        )
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
        if penalty_weight * violation + cost > ceiling:
            return False, violation, cost
    if has_rest(model):
        last = state.members[a, size_a - 1]
        state.members[a, state.slot[i]] = last
        state.members[b, size_b] = i
        violation_a, cost_a = rest_of(model, state.members, a, size_a - 1)
        violation_b, cost_b = rest_of(model, state.members, b, size_b + 1)
        state.members[a, state.slot[i]] = i
        state.members[a, size_a - 1] = last
        violation += violation_a + violation_b
        cost += cost_a + cost_b
    return penalty_weight * violation + cost <= ceiling, violation, cost


@loop
def keep_move(model, state, i, b, violation, cost):  # type: ignore[no-untyped-def]
    """Commit a `try_move`, given the changes in violation and cost that it returned."""
    a = state.place[i]
    last = state.members[a, state.filled[a] - 1]
    state.members[a, state.slot[i]] = last
    state.slot[last] = state.slot[i]
    state.filled[a] -= 1
    state.members[b, state.filled[b]] = i
    state.slot[i] = state.filled[b]
    state.filled[b] += 1
    state.place[i] = b
    for f in range(model.weights.shape[1]):
        state.sums[a, f] -= model.weights[i, f]
        state.sums[b, f] += model.weights[i, f]
    state.totals[0] += violation
    state.totals[1] += cost
    settle(model, state, a)
    settle(model, state, b)


@inlined
def ceiling_at(state, temperature):  # type: ignore[no-untyped-def]
    """Draw the largest rise in energy that passes at a temperature.

    The Metropolis criterion turned round: a rise passes with probability exp(-rise / temperature),
    so drawing the ceiling first lets a proposal end as soon as it is exceeded.
    """
    if temperature <= 0.0:
        return 0.0
    return -temperature * np.log((draw(state.random, 1 << 30) + 1.0) / (1 << 30))


@inlined
def pick(state, n):  # type: ignore[no-untyped-def]
    """Pick a student; while anything is broken, one time in four from a group that breaks it."""
    if state.totals[0] > 0 and draw(state.random, 4) == 0:
        for _ in range(8):
            group = draw(state.random, state.filled.shape[0])
            if state.price[group, 0] > 0:
                return state.members[group, draw(state.random, state.filled[group])]
    return draw(state.random, n)


@making
def cheapest_swaps(model, state, group, penalty_weight, most):  # type: ignore[no-untyped-def]
    """Return, for each group, the least energy that a swap of one of theirs with one of `group` adds.

    Parameters
    ----------
    model : Model
    state : SearchState
        The same on return.
    group : int
    penalty_weight : float
    most : float
        Given where no swap adds less.

    Returns
    -------
    ndarray of float64, shape (groups,)
    """
    least = np.full(state.filled.shape[0], most)
    _try_swaps(model, state, group, penalty_weight, least)
    return least


@loop
def _try_swaps(model, state, group, penalty_weight, least):  # type: ignore[no-untyped-def]
    for m in range(state.filled[group]):
        i = state.members[group, m]
        for j in range(state.place.shape[0]):
            b = state.place[j]
            if b != group:
                fits, violation, cost = try_swap(model, state, i, j, penalty_weight, least[b])
                if fits:
                    undo_swap(state, i, j)
                    least[b] = penalty_weight * violation + cost


@loop
def note_best(state):  # type: ignore[no-untyped-def]
    """Keep the current assignment if it is the best so far: violation first, then cost."""
    now = state.totals
    if now[0] < now[2] or (now[0] == now[2] and now[1] < now[3]):
        now[2], now[3] = now[0], now[1]
        for student in range(state.place.shape[0]):
            state.best[student] = state.place[student]


@loop
def anneal(model, state, proposals, temperature_from, temperature_to, penalty_weight):  # type: ignore[no-untyped-def]
    """Simulated annealing: propose swaps, moves and double swaps while the temperature falls geometrically.

    Of 64 proposals 8 are moves (where sizes may differ) and 54 or 62 are swaps; the rest are double swaps.

    Parameters
    ----------
    model : Model
    state : SearchState
        Changed in place.
    proposals : int
    temperature_from, temperature_to : float
        In units of energy; zero accepts no rise.
    penalty_weight : float
        Cost that one unit of violation weighs.
    """
    n = state.place.shape[0]
    groups = state.filled.shape[0]
    temperature = temperature_from
    cooling = (temperature_to / temperature_from) ** (128.0 / proposals) if temperature_from > 0.0 else 1.0
    moves = model.smallest < model.largest
    for proposal in range(proposals):
        if proposal % 128 == 127:
            temperature *= cooling
        kind = draw(state.random, 64)
        i = pick(state, n)
        ceiling = ceiling_at(state, temperature)
        if kind < 8 and moves:
            propose_move(model, state, i, draw(state.random, groups), penalty_weight, ceiling)
        elif kind < 62:
            propose_swap(model, state, i, draw(state.random, n), penalty_weight, ceiling)
        else:
            propose_double(model, state, i, draw(state.random, n), n, penalty_weight, ceiling)


@loop
def propose_move(model, state, i, b, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Propose a move of i to group b where both sizes allow it."""
    a = state.place[i]
    if a == b or state.filled[a] <= model.smallest or state.filled[b] >= model.largest:
        return
    fits, violation, cost = try_move(model, state, i, b, penalty_weight, ceiling)
    if fits:
        keep_move(model, state, i, b, violation, cost)
        note_best(state)


@inlined
def propose_swap(model, state, i, j, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Propose a swap of i and j."""
    if state.place[i] == state.place[j]:
        return
    fits, violation, cost = try_swap(model, state, i, j, penalty_weight, ceiling)
    if fits:
        keep_swap(model, state, i, j, violation, cost)
        note_best(state)


@loop
def propose_double(model, state, i, j, n, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Propose two swaps judged as one: a ring of three groups, or two pairs that trade places."""
    a, b = state.place[i], state.place[j]
    if a == b:
        return
    _, violation, cost = try_swap(model, state, i, j, penalty_weight, np.inf)
    keep_swap(model, state, i, j, violation, cost)
    left = ceiling - penalty_weight * violation - cost
    k = state.members[a, draw(state.random, state.filled[a])]
    if draw(state.random, 2) == 0:
        m = state.members[b, draw(state.random, state.filled[b])]
    else:
        m = draw(state.random, n)
    fits = left >= 0.0
    if k != j and state.place[k] != state.place[m]:
        fits, violation, cost = try_swap(model, state, k, m, penalty_weight, left)
        if fits:
            keep_swap(model, state, k, m, violation, cost)
    if fits:
        note_best(state)
    else:
        _, violation, cost = try_swap(model, state, i, j, penalty_weight, np.inf)
        keep_swap(model, state, i, j, violation, cost)
