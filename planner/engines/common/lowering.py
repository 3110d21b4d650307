"""An `Instance` lowered to flat arrays, the form that compiled kernels read."""

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
    ResourceCost,
    SumCost,
)

ANY_NUMBER = -1  # in `Model.link_most`: as many groups as there are may take both


class Model(NamedTuple):
    """The costs as flat arrays; n students, F sums, L labelings, O overlaps, H homes, R resources, all int64.

    Company that a set of students keeps among themselves ("never alone") needs only
    their number in the group, so it is a sum with `company` > 0. Any other company
    is listed per student, C entries in all: entries ``company_start[i]`` to ``company_start[i + 1]``,
    each with its own stretch of `others`. Pairs are listed per student in the same way, P entries
    in all, each pair at both of its students. ``*_violation`` holds the price of a unit where the
    cost is a must and zero where it is not, ``*_cost`` the other way round.

    Attributes
    ----------
    largest, smallest : int
        Allowed members of a group.
    weights : ndarray, shape (n, F)
    low, high, step, from_size : ndarray, shape (F,)
        As in `SumCost`.
    company : ndarray, shape (F,)
        0: a range; k: each of the counted needs k others.
    by_size : ndarray, shape (F, 3)
        As in `CompanyCost`; asks nothing of a range.
    violation_price, cost_price : ndarray, shape (F,)
    pair_start : ndarray, shape (n + 1,)
    pair_other, pair_violation, pair_cost : ndarray, shape (P,)
    pair_together : ndarray, shape (P,)
        1: a unit when they are not together.
    labels : ndarray, shape (n, L)
        Below zero: goes with every label.
    label_violation, label_cost : ndarray, shape (L,)
    masks : ndarray, shape (n, words)
        One bit per slot, the words of one overlap after those of another.
    overlap_start : ndarray, shape (O + 1,)
        Where the words of each overlap begin.
    overlap_least, overlap_violation, overlap_cost : ndarray, shape (O,)
    company_start : ndarray, shape (n + 1,)
    company_least, company_violation, company_cost : ndarray, shape (C,)
    others_start, others_end : ndarray, shape (C,)
        Stretch of `others` that an entry counts.
    others : ndarray
        Students, sorted within a stretch.
    home, home_violation, home_cost : ndarray, shape (H, n)
        Group of each student, below zero for none; price of being in another one.
    only : ndarray, shape (S,)
        The resource that a group has to take for each of the last S sums to count.
    resource_start : ndarray, shape (kinds + 1,)
        Where the resources of each kind begin among all of them.
    resource_least, resource_most : ndarray, shape (R,)
        How many groups take each.
    resource_violation, resource_cost : ndarray, shape (n, R)
        Price of each student in a group that takes it.
    link_most : ndarray, shape (R, R)
        How many groups may take both, the same both ways, or `ANY_NUMBER`.
    """

    largest: int
    smallest: int
    weights: IntArray
    low: IntArray
    high: IntArray
    step: IntArray
    from_size: IntArray
    company: IntArray
    by_size: IntArray
    violation_price: IntArray
    cost_price: IntArray
    pair_start: IntArray
    pair_other: IntArray
    pair_violation: IntArray
    pair_cost: IntArray
    pair_together: IntArray
    labels: IntArray
    label_violation: IntArray
    label_cost: IntArray
    masks: IntArray
    overlap_start: IntArray
    overlap_least: IntArray
    overlap_violation: IntArray
    overlap_cost: IntArray
    company_start: IntArray
    company_least: IntArray
    company_violation: IntArray
    company_cost: IntArray
    others_start: IntArray
    others_end: IntArray
    others: IntArray
    home: IntArray
    home_violation: IntArray
    home_cost: IntArray
    only: IntArray
    resource_start: IntArray
    resource_least: IntArray
    resource_most: IntArray
    resource_violation: IntArray
    resource_cost: IntArray
    link_most: IntArray


def lower(instance: Instance) -> Model:
    """Lower an instance to flat arrays.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Model
    """
    return Model(
        instance.largest,
        instance.smallest,
        *_sums(instance),
        *_pairs(instance),
        *_labels(instance),
        *_overlaps(instance),
        *_company(instance),
        *_homes(instance),
        *_only(instance),
        *_resources(instance),
    )


