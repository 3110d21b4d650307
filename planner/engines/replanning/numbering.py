"""Which group of now is which group of before, and how many moves that takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from planner.engines.replanning.replan_problem import ReplanProblem
from planner.model.instance import NO_HOME, IntArray


def moves_of(before: ReplanProblem, assignment: IntArray) -> int:
    """Return how many of those who had a group are in another one.

    Parameters
    ----------
    before : ReplanProblem
    assignment : ndarray of int64, shape (students,)

    Returns
    -------
    int
    """
    return int(((before.home != NO_HOME) & (assignment != before.home)).sum())


def numbered(before: ReplanProblem, members: Sequence[Sequence[int]], labels: int) -> IntArray:
    """Number groups by a linear assignment: as many students as can be are in the group of before.

    Parameters
    ----------
    before : ReplanProblem
    members : sequence of sequence of int
        Students of each group.
    labels : int
        How many groups there were. Groups that none of these numbers is left for are new.

    Returns
    -------
    ndarray of int64, shape (students,)
        Group of each student.
    """
    matching = SimpleLinearSumAssignment()
    for group, those in enumerate(members):
        homes = Counter(before.home[list(those)].tolist())
        for label in range(labels + len(members)):
            matching.add_arc_with_cost(group, label, -homes[label] if label < labels else 0)
    for label in range(labels):  # as many rows as there are numbers: nobody's
        for other in range(labels + len(members)):
            matching.add_arc_with_cost(len(members) + label, other, 0)
    if matching.solve() != matching.OPTIMAL:
        raise AssertionError("no matching")  # every group can be a new one
    number = [matching.right_mate(group) for group in range(len(members))]
    fresh = {label: labels + place for place, label in enumerate(sorted(n for n in number if n >= labels))}
    assignment = np.empty(len(before.home), np.int64)
    for label, those in zip(number, members, strict=True):
        assignment[list(those)] = fresh.get(label, label)
    return assignment
