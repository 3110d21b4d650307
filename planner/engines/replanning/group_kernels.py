"""Compiled prices of a group, given as an array of students, and whether it can be a group at all."""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.engines.common.sum_kernels import sum_units


@inlined
def slots_short(shared, least):  # type: ignore[no-untyped-def]
    """Return how many bits fewer than `least` are set."""
    while shared and least > 0:
        shared &= shared - 1
        least -= 1
    return least


@loop
def _shared_by_all(model, row, count):  # type: ignore[no-untyped-def]
    """Violation and cost of what is asked of the members' sums, slots and labels."""
    violation, cost = 0, 0
    for f in range(model.weights.shape[1]):
        total = 0
        for m in range(count):
            total += model.weights[row[m], f]
        units = sum_units(model, f, total, count)
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
    for o in range(model.overlap_least.shape[0]):
        short = model.overlap_least[o]
        for w in range(model.overlap_start[o], model.overlap_start[o + 1]):
            shared = model.masks[row[0], w]
            for m in range(1, count):
                shared &= model.masks[row[m], w]
            short = slots_short(shared, short)
        violation += short * model.overlap_violation[o]
        cost += short * model.overlap_cost[o]
    for a in range(model.labels.shape[1]):
        for m in range(count):
            mine = model.labels[row[m], a]
            for k in range(m):
                other = model.labels[row[k], a]
                differ = mine >= 0 and other >= 0 and mine != other
                violation += differ * model.label_violation[a]
                cost += differ * model.label_cost[a]
    return violation, cost


@loop
def _own(model, row, count, m):  # type: ignore[no-untyped-def]
    """Violation and cost of one member's pairs and company; what two share counts with the later one."""
    student = row[m]
    violation, cost = 0, 0
    for entry in range(model.pair_start[student], model.pair_start[student + 1]):
        at = -1
        for k in range(count):
            if row[k] == model.pair_other[entry]:
                at = k
        if model.pair_together[entry]:
            violation += (at < 0) * model.pair_violation[entry]
            cost -= (0 <= at < m) * model.pair_cost[entry]
        elif 0 <= at < m:
            violation += model.pair_violation[entry]
            cost += model.pair_cost[entry]
    for entry in range(model.company_start[student], model.company_start[student + 1]):
        short = model.company_least[entry]
        for place in range(model.others_start[entry], model.others_end[entry]):
            for k in range(count):
                short -= k != m and row[k] == model.others[place]
        violation += max(0, short) * model.company_violation[entry]
        cost += max(0, short) * model.company_cost[entry]
    return violation, cost


@loop
def _priced(model, row, count):  # type: ignore[no-untyped-def]
    """Violation and cost of the first `count` of `row` as a group.

    A pair that would rather be together earns back its price where it is, so over a
    plan the prices of all such pairs have to be added.
    """
    violation, cost = _shared_by_all(model, row, count)
    for m in range(count):
        more_violation, more_cost = _own(model, row, count, m)
        violation += more_violation
        cost += more_cost
    return violation, cost


@loop
def holds(model, row, count):  # type: ignore[no-untyped-def]
    """Return whether the first `count` of `row` can be a group: every `must` cost but the size."""
    violation, _ = _shared_by_all(model, row, count)
    m = 0
    while violation == 0 and m < count:
        violation, _ = _own(model, row, count, m)
        m += 1
    return violation == 0


@loop
def goes_with(model, row, count, student):  # type: ignore[no-untyped-def]
    """Whether nothing between the student and the first `count` of `row` forbids one group."""
    for entry in range(model.pair_start[student], model.pair_start[student + 1]):
        if model.pair_violation[entry] > 0 and not model.pair_together[entry]:
            for k in range(count):
                if row[k] == model.pair_other[entry]:
                    return False
    for a in range(model.labels.shape[1]):
        mine = model.labels[student, a]
        for k in range(count):
            other = model.labels[row[k], a]
            if model.label_violation[a] > 0 and mine >= 0 and other >= 0 and other != mine:
                return False
    return True


@making
def group_prices(model, rows, labels):  # type: ignore[no-untyped-def]
    """Return the cost of every listed group, with homes that of the group it becomes; see `_priced`.

    Parameters
    ----------
    model : Model
    rows : ndarray of int64, shape (m, largest)
        Members, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group.

    Returns
    -------
    ndarray of int64, shape (m,)
        In priced units.
    """
    prices = np.zeros(len(labels), np.int64)
    for place in range(len(labels)):
        count = 0
        while count < rows.shape[1] and rows[place, count] >= 0:
            student = rows[place, count]
            for h in range(model.home.shape[0]):
                away = model.home[h, student] not in (-1, labels[place])
                prices[place] += away * model.home_cost[h, student]
            count += 1
        if count:
            prices[place] += _priced(model, rows[place], count)[1]
    return prices


@making
def which_hold(model, rows):  # type: ignore[no-untyped-def]
    """Return for every listed group whether it can be one; see `holds`.

    Parameters
    ----------
    model : Model
    rows : ndarray of int64, shape (m, largest)
        Members, -1 behind them.

    Returns
    -------
    ndarray of bool, shape (m,)
    """
    found = np.zeros(len(rows), np.bool_)
    for place in range(len(rows)):
        count = 0
        while count < rows.shape[1] and rows[place, count] >= 0:
            count += 1
        found[place] = holds(model, rows[place], count)
    return found
