"""Whether some of what is asked of a class can hold: a plan, or a proof that there is none.

A plan comes from annealing. A proof is looked for where it is cheap first: a clique of students
kept apart; a student who fits in no group at all; kinds of students that do not add up; a few
students who cannot all be placed; only then the class as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.compositions import countable, divided
from planner.engines.infeasibility.cover import SolveBudget, assigned, covered
from planner.engines.infeasibility.delta_debugging import delta_debug
from planner.engines.infeasibility.plan_search import PlanSearch
from planner.engines.infeasibility.requirements import (
    Elements,
    Question,
    Requirements,
    apart_clique,
    broken_students,
    compatibility_matrix,
)
from planner.engines.infeasibility.student_kinds import kinds_of
from planner.model.instance import IntArray

# Set by hand, without a recorded sweep: more students or time prove more, and keep a coordinator waiting.
FEW, MANY = (8,), (16, 28)  # students looked at together
LITTLE, MORE, MOST = 0.3, 0.5, 1.5  # deterministic seconds for one student, for some, for the class
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
    plans : PlanSearch
    found : dict
        By elements, plans that came up while a proof was looked for.
    """

    def __init__(self, requirements: Requirements, seed: int, watch: Watch) -> None:
        self.requirements, self.seed, self.watch = requirements, seed, watch
        self.budget = SolveBudget(BUDGET, seed, watch)
        self.plans = PlanSearch(requirements, self.budget)
        self.found: dict[Elements, IntArray] = {}

    def plan(self, chosen: Elements, *, soon: bool = False) -> IntArray | None:
        """Search for a plan that holds some elements; see `PlanSearch.plan`.

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
        return self.plans.plan(chosen, soon=soon)

    def proof(self, chosen: Elements) -> InfeasibilityProof | None:
        """Look for a proof that some elements cannot hold together, the cheapest kind first.

        Parameters
        ----------
        chosen : frozenset of int
            Elements.

        Returns
        -------
        InfeasibilityProof or None
            Perhaps of fewer elements. None where the budget ended first, or a plan turned up: see `found`.
        """
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
        found = self.plans.closest.get(chosen)
        return np.arange(question.students) % question.counts[0] if found is None else found

    def _clique(self, chosen: Elements, question: Question) -> InfeasibilityProof | None:
        """See whether more students than there are groups are a clique no two of whom may share one."""
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
        """Return how many kinds of students an element makes by itself; the sizes none."""
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
            return False  # a clique: there is nothing else to it
        return covered(question, students, self.budget, MORE)[0] is Verdict.NONE

    def _is_clique(self, chosen: Elements, students: tuple[int, ...]) -> bool:
        """Return whether these are more students than there can be groups, no two of whom may share one."""
        question = self.requirements.question(chosen)
        if not question.counts or len(students) <= max(question.counts):
            return False
        return int(compatibility_matrix(question)[np.ix_(students, students)].sum()) == len(students)

    def fewer(self, proof: InfeasibilityProof) -> InfeasibilityProof:
        """Minimise a proof by delta debugging: its students, its elements, then its students again.

        Parameters
        ----------
        proof : InfeasibilityProof

        Returns
        -------
        InfeasibilityProof
            Of the same elements and students or fewer.
        """
        if self._is_clique(proof.elements, proof.students):
            order = sorted(proof.elements, reverse=True)
            kept = delta_debug(order, lambda some: self._is_clique(frozenset(some), proof.students))
            enough = max(self.requirements.question(frozenset(kept)).counts) + 1
            proof = InfeasibilityProof(frozenset(kept), proof.students[:enough])
            if enough > FEW[-1]:
                return proof  # a smaller clique proves nothing, and whether the rest fits is slow to tell
        students = delta_debug(proof.students, lambda some: self._stands(proof.elements, some), least=1)
        order = sorted(proof.elements, reverse=True)
        elements = delta_debug(order, lambda some: self._stands(frozenset(some), students))
        chosen = frozenset(elements)
        if len(elements) < len(order):
            students = delta_debug(students, lambda some: self._stands(chosen, some), least=1)
        return InfeasibilityProof(chosen, tuple(students))

    def _stands(self, chosen: Elements, students: Sequence[int]) -> bool:
        return not self.budget.empty and self.proven(chosen, tuple(students))


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
