"""The groups that a class can be divided into, priced by the compiled enumeration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from math import gcd
from typing import NamedTuple

import numpy as np

from planner.engines.common.lowering import lower
from planner.engines.set_partitioning.enumeration_kernels import enumerate_size
from planner.engines.set_partitioning.listed_kernels import CutDuals, EnumeratedGroups, price_listed
from planner.engines.set_partitioning.subset_costs import SCALE, main_sum, subset_costs
from planner.engines.set_partitioning.subset_kernels import FORBIDDEN, SubsetCosts, price_group
from planner.model.instance import (
    AnyCost,
    HomeCost,
    Instance,
    IntArray,
    PairCost,
    SumCost,
)


@dataclass(frozen=True)
class GroupDuals:
    """A dual solution of the program over whole groups, but for the group dual; in units of ``1 / SCALE``.

    Attributes
    ----------
    duals : ndarray of int64, shape (students,)
        Of the rows that place each student once.
    cut_duals : dict
        Of the subset-row cuts, by triple of students in rising order; above zero: a group with two or
        more of the triple costs so much more.
    """

    duals: IntArray
    cut_duals: Mapping[tuple[int, int, int], int] = field(default_factory=dict)


class ListedGroups(NamedTuple):
    """Groups of one size, listed once so that pricing goes through the list.

    Attributes
    ----------
    places : ndarray of int64, shape (m, size)
        Members by position in the order of the main sum, rising.
    costs : ndarray of int64, shape (m,)
        In units of ``1 / SCALE``.
    """

    places: IntArray
    costs: IntArray


@dataclass(frozen=True)
class Groups:
    """The groups that a class can be divided into, with what each costs: all, or those that are listed.

    A plan costs the sum of its groups and `constant`. Prices of `HomeCost` are left
    out, except for a home that is gone: what follows from it is at most the cost.

    Attributes
    ----------
    instance : Instance
    costs : SubsetCosts
        In the order of the main sum.
    order : ndarray of int64, shape (students,)
        Student at each position.
    constant : int
        What every plan costs: pairs apart that are granted back in the groups, lost homes.
    unit : int
        Every cost of a plan is `constant` plus a multiple of it.
    empty : int
        Cost of a group without members.
    listed : dict, optional
        The groups that are left, by size; all if left out.
    """

    instance: Instance
    costs: SubsetCosts
    order: IntArray
    constant: int
    unit: int
    empty: int
    listed: Mapping[int, ListedGroups] | None = None

    @property
    def sizes(self) -> range:
        """The sizes of groups with members."""
        return range(max(1, self.instance.smallest), self.instance.largest + 1)

    def at_most(self, number: int) -> bool:
        """Return whether the groups are listed, and no more than `number` of them."""
        return self.listed is not None and sum(len(one.costs) for one in self.listed.values()) <= number

    def enumerate(
        self,
        size: int,
        prices: GroupDuals,
        limit: int,
        quota: int,
        room: int = 0,
        per_student: bool = False,
    ) -> EnumeratedGroups:
        """Enumerate the groups of one size whose reduced cost is below `limit`.

        The reduced cost of a group is its cost less the duals of its members, plus those of the cuts it
        is in.

        Parameters
        ----------
        size : int
        prices : GroupDuals
        limit : int
            In units of ``1 / SCALE``.
        quota : int
            Steps for the groups with the same first student.
        room : int
            Groups kept at most.
        per_student : bool
            Keep only the best few of each student.

        Returns
        -------
        EnumeratedGroups
            With members as students, and costs in priced units.
        """
        found = self._go_through(size, prices, limit, quota, room, per_student)
        members = np.sort(self.order[found.members], axis=1)
        return found._replace(members=members, costs=found.costs // SCALE)

    def within(self, prices: GroupDuals, limit: int, quota: int, room: int) -> Groups | None:
        """Return the groups whose reduced cost is below `limit`, listed: pricing them again is far quicker.

        Parameters
        ----------
        prices : GroupDuals
        limit : int
            In units of ``1 / SCALE``.
        quota : int
            Steps for the groups of a size with the same first student.
        room : int
            Groups at the most.

        Returns
        -------
        Groups or None
            None where more are left, or the steps do not show it.
        """
        listed: dict[int, ListedGroups] = {}
        for size in self.sizes:
            found = self._go_through(size, prices, limit, quota, room, per_student=False)
            if not found.complete:
                return None
            listed[size] = ListedGroups(found.members, found.costs)
            room -= len(found.costs)
        return replace(self, listed=listed)

    def _go_through(
        self, size: int, prices: GroupDuals, limit: int, quota: int, room: int, per_student: bool
    ) -> EnumeratedGroups:
        """Enumerate, with members by position and costs scaled."""
        cut_duals, duals = _cut_dual_arrays(prices.cut_duals, self.order), prices.duals[self.order]
        if self.listed is None:
            found = enumerate_size(self.costs, cut_duals, size, duals, limit, quota, room, per_student)
        else:
            found = price_listed(cut_duals, *self.listed[size], duals, limit, room, per_student)
        complete, least, places, costs, reduced, steps = found
        return EnumeratedGroups(bool(complete), int(least), places, costs, reduced, int(steps))

    def price(self, members: Sequence[int]) -> int:
        """Price one group.

        Parameters
        ----------
        members : sequence of int
            Students.

        Returns
        -------
        int
            In priced units.
        """
        if not members:
            return self.empty
        chosen = np.flatnonzero(np.isin(self.order, np.asarray(members, np.int64)))
        return int(price_group(self.costs, chosen)) // SCALE


def whole_groups(instance: Instance) -> Groups:
    """Return all groups of an instance, none of them listed.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Groups

    Raises
    ------
    ValueError
        Where groups take resources, of which whole groups know nothing.
    """
    if instance.resources:
        raise ValueError("whole groups know nothing of what groups take")
    model = lower(instance)
    main = main_sum(model)
    order = np.argsort(model.weights[:, main], kind="stable") if main >= 0 else np.arange(instance.students)
    constant, unit = _constant(instance), _unit(instance)
    return Groups(
        instance, subset_costs(instance, model, main, order), order, constant, unit, _empty(instance)
    )


def _cut_dual_arrays(by_triple: Mapping[tuple[int, int, int], int], order: IntArray) -> CutDuals:
    """Return the duals of cuts as arrays by position."""
    if not by_triple:
        return CutDuals(np.zeros((0, 0), np.int64), np.zeros((0, 0, 0), np.int64))
    n = len(order)
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    pairs, triples = np.zeros((n, n), np.int64), np.zeros((n, n, n), np.int64)
    for triple, dual in by_triple.items():
        a, b, c = sorted(place[list(triple)].tolist())
        pairs[[a, a, b], [b, c, c]] += dual
        triples[a, b, c] += 2 * dual
    return CutDuals(pairs, triples)


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
