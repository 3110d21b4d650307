"""An `Instance` as flat arrays for compiled code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from planner.model.instance import (
    CompanyCost,
    HomeCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
)


class Model(NamedTuple):
    """The five costs as arrays; n students, F sums, L labelings, O overlaps, H homes.

    Company that a set of students keeps among themselves ("never alone") needs only
    their number in the group, so it is a sum with `company` > 0. Any other company
    is listed per student: entries `company_start[i]` to `company_start[i + 1]`, each
    with its own stretch of `others`.
    """

    largest: int
    smallest: int
    weights: IntArray  # (n, F)
    low: IntArray  # (F,)
    high: IntArray  # (F,)
    step: IntArray  # (F,)
    from_size: IntArray  # (F,)
    company: IntArray  # (F,) zero: a range; k: each of the counted needs k others
    violation_price: IntArray  # (F,) price where it is a must, else zero
    cost_price: IntArray  # (F,) price where it is not
    pair_start: IntArray  # (n + 1,)
    pair_other: IntArray
    pair_violation: IntArray
    pair_cost: IntArray
    pair_together: IntArray  # 1: a unit when they are not together
    labels: IntArray  # (n, L)
    label_violation: IntArray  # (L,)
    label_cost: IntArray  # (L,)
    masks: IntArray  # (n, O)
    overlap_least: IntArray  # (O,)
    overlap_violation: IntArray  # (O,)
    overlap_cost: IntArray  # (O,)
    company_start: IntArray  # (n + 1,)
    company_least: IntArray
    company_violation: IntArray
    company_cost: IntArray
    others_start: IntArray
    others_end: IntArray
    others: IntArray
    home: IntArray  # (H, n)
    home_violation: IntArray  # (H, n)
    home_cost: IntArray  # (H, n)


def lower(instance: Instance) -> Model:
    """Return the arrays of an instance."""
    return Model(
        instance.largest,
        instance.smallest,
        *_sums(instance),
        *_pairs(instance),
        *_labels(instance),
        *_overlaps(instance),
        *_company(instance),
        *_homes(instance),
    )


def _keeps_own_company(cost: CompanyCost) -> bool:
    return np.array_equal(cost.students, cost.others)


def _array(values: Sequence[int]) -> IntArray:
    return np.asarray(values, np.int64)


def _prices(costs: Sequence[SumCost | CompanyCost | OverlapCost | PairCost]) -> tuple[IntArray, IntArray]:
    """Prices split into those of violation and those of cost."""
    violation = _array([cost.price if cost.must else 0 for cost in costs])
    return violation, _array([0 if cost.must else cost.price for cost in costs])


def _sums(instance: Instance) -> tuple[IntArray, ...]:
    ranges = [cost for cost in instance.costs if isinstance(cost, SumCost)]
    own = [c for c in instance.costs if isinstance(c, CompanyCost) and _keeps_own_company(c)]
    weights = np.zeros((instance.students, len(ranges) + len(own)), np.int64)
    for place, cost in enumerate(ranges):
        weights[:, place] = cost.weights
    for place, company in enumerate(own, start=len(ranges)):
        weights[company.students, place] = 1
    nothing = [0] * len(own)
    return (
        weights,
        _array([cost.low for cost in ranges] + nothing),
        _array([cost.high for cost in ranges] + nothing),
        _array([cost.step for cost in ranges] + [1] * len(own)),
        _array([cost.from_size for cost in ranges] + [1] * len(own)),
        _array([0] * len(ranges) + [cost.at_least for cost in own]),
        *_prices([*ranges, *own]),
    )


def _pairs(instance: Instance) -> tuple[IntArray, ...]:
    found: list[list[tuple[int, int, int, bool]]] = [[] for _ in range(instance.students)]
    for cost in instance.costs:
        if isinstance(cost, PairCost):
            for (a, b), weight in zip(cost.pairs.tolist(), cost.weights.tolist(), strict=True):
                price = cost.price * weight
                entry = (price, 0, cost.together) if cost.must else (0, price, cost.together)
                found[a].append((b, *entry))
                found[b].append((a, *entry))
    flat = [entry for entries in found for entry in entries]
    return (
        _array(np.cumsum([0] + [len(entries) for entries in found]).tolist()),
        _array([entry[0] for entry in flat]),
        _array([entry[1] for entry in flat]),
        _array([entry[2] for entry in flat]),
        _array([int(entry[3]) for entry in flat]),
    )


def _labels(instance: Instance) -> tuple[IntArray, ...]:
    found = [cost for cost in instance.costs if isinstance(cost, PairCost) and cost.labels is not None]
    labels = np.zeros((instance.students, len(found)), np.int64)
    for place, cost in enumerate(found):
        if cost.labels is not None:
            labels[:, place] = cost.labels
    return (labels, *_prices(found))


def _overlaps(instance: Instance) -> tuple[IntArray, ...]:
    found = [cost for cost in instance.costs if isinstance(cost, OverlapCost)]
    masks = np.zeros((instance.students, len(found)), np.int64)
    for place, cost in enumerate(found):
        masks[:, place] = cost.masks
    return (masks, _array([cost.at_least for cost in found]), *_prices(found))


def _company(instance: Instance) -> tuple[IntArray, ...]:
    entries: list[list[tuple[int, int, int, int, int]]] = [[] for _ in range(instance.students)]
    others: list[int] = []
    for cost in instance.costs:
        if isinstance(cost, CompanyCost) and not _keeps_own_company(cost):
            start = len(others)
            others.extend(cost.others.tolist())
            violation, plain = (cost.price, 0) if cost.must else (0, cost.price)
            for student in cost.students.tolist():
                entries[student].append((cost.at_least, violation, plain, start, len(others)))
    flat = [entry for listed in entries for entry in listed]
    columns = [_array([entry[place] for entry in flat]) for place in range(5)]
    return (_array(np.cumsum([0] + [len(listed) for listed in entries]).tolist()), *columns, _array(others))


def _homes(instance: Instance) -> tuple[IntArray, ...]:
    found = [cost for cost in instance.costs if isinstance(cost, HomeCost)]
    shape = (len(found), instance.students)
    home, violation, plain = (np.zeros(shape, np.int64) for _ in range(3))
    for place, cost in enumerate(found):
        home[place] = cost.home
        (violation if cost.must else plain)[place] = cost.price * cost.weights
    return home, violation, plain
