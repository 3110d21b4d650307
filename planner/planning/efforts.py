"""How far a plan is looked for: what each effort spends on search, subinstances and proof."""

from __future__ import annotations

from typing import Literal

from planner.engines.set_partitioning.gap_closing import Budget
from planner.engines.set_partitioning.neighbourhood_search import NeighbourhoodRound

Effort = Literal["quick", "normal", "prove"]
EFFORTS: tuple[Effort, ...] = ("quick", "normal", "prove")

# Where subinstances follow, annealing longer brings less than they do.
PROPOSALS = {"quick": 3_000, "normal": 16_000, "prove": 16_000}  # per student
LEAST_PROPOSALS = {"quick": 300_000, "normal": 1_000_000, "prove": 1_000_000}
MOST_PROPOSALS = {"quick": 30_000_000, "normal": 40_000_000, "prove": 60_000_000}
CLOSED_FIRST = {"normal": 60, "prove": 80}  # students up to which the whole class is closed first
BEFORE_CLOSING = 5_000  # proposals per student there: closing goes on from any good plan
LEAST_BEFORE_CLOSING = 200_000
SOON, LEAST_SOON = 1_000, 20_000  # proposals per student, and at least, of a short search
CLOSE_STUDENTS = {"normal": 120, "prove": 400}  # up to which the whole class is closed
# Where it is not closed first, a normal run looks for a bound, not for the gap to be closed.
BOUND = Budget(steps=300_000_000, cuts=4, window=3_000, tries=1, time=0.5)
BUDGETS = {
    "normal": Budget(steps=300_000_000, cuts=8, window=3_000, tries=4, time=1.0),
    "prove": Budget(steps=3_000_000_000, cuts=30, window=8_000, tries=5, time=8.0),
}
# Subinstances and closing take turns: what one finds helps the other. Behind the rounds, how often
# to search from the best at most once subinstances gain no more.
ROUNDS: dict[Effort, tuple[tuple[tuple[NeighbourhoodRound, ...], int], ...]] = {
    "quick": (),
    "normal": (((NeighbourhoodRound(36, 30, 10), NeighbourhoodRound(44, 8, 4)), 1),),
    "prove": (
        ((NeighbourhoodRound(36, 200, 30), NeighbourhoodRound(44, 60, 15)), 0),
        ((NeighbourhoodRound(44, 30, 12), NeighbourhoodRound(60, 16, 8)), 4),
    ),
}
# Where plan and bound stay far apart, long runs gain more than subinstances (docs/decisions/0048).
FAR = 20  # a gap of more than this part of the cost, a twentieth
LONG_RUNS = 2
LONG_PROPOSALS = {"quick": 0, "normal": 300_000, "prove": 1_000_000}  # per student, of each long run
MOST_LONG_PROPOSALS = {"quick": 0, "normal": 120_000_000, "prove": 400_000_000}
PERTURB_PROPOSALS = 4_800  # proposals per student of such a search
NEARLY: dict[Effort, int] = {"quick": 0, "normal": 4, "prove": 4}  # how often more, near to the bound


def closed_first(effort: Effort, students: int) -> bool:
    """Whether a class is small enough to be closed as a whole before any subinstance of it is.

    Parameters
    ----------
    effort : Effort
    students : int
        In the class.

    Returns
    -------
    bool
    """
    return effort != "quick" and students <= CLOSED_FIRST[effort]


def proposals(effort: Effort, students: int) -> int:
    """Return how many proposals a search makes; fewer where closing the gap follows from any good plan.

    Parameters
    ----------
    effort : Effort
    students : int
        In the class.

    Returns
    -------
    int
    """
    if closed_first(effort, students):
        return min(_most(effort, students), max(LEAST_BEFORE_CLOSING, BEFORE_CLOSING * students))
    return _most(effort, students)


def long_proposals(effort: Effort, students: int) -> int:
    """Return how many proposals each long run makes.

    Parameters
    ----------
    effort : Effort
    students : int
        In the class.

    Returns
    -------
    int
        Zero where the effort has no such runs.
    """
    return min(LONG_PROPOSALS[effort] * students, MOST_LONG_PROPOSALS[effort])


def far(cost: int, bound: int) -> bool:
    """Whether a plan is so far from its bound that long runs are worth their time.

    Parameters
    ----------
    cost, bound : int
        Of the plan, and what no plan is below.

    Returns
    -------
    bool
    """
    return FAR * (cost - bound) > cost


def soon(students: int) -> int:
    """Return the proposals of a short search: what holds is mostly found in as many, or never."""
    return max(LEAST_SOON, SOON * students)


def repair_proposals(effort: Effort, students: int) -> int:
    """Return how many proposals are made at the most until every `must` rule holds.

    Parameters
    ----------
    effort : Effort
    students : int
        In the class.

    Returns
    -------
    int
    """
    return _most(effort, students) // 2


def _most(effort: Effort, students: int) -> int:
    return min(max(LEAST_PROPOSALS[effort], PROPOSALS[effort] * students), MOST_PROPOSALS[effort])


def budget(effort: Effort, students: int) -> Budget | None:
    """Return what is spent on closing the gap of a whole class.

    Parameters
    ----------
    effort : Effort
    students : int
        In the class.

    Returns
    -------
    Budget or None
        None where the class is too large for it.
    """
    if effort == "quick" or students > CLOSE_STUDENTS[effort]:
        return None
    return BOUND if effort == "normal" and not closed_first(effort, students) else BUDGETS[effort]
