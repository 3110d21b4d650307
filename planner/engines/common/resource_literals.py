"""What groups take, as literals of CP-SAT: one of each kind, within what there is of each and of two."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from planner.model.instance import Instance, IntArray, ResourceLink


class ResourceLiterals:
    """One literal for each group and resource, with every capacity.

    Parameters
    ----------
    cp : cp_model.CpModel
        Gets the literals and their constraints.
    instance : Instance

    Attributes
    ----------
    takes : list of list of list of literal
        ``takes[kind][group][resource]``.
    """

    def __init__(self, cp: cp_model.CpModel, instance: Instance) -> None:
        self._cp, self._groups = cp, range(instance.groups)
        self.takes = [
            [[cp.new_bool_var("") for _ in kind.most] for _ in self._groups] for kind in instance.resources
        ]
        for kind, rows in zip(instance.resources, self.takes, strict=True):
            for row in rows:
                cp.add_exactly_one(row)
            for one, (least, most) in enumerate(zip(kind.least.tolist(), kind.most.tolist(), strict=True)):
                number = sum(row[one] for row in rows)
                cp.add_linear_constraint(number, least, max(least, min(most, instance.groups)))
        for link in instance.links:
            self._link(link)

    def _link(self, link: ResourceLink) -> None:
        first, second = (self.takes[kind] for kind in link.kinds)
        for (one, other), most in np.ndenumerate(link.most):
            if most >= len(self._groups):
                continue
            both = []
            for group in self._groups:
                literals = (first[group][one], second[group][other])
                if most == 0:
                    self._cp.add_at_most_one(literals)
                    continue
                both.append(self._cp.new_bool_var(""))
                self._cp.add_bool_or([literals[0].negated(), literals[1].negated(), both[-1]])
            if both:
                self._cp.add(sum(both) <= int(most))

    def hint(self, taken: IntArray) -> None:
        """Propose what to start from.

        Parameters
        ----------
        taken : ndarray of int64, shape (groups, kinds)
        """
        for place, rows in enumerate(self.takes):
            for group, row in enumerate(rows):
                for one, literal in enumerate(row):
                    self._cp.add_hint(literal, bool(taken[group, place] == one))

    def read(self, solver: cp_model.CpSolver) -> IntArray:
        """Read what groups take off a solution.

        Parameters
        ----------
        solver : cp_model.CpSolver
            That found one.

        Returns
        -------
        ndarray of int64, shape (groups, kinds)
        """
        taken = np.zeros((len(self._groups), len(self.takes)), np.int64)
        for place, rows in enumerate(self.takes):
            for group, row in enumerate(rows):
                taken[group, place] = [solver.boolean_value(literal) for literal in row].index(True)
        return taken
