"""Compiled prices of the groups of a search: what their members decide together, and each for themselves.

Arguments are as in `swap_kernels`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.engines.common.compiled import inlined, loop
from planner.engines.common.sum_kernels import sum_units
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
    taken : ndarray of int64, shape (groups, kinds)
        The resource of each kind that a group takes, by its place among all of them.
    takers : ndarray of int64, shape (R,)
        How many groups take each resource.
    takers_of_both : ndarray of int64, shape (R, R)
        How many groups take both, where that is limited.
    best_taken : ndarray of int64, shape (groups, kinds)
        What groups take in the best assignment so far.
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
    taken: IntArray
    takers: IntArray
    takers_of_both: IntArray
    best_taken: IntArray


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


@inlined
def everywhere(model):  # type: ignore[no-untyped-def]
    """Return how many sums count in every group, whatever it takes; the others stand behind them."""
    return model.weights.shape[1] - model.only.shape[0]


@loop
def rest_of(model, members, place, taken, group, count):  # type: ignore[no-untyped-def]
    """Return violation and cost of what needs the list of members.

    Labels, overlap, listed company, and sums that count only with what a group takes.
    """
    violation, cost = _overlap_price(model, members, group, count)
    if model.labels.shape[1] > 0:
        more_violation, more_cost = _label_price(model, members, group, count)
        violation += more_violation
        cost += more_cost
    if model.company_least.shape[0] > 0:
        more_violation, more_cost = _company_price(model, members, place, group, count)
        violation += more_violation
        cost += more_cost
    if model.only.shape[0] > 0:
        more_violation, more_cost = _some_sums_price(model, members, taken, group, count)
        violation += more_violation
        cost += more_cost
    return violation, cost


@loop
def _some_sums_price(model, members, taken, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    for k in range(taken.shape[1]):
        for s in range(model.only.shape[0]):
            if model.only[s] == taken[group, k]:
                f = everywhere(model) + s
                total = 0
                for m in range(count):
                    total += model.weights[members[group, m], f]
                units = sum_units(model, f, total, count)
                violation += units * model.violation_price[f]
                cost += units * model.cost_price[f]
    return violation, cost


@loop
def _overlap_price(model, members, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    if count == 0:
        return violation, cost
    for o in range(model.overlap_least.shape[0]):
        short = model.overlap_least[o]
        for w in range(model.overlap_start[o], model.overlap_start[o + 1]):
            shared = model.masks[members[group, 0], w]
            for m in range(1, count):
                shared &= model.masks[members[group, m], w]
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
def _company_price(model, members, place, group, count):  # type: ignore[no-untyped-def]
    violation = 0
    cost = 0
    for m in range(count):
        student = members[group, m]
        for entry in range(model.company_start[student], model.company_start[student + 1]):
            short = model.company_least[entry]
            start, end = model.others_start[entry], model.others_end[entry]
            if end - start <= count:
                for k in range(start, end):
                    other = model.others[k]
                    short -= short > 0 and other != student and place[other] == group
            else:
                for k in range(count):
                    if k != m and short > 0 and _listed(model.others, start, end, members[group, k]):
                        short -= 1
            violation += short * model.company_violation[entry]
            cost += short * model.company_cost[entry]
    return violation, cost


@inlined
def own_change(model, state, student, old, new, beside):  # type: ignore[no-untyped-def]
    """Return what pairs, home and resources add, as (violation, cost), when a student goes from old to new.

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
    for k in range(state.taken.shape[1]):
        before, after = state.taken[old, k], state.taken[new, k]
        violation += model.resource_violation[student, after] - model.resource_violation[student, before]
        cost += model.resource_cost[student, after] - model.resource_cost[student, before]
    return violation, cost


@inlined
def has_rest(model):  # type: ignore[no-untyped-def]
    """Return whether any cost needs the list of members."""
    kinds = model.overlap_least.shape[0] + model.labels.shape[1] + model.company_least.shape[0]
    return kinds + model.only.shape[0] > 0
