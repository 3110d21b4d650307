"""An `Instance` as `subsets.Costs`, and the enumeration of its groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from math import gcd

import numpy as np

from planner.engines.lowering import Model, lower
from planner.engines.subsets import FORBIDDEN, Costs, Found, Levies, enumerate_size, price_group
from planner.instance import (
    ANY_HIGH,
    ANY_LABEL,
    ANY_LOW,
    AnyCost,
    HomeCost,
    Instance,
    IntArray,
    PairCost,
    SumCost,
)

SCALE = 1 << 10  # prices inside the enumeration are finer, so that what students pay can be whole
MOST_DENSE = 2_000  # students up to which pairs are kept as a matrix


@dataclass(frozen=True)
class Prices:
    """What students pay, and a group for two or more of a triple; in units of ``1 / SCALE``.

    Attributes
    ----------
    pay : ndarray of int64, shape (students,)
    levies : dict
        By triple of students, in rising order; above zero.
    """

    pay: IntArray
    levies: Mapping[tuple[int, int, int], int] = field(default_factory=dict)


@dataclass(frozen=True)
class Groups:
    """All groups that a class can be divided into, with what each costs.

    A plan costs the sum of its groups and `constant`. Prices of `HomeCost` are left
    out, except for a home that is gone: what follows from it is at most the cost.

    Attributes
    ----------
    instance : Instance
    costs : Costs
        In the order of the main sum.
    order : ndarray of int64, shape (students,)
        Student at each position.
    constant : int
        What every plan costs: pairs apart that are granted back in the groups, lost homes.
    unit : int
        Every cost of a plan is `constant` plus a multiple of it.
    empty : int
        Cost of a group without members.
    """

    instance: Instance
    costs: Costs
    order: IntArray
    constant: int
    unit: int
    empty: int

    @property
    def sizes(self) -> range:
        """The sizes of groups with members."""
        return range(max(1, self.instance.smallest), self.instance.largest + 1)

    def enumerate(
        self,
        size: int,
        prices: Prices,
        limit: int,
        quota: int,
        room: int = 0,
        per_student: bool = False,
    ) -> Found:
        """Return the groups of a size that cost less than `limit` more than their members pay.

        Parameters
        ----------
        size : int
        prices : Prices
        limit : int
            In units of ``1 / SCALE``.
        quota : int
            Steps for the groups with the same first student.
        room : int
            Groups kept at most.
        per_student : bool
            Keep only the best few of each student.
        """
        levies = _levies(prices.levies, self.order)
        complete, least, places, costs, reduced, steps = enumerate_size(
            self.costs, levies, size, prices.pay[self.order], limit, quota, room, per_student
        )
        members = np.sort(self.order[places], axis=1)
        return Found(complete, int(least), members, costs // SCALE, reduced, int(steps))

    def price(self, members: Sequence[int]) -> int:
        """Return what a group of these students costs."""
        if not members:
            return self.empty
        chosen = np.flatnonzero(np.isin(self.order, np.asarray(members, np.int64)))
        return int(price_group(self.costs, chosen)) // SCALE


def whole_groups(instance: Instance) -> Groups:
    """Return the groups of an instance."""
    model = lower(instance)
    main = _main_sum(model)
    order = np.argsort(model.weights[:, main], kind="stable") if main >= 0 else np.arange(instance.students)
    constant, unit = _constant(instance), _unit(instance)
    return Groups(instance, _costs(instance, model, main, order), order, constant, unit, _empty(instance))


def _levies(by_triple: Mapping[tuple[int, int, int], int], order: IntArray) -> Levies:
    if not by_triple:
        return Levies(np.zeros((0, 0), np.int64), np.zeros((0, 0, 0), np.int64))
    n = len(order)
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    pairs, triples = np.zeros((n, n), np.int64), np.zeros((n, n, n), np.int64)
    for triple, levy in by_triple.items():
        a, b, c = sorted(place[list(triple)].tolist())
        pairs[[a, a, b], [b, c, c]] += levy
        triples[a, b, c] += 2 * levy
    return Levies(pairs, triples)


def _main_sum(model: Model) -> int:
    """The range with the most different weights narrows an enumeration most; -1 where there is none."""
    ranges = np.flatnonzero(model.company == 0)
    if not len(ranges):
        return -1
    different = [len(np.unique(model.weights[:, f])) for f in ranges]
    return int(ranges[int(np.argmax(different))])


def _priced(strain: IntArray, cost: IntArray) -> IntArray:
    return np.where(strain > 0, FORBIDDEN, cost * SCALE).astype(np.int64)


def _costs(instance: Instance, model: Model, main: int, order: IntArray) -> Costs:
    rest = [f for f in range(model.weights.shape[1]) if f != main]
    if main >= 0:
        chosen = [main, *rest]
        weights = model.weights[order][:, chosen]
        low, high, step = model.low[chosen], model.high[chosen], model.step[chosen]
        from_size, company = model.from_size[chosen], model.company[chosen]
        price = _priced(model.strain_price, model.cost_price)[chosen]
    else:  # a main sum that asks nothing
        weights = np.insert(model.weights[order], 0, 0, axis=1)
        low, high = np.insert(model.low, 0, ANY_LOW), np.insert(model.high, 0, ANY_HIGH)
        step, from_size = np.insert(model.step, 0, 1), np.insert(model.from_size, 0, 1)
        company = np.insert(model.company, 0, 0)
        price = np.insert(_priced(model.strain_price, model.cost_price), 0, SCALE)
    least, most = _reach(weights, instance.largest)
    between, gain = _between(instance, order)
    tied = _tied(instance, order)
    ties = np.stack([np.tril(tied, -1).sum(axis=1), np.triu(tied, 1).sum(axis=1)], axis=1).astype(np.int64)
    return Costs(
        weights=np.ascontiguousarray(weights),
        low=low,
        high=high,
        step=step,
        from_size=from_size,
        company=company,
        price=price,
        least=least,
        most=most,
        masks=np.ascontiguousarray(model.masks[order]),
        shared=model.overlap_least,
        shared_price=_priced(model.overlap_strain, model.overlap_cost),
        between=between,
        gain=gain,
        tied=tied,
        ties=ties,
        **_entries(model, order),
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


def _entries(model: Model, order: IntArray) -> dict[str, IntArray]:
    """Listed company, with students by position."""
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    price = _priced(model.company_strain, model.company_cost)
    starts, need, prices, stretches, others = [0], [], [], [0], []
    for student in order.tolist():
        for entry in range(model.company_start[student], model.company_start[student + 1]):
            need.append(int(model.company_least[entry]))
            prices.append(int(price[entry]))
            chosen = model.others[model.others_start[entry] : model.others_end[entry]]
            others.extend(sorted(place[chosen].tolist()))
            stretches.append(len(others))
        starts.append(len(need))
    return {
        "entry_start": np.asarray(starts, np.int64),
        "entry_need": np.asarray(need, np.int64),
        "entry_price": np.asarray(prices, np.int64),
        "others_start": np.asarray(stretches, np.int64),
        "others": np.asarray(others, np.int64),
    }


def _constant(instance: Instance) -> int:
    total = 0
    for cost in instance.costs:
        if isinstance(cost, PairCost) and cost.together and not cost.must:
            total += cost.price * int(cost.weights.sum())
        elif isinstance(cost, HomeCost) and not cost.must:
            total += cost.price * int(cost.weights[cost.home >= instance.groups].sum())
    return total


def _empty(instance: Instance) -> int:
    """Cost of a group of none."""
    total = 0
    for cost in instance.costs:
        if isinstance(cost, SumCost) and cost.from_size <= 0:
            distance = max(0, cost.low, -cost.high)
            units = -(-distance // cost.step)
            total += FORBIDDEN if cost.must and units else cost.price * units
    return total


def _unit(instance: Instance) -> int:
    prices = [price for cost in instance.costs if not cost.must for price in _steps(cost)]
    return reduce(gcd, prices, 0) or 1


def _steps(cost: AnyCost) -> list[int]:
    """What one cost can go up or down by."""
    if isinstance(cost, HomeCost):
        return []
    if isinstance(cost, PairCost):
        own = [cost.price] if cost.labels is not None else []
        return own + [cost.price * int(weight) for weight in cost.weights]
    return [cost.price]


def warm_up() -> None:
    """Compile the enumeration, so that a coordinator never waits for it."""
    groups = whole_groups(Instance(4, 2, 2, 2))
    groups.enumerate(2, Prices(np.zeros(4, np.int64)), SCALE, 100, room=6)
    groups.price([0, 1])
