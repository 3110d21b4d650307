"""What an assignment costs, counted plainly: the reference that every engine is held against in the tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.model.instance import (
    ANY_LABEL,
    NO_HOME,
    AnyCost,
    CompanyCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    ResourceCost,
    SumCost,
)


@dataclass(frozen=True)
class Evaluation:
    """Reference account of an assignment.

    Attributes
    ----------
    units : tuple of int
        Units of each cost, in the order of `Instance.costs`.
    violation : int
        Priced units of the `must` costs, group sizes included, and how often resources are taken;
        zero in a plan that holds.
    cost : int
        Priced units of all other costs.
    """

    units: tuple[int, ...]
    violation: int
    cost: int

    @property
    def holds(self) -> bool:
        """Whether every `must` cost is at zero."""
        return self.violation == 0


def members_of(assignment: Sequence[int] | IntArray, groups: int) -> list[list[int]]:
    """Return the members of each group, in order of position.

    Parameters
    ----------
    assignment : sequence of int or IntArray
        Group position of each student, shape (students,).
    groups : int
        How many there are; some may be empty.

    Returns
    -------
    list of list of int
        Student positions, for each group in turn.
    """
    members: list[list[int]] = [[] for _ in range(groups)]
    for student, group in enumerate(assignment):
        members[int(group)].append(student)
    return members


def evaluate(
    instance: Instance, assignment: Sequence[int] | IntArray, taken: IntArray | None = None
) -> Evaluation:
    """Count every cost of an assignment, plainly.

    Parameters
    ----------
    instance : Instance
    assignment : sequence of int, shape (students,)
        Group position of each student.
    taken : ndarray of int64, shape (groups, kinds), optional
        Which resource of each kind every group takes; only for an instance with resources.

    Returns
    -------
    Evaluation
    """
    members = members_of(assignment, instance.groups)
    if taken is None:
        taken = np.zeros((instance.groups, 0), np.int64)
    units = tuple(int(units_of(cost, members, assignment, taken)) for cost in instance.costs)
    pairs = list(zip(instance.costs, units, strict=True))
    violation = sum(cost.price * count for cost, count in pairs if cost.must)
    violation += 100 * sum(
        max(0, instance.smallest - len(group), len(group) - instance.largest) for group in members
    )
    violation += 100 * (_taken_off(instance, taken) if instance.resources else 0)
    return Evaluation(units, violation, sum(cost.price * count for cost, count in pairs if not cost.must))


def _taken_off(instance: Instance, taken: IntArray) -> int:
    """Return how many groups too few or too many take a resource, or two of them at once."""
    off = 0
    for place, kind in enumerate(instance.resources):
        for one, (least, most) in enumerate(zip(kind.least, kind.most, strict=True)):
            number = int((taken[:, place] == one).sum())
            off += max(0, int(least) - number, number - int(most))
    for link in instance.links:
        both = Counter(map(tuple, taken[:, list(link.kinds)].tolist()))
        off += sum(max(0, number - int(link.most[pair])) for pair, number in both.items())
    return off


def units_of(
    cost: AnyCost,
    members: Sequence[Sequence[int]],
    assignment: Sequence[int] | IntArray,
    taken: IntArray | None = None,
) -> int:
    """Count the units of one cost in an assignment.

    Parameters
    ----------
    cost : AnyCost
        Any of the six kinds.
    members : sequence of sequence of int
        Student positions, for each group in turn.
    assignment : sequence of int or IntArray
        The same, as a group position for each student, shape (students,).
    taken : ndarray of int64, shape (groups, kinds), optional
        Which resource of each kind every group takes.

    Returns
    -------
    int
    """
    if isinstance(cost, SumCost):
        counted = members
        if cost.only is not None and taken is not None:
            kind, one = cost.only
            counted = [group for group, had in zip(members, taken, strict=True) if had[kind] == one]
        return sum(_sum_units(cost, group) for group in counted if len(group) >= cost.from_size)
    if isinstance(cost, ResourceCost):
        here = [] if taken is None else zip(members, taken[:, cost.kind], strict=True)
        return sum(int(cost.units[student, one]) for group, one in here for student in group)
    if isinstance(cost, PairCost):
        return _pair_units(cost, members, assignment)
    if isinstance(cost, CompanyCost):
        return _company_units(cost, members, assignment)
    if isinstance(cost, OverlapCost):
        return sum(_overlap_units(cost, group) for group in members if group)
    return sum(
        int(weight)
        for place, home, weight in zip(assignment, cost.home, cost.weights, strict=True)
        if home not in (NO_HOME, place)
    )


def range_units(total: int, cost: SumCost) -> int:
    """Return by how many steps, rounded up, a total is outside the range of a cost.

    Parameters
    ----------
    total : int
        Sum of the weights of a group.
    cost : SumCost

    Returns
    -------
    int
    """
    distance = max(0, cost.low - total, total - cost.high)
    return -(-distance // cost.step)


def _sum_units(cost: SumCost, group: Sequence[int]) -> int:
    return range_units(sum(int(cost.weights[student]) for student in group), cost)


def _pair_units(
    cost: PairCost, members: Sequence[Sequence[int]], assignment: Sequence[int] | IntArray
) -> int:
    units = 0
    for (first, second), weight in zip(cost.pairs, cost.weights, strict=True):
        shared = assignment[first] == assignment[second]
        if shared != cost.together:
            units += int(weight)
    if cost.labels is not None:
        for group in members:
            labels = [cost.labels[student] for student in group if cost.labels[student] != ANY_LABEL]
            units += sum(a != b for place, a in enumerate(labels) for b in labels[:place])
    return units


def _company_units(
    cost: CompanyCost, members: Sequence[Sequence[int]], assignment: Sequence[int] | IntArray
) -> int:
    others = set(cost.others.tolist())
    units = 0
    for student in cost.students.tolist():
        group = members[int(assignment[student])]
        company = sum(mate in others for mate in group if mate != student)
        units += max(0, cost.needed(len(group)) - company)
    return units


def _overlap_units(cost: OverlapCost, group: Sequence[int]) -> int:
    shared = np.bitwise_and.reduce(cost.words[list(group)])
    return max(0, cost.at_least - int(np.bitwise_count(shared).sum()))
