"""The one language between rules and engines: five integer costs over students x groups.

A rule compiles to these costs; an engine reads nothing else. Every cost counts
`units` away from perfect; a `must` cost has to reach zero units, any other one
costs ``units * price``. `evaluate` is the plain reference that every engine is
held against in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

IntArray: TypeAlias = NDArray[np.int64]

ANY_LOW = -(1 << 60)  # no lower limit
ANY_HIGH = 1 << 60  # no upper limit
ANY_LABEL = -1  # in `PairCost.labels`: goes with every label
NO_HOME = -1  # in `HomeCost.home`: at home anywhere
MOST_SLOTS = 62  # slots in a mask of one signed 64-bit integer


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What all five have in common.

    Attributes
    ----------
    must : bool
        True: a plan with any unit of it is refused, and `price` only says how
        heavily an engine should lean on it. False: each unit costs `price`.
    price : int
        Positive; in hundredths of "one student, nice to have".
    rule : int
        Position of the rule it came from; -1 before `Instance` is built.
    """

    must: bool
    price: int
    rule: int = -1


@dataclass(frozen=True, kw_only=True)
class SumCost(Cost):
    """A weight per student, added up in each group, with a comfortable range.

    Units of a group: ``ceil(distance of its sum from [low, high] / step)``.
    Groups of fewer than `from_size` members (empty ones always) are left alone.

    Attributes
    ----------
    weights : ndarray of int64, shape (students,)
    low, high : int
        `ANY_LOW` or `ANY_HIGH` where there is no limit.
    step : int
    from_size : int
    """

    weights: IntArray
    low: int = ANY_LOW
    high: int = ANY_HIGH
    step: int = 1
    from_size: int = 1


@dataclass(frozen=True, kw_only=True)
class PairCost(Cost):
    """Two students who should, or should not, share a group.

    Either `pairs` are listed: a unit (times its weight) for each pair that is in
    one group, or, with `together`, for each that is not. Or `labels` are given:
    a unit for every two members of a group whose labels differ.

    Attributes
    ----------
    pairs : ndarray of int64, shape (m, 2)
    weights : ndarray of int64, shape (m,)
    together : bool
    labels : ndarray of int64, shape (students,), or None
        `ANY_LABEL` differs from nothing.
    """

    pairs: IntArray = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    weights: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    together: bool = False
    labels: IntArray | None = None


@dataclass(frozen=True, kw_only=True)
class CompanyCost(Cost):
    """Each of `students` has at least `at_least` of `others` in the group, besides themselves.

    A unit for every one that a student is short.

    Attributes
    ----------
    students, others : ndarray of int64
        Positions, sorted, without repeats.
    at_least : int
    """

    students: IntArray
    others: IntArray
    at_least: int = 1


@dataclass(frozen=True, kw_only=True)
class OverlapCost(Cost):
    """The members of a group share at least `at_least` slots; a unit for each slot short.

    Attributes
    ----------
    masks : ndarray of int64, shape (students,)
        One bit per slot, at most `MOST_SLOTS`.
    at_least : int
    """

    masks: IntArray
    at_least: int


@dataclass(frozen=True, kw_only=True)
class HomeCost(Cost):
    """A student in another group than `home` is a unit, times the student's weight.

    Attributes
    ----------
    home : ndarray of int64, shape (students,)
        Group position, or `NO_HOME`.
    weights : ndarray of int64, shape (students,)
    """

    home: IntArray
    weights: IntArray


AnyCost: TypeAlias = SumCost | PairCost | CompanyCost | OverlapCost | HomeCost


@dataclass(frozen=True)
class Instance:
    """What an engine solves: put each student in one group at the least cost.

    Attributes
    ----------
    students, groups : int
        How many of each. Every group has `smallest` to `largest` members.
    smallest, largest : int
    costs : tuple of AnyCost
    """

    students: int
    groups: int
    smallest: int
    largest: int
    costs: tuple[AnyCost, ...] = ()


