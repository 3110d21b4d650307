"""What is asked of a class, element by element, and which elements an assignment satisfies.

An element is a rule (all its `must` costs), the sizes, or the number of groups; each
can be left out by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.model.evaluation import members_of, units_of
from planner.model.instance import (
    ANY_LABEL,
    AnyCost,
    CompanyCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
)

Elements = frozenset[int]
SIZES, COUNT = -1, -2  # elements beside the rules, which are counted from 0


@dataclass(frozen=True)
class Question:
    """A feasibility question: some of what is asked, as something that can hold or not.

    Attributes
    ----------
    students : int
    smallest, largest : int
        Allowed sizes; 1 and everyone where the sizes are left out.
    counts : tuple of int
        Allowed numbers of groups, the likeliest first.
    costs : tuple of AnyCost
        `must` costs; none of them may have a unit.
    """

    students: int
    smallest: int
    largest: int
    counts: tuple[int, ...]
    costs: tuple[AnyCost, ...]

    def instance(self, count: int, wanted: tuple[AnyCost, ...] = ()) -> Instance:
        """Return the question for one number of groups.

        Parameters
        ----------
        count : int
            Groups.
        wanted : tuple of AnyCost
            Costs to keep low besides.

        Returns
        -------
        Instance
        """
        return Instance(self.students, count, self.smallest, self.largest, (*self.costs, *wanted))

    def holds(self, members: list[list[int]], assignment: IntArray) -> bool:
        """Return whether no cost has a unit.

        Parameters
        ----------
        members : list of list of int
            Students of each group.
        assignment : ndarray of int64, shape (students,)
            The same by student.

        Returns
        -------
        bool
        """
        return not any(units_of(cost, members, assignment) for cost in self.costs)


@dataclass(frozen=True)
class Requirements:
    """All that is asked of a class.

    Attributes
    ----------
    instance : Instance
        Its `must` costs count, and its groups are the number to look at first.
    parts : tuple of int
        Element of each cost of `instance`.
    counted : bool
        Whether the number of groups is asked for.
    """

    instance: Instance
    parts: tuple[int, ...]
    counted: bool = False

    @property
    def elements(self) -> tuple[int, ...]:
        """Every element once: the sizes, the number, then the rules."""
        rules = {part for part, cost in zip(self.parts, self.instance.costs, strict=True) if cost.must}
        return (SIZES, *([COUNT] if self.counted else []), *sorted(rules))

    def question(self, chosen: frozenset[int]) -> Question:
        """Return what is asked by some elements alone.

        Parameters
        ----------
        chosen : frozenset of int
            Elements.

        Returns
        -------
        Question
        """
        whole = self.instance
        smallest, largest = (whole.smallest, whole.largest) if SIZES in chosen else (1, whole.students)
        return Question(
            whole.students,
            smallest,
            largest,
            self._counts(smallest, largest, fixed=COUNT in chosen),
            tuple(cost for part, cost in self._musts() if part in chosen),
        )

    def _musts(self) -> Iterator[tuple[int, AnyCost]]:
        for part, cost in zip(self.parts, self.instance.costs, strict=True):
            if cost.must:
                yield part, cost

    def _counts(self, smallest: int, largest: int, *, fixed: bool) -> tuple[int, ...]:
        students, wanted = self.instance.students, self.instance.groups
        fitting = range(max(1, -(-students // largest)), students // smallest + 1)
        if fixed:
            return (wanted,) if wanted in fitting else ()
        return tuple(sorted(fitting, key=lambda count: (abs(count - wanted), count)))

    def softened(self, chosen: frozenset[int]) -> tuple[AnyCost, ...]:
        """Return the costs of the elements that are not chosen, as soft costs.

        Parameters
        ----------
        chosen : frozenset of int
            Elements.

        Returns
        -------
        tuple of AnyCost
        """
        return tuple(replace(cost, must=False) for part, cost in self._musts() if part not in chosen)

    def held(self, assignment: IntArray) -> frozenset[int]:
        """Return the elements that an assignment satisfies.

        Parameters
        ----------
        assignment : ndarray of int64, shape (students,)

        Returns
        -------
        frozenset of int
        """
        whole = self.instance
        members = [group for group in members_of(assignment, int(assignment.max()) + 1) if group]
        places = np.empty(whole.students, np.int64)
        for place, group in enumerate(members):
            places[group] = place
        broken = {part for part, cost in self._musts() if units_of(cost, members, places)}
        if any(not whole.smallest <= len(group) <= whole.largest for group in members):
            broken.add(SIZES)
        if self.counted and len(members) != whole.groups:
            broken.add(COUNT)
        return frozenset(self.elements) - broken


def compatibility_matrix(question: Question) -> np.ndarray:
    """Return who may share a group with whom, as far as two students alone can tell.

    Parameters
    ----------
    question : Question

    Returns
    -------
    ndarray of bool, shape (n, n)
        True on the diagonal.
    """
    n = question.students
    may = np.ones((n, n), bool)
    for cost in question.costs:
        if isinstance(cost, OverlapCost):
            shared = np.zeros((n, n), np.int16)
            for word in cost.words.T:
                shared += np.bitwise_count(word[:, None] & word[None, :])
            may &= shared >= cost.at_least
        elif isinstance(cost, PairCost):
            if not cost.together and len(cost.pairs):
                may[cost.pairs[:, 0], cost.pairs[:, 1]] = False
                may[cost.pairs[:, 1], cost.pairs[:, 0]] = False
            if cost.labels is not None:
                labels = cost.labels
                known = (labels[:, None] != ANY_LABEL) & (labels[None, :] != ANY_LABEL)
                may &= ~(known & (labels[:, None] != labels[None, :]))
    np.fill_diagonal(may, True)
    return may


def apart_clique(may: np.ndarray, first: int | None = None) -> list[int]:
    """Return a large clique of students no two of whom may share a group, found greedily.

    Each of them needs a group of their own, so there have to be as many groups.

    Parameters
    ----------
    may : ndarray of bool, shape (n, n)
        Who may share a group with whom.
    first : int, optional
        Somebody who is one of them; otherwise whoever may share one with the fewest.

    Returns
    -------
    list of int
    """
    found: list[int] = []
    left = np.arange(len(may))
    while len(left):
        # Whoever is kept apart from most of those who are left comes next.
        next_one = int(left[may[np.ix_(left, left)].sum(axis=1).argmin()]) if first is None else first
        found.append(next_one)
        left, first = left[~may[next_one, left]], None
    return found


def broken_students(question: Question, assignment: IntArray) -> list[int]:
    """Return the members of groups in which something does not hold.

    Parameters
    ----------
    question : Question
    assignment : ndarray of int64, shape (students,)

    Returns
    -------
    list of int
        Positions, rising.
    """
    members = members_of(assignment, int(assignment.max()) + 1)
    broken: set[int] = set()
    for cost in question.costs:
        broken |= _broken_by(cost, members, assignment)
    return sorted(broken)


def _broken_by(cost: AnyCost, members: list[list[int]], assignment: IntArray) -> set[int]:
    if isinstance(cost, SumCost | OverlapCost) or (isinstance(cost, PairCost) and cost.labels is not None):
        return {s for group in members if group and units_of(cost, [group], assignment) for s in group}
    if isinstance(cost, PairCost):
        return {
            s
            for a, b in cost.pairs.tolist()
            if (assignment[a] == assignment[b]) != cost.together
            for s in (*members[assignment[a]], *members[assignment[b]])
        }
    if isinstance(cost, CompanyCost):
        others, found = set(cost.others.tolist()), set()
        for student in cost.students.tolist():
            group = members[assignment[student]]
            if sum(m in others for m in group if m != student) < cost.needed(len(group)):
                found |= set(group)
        return found
    return set()  # homes: a first plan has none
