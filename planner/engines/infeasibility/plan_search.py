"""Search for a plan that satisfies some of what is asked: which numbers of groups, which sizes, how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Progress, Watch
from planner.engines.infeasibility.cover import SolveBudget, assigned, covered
from planner.engines.infeasibility.group_counts import excluded
from planner.engines.infeasibility.requirements import (
    SIZES,
    Elements,
    Question,
    Requirements,
    apart_clique,
    compatibility_matrix,
)
from planner.engines.local_search.search import search
from planner.model.evaluation import members_of
from planner.model.instance import IntArray, PairCost

# On classes of 120 in `benchmarks/conflict.py` a plan that holds is mostly found within some ten thousand
# proposals, or never (docs/decisions/0012).
PROPOSALS, PER_STUDENT = 20_000, 1_000
MOMENT = 20_000  # of a short search
LOOK = 20_000  # proposals after which a search may end
LOOKS = 100  # students for each further look at a plan
TINY = 10  # students of whom all are placed by a solver at once, whatever is asked
SMALL = 20  # and where everything is asked
WHOLE_TIME = 1.5  # deterministic seconds for that


class PlanSearch:
    """Searches for plans for subsets of what is asked, by annealing; small classes by CP-SAT.

    Parameters
    ----------
    requirements : Requirements
    budget : SolveBudget
        For what CP-SAT solves; its seed and its watch are those of the annealing as well.

    Attributes
    ----------
    closest : dict
        By elements, the assignment of a search that did not come to a plan.
    """

    def __init__(self, requirements: Requirements, budget: SolveBudget) -> None:
        self.requirements, self.budget = requirements, budget
        self.seed, self.watch = budget.seed, budget.watch
        self.closest: dict[Elements, IntArray] = {}
        self._worked: int | None = None  # number of groups of the last plan

    def plan(self, chosen: Elements, *, soon: bool = False) -> IntArray | None:
        """Search for a plan that holds some elements, and as many of the others as can be.

        Parameters
        ----------
        chosen : frozenset of int
            Elements.
        soon : bool
            Only where a short search for each number of groups finds one.

        Returns
        -------
        ndarray of int64, shape (students,), or None
        """
        everything = chosen == frozenset(self.requirements.elements)
        if self.requirements.instance.students <= (SMALL if everything else TINY):
            return self._exact(chosen)
        asked = self._searched(chosen, self._as_asked(chosen), soon=soon)
        if asked is not None or SIZES in chosen:
            return asked
        without = self._without_sizes(chosen)
        return self._searched(chosen, self._looser(chosen)) if without is None else without

    def _searched(
        self, chosen: Elements, ways: Iterator[tuple[Question, int]], *, soon: bool = False
    ) -> IntArray | None:
        """Search each of some questions, until one has a plan."""
        for question, count in ways:
            if self.watch.stop():
                return None
            instance = question.instance(count, self.requirements.softened(chosen))
            proposals = MOMENT if soon else max(PROPOSALS, PER_STUDENT * question.students)
            found = search(
                instance, seed=self.seed, proposals=proposals, watch=self._short(chosen), look=LOOK
            )
            if found.violation == 0:
                self._worked = count
                return found.assignment
            self.closest.setdefault(chosen, found.assignment)
        return None

    def _exact(self, chosen: Elements) -> IntArray | None:
        """Solve a small class as a whole: there a solver is faster than a search."""
        question = self.requirements.question(chosen)
        verdict, groups = covered(question, range(question.students), self.budget, WHOLE_TIME)
        return assigned(groups) if verdict is Verdict.FOUND else None

    def _as_asked(self, chosen: Elements) -> Iterator[tuple[Question, int]]:
        """Questions and numbers of groups to search with the sizes as asked; what worked last comes first."""
        asked = self.requirements.question(chosen | {SIZES})
        least = len(apart_clique(compatibility_matrix(asked))) if len(asked.counts) > 1 else 0
        fitting = tuple(count for count in asked.counts if count >= least)
        likely = list(_spread(fitting, len(fitting)))
        first = sorted(likely[:2], key=lambda count: count != self._worked)
        yield from ((asked, count) for count in self._not_excluded(asked, [*first, *likely[2:], *fitting]))

    def _not_excluded(self, asked: Question, counts: list[int]) -> Iterator[int]:
        """Yield two numbers of groups at most; those after the first that cannot be are passed over."""
        left = 2
        for place, count in enumerate(dict.fromkeys(counts)):
            if left and not (place and excluded(asked.instance(count), self.watch)):
                left -= 1
                yield count

    def _looser(self, chosen: Elements) -> Iterator[tuple[Question, int]]:
        """The same with looser sizes."""
        largest = 2 * self.requirements.question(chosen | {SIZES}).largest
        free = self.requirements.question(chosen)
        looser = replace(free, largest=min(free.students, largest))
        for count in _spread(tuple(c for c in free.counts if c * looser.largest >= free.students), 4):
            yield looser, count

    def _without_sizes(self, chosen: Elements) -> IntArray | None:
        """Try everybody in one group, everybody alone, and everybody with those of the same answer."""
        question = self.requirements.question(chosen)
        alike = [
            np.unique(cost.labels, return_inverse=True)[1].reshape(-1).astype(np.int64)
            for cost in question.costs
            if isinstance(cost, PairCost) and cost.labels is not None
        ]
        for assignment in (np.zeros(question.students, np.int64), np.arange(question.students), *alike):
            members = members_of(assignment, int(assignment.max()) + 1)
            if len(members) in question.counts and question.holds(members, assignment):
                return assignment
        return None

    def _short(self, chosen: Elements) -> Watch:
        """A watch that ends a search soon after there is a plan: what it gives up need not be the least."""
        enough = 2 + self.requirements.instance.students // LOOKS
        alone = chosen == frozenset(self.requirements.elements)
        seen: list[Progress] = []

        def satisfied() -> bool:
            holding = sum(now.violation == 0 for now in seen)
            return holding > 0 and (alone or seen[-1].cost == 0 or holding >= enough)

        return Watch(report=seen.append, wanted_stop=lambda: self.watch.stop() or satisfied())


def _spread(counts: tuple[int, ...], most: int) -> Iterator[int]:
    """The likeliest number of groups, then the ends and the middle."""
    if counts:
        least, last = min(counts), max(counts)
        some = (counts[0], last, least, (counts[0] + last) // 2, (counts[0] + least) // 2)
        yield from list(dict.fromkeys(some))[:most]
