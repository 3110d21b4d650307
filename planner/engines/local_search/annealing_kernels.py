"""Compiled simulated annealing: proposals, which of them pass, and the best assignment so far.

Arguments are as in `swap_kernels`.
"""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import inlined, loop
from planner.engines.local_search.resource_kernels import take
from planner.engines.local_search.swap_kernels import keep_move, keep_swap, try_move, try_swap

RESOURCES = 8  # of 64 proposals, where groups take resources


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


@loop
def note_best(state):  # type: ignore[no-untyped-def]
    """Keep the current assignment if it is the best so far: violation first, then cost."""
    now = state.totals
    if now[0] < now[2] or (now[0] == now[2] and now[1] < now[3]):
        now[2], now[3] = now[0], now[1]
        for student in range(state.place.shape[0]):
            state.best[student] = state.place[student]
        for group in range(state.taken.shape[0]):
            for k in range(state.taken.shape[1]):
                state.best_taken[group, k] = state.taken[group, k]


@loop
def anneal(model, state, proposals, temperature_from, temperature_to, penalty_weight):  # type: ignore[no-untyped-def]
    """Simulated annealing: propose swaps, moves and double swaps while the temperature falls geometrically.

    Of 64 proposals 8 are moves (where sizes may differ) and 54 or 62 are swaps; the rest are double swaps.
    Where groups take resources, 8 of the swaps are proposals about what a group takes.

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
    kinds = state.taken.shape[1]
    for proposal in range(proposals):
        if proposal % 128 == 127:
            temperature *= cooling
        kind = draw(state.random, 64)
        i = pick(state, n)
        ceiling = ceiling_at(state, temperature)
        if kind < 8 and moves:
            propose_move(model, state, i, draw(state.random, groups), penalty_weight, ceiling)
        elif kind < 8 + RESOURCES and kinds > 0:
            propose_resource(model, state, draw(state.random, groups), penalty_weight, ceiling)
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


@loop
def propose_resource(model, state, a, penalty_weight, ceiling):  # type: ignore[no-untyped-def]
    """Propose that group a takes another resource, or trades with a group that takes one."""
    k = draw(state.random, state.taken.shape[1])
    first, last = model.resource_start[k], model.resource_start[k + 1]
    mine = state.taken[a, k]
    b = -1
    if draw(state.random, 2) == 0:
        b = draw(state.random, state.taken.shape[0])
        new = state.taken[b, k]
    else:
        new = first + draw(state.random, last - first)
    if new == mine:
        return
    violation, cost = take(model, state, a, k, new)
    if b >= 0:
        more_violation, more_cost = take(model, state, b, k, mine)
        violation += more_violation
        cost += more_cost
    if penalty_weight * violation + cost <= ceiling:
        note_best(state)
        return
    take(model, state, a, k, mine)
    if b >= 0:
        take(model, state, b, k, new)


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
