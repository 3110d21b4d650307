"""Better plans: free a few groups at a time and solve that corner exactly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from planner.engines.cpsat import Verdict, solve
from planner.engines.limits import Watch
from planner.instance import Instance, IntArray, SumCost, account, corner, members_of, range_units

CORNER_STUDENTS = 14  # what CP-SAT solves exactly within a fraction of a second
CORNER_TIME = 0.4  # deterministic seconds for a corner
CORNERS = {"normal": 40, "prove": 400}  # at the most
PATIENCE = {"normal": 12, "prove": 120}  # corners in a row without a gain


def polish(
    instance: Instance,
    assignment: IntArray,
    *,
    seed: int,
    effort: str,
    bound: int,
    watch: Watch,
) -> IntArray:
    """Return an assignment that costs as much or less, never more.

    Each corner is asked for something strictly cheaper, so a corner without an
    answer is proven best as it stands.

    Parameters
    ----------
    instance : Instance
    assignment : ndarray of int64, shape (students,)
        Holds every `must` cost.
    seed : int
    effort : {"normal", "prove"}
    bound : int
        A cost of this much ends the work.
    watch : Watch
    """
    assignment = assignment.copy()
    cost = account(instance, assignment).cost
    quiet = 0
    for number, groups in enumerate(_corners(instance, assignment, seed, CORNERS[effort])):
        if watch.stop() or cost <= bound or quiet >= PATIENCE[effort]:
            break
        students = np.flatnonzero(np.isin(assignment, groups)).tolist()
        part = corner(instance, students, groups)
        rank = {group: place for place, group in enumerate(groups)}
        here = np.asarray([rank[int(assignment[s])] for s in students], np.int64)
        before = account(part, here)
        solved = solve(
            part,
            seed=seed + number,
            deterministic_time=CORNER_TIME,
            watch=watch,
            below=before.cost,
            hint=here,
        )
        quiet += 1
        if solved.verdict is Verdict.FOUND and solved.assignment is not None:
            assignment[students] = np.asarray(groups, np.int64)[solved.assignment]
            cost += solved.cost - before.cost
            quiet = 0
        watch.tell(stage="polish", done=0.6 + 0.35 * number / CORNERS[effort], cost=cost)
    return assignment


def _corners(instance: Instance, assignment: IntArray, seed: int, most: int) -> Iterator[list[int]]:
    """Groups to free together: each time a costly one, and others drawn at random.

    Reads `assignment` anew for each corner, since polishing changes it.
    """
    generator = np.random.default_rng(seed)
    wide = max(2, min(instance.groups, CORNER_STUDENTS * instance.groups // instance.students))
    for number in range(most):
        prices = group_prices(instance, assignment)
        order = np.argsort(-prices, kind="stable")
        first = int(order[number % max(1, int((prices > 0).sum()))])
        others = [g for g in generator.permutation(instance.groups).tolist() if g != first]
        yield [first, *others[: wide - 1]]


def group_prices(instance: Instance, assignment: IntArray) -> IntArray:
    """Return what each group costs by its sums alone: a cheap guess of where gain is."""
    prices = np.zeros(instance.groups, np.int64)
    for place, members in enumerate(members_of(assignment, instance.groups)):
        for cost in instance.costs:
            if isinstance(cost, SumCost) and not cost.must and len(members) >= cost.from_size:
                prices[place] += cost.price * range_units(int(cost.weights[members].sum()), cost)
    return prices
