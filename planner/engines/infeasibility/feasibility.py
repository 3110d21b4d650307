"""Whether some of what is asked of a class can hold: a plan, or a proof that there is none.

A plan comes from annealing. A proof is looked for where it is cheap first: a clique of students
kept apart; a student who fits in no group at all; kinds of students that do not add up; a few
students who cannot all be placed; only then the class as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Progress, Watch
from planner.engines.infeasibility.compositions import countable, divided, kinds_of
from planner.engines.infeasibility.cover import SolveBudget, covered
from planner.engines.infeasibility.group_counts import excluded
from planner.engines.infeasibility.requirements import (
    SIZES,
    Question,
    Requirements,
    apart_clique,
    broken_students,
    compatibility_matrix,
)
from planner.engines.local_search.search import search
from planner.model.instance import IntArray, PairCost, members_of

Elements = frozenset[int]

PROPOSALS, PER_STUDENT = 20_000, 1_000
MOMENT = 20_000  # of a short search
LOOK = 20_000  # proposals after which a search may end: what holds is mostly found at once
LOOKS = 100  # students for each further look at a plan
FEW, MANY = (8,), (16, 28)  # students looked at together
LITTLE, MORE, MOST = 0.3, 0.5, 1.5  # deterministic seconds for one student, for some, for the class
TINY = 10  # students of whom all are placed by a solver at once, whatever is asked
SMALL = 20  # and where everything is asked
BUDGET = 5.0  # deterministic seconds for all of it
MOST_LITERALS = 8_000  # of a model of the whole class


@dataclass(frozen=True)
class InfeasibilityProof:
    """Elements that cannot hold together, and whom the proof is about.

    Attributes
    ----------
    elements : frozenset of int
    students : tuple of int
        Who cannot all be placed; empty where kinds of students do not add up.
    """

    elements: Elements
    students: tuple[int, ...] = ()


class FeasibilityChecker:
    """Looks for plans and proofs for subsets of what is asked.

    Parameters
    ----------
    requirements : Requirements
    seed : int
    watch : Watch
        Once it stops nothing more is found, and nothing is claimed.

    Attributes
    ----------
    budget : SolveBudget
        For all proofs together.
    closest : dict
        By elements, the assignment of a search that did not come to a plan.
    found : dict
        By elements, plans that came up while a proof was looked for.
    """

    def __init__(self, requirements: Requirements, seed: int, watch: Watch) -> None:
        self.requirements, self.seed, self.watch = requirements, seed, watch
        self.budget = SolveBudget(BUDGET, seed, watch)
        self.closest: dict[Elements, IntArray] = {}  # attempts that did not come to a plan
        self._worked: int | None = None  # number of groups of the last plan
        self.found: dict[Elements, IntArray] = {}  # plans that came up while a proof was looked for

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
        verdict, groups = covered(question, range(question.students), self.budget, MOST)
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

    def proof(self, chosen: Elements) -> InfeasibilityProof | None:
        """Look for a proof that some elements cannot hold together, the cheapest kind first."""
        question = self.requirements.question(chosen)
        if not question.counts:
            return InfeasibilityProof(chosen)
        sooner = (self._clique, self._one_by_one, self._few, self._by_kinds)
        for prove in (*sooner, self._many, self._by_kinds_longer, self._everyone):
            if self.budget.empty:
                return None
            found = prove(chosen, question)
            if found is not None or chosen in self.found:
                return found
        return None

    def _attempt(self, chosen: Elements, question: Question) -> IntArray:
        """Return the closest attempt so far; without one, everybody in turn."""
        found = self.closest.get(chosen)
        return np.arange(question.students) % question.counts[0] if found is None else found

    def _clique(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        """See whether more students than there are groups cannot stand one another's company."""
        many, enough = apart_clique(compatibility_matrix(question)), max(question.counts) + 1
        return InfeasibilityProof(chosen, tuple(sorted(many[:enough]))) if len(many) >= enough else None

    def _one_by_one(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        """See whether everyone fits in some group; whose group holds in the closest attempt does."""
        waiting = broken_students(question, self._attempt(chosen, question))
        while waiting and not self.budget.empty:
            student = waiting[0]
            verdict, groups = covered(question, (student,), self.budget, LITTLE)
            if verdict is Verdict.NONE:
                return InfeasibilityProof(chosen, (student,))
            placed = {student, *(s for group in groups for s in group)}
            waiting = [s for s in waiting if s not in placed]
        return None

    def _by_kinds(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        return self._counted(chosen, question, LITTLE)

    def _by_kinds_longer(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        return self._counted(chosen, question, MOST)

    def _counted(self, chosen: Elements, question: Question, most: float) -> InfeasibilityProof | None:
        """Count kinds of students, looking away from what tells most of them apart."""
        if question.largest > question.students // 2:
            return None
        while chosen:
            coarse = self.requirements.question(chosen)
            if countable(coarse):
                verdict, groups = divided(coarse, self.budget, most)
                if verdict is Verdict.FOUND:
                    self.found[chosen] = assigned(groups)
                return InfeasibilityProof(chosen) if verdict is Verdict.NONE else None
            chosen = chosen - {max(sorted(chosen), key=self._kinds_alone)}
        return None

    def _kinds_alone(self, element: int) -> int:
        """How many kinds of students an element makes by itself; the sizes none."""
        if element < 0:
            return 0
        return len(kinds_of(self.requirements.question(frozenset([element]))).count)

    def _few(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        return self._some(chosen, question, FEW)

    def _many(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        return self._some(chosen, question, MANY)

    def _some(
        self, chosen: Elements, question: Question, numbers: tuple[int, ...]
    ) -> InfeasibilityProof | None:
        """Look at those who are hard to place, more and more of them."""
        hard = hard_to_place(question, self._attempt(chosen, question))
        for number in numbers:
            if number >= question.students or self.budget.empty:
                break
            students = tuple(sorted(hard[:number]))
            if covered(question, students, self.budget, MORE)[0] is Verdict.NONE:
                return InfeasibilityProof(chosen, students)
        return None

    def _everyone(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        n = question.students
        if n * (n + 1) // 2 > MOST_LITERALS:
            return None
        verdict, groups = covered(question, range(n), self.budget, MOST)
        if verdict is Verdict.FOUND:
            self.found[chosen] = assigned(groups)
        return InfeasibilityProof(chosen, tuple(range(n))) if verdict is Verdict.NONE else None

    def proven(self, chosen: Elements, students: tuple[int, ...]) -> bool:
        """Return whether a proof of the same kind holds for these elements and students.

        Parameters
        ----------
        chosen : frozenset of int
            Elements.
        students : tuple of int
            Positions; empty for a proof by kinds.

        Returns
        -------
        bool
        """
        question = self.requirements.question(chosen)
        if not question.counts:
            return True
        if not students:
            return countable(question) and divided(question, self.budget, MORE)[0] is Verdict.NONE
        if self._is_clique(chosen, students):
            return True
        if MANY[-1] < len(students) < question.students:
            return False  # a crowd: there is nothing else to it
        return covered(question, students, self.budget, MORE)[0] is Verdict.NONE

    def _is_clique(self, chosen: Elements, students: tuple[int, ...]) -> bool:
        """Whether these are more students than there can be groups, and no two of them may share one."""
        question = self.requirements.question(chosen)
        if not question.counts or len(students) <= max(question.counts):
            return False
        return int(compatibility_matrix(question)[np.ix_(students, students)].sum()) == len(students)

    def fewer(self, proof: InfeasibilityProof) -> InfeasibilityProof:
        """Minimise a proof by delta debugging: its students, its elements, then its students again."""
        if self._is_clique(proof.elements, proof.students):
            order = sorted(proof.elements, reverse=True)
            kept = delta_debug(order, lambda some: self._is_clique(frozenset(some), proof.students))
            enough = max(self.requirements.question(frozenset(kept)).counts) + 1
            proof = InfeasibilityProof(frozenset(kept), proof.students[:enough])
            if enough > FEW[-1]:
                return proof  # a crowd less one is none, and whether the rest fits is slow to tell
        students = delta_debug(proof.students, lambda some: self._stands(proof.elements, some), least=1)
        order = sorted(proof.elements, reverse=True)
        elements = delta_debug(order, lambda some: self._stands(frozenset(some), students))
        chosen = frozenset(elements)
        if len(elements) < len(order):
            students = delta_debug(students, lambda some: self._stands(chosen, some), least=1)
        return InfeasibilityProof(chosen, tuple(students))

    def _stands(self, chosen: Elements, students: Sequence[int]) -> bool:
        return not self.budget.empty and self.proven(chosen, tuple(students))


def delta_debug(
    items: Sequence[int], stands: Callable[[Sequence[int]], bool], least: int = 0
) -> tuple[int, ...]:
    """Delta debugging (Zeller & Hildebrandt 2002): drop chunks of items while what is left still stands.

    Chunks are halved down to single items; the result is minimal where `stands` is monotone: what
    stands for some items stands for more.

    Parameters
    ----------
    items : sequence of int
    stands : callable
        Whether some of the items will do.
    least : int
        Items that are left at least.

    Returns
    -------
    tuple of int
        In the order of `items`.
    """
    left = tuple(items)
    stretch = max(1, len(left) // 2)
    while len(left) > least:
        place = 0
        while place < len(left):
            rest = left[:place] + left[place + stretch :]
            if len(rest) >= least and stands(rest):
                left = rest
            else:
                place += stretch
        if stretch == 1:
            break
        stretch //= 2
    return left


def _spread(counts: tuple[int, ...], most: int) -> Iterator[int]:
    """The likeliest number of groups, then the ends and the middle."""
    if counts:
        least, last = min(counts), max(counts)
        some = (counts[0], last, least, (counts[0] + last) // 2, (counts[0] + least) // 2)
        yield from list(dict.fromkeys(some))[:most]


def hard_to_place(question: Question, closest: IntArray) -> list[int]:
    """Order everyone by how few may share a group with them, and of equals those in broken groups first.

    Parameters
    ----------
    question : Question
    closest : ndarray of int64, shape (students,)
        The assignment that comes closest to a plan.

    Returns
    -------
    list of int
    """
    mates = compatibility_matrix(question).sum(axis=1)
    broken = np.ones(question.students, np.int64)
    broken[broken_students(question, closest)] = 0
    ordered: list[int] = np.lexsort((np.arange(question.students), broken, mates)).tolist()
    return ordered


def assigned(groups: list[list[int]]) -> IntArray:
    """Return the group of each student, shape (students,), of groups given by their members."""
    assignment = np.zeros(sum(map(len, groups)), np.int64)
    for place, group in enumerate(groups):
        assignment[group] = place
    return assignment
