"""An `Instance` as `enumeration.SubsetCosts`: the arrays that the enumeration of groups works with."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.lowering import Model
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN, SubsetCosts
from planner.model.instance import (
    ANY_HIGH,
    ANY_LABEL,
    ANY_LOW,
    Instance,
    IntArray,
    PairCost,
)

SCALE = 1 << 10  # prices inside the enumeration are finer, so that duals can be whole numbers


def main_sum(model: Model) -> int:
    """Return the range with the most different weights, which narrows an enumeration most.

    Parameters
    ----------
    model : Model

    Returns
    -------
    int
        Its column in `Model.weights`; -1 where there is no range.
    """
    ranges = np.flatnonzero(model.company == 0)
    if not len(ranges):
        return -1
    different = [len(np.unique(model.weights[:, f])) for f in ranges]
    return int(ranges[int(np.argmax(different))])


def _priced(violation: IntArray, cost: IntArray) -> IntArray:
    return np.where(violation > 0, FORBIDDEN, cost * SCALE).astype(np.int64)


def subset_costs(instance: Instance, model: Model, main: int, order: IntArray) -> SubsetCosts:
    """Return the cost arrays of an instance, students in the order of the main sum.

    Parameters
    ----------
    instance : Instance
    model : Model
        ``lower(instance)``.
    main : int
        Sum that comes first; -1 for one that asks nothing.
    order : ndarray of int64, shape (students,)
        Student at each position, rising in the main sum.

    Returns
    -------
    SubsetCosts
    """
    rest = [f for f in range(model.weights.shape[1]) if f != main]
    if main >= 0:
        chosen = [main, *rest]
        weights = model.weights[order][:, chosen]
        low, high, step = model.low[chosen], model.high[chosen], model.step[chosen]
        from_size, company = model.from_size[chosen], model.company[chosen]
        by_size = model.by_size[chosen]
        price = _priced(model.violation_price, model.cost_price)[chosen]
    else:  # a main sum that asks nothing
        weights = np.insert(model.weights[order], 0, 0, axis=1)
        low, high = np.insert(model.low, 0, ANY_LOW), np.insert(model.high, 0, ANY_HIGH)
        step, from_size = np.insert(model.step, 0, 1), np.insert(model.from_size, 0, 1)
        company, by_size = np.insert(model.company, 0, 0), np.insert(model.by_size, 0, (0, 0, 1), axis=0)
        price = np.insert(_priced(model.violation_price, model.cost_price), 0, SCALE)
    least, most = _reach(weights, instance.largest)
    between, gain = _between(instance, order)
    tied = _tied(instance, order)
    entry_start, entry_need, entry_price, wanted = _entries(model, order)
    ties = np.stack([np.tril(tied, -1).sum(axis=1), np.triu(tied, 1).sum(axis=1)], axis=1).astype(np.int64)
    return SubsetCosts(
        weights=np.ascontiguousarray(weights),
        low=low,
        high=high,
        step=step,
        from_size=from_size,
        company=company,
        by_size=np.ascontiguousarray(by_size),
        price=price,
        least=least,
        most=most,
        masks=np.ascontiguousarray(model.masks[order]),
        shared_start=model.overlap_start,
        shared=model.overlap_least,
        shared_price=_priced(model.overlap_violation, model.overlap_cost),
        between=between,
        gain=gain,
        tied=tied,
        ties=ties,
        entry_start=entry_start,
        entry_need=entry_need,
        entry_price=entry_price,
        wanted=wanted,
    )


def _reach(weights: IntArray, largest: int) -> tuple[IntArray, IntArray]:
    """Least and greatest sums of so many students from a position on."""
    n, sums = weights.shape
    least, most = (np.zeros((n + 1, largest + 1, sums), np.int64) for _ in range(2))
    low = np.full((largest, sums), 1 << 55, np.int64)
    high = np.full((largest, sums), -(1 << 55), np.int64)
    for j in range(n - 1, -1, -1):
        low = np.sort(np.vstack([low, weights[j]]), axis=0)[:largest]
        high = -np.sort(-np.vstack([high, weights[j]]), axis=0)[:largest]
        least[j, 1:] = np.cumsum(low, axis=0)
        most[j, 1:] = np.cumsum(high, axis=0)
    return least, most


def _between(instance: Instance, order: IntArray) -> tuple[IntArray, IntArray]:
    n = instance.students
    price = np.zeros((n, n), np.int64)
    pairs = [cost for cost in instance.costs if isinstance(cost, PairCost)]
    for cost in pairs:
        if cost.must and cost.together:
            unit = 0
        else:
            unit = FORBIDDEN if cost.must else cost.price * SCALE * (-1 if cost.together else 1)
        for (a, b), weight in zip(cost.pairs.tolist(), cost.weights.tolist(), strict=True):
            if weight:
                price[a, b] += unit * weight
                price[b, a] += unit * weight
        if cost.labels is not None:
            given = cost.labels != ANY_LABEL
            differ = (cost.labels[:, None] != cost.labels[None, :]) & given[:, None] & given[None, :]
            price += differ * (FORBIDDEN if cost.must else cost.price * SCALE)
    gain = -np.minimum(price, 0).sum(axis=1)[order]
    if not pairs:
        return np.zeros((0, 0), np.int64), gain
    return np.ascontiguousarray(np.minimum(price, FORBIDDEN)[np.ix_(order, order)]), gain


def _tied(instance: Instance, order: IntArray) -> IntArray:
    tied = np.zeros((instance.students, instance.students), np.int64)
    for cost in instance.costs:
        if isinstance(cost, PairCost) and cost.must and cost.together:
            chosen = cost.pairs[cost.weights > 0]
            tied[chosen[:, 0], chosen[:, 1]] = 1
            tied[chosen[:, 1], chosen[:, 0]] = 1
    return np.ascontiguousarray(tied[np.ix_(order, order)]) if tied.any() else np.zeros((0, 0), np.int64)


def _entries(model: Model, order: IntArray) -> tuple[IntArray, IntArray, IntArray, NDArray[np.bool_]]:
    """Return listed company, with students by position."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    price = _priced(model.company_violation, model.company_cost)
    starts = model.company_start[order], model.company_start[order + 1]
    entries = np.concatenate([np.arange(start, end) for start, end in zip(*starts, strict=True)]).astype(
        np.int64
    )
    wanted = np.zeros((len(entries), len(order)), np.bool_)
    for row, entry in enumerate(entries.tolist()):
        wanted[row, place[model.others[model.others_start[entry] : model.others_end[entry]]]] = True
    counts = starts[1] - starts[0]
    wanted[np.arange(len(entries)), np.repeat(np.arange(len(order)), counts)] = False
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return start, model.company_least[entries], price[entries], wanted
