"""Whether some students can all be placed at once, with anyone else as company (CP-SAT).

Everyone who is not looked at may be left over, as long as groups of allowed sizes
can be made of the rest as far as numbers go: a relaxation. So "no" is proven for the whole
class, while the model stays as small as the students looked at. Of these the first in each
group stands for it, which leaves no two ways to write down the same groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.common.assignment_model import AssignmentModel
from planner.engines.common.cpsat import Stopper, Verdict, new_solver
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.requirements import Question
from planner.model.instance import Instance, IntArray

LEAST = 0.002  # that a question costs: writing the model is work too


@dataclass
class SolveBudget:
    """What may be spent on solving, in CP-SAT's deterministic seconds: the same on every machine.

    Attributes
    ----------
    left : float
        Deterministic seconds.
    seed : int
    watch : Watch
    """

    left: float
    seed: int
    watch: Watch

    @property
    def empty(self) -> bool:
        """Whether nothing more can be asked."""
        return self.left <= 0 or self.watch.stop()

    def solve(self, model: cp_model.CpModel, most: float) -> tuple[Verdict, cp_model.CpSolver]:
        """Solve a model without an objective.

        Parameters
        ----------
        model : cp_model.CpModel
        most : float
            Deterministic seconds for this model.

        Returns
        -------
        verdict : Verdict
        solver : cp_model.CpSolver
            With the solution where there is one.
        """
        solver = new_solver(self.seed, max(0.0, min(most, self.left)), self.watch)
        if self.empty:
            return Verdict.UNKNOWN, solver
        status = solver.solve(model, Stopper(self.watch))
        self.left -= max(solver.response_proto.deterministic_time, LEAST)
        if status == cp_model.INFEASIBLE:
            return Verdict.NONE, solver
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        return Verdict.FOUND if found else Verdict.UNKNOWN, solver


def covered(
    question: Question, looked_at: Sequence[int], budget: SolveBudget, most: float
) -> tuple[Verdict, list[list[int]]]:
    """Place some students in groups that hold.

    Parameters
    ----------
    question : Question
    looked_at : sequence of int
        Who has to be placed. Everyone: the whole question, without anything left out.
    budget : SolveBudget
    most : float
        Deterministic seconds.

    Returns
    -------
    verdict : Verdict
    groups : list of list of int
        Members of the groups that were found.
    """
    if not question.counts:
        return Verdict.NONE, []
    model = _CoverModel(question, sorted(looked_at))
    verdict, solver = budget.solve(model.build.cp, most)
    return verdict, model.members(solver) if verdict is Verdict.FOUND else []


def assigned(groups: list[list[int]]) -> IntArray:
    """Return the group of each student, of groups given by their members.

    Parameters
    ----------
    groups : list of list of int
        Everyone once.

    Returns
    -------
    ndarray of int64, shape (students,)
    """
    assignment = np.zeros(sum(map(len, groups)), np.int64)
    for place, group in enumerate(groups):
        assignment[group] = place
    return assignment


class _CoverModel:
    """Group g is there if the g-th student looked at is in it, and has nobody looked at before them."""

    def __init__(self, question: Question, firsts: list[int]) -> None:
        rank = {student: place for place, student in enumerate(firsts)}
        every = range(len(firsts))
        allowed = [range(rank[s] + 1) if s in rank else every for s in range(question.students)]
        self.build = AssignmentModel(
            Instance(question.students, len(firsts), 0, question.largest, question.costs),
            allowed,
            optional=frozenset(range(question.students)) - frozenset(firsts),
        )
        cp = self.build.cp
        self.there = [self.build.x[student][place] for place, student in enumerate(firsts)]
        for place, there in enumerate(self.there):
            for student, literal in self.build.inside[place]:
                if student != firsts[place]:
                    cp.add_implication(literal, there)
            cp.add(self.build.size(place) >= question.smallest * there)
            cp.add(self.build.size(place) <= question.largest * there)
        self._leave_room(question, len(firsts))
        self.build.add_costs(price=False)

    def _leave_room(self, question: Question, groups: int) -> None:
        """The students who are left over can be divided as far as their number goes."""
        cp = self.build.cp
        used = sum(self.build.size(g) for g in range(groups))
        more = cp.new_int_var(0, max(question.counts), "")
        cp.add(question.students - used >= question.smallest * more)
        cp.add(question.students - used <= question.largest * more)
        cp.add_linear_constraint(sum(self.there) + more, min(question.counts), max(question.counts))

    def members(self, solver: cp_model.CpSolver) -> list[list[int]]:
        """Return the groups of a solution."""
        found = [
            [student for student, literal in inside if solver.boolean_value(literal)]
            for inside in self.build.inside
        ]
        return [group for group in found if group]
