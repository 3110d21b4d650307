"""Compiled changes of what a group takes besides members: a topic, a tutor, a moment, a room.

Arguments are as in `swap_kernels`; a resource is a place among those of all kinds.
"""

from __future__ import annotations

from planner.engines.common.compiled import inlined, loop
from planner.engines.common.sum_kernels import sum_units
from planner.engines.local_search.price_kernels import everywhere

OFF = 100  # violation of one group too few or too many, as in `planner.model.evaluation`


@inlined
def _off(model, state, one):  # type: ignore[no-untyped-def]
    """Return how many groups too few or too many take a resource."""
    return max(0, model.resource_least[one] - state.takers[one], state.takers[one] - model.resource_most[one])


@inlined
def _together(model, state, one, other, change):  # type: ignore[no-untyped-def]
    """Count one group more, or less, that takes both; return how many more are too many."""
    most = model.link_most[one, other]
    if most < 0:
        return 0
    before = max(0, state.takers_of_both[one, other] - most)
    state.takers_of_both[one, other] += change
    state.takers_of_both[other, one] += change
    return max(0, state.takers_of_both[one, other] - most) - before


@loop
def take(model, state, group, k, new):  # type: ignore[no-untyped-def]
    """Let a group take another resource of a kind; return the changes in violation and cost."""
    old = state.taken[group, k]
    off = -_off(model, state, old) - _off(model, state, new)
    state.takers[old] -= 1
    state.takers[new] += 1
    off += _off(model, state, old) + _off(model, state, new)
    for q in range(state.taken.shape[1]):
        if q != k:
            off += _together(model, state, old, state.taken[group, q], -1)
            off += _together(model, state, new, state.taken[group, q], 1)
    state.taken[group, k] = new
    own_violation, own_cost = _sums_change(model, state, group, old, new)
    violation = OFF * off + own_violation
    cost = own_cost
    for m in range(state.filled[group]):
        student = state.members[group, m]
        violation += model.resource_violation[student, new] - model.resource_violation[student, old]
        cost += model.resource_cost[student, new] - model.resource_cost[student, old]
    state.totals[0] += violation
    state.totals[1] += cost
    return violation, cost


@inlined
def _sums_change(model, state, group, old, new):  # type: ignore[no-untyped-def]
    """Price anew the sums that count for one of two resources only, and keep the price of the group."""
    violation = 0
    cost = 0
    for s in range(model.only.shape[0]):
        change = (model.only[s] == new) - (model.only[s] == old)
        if change != 0:
            f = everywhere(model) + s
            change *= sum_units(model, f, state.sums[group, f], state.filled[group])
            violation += change * model.violation_price[f]
            cost += change * model.cost_price[f]
    state.price[group, 0] += violation
    state.price[group, 1] += cost
    return violation, cost