def _array(values: Sequence[int]) -> IntArray:
    return np.asarray(values, np.int64)


def _prices(costs: Sequence[SumCost | CompanyCost | OverlapCost | PairCost]) -> tuple[IntArray, IntArray]:
    """Prices split into those of violation and those of cost."""
    violation = _array([cost.price if cost.must else 0 for cost in costs])
    return violation, _array([0 if cost.must else cost.price for cost in costs])


def _sums(instance: Instance) -> tuple[IntArray, ...]:
    every = [cost for cost in instance.costs if isinstance(cost, SumCost)]
    ranges = [cost for cost in every if cost.only is None]
    own = [c for c in instance.costs if isinstance(c, CompanyCost) and c.own]
    some = [cost for cost in every if cost.only is not None]
    weights = np.zeros((instance.students, len(every) + len(own)), np.int64)
    for place, cost in enumerate(ranges):
        weights[:, place] = cost.weights
    for place, company in enumerate(own, start=len(ranges)):
        weights[company.students, place] = 1
    for place, cost in enumerate(some, start=len(ranges) + len(own)):
        weights[:, place] = cost.weights
    nothing, none, nor = [0] * len(own), [0] * len(ranges), [0] * len(some)
    by_size = [(0, 0, 1)] * len(ranges) + [cost.by_size for cost in own] + [(0, 0, 1)] * len(some)
    return (
        weights,
        _array([cost.low for cost in ranges] + nothing + [cost.low for cost in some]),
        _array([cost.high for cost in ranges] + nothing + [cost.high for cost in some]),
        _array([cost.step for cost in ranges] + [1] * len(own) + [cost.step for cost in some]),
        _array([cost.from_size for cost in ranges] + [1] * len(own) + [cost.from_size for cost in some]),
        _array(none + [cost.at_least for cost in own] + nor),
        np.asarray(by_size, np.int64).reshape(-1, 3),
        *_prices([*ranges, *own, *some]),
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
    words = [np.zeros((instance.students, 0), np.int64), *(cost.words for cost in found)]
    start = np.cumsum([part.shape[1] for part in words])
    masks = np.ascontiguousarray(np.concatenate(words, axis=1), np.int64)
    return (masks, _array(start.tolist()), _array([cost.at_least for cost in found]), *_prices(found))


def _company(instance: Instance) -> tuple[IntArray, ...]:
    entries: list[list[tuple[int, int, int, int, int]]] = [[] for _ in range(instance.students)]
    others: list[int] = []
    for cost in instance.costs:
        if isinstance(cost, CompanyCost) and not cost.own:
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


def resource_starts(instance: Instance) -> IntArray:
    """Return where the resources of each kind begin among all of them.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    ndarray of int64, shape (kinds + 1,)
    """
    return _array(np.cumsum([0, *(len(kind.most) for kind in instance.resources)]).tolist())


def _only(instance: Instance) -> tuple[IntArray, ...]:
    start = resource_starts(instance)
    asked = [cost.only for cost in instance.costs if isinstance(cost, SumCost) and cost.only is not None]
    return (_array([int(start[kind]) + one for kind, one in asked]),)


def _resources(instance: Instance) -> tuple[IntArray, ...]:
    start = resource_starts(instance)
    number = int(start[-1])
    violation, plain = (np.zeros((instance.students, number), np.int64) for _ in range(2))
    for cost in instance.costs:
        if isinstance(cost, ResourceCost):
            those = slice(int(start[cost.kind]), int(start[cost.kind + 1]))
            (violation if cost.must else plain)[:, those] += cost.price * cost.units
    most = np.full((number, number), ANY_NUMBER, np.int64)
    for link in instance.links:
        first, second = (slice(int(start[kind]), int(start[kind + 1])) for kind in link.kinds)
        most[first, second], most[second, first] = link.most, link.most.T
    every = [
        (least, up) for kind in instance.resources for least, up in zip(kind.least, kind.most, strict=True)
    ]
    return (
        start,
        _array([one for one, _ in every]),
        _array([one for _, one in every]),
        violation,
        plain,
        most,
    )
