"""Violation and cost of whole groups, many at a time (numpy): for engines that choose among groups."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from planner.engines.common.lowering import lower
from planner.model.instance import Instance, IntArray, PairCost

CHUNK = 20_000  # groups priced in one go, so that memory stays small


class GroupPrices:
    """Prices of groups by their members alone.

    The prices of the groups of a plan add up to its evaluation, but for what does not
    depend on who is with whom: pairs that should be together count as a gain where
    they are, instead of a price where they are not. Prices of `HomeCost` are left out.

    Parameters
    ----------
    instance : Instance
    """

    def __init__(self, instance: Instance) -> None:
        self._model = lower(instance)
        n = instance.students
        self._between = _between(instance)
        self._company: list[tuple[IntArray, np.ndarray]] = []  # entry of each student, whom it counts
        model = self._model
        entries = np.diff(model.company_start)
        for layer in range(int(entries.max(initial=0))):
            entry = np.where(entries > layer, model.company_start[:-1] + layer, -1)
            others = np.zeros((n, n), np.bool_)
            for student in np.flatnonzero(entry >= 0).tolist():
                start, end = model.others_start[entry[student]], model.others_end[entry[student]]
                others[student, model.others[start:end]] = True
            np.fill_diagonal(others, val=False)
            self._company.append((entry, others))

    def of(self, groups: Sequence[Sequence[int]] | IntArray) -> IntArray:
        """Return violation and cost of groups of one size.

        Parameters
        ----------
        groups : array of int, shape (m, size)
            Members of each group.

        Returns
        -------
        ndarray of int64, shape (m, 2)
            Violation and cost, in priced units.
        """
        members = np.asarray(groups, np.int64)
        if members.shape[1] == 0:
            return np.zeros((len(members), 2), np.int64)
        parts = [self._of(members[at : at + CHUNK]) for at in range(0, len(members), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.int64)

    def each(self, groups: Sequence[Sequence[int]]) -> IntArray:
        """Return violation and cost of groups of any sizes.

        Parameters
        ----------
        groups : sequence of sequence of int
            Members of each of m groups.

        Returns
        -------
        ndarray of int64, shape (m, 2)
            Violation and cost, in priced units.
        """
        found = np.zeros((len(groups), 2), np.int64)
        for size in {len(group) for group in groups}:
            places = [place for place, group in enumerate(groups) if len(group) == size]
            found[places] = self.of([groups[place] for place in places])
        return found

    def _of(self, members: IntArray) -> IntArray:
        model, size = self._model, members.shape[1]
        prices = np.stack([model.violation_price, model.cost_price], axis=1)
        found = self._sum_units(members) @ prices
        words = np.bitwise_count(np.bitwise_and.reduce(model.masks[members], axis=1)).astype(np.int64)
        before = np.insert(np.cumsum(words, axis=1), 0, 0, axis=1)[:, model.overlap_start]
        short = np.maximum(0, model.overlap_least - np.diff(before, axis=1))
        found += short @ np.stack([model.overlap_violation, model.overlap_cost], axis=1)
        label_prices = np.stack([model.label_violation, model.label_cost], axis=1)
        for a, b in combinations(range(size), 2):
            one, other = members[:, a], members[:, b]
            if self._between is not None:
                found += self._between[one, other]
            mine, theirs = model.labels[one], model.labels[other]
            found += ((mine >= 0) & (theirs >= 0) & (mine != theirs)).astype(np.int64) @ label_prices
        for entry, others in self._company:
            found += self._company_price(members, entry, others)
        return found

    def _sum_units(self, members: IntArray) -> IntArray:
        model, size = self._model, members.shape[1]
        totals = model.weights[members].sum(axis=1)
        distance = np.maximum(0, np.maximum(model.low - totals, totals - model.high))
        units = -(-distance // model.step)
        more, fixed, whole = model.by_size.T
        need = np.maximum(model.company, (more * size + fixed) // whole)
        alone = np.where((totals > 0) & (totals <= need), totals * (need + 1 - totals), 0)
        units = np.where(model.company > 0, alone, units)
        counted: IntArray = np.where(model.from_size <= size, units, 0)
        return counted

    def _company_price(self, members: IntArray, entry: IntArray, others: np.ndarray) -> IntArray:
        model = self._model
        found = np.zeros((len(members), 2), np.int64)
        for student in members.T:
            mine = entry[student]
            company = others[student[:, None], members].sum(axis=1)
            short = np.where(mine >= 0, np.maximum(0, model.company_least[mine] - company), 0)
            found[:, 0] += short * model.company_violation[mine]
            found[:, 1] += short * model.company_cost[mine]
        return found


def _between(instance: Instance) -> IntArray | None:
    """Violation and cost of every two students in one group, shape (n, n, 2); None where no pair counts."""
    n = instance.students
    pairs = [cost for cost in instance.costs if isinstance(cost, PairCost) and len(cost.pairs)]
    if not pairs:
        return None
    found = np.zeros((n, n, 2), np.int64)
    for cost in pairs:
        price = cost.price * cost.weights * (-1 if cost.together else 1)
        a, b = cost.pairs.T
        column = 0 if cost.must else 1
        np.add.at(found[:, :, column], (a, b), price)
        np.add.at(found[:, :, column], (b, a), price)
    return found
