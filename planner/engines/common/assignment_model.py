"""The assignment model of CP-SAT, students x groups: exact on small subinstances, and for feasibility.

The plain model is the wrong core for a whole class (its bound stays near zero), but
right for a dozen students. It never has to beat an incumbent by itself: it is asked
for something strictly better, so "infeasible" proves the incumbent best.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.common.resource_literals import ResourceLiterals
from planner.model.instance import (
    ANY_HIGH,
    ANY_LABEL,
    ANY_LOW,
    NO_HOME,
    AnyCost,
    CompanyCost,
    HomeCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    ResourceCost,
    SumCost,
)

Expression: TypeAlias = Any  # the unions of ortools do not survive arithmetic


class AssignmentModel:
    """Students x groups: one literal per student and group they may be in, and each cost once.

    Parameters
    ----------
    instance : Instance
    allowed : sequence of sequence of int, optional
        Groups that each student may be in; otherwise any. Without it, and without homes, groups have
        no names of their own, and symmetry is broken by numbering them by their first member.
    optional : frozenset of int
        Students who may be in no group at all: company for the others.

    Attributes
    ----------
    cp : cp_model.CpModel
    x : list of dict
        ``x[student][group]``: the literal of a student in a group.
    inside : list of list of (int, literal)
        ``inside[group]``: the same by group.
    terms : list
        Priced units, one linear expression each; see `total`.
    labelled : bool
        Whether groups have names of their own.
    resources : ResourceLiterals
        What groups take.
    """

    def __init__(
        self,
        instance: Instance,
        allowed: Sequence[Sequence[int]] | None = None,
        optional: frozenset[int] = frozenset(),
    ) -> None:
        self.instance, self.optional = instance, optional
        self.cp = cp_model.CpModel()
        self.groups = range(instance.groups)
        self.terms: list[Expression] = []
        self.labelled = allowed is not None or any(isinstance(cost, HomeCost) for cost in instance.costs)
        choices = (
            allowed if allowed is not None else [self._may(student) for student in range(instance.students)]
        )
        self.x = [{g: self.cp.new_bool_var("") for g in groups} for groups in choices]
        self.inside: list[list[tuple[int, Expression]]] = [[] for _ in self.groups]
        for student, row in enumerate(self.x):
            placed = self.cp.add_at_most_one if student in optional else self.cp.add_exactly_one
            placed(row.values())
            for g, literal in row.items():
                self.inside[g].append((student, literal))
        for g in self.groups:
            self.cp.add_linear_constraint(self.size(g), instance.smallest, instance.largest)
        self.resources = ResourceLiterals(self.cp, instance)
        self._with = [self._members_with(kind) for kind in range(len(instance.resources))]

    def _members_with(self, kind: int) -> list[list[Expression]]:
        """Literals of each student in a group that takes each resource, with room for so many."""
        takes = self.resources.takes[kind]
        number = len(self.instance.resources[kind].most)
        found: list[list[Expression]] = [[self.cp.new_bool_var("") for _ in range(number)] for _ in self.x]
        for row, student in zip(self.x, found, strict=True):
            for g, inside in row.items():
                for one, literal in enumerate(student):
                    self.cp.add_bool_or([inside.negated(), takes[g][one].negated(), literal])
        for one in range(number):
            groups = cp_model.LinearExpr.sum([row[one] for row in takes])
            members = cp_model.LinearExpr.sum([student[one] for student in found])
            self.cp.add(members <= self.instance.largest * groups)
        for place, student in enumerate(found):
            if place not in self.optional:
                self.cp.add_exactly_one(student)
        return found

    def _may(self, student: int) -> Sequence[int]:
        """Groups without a name of their own are numbered by their first member."""
        return self.groups if self.labelled else range(min(student + 1, self.instance.groups))

    @property
    def total(self) -> Expression:
        """Cost of all priced terms, as a linear expression."""
        return sum(self.terms) if self.terms else 0

    def size(self, g: int) -> Expression:
        """Return the number of members of a group, as a linear expression."""
        return cp_model.LinearExpr.sum([literal for _, literal in self.inside[g]])

    def at(self, student: int, g: int) -> Expression:
        """Return the literal of a student in a group.

        Parameters
        ----------
        student, g : int

        Returns
        -------
        literal or int
            0 where the student may not be in that group.
        """
        return self.x[student].get(g, 0)

    def hint(self, assignment: Sequence[int] | IntArray) -> None:
        """Propose an assignment to start from.

        Parameters
        ----------
        assignment : sequence of int, shape (students,)
            Groups without names of their own are renumbered.
        """
        rank: dict[int, int] = {}
        for group in map(int, assignment):
            rank.setdefault(group, group if self.labelled else len(rank))
        for row, group in zip(self.x, map(int, assignment), strict=True):
            for g, literal in row.items():
                self.cp.add_hint(literal, rank[group] == g)

    def read(self, solver: cp_model.CpSolver) -> IntArray:
        """Read the assignment off a solution.

        Parameters
        ----------
        solver : cp_model.CpSolver
            That found one.

        Returns
        -------
        ndarray of int64, shape (students,)
            Group of each student.
        """
        return np.asarray(
            [next(g for g, literal in row.items() if solver.boolean_value(literal)) for row in self.x],
            np.int64,
        )

    def add_costs(self, *, price: bool) -> None:
        """Add every `must` cost as constraints, and the others as priced terms.

        Parameters
        ----------
        price : bool
            False leaves the others out.
        """
        for cost in self.instance.costs:
            if cost.must or price:
                self.add(cost)

    def add(self, cost: AnyCost) -> None:
        """Add one cost: as constraints where it is a must, otherwise as priced terms."""
        if isinstance(cost, SumCost):
            for g in self.groups:
                self._add_sum(cost, g)
        elif isinstance(cost, PairCost):
            self._add_pairs(cost)
            if cost.labels is not None:
                self._add_labels(cost, cost.labels.tolist())
        elif isinstance(cost, ResourceCost):
            self._add_resource(cost)
        elif isinstance(cost, CompanyCost):
            self._add_company(cost)
        elif isinstance(cost, OverlapCost):
            for g in self.groups:
                self._add_overlap(cost, g)
        else:
            self._add_home(cost)

    def _units(self, cost: AnyCost, most: int, weight: int = 1) -> Expression:
        """A count of units: a priced variable, or zero where it is a must."""
        if cost.must:
            return 0
        units = self.cp.new_int_var(0, most, "")
        self.terms.append(units * (cost.price * weight))
        return units

    def _add_sum(self, cost: SumCost, g: int) -> None:
        weights = cost.weights.tolist()
        inside = [(literal, weights[student]) for student, literal in self.inside[g] if weights[student]]
        total = cp_model.LinearExpr.weighted_sum([literal for literal, _ in inside], [w for _, w in inside])
        reach = min(self.instance.largest, len(inside)) * max((abs(w) for _, w in inside), default=0)
        ranges = []
        if cost.low > ANY_LOW:
            units = self._units(cost, max(0, -(-(cost.low + reach) // cost.step)))
            ranges.append(total + cost.step * units >= cost.low)
        if cost.high < ANY_HIGH:
            units = self._units(cost, max(0, -(-(reach - cost.high) // cost.step)))
            ranges.append(total - cost.step * units <= cost.high)
        enforced = [self._at_least(g, cost.from_size)] if cost.from_size > self.instance.smallest else []
        if cost.only is not None:
            kind, one = cost.only
            enforced.append(self.resources.takes[kind][g][one])
        for constraint in ranges:
            added = self.cp.add(constraint)
            if enforced:
                added.only_enforce_if(enforced)

    def _at_least(self, g: int, size: int) -> cp_model.IntVar:
        """A literal that is true when a group has at least `size` members."""
        literal = self.cp.new_bool_var("")
        self.cp.add(self.size(g) <= size - 1).only_enforce_if(literal.negated())
        return literal

    def _add_pairs(self, cost: PairCost) -> None:
        for (a, b), weight in zip(cost.pairs.tolist(), cost.weights.tolist(), strict=True):
            units = self._units(cost, 1, weight)
            if not cost.together:
                for g in self.x[a].keys() & self.x[b].keys():
                    self.cp.add(self.at(a, g) + self.at(b, g) <= 1 + units)
                continue
            # Whoever is somewhere for certain settles where both are; otherwise both have to be asked.
            ways = ((a, b), (b, a)) if {a, b} & self.optional else ((a, b),)
            for one, other in ways:
                for g in self.x[one]:
                    self.cp.add(self.at(one, g) - self.at(other, g) <= units)

    def _add_labels(self, cost: PairCost, labels: list[int]) -> None:
        known = [(student, label) for student, label in enumerate(labels) if label != ANY_LABEL]
        if cost.must:
            for g in self.groups:
                chosen = {label: self.cp.new_bool_var("") for _, label in known}
                self.cp.add_at_most_one(chosen.values())
                for student, literal in self.inside[g]:
                    if labels[student] != ANY_LABEL:
                        self.cp.add_implication(literal, chosen[labels[student]])
            return
        for place, (a, mine) in enumerate(known):
            for b, other in known[:place]:
                shared = self.x[a].keys() & self.x[b].keys()
                if mine != other and shared:
                    units = self._units(cost, 1)
                    for g in shared:
                        self.cp.add(self.x[a][g] + self.x[b][g] <= 1 + units)

    def _add_company(self, cost: CompanyCost) -> None:
        others, (a, b, d) = set(cost.others.tolist()), cost.by_size
        near = [[(s, literal) for s, literal in inside if s in others] for inside in self.inside]
        for student in cost.students.tolist():
            units = self._units(cost, cost.needed(self.instance.largest))
            for g, literal in self.x[student].items():
                company = cp_model.LinearExpr.sum([other for s, other in near[g] if s != student])
                self.cp.add(company + units >= cost.at_least).only_enforce_if(literal)
                if a:  # at least n // d of them: more than n - d in parts of d
                    parts = a * self.size(g) + b - d + 1
                    self.cp.add(d * (company + units) >= parts).only_enforce_if(literal)

    def _add_overlap(self, cost: OverlapCost, g: int) -> None:
        shared = []
        for masks in cost.words.T.tolist():
            for bit in range(max(masks, default=0).bit_length()):
                free = self.cp.new_bool_var("")
                for student, literal in self.inside[g]:
                    if not masks[student] >> bit & 1:
                        self.cp.add_implication(literal, free.negated())
                shared.append(free)
        units = self._units(cost, cost.at_least)
        added = self.cp.add(cp_model.LinearExpr.sum(shared) + units >= cost.at_least)
        if self.instance.smallest == 0:
            added.only_enforce_if(self._at_least(g, 1))

    def _add_home(self, cost: HomeCost) -> None:
        for row, home, weight in zip(self.x, cost.home.tolist(), cost.weights.tolist(), strict=True):
            if home == NO_HOME or weight == 0:
                continue
            away = 1 - row.get(home, 0)
            if cost.must:
                self.cp.add(away == 0)
            else:
                self.terms.append(away * (cost.price * weight))

    def _add_resource(self, cost: ResourceCost) -> None:
        for student, row in zip(self._with[cost.kind], cost.units.tolist(), strict=True):
            for literal, units in zip(student, row, strict=True):
                if units and cost.must:
                    self.cp.add(literal == 0)
                elif units:
                    self.terms.append(literal * (cost.price * units))
