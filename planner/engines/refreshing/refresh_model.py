"""A light refresh of a small class as one CP-SAT model: the best there is, with proof."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.common.assignment_model import AssignmentModel
from planner.engines.common.cpsat import Stopper, new_solver
from planner.engines.common.watch import Watch
from planner.engines.refreshing.refresh_problem import RefreshProblem
from planner.model.instance import CompanyCost, Instance, IntArray

DETERMINISTIC_TIME = 30.0  # for each goal


def best_refresh(
    instance: Instance, problem: RefreshProblem, *, seed: int, watch: Watch
) -> tuple[IntArray, bool]:
    """Solve a refresh exactly, one goal after another: first meetings, second moves, cost.

    Parameters
    ----------
    instance : Instance
        With a cost for every rule.
    problem : RefreshProblem
        With groups that hold every `must` cost as they are.
    seed : int
    watch : Watch

    Returns
    -------
    places : ndarray of int64, shape (students,)
        Group of each student.
    proven : bool
        Whether no refresh is better.
    """
    model = _RefreshModel(instance, problem)
    places, proven = problem.home.copy(), True
    for goal in (-sum(model.meetings), model.again, model.build.total):
        model.aim(goal, places)
        solver = new_solver(seed, DETERMINISTIC_TIME, watch)
        status = solver.solve(model.build.cp, Stopper(watch))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return places, False
        places = model.build.read(solver)
        proven = proven and status == cp_model.OPTIMAL
        model.build.cp.add(goal <= round(solver.objective_value))
    return places, proven


class _RefreshModel:
    """The class, with familiar company as costs and the rest as constraints."""

    def __init__(self, instance: Instance, problem: RefreshProblem) -> None:
        self.problem = problem
        self.groups = range(instance.groups)
        kept = (*instance.costs, *_company(problem))
        every = [list(self.groups)] * instance.students
        self.build = AssignmentModel(replace(instance, costs=kept), every)
        self.build.add_costs(price=True)
        self.meetings: list[Any] = []
        self.again: Any = sum(1 - self.build.at(s, int(problem.home[s])) for s in problem.moved)
        self._limits()
        self._meet(instance.students)

    def aim(self, goal: Any, near: IntArray) -> None:
        """Ask for the least of something, starting from an assignment."""
        self.build.cp.clear_hints()  # type: ignore[no-untyped-call]
        self.build.hint(near)
        self.build.cp.minimize(goal)

    def _limits(self) -> None:
        cp, problem, build = self.build.cp, self.problem, self.build
        home = problem.home.tolist()
        for g in self.groups:
            cp.add(build.size(g) == int(problem.sizes[g]))
        cp.add(sum(1 - build.at(s, own) for s, own in enumerate(home)) <= problem.most_moved)
        for s, own in enumerate(home):
            new = np.flatnonzero(~problem.met[s]).tolist()
            for g in self.groups:
                if g != own:
                    cp.add(sum(build.at(o, g) for o in new if o != s) >= build.at(s, g))

    def _meet(self, students: int) -> None:
        cp, build = self.build.cp, self.build
        for a, b in combinations(range(students), 2):
            if not self.problem.met[a, b]:
                for g in self.groups:
                    both = cp.new_bool_var("")
                    cp.add_implication(both, build.at(a, g))
                    cp.add_implication(both, build.at(b, g))
                    self.meetings.append(both)


def _company(problem: RefreshProblem) -> list[CompanyCost]:
    costs = []
    for g, part in enumerate(problem.least_part.tolist()):
        mates = np.flatnonzero(problem.home == g).astype(np.int64)
        if part > 1:
            costs.append(CompanyCost(must=True, price=1, students=mates, others=mates, at_least=part - 1))
    return costs
