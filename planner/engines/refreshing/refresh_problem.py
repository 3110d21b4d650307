"""What a light refresh has to keep, and how good one is, counted plainly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from planner.model.evaluation import evaluate, members_of
from planner.model.instance import Instance, IntArray


@dataclass(frozen=True)
class RefreshProblem:
    """The groups before a light refresh, and its limits.

    Attributes
    ----------
    home : ndarray of int64, shape (students,)
        Group of each student before. Every group keeps its number of members.
    met : ndarray of bool, shape (students, students)
        Whether two were ever in one group, those of `home` included.
    keep : int
        Group members that everyone keeps at least; who has fewer keeps all of them.
    most_moved : int
        Students who may change groups.
    moved : frozenset of int
        Students who moved earlier in the term.
    """

    home: IntArray
    met: NDArray[np.bool_]
    keep: int
    most_moved: int
    moved: frozenset[int] = frozenset()

    @cached_property
    def sizes(self) -> IntArray:
        """Members of each group, shape (groups,)."""
        counted: IntArray = np.bincount(self.home).astype(np.int64)
        return counted

    @cached_property
    def least_part(self) -> IntArray:
        """How many members of each group stay together at least, wherever they go; shape (groups,)."""
        parts: IntArray = np.minimum(self.keep + 1, self.sizes)
        return parts


@dataclass(frozen=True, order=True)
class RefreshValue:
    """How good a refresh is, lexicographically, smaller is better: first meetings, who moves again, cost.

    Attributes
    ----------
    missed : int
        First meetings of pairs, negated: the most come first.
    again : int
        Students who move for the second time this term.
    cost : int
        In priced units.
    """

    missed: int
    again: int
    cost: int

    @property
    def meetings(self) -> int:
        """Pairs who are in one group for the first time."""
        return -self.missed


def holds(problem: RefreshProblem, places: Sequence[int] | IntArray) -> bool:
    """Return whether a refresh keeps everything that it has to, the rules of the class aside.

    Parameters
    ----------
    problem : RefreshProblem
    places : sequence of int, shape (students,)
        Group of each student afterwards.

    Returns
    -------
    bool
    """
    home = problem.home.tolist()
    groups = members_of(places, len(problem.sizes))
    if [len(group) for group in groups] != problem.sizes.tolist():
        return False
    if sum(int(a) != b for a, b in zip(places, home, strict=True)) > problem.most_moved:
        return False
    for label, group in enumerate(groups):
        origins = [home[student] for student in group]
        if any(origins.count(origin) < problem.least_part[origin] for origin in origins):
            return False
        if any(
            home[student] != label and all(problem.met[student, other] for other in group if other != student)
            for student in group
        ):
            return False
    return True


def refresh_value(
    instance: Instance, problem: RefreshProblem, places: Sequence[int] | IntArray
) -> RefreshValue:
    """Count how good a refresh is.

    Parameters
    ----------
    instance : Instance
        A cost for every rule.
    problem : RefreshProblem
    places : sequence of int, shape (students,)
        Group of each student afterwards.

    Returns
    -------
    RefreshValue
    """
    groups = members_of(places, len(problem.sizes))
    meetings = sum(not problem.met[a, b] for group in groups for a, b in combinations(group, 2))
    again = sum(int(places[student]) != int(problem.home[student]) for student in problem.moved)
    return RefreshValue(-meetings, again, evaluate(instance, places).cost)


def most_meetings(problem: RefreshProblem) -> int:
    """Return a proven upper bound on the first meetings of any refresh, by dynamic programming.

    In a group of s members, v of whom moved there, the others stay together as one part
    and those v come in parts of at least the smallest `RefreshProblem.least_part`; pairs within
    a part have met. The most that the groups can have together, with at most
    `most_moved` movers, follows by dynamic programming over the groups (docs/decisions/0010).

    Parameters
    ----------
    problem : RefreshProblem

    Returns
    -------
    int
        Pairs.
    """
    part = int(problem.least_part.min())
    best = np.zeros(problem.most_moved + 1, np.int64)
    for size in problem.sizes.tolist():
        longer = best.copy()
        for movers in range(part, min(size, problem.most_moved) + 1):
            gain = _meetings(size, movers, part)
            if gain:
                reached = best[: len(best) - movers] + gain
                longer[movers:] = np.maximum(longer[movers:], reached)
        best = longer
    return int(best.max())


def _meetings(size: int, movers: int, part: int) -> int:
    """Pairs of different parts in a group, as many as there can be."""
    stay = size - movers
    parts = movers // part
    if 0 < stay < part or (stay == 0 and parts < 2):
        return 0
    small, larger = divmod(movers, parts)
    squares = (parts - larger) * small**2 + larger * (small + 1) ** 2
    return (size**2 - stay**2 - squares) // 2
