"""Numbers of groups that are excluded at a glance: a proof, or no answer.

Whoever may not share a group needs one each: a clique bound. And with sizes, ties, company and
limits in mind the kinds of students have to add up. Both ask less than the whole question, so
where they say no, no engine needs to look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import comb

import numpy as np

from planner.engines.common.blocks import blocks_of
from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.compositions import countable, divided
from planner.engines.infeasibility.cover import SolveBudget
from planner.engines.infeasibility.requirements import Question, apart_clique, compatibility_matrix
from planner.engines.infeasibility.student_kinds import kinds_of
from planner.model.instance import (
    AnyCost,
    CompanyCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
    about_members,
)

# A glance has to take milliseconds (docs/decisions/0018); these keep it so.
MOST_STUDENTS = 3_000  # whose company is looked at two by two
STARTS, LOOKS = 20, 400  # cliques that are gathered, each from somebody else; and members of all of them
APART = 5  # lists of who is kept apart that count by themselves
MOST_CELLS = 100_000  # of compositions
TIME = 0.1  # deterministic seconds


def fewest(instance: Instance) -> int:
    """Return a lower bound on the number of groups from a clique of students kept apart.

    Parameters
    ----------
    instance : Instance
        Its own number of groups does not count.

    Returns
    -------
    int
        One at least.
    """
    return max(1, len(_loners(_asked(instance))))


def excluded(instance: Instance, watch: Watch) -> bool:
    """Return whether it is proven that no plan with so many groups holds every `must` cost.

    Parameters
    ----------
    instance : Instance
        With groups of one or more. Its costs that are no `must` do not count.
    watch : Watch

    Returns
    -------
    bool
        False proves nothing.
    """
    asked = _asked(instance)
    loners = _loners(asked)
    return len(loners) > instance.groups or _do_not_add_up(asked, loners, watch)


def _asked(instance: Instance) -> Question:
    instance = about_members(instance)
    # Free moments tell almost everybody apart: not to be counted at a glance.
    musts = tuple(cost for cost in instance.costs if cost.must and not isinstance(cost, OverlapCost))
    return Question(instance.students, instance.smallest, instance.largest, (instance.groups,), musts)


def _loners(asked: Question) -> list[int]:
    """Return many students no two of whom may share a group; whoever is tied comes as one."""
    if asked.students > MOST_STUDENTS:
        return []
    blocks = blocks_of(asked.students, asked.costs)
    may = compatibility_matrix(asked)[np.ix_(blocks.students, blocks.students)]
    for axis in (0, 1):
        may = np.logical_and.reduceat(may, blocks.start, axis=axis)
    np.fill_diagonal(may, val=True)
    best: list[int] = []
    looked_at = 0
    for start in np.argsort(may.sum(axis=1), kind="stable")[:STARTS].tolist():
        found = apart_clique(may, start)
        best, looked_at = max(best, found, key=len), looked_at + len(found)
        if looked_at > LOOKS:
            break
    return [blocks.members(block)[0] for block in best]


def _do_not_add_up(asked: Question, loners: list[int], watch: Watch) -> bool:
    """Whether kinds of students do not add up.

    Costs that tell most of them apart are not looked at beside the others, but with the ties alone.
    """
    some, others = _by_kinds(asked, loners), []
    while some and not countable(replace(asked, costs=tuple(some)), MOST_CELLS):
        others.append(some.pop())
    ties = [cost for cost in some[:1] if isinstance(cost, PairCost) and cost.together]
    questions = [replace(asked, costs=tuple(costs)) for costs in (some, *([*ties, one] for one in others))]
    return any(
        divided(one, SolveBudget(TIME, 0, watch), TIME)[0] is Verdict.NONE
        for one in questions
        if one.costs and countable(one, MOST_CELLS)
    )


def _by_kinds(asked: Question, loners: list[int]) -> list[AnyCost]:
    """Return costs to count by, ties first, then those that make few kinds.

    Of those who are kept apart there is at most one in a group.
    """
    tied = [cost for cost in asked.costs if isinstance(cost, PairCost) and cost.together]
    ties = [cost.pairs[cost.weights > 0] for cost in tied]
    pairs = [cost for cost in asked.costs if isinstance(cost, PairCost) and not cost.together]
    apart = sorted((them for them in map(_all_apart, pairs) if len(them) > 2), key=len, reverse=True)
    others: list[AnyCost] = [
        *(cost for cost in asked.costs if isinstance(cost, CompanyCost)),
        *([_one_of(loners, asked)] if len(loners) > 1 else []),
        *(cost for cost in asked.costs if isinstance(cost, SumCost)),
        *(PairCost(must=True, price=1, labels=cost.labels) for cost in pairs if cost.labels is not None),
        *(_one_of(them, asked) for them in apart[:APART]),
    ]
    others.sort(key=lambda cost: len(kinds_of(replace(asked, costs=(cost,))).count))
    return [*([_together(np.concatenate(ties))] if ties else []), *others]


def _together(pairs: IntArray) -> PairCost:
    """All ties at once."""
    return PairCost(must=True, price=1, pairs=pairs, weights=np.ones(len(pairs), np.int64), together=True)


def _one_of(some: Sequence[int], asked: Question) -> SumCost:
    """At most one of some in a group."""
    marks = np.zeros(asked.students, np.int64)
    marks[list(some)] = 1
    return SumCost(must=True, price=1, weights=marks, high=1)


def _all_apart(cost: PairCost) -> list[int]:
    """Return whom a cost names, where it keeps every two of them apart."""
    named = np.unique(cost.pairs).tolist()
    return named if len(np.unique(np.sort(cost.pairs, axis=1), axis=0)) == comb(len(named), 2) else []
