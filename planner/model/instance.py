"""The one language between rules and engines: six integer costs over students x groups, and resources.

A rule compiles to these costs; an engine reads nothing else. Every cost counts
`units` away from perfect; a `must` cost has to reach zero units, any other one
costs ``units * price``; `planner.model.evaluation` counts them plainly.
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
SLOTS_IN_WORD = 62  # slots in a mask of one signed 64-bit integer


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What all six have in common.

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
    only : tuple of (int, int) or None
        Kind and resource: only groups that take it are counted.
    """

    weights: IntArray
    low: int = ANY_LOW
    high: int = ANY_HIGH
    step: int = 1
    from_size: int = 1
    only: tuple[int, int] | None = None


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
    by_size : tuple of int
        (a, b, d): in a group of s also ``(a * s + b) // d``. Only for company that students keep
        among themselves, where `others` are the `students`.
    """

    students: IntArray
    others: IntArray
    at_least: int = 1
    by_size: tuple[int, int, int] = (0, 0, 1)

    def __post_init__(self) -> None:
        """Refuse what no engine would count."""
        if self.by_size != (0, 0, 1) and not self.own:
            raise ValueError("by_size is for company that students keep among themselves")

    @property
    def own(self) -> bool:
        """Whether it is company that students keep among themselves."""
        return np.array_equal(self.students, self.others)

    def needed(self, size: int) -> int:
        """Return how many others are asked for in a group of a size."""
        a, b, d = self.by_size
        return max(self.at_least, (a * size + b) // d)


@dataclass(frozen=True, kw_only=True)
class OverlapCost(Cost):
    """The members of a group share at least `at_least` slots; a unit for each slot short.

    Attributes
    ----------
    masks : ndarray of int64, shape (students,) or (students, words)
        One bit per slot, at most `SLOTS_IN_WORD` in a word.
    at_least : int
    """

    masks: IntArray
    at_least: int

    @property
    def words(self) -> IntArray:
        """The masks, shape (students, words), also where one word is enough."""
        return self.masks if self.masks.ndim == 2 else self.masks[:, None]


@dataclass(frozen=True, kw_only=True)
class ResourceCost(Cost):
    """Every member of a group that takes a resource has units of it.

    Attributes
    ----------
    kind : int
        Position in `Instance.resources`.
    units : ndarray of int64, shape (students, number of the kind)
        0 or more.
    """

    kind: int
    units: IntArray


@dataclass(frozen=True, kw_only=True)
class ResourceKind:
    """Resources of which every group takes one: topics, tutors, moments, rooms.

    Attributes
    ----------
    least, most : ndarray of int64, shape (number,)
        So many groups take each, at the least and at the most.
    """

    least: IntArray
    most: IntArray


@dataclass(frozen=True, kw_only=True)
class ResourceLink:
    """Which resources of two kinds go together, and how often at once.

    Attributes
    ----------
    kinds : tuple of (int, int)
        Positions in `Instance.resources`, the first before the second.
    most : ndarray of int64, shape (number of the first, number of the second)
        So many groups take both at the most; 0 is never.
    """

    kinds: tuple[int, int]
    most: IntArray


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


def packed(free: NDArray[np.bool_], at_least: int) -> IntArray:
    """Pack who is free when into masks, without the slots that can make no difference.

    As many slots as fit in one word stay as they are. Of more, a slot is left out where
    `at_least` others are shared whenever it is: those at which the same students are free, and
    maybe more. Every group is as many slots short as before.

    Parameters
    ----------
    free : ndarray of bool, shape (students, slots)
    at_least : int
        As in `OverlapCost`.

    Returns
    -------
    ndarray of int64, shape (students,) or (students, words)
    """
    if free.shape[1] > SLOTS_IN_WORD:
        free = free[:, _that_matter(free, at_least)]
    words = max(1, -(-free.shape[1] // SLOTS_IN_WORD))
    padded = np.zeros((len(free), words * SLOTS_IN_WORD), np.int64)
    padded[:, : free.shape[1]] = free
    bits = np.int64(1) << np.arange(SLOTS_IN_WORD, dtype=np.int64)
    masks: IntArray = padded.reshape(len(free), words, SLOTS_IN_WORD) @ bits
    return masks[:, 0] if words == 1 else masks


def unpacked(words: IntArray) -> NDArray[np.bool_]:
    """Return who is free when, shape (students, slots), of masks of several words."""
    bits = words[:, :, None] >> np.arange(SLOTS_IN_WORD, dtype=np.int64) & 1
    return bits.reshape(len(words), -1).astype(bool)


def _that_matter(free: NDArray[np.bool_], at_least: int) -> list[int]:
    """Return the slots that can make a difference, in their order."""
    columns, where, inverse = np.unique(free.T, axis=0, return_index=True, return_inverse=True)
    number = columns.sum(axis=1)
    both = columns.astype(np.float32) @ columns.T.astype(np.float32)
    beyond = (both == number[:, None]) & (number[None, :] > number[:, None])  # who is free here is so there
    alike = np.bincount(inverse.reshape(-1), minlength=len(where))
    others = beyond @ alike
    places: list[int] = []
    for kind, at in enumerate(where.tolist()):
        room = at_least - int(others[kind])
        if number[kind] and room > 0:
            same = np.flatnonzero(inverse.reshape(-1) == kind)[:room] if alike[kind] > 1 else [at]
            places += [int(place) for place in same]
    return sorted(places)


AnyCost: TypeAlias = SumCost | PairCost | CompanyCost | OverlapCost | ResourceCost | HomeCost


@dataclass(frozen=True)
class Instance:
    """What an engine solves: put each student in one group at the least cost.

    Attributes
    ----------
    students, groups : int
        How many of each. Every group has `smallest` to `largest` members.
    smallest, largest : int
    costs : tuple of AnyCost
    resources : tuple of ResourceKind
        What every group takes one of.
    links : tuple of ResourceLink
    """

    students: int
    groups: int
    smallest: int
    largest: int
    costs: tuple[AnyCost, ...] = ()
    resources: tuple[ResourceKind, ...] = ()
    links: tuple[ResourceLink, ...] = ()


def about_members(instance: Instance) -> Instance:
    """Return an instance without what groups have besides members, and without the costs about that.

    Every plan of the whole is one of it: a bound, or a proof that there is no plan, holds for the whole.

    Parameters
    ----------
    instance : Instance

    Returns
    -------
    Instance
    """
    if not instance.resources:
        return instance
    kept = (
        cost
        for cost in instance.costs
        if not isinstance(cost, ResourceCost) and not (isinstance(cost, SumCost) and cost.only)
    )
    return replace(instance, costs=tuple(kept), resources=(), links=())


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
    return replace(instance, students=len(students), groups=len(groups), costs=tuple(costs))


def _part(cost: AnyCost, chosen: IntArray, place: dict[int, int], rank: dict[int, int]) -> AnyCost | None:
    if isinstance(cost, SumCost):
        return replace(cost, weights=cost.weights[chosen])
    if isinstance(cost, ResourceCost):
        return replace(cost, units=cost.units[chosen])
    if isinstance(cost, OverlapCost):
        masks = cost.masks[chosen]
        return replace(cost, masks=masks if masks.ndim == 1 else packed(unpacked(masks), cost.at_least))
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