@dataclass(frozen=True)
class Evaluation:
    """Reference account of an assignment.

    Attributes
    ----------
    units : tuple of int
        Units of each cost, in the order of `Instance.costs`.
    violation : int
        Priced units of the `must` costs, group sizes included; zero in a plan
        that holds.
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


def evaluate(instance: Instance, assignment: Sequence[int] | IntArray) -> Evaluation:
    """Count every cost of an assignment, plainly.

    Parameters
    ----------
    instance : Instance
    assignment : sequence of int, shape (students,)
        Group position of each student.

    Returns
    -------
    Evaluation
    """
    members = members_of(assignment, instance.groups)
    units = tuple(int(units_of(cost, members, assignment)) for cost in instance.costs)
    pairs = list(zip(instance.costs, units, strict=True))
    violation = sum(cost.price * count for cost, count in pairs if cost.must)
    violation += 100 * sum(
        max(0, instance.smallest - len(group), len(group) - instance.largest) for group in members
    )
    return Evaluation(units, violation, sum(cost.price * count for cost, count in pairs if not cost.must))


def units_of(cost: AnyCost, members: Sequence[Sequence[int]], assignment: Sequence[int] | IntArray) -> int:
    """Count the units of one cost in an assignment.

    Parameters
    ----------
    cost : AnyCost
        Any of the five kinds.
    members : sequence of sequence of int
        Student positions, for each group in turn.
    assignment : sequence of int or IntArray
        The same, as a group position for each student, shape (students,).

    Returns
    -------
    int
    """
    if isinstance(cost, SumCost):
        return sum(_sum_units(cost, group) for group in members if len(group) >= cost.from_size)
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
        company = sum(mate in others for mate in members[int(assignment[student])] if mate != student)
        units += max(0, cost.at_least - company)
    return units


def _overlap_units(cost: OverlapCost, group: Sequence[int]) -> int:
    shared = np.bitwise_and.reduce(cost.masks[list(group)])
    return max(0, cost.at_least - int(shared).bit_count())


def subinstance(instance: Instance, students: Sequence[int], groups: Sequence[int]) -> Instance:
    """Restrict an instance to some groups and exactly their students.

    What these students have to do with others stays as it is while they move
    among `groups`, so it is left out. Positions are renumbered in the order given.

    Parameters
    ----------
    instance : Instance
    students : sequence of int
        Positions in the instance; their order gives the new positions.
    groups : sequence of int
        Positions in the instance; likewise.

    Returns
    -------
    Instance
        Costs that say nothing about these students are left out.
    """
    place = {student: new for new, student in enumerate(students)}
    rank = {group: new for new, group in enumerate(groups)}
    chosen = np.asarray(students, np.int64)
    costs = []
    for cost in instance.costs:
        part = _part(cost, chosen, place, rank)
        if part is not None:
            costs.append(part)
    return Instance(len(students), len(groups), instance.smallest, instance.largest, tuple(costs))


def _part(cost: AnyCost, chosen: IntArray, place: dict[int, int], rank: dict[int, int]) -> AnyCost | None:
    if isinstance(cost, SumCost):
        return replace(cost, weights=cost.weights[chosen])
    if isinstance(cost, OverlapCost):
        return replace(cost, masks=cost.masks[chosen])
    if isinstance(cost, HomeCost):
        home = [NO_HOME if g == NO_HOME else rank.get(int(g), len(rank)) for g in cost.home[chosen]]
        return replace(cost, home=np.asarray(home, np.int64), weights=cost.weights[chosen])
    if isinstance(cost, CompanyCost):
        inside = [place[s] for s in cost.students.tolist() if s in place]
        others = [place[s] for s in cost.others.tolist() if s in place]
        return replace(cost, students=_sorted(inside), others=_sorted(others)) if inside else None
    return _pair_part(cost, chosen, place)


def _pair_part(cost: PairCost, chosen: IntArray, place: dict[int, int]) -> PairCost | None:
    kept = [row for row, (a, b) in enumerate(cost.pairs.tolist()) if a in place and b in place]
    if not kept and cost.labels is None:
        return None
    pairs = [[place[a], place[b]] for a, b in cost.pairs[kept].tolist()]
    return replace(
        cost,
        pairs=np.asarray(pairs, np.int64).reshape(-1, 2),
        weights=cost.weights[kept],
        labels=None if cost.labels is None else cost.labels[chosen],
    )


def _sorted(positions: list[int]) -> IntArray:
    return np.asarray(sorted(positions), np.int64)
