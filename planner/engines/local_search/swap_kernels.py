"""Compiled swaps and moves, tried and kept: the innermost loop of the search.

Every function takes a `Model` (flat arrays of the costs) and a `SearchState` (who is where);
their shapes stand there. Students `i`, `j`, `k` and groups `a`, `b`, `group` are positions.
"Energy" is ``penalty_weight * violation + cost``. Nothing here allocates inside the loop.
"""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.engines.common.sum_kernels import sum_units
from planner.engines.local_search.price_kernels import everywhere, has_rest, own_change, rest_of


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
    for f in range(everywhere(model)):
        change = model.weights[j, f] - model.weights[i, f]
        if change == 0:
            units = state.units[a, f] + state.units[b, f]
        else:
            units = sum_units(model, f, state.sums[a, f] + change, state.filled[a])
            units += sum_units(model, f, state.sums[b, f] - change, state.filled[b])
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
        if penalty_weight * violation + cost > ceiling:
            return False, violation, cost
    state.members[a, state.slot[i]] = j
    state.members[b, state.slot[j]] = i
    if has_rest(model):
        state.place[i], state.place[j] = b, a
        rest_violation, rest_cost = rest_of(
            model, state.members, state.place, state.taken, a, state.filled[a]
        )
        violation += rest_violation
        cost += rest_cost
        if penalty_weight * violation + cost <= ceiling:
            rest_violation, rest_cost = rest_of(
                model, state.members, state.place, state.taken, b, state.filled[b]
            )
            violation += rest_violation
            cost += rest_cost
        state.place[i], state.place[j] = a, b
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
        violation, cost = rest_of(model, state.members, state.place, state.taken, group, state.filled[group])
    for f in range(everywhere(model)):
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
    for f in range(everywhere(model)):
        weight = model.weights[i, f]
        units = sum_units(model, f, state.sums[a, f] - weight, size_a - 1)
        units += sum_units(model, f, state.sums[b, f] + weight, size_b + 1)
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
        if penalty_weight * violation + cost > ceiling:
            return False, violation, cost
    if has_rest(model):
        last = state.members[a, size_a - 1]
        state.members[a, state.slot[i]] = last
        state.members[b, size_b] = i
        state.place[i] = b
        violation_a, cost_a = rest_of(model, state.members, state.place, state.taken, a, size_a - 1)
        violation_b, cost_b = rest_of(model, state.members, state.place, state.taken, b, size_b + 1)
        state.place[i] = a
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
