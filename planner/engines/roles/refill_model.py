"""Roles of a group that changed, as one CP-SAT model with a weighted lexicographic objective."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ortools.sat.python import cp_model

from planner.engines.roles.refill_problem import Held, RefillProblem

LARGEST = 2**60  # of all prices together; what matters least is left out where they are more


class RefillModel:
    """The model: one literal per round, role and member who can take it.

    Parameters
    ----------
    group : RefillProblem
    order : sequence of str
        Names of the objectives, the most important first. Each weighs more than all behind it together;
        those that would take weights above `LARGEST` are left out.
    """

    def __init__(self, group: RefillProblem, order: Sequence[str]) -> None:
        self.cp = cp_model.CpModel()
        self._group, self._rounds = group, range(len(group.kept))
        self._holds = {
            (r, role, m): self.cp.new_bool_var("")
            for r in self._rounds
            for m, mine in enumerate(group.able)
            for role in group.roles
            if role in mine
        }
        for r in self._rounds:
            self._one_each(r)
        room = len(group.positions) * len(group.kept)
        top = len(group.kept) + len(group.past)
        most_earlier = max(group.earlier.values(), default=0)
        # By what matters: what it comes to, and the most that can be.
        counted: dict[str, tuple[Any, int]] = {
            "open": (room - sum(self._holds.values()), room),
            "changed": (self._changed(), 2 * len(group.able) * len(group.kept)),
            "twice": (self._twice(), room),
            "ahead": (sum(self._ahead(role) for role in group.roles), top * len(group.roles)),
            "uneven": (self._ahead(None), top),
            "again": (self._summed("again"), room * most_earlier),
            "unwished": (self._summed("unwished"), room if group.wished else 0),
        }
        self.cp.minimize(_in_order([counted[name] for name in order]))

    def begin_with(self, found: Held) -> None:
        """Propose roles to start from.

        Parameters
        ----------
        found : sequence of mapping
            Per round to come, member -> role.
        """
        for (r, role, m), literal in self._holds.items():
            self.cp.add_hint(literal, found[r].get(m) == role)

    def read(self, solver: cp_model.CpSolver) -> list[dict[int, int]]:
        """Read the roles off a solution.

        Parameters
        ----------
        solver : cp_model.CpSolver
            That found one.

        Returns
        -------
        list of dict
            Per round to come, member -> role.
        """
        found: list[dict[int, int]] = [{} for _ in self._rounds]
        for (r, role, m), literal in self._holds.items():
            if solver.boolean_value(literal):
                found[r][m] = role
        return found

    def _one_each(self, r: int) -> None:
        for m in range(len(self._group.able)):
            self.cp.add_at_most_one(v for (q, _, o), v in self._holds.items() if (q, o) == (r, m))
        for role in self._group.roles:
            held = [v for (q, s, _), v in self._holds.items() if (q, s) == (r, role)]
            self.cp.add(sum(held) <= self._group.positions.count(role))

    def _changed(self) -> Any:
        return sum(
            1 - literal if self._group.kept[r].get(m) == role else literal
            for (r, role, m), literal in self._holds.items()
            if m in self._group.stayed
        )

    def _twice(self) -> Any:
        last = self._group.past[-1] if self._group.past else {}
        terms = [literal for (r, role, m), literal in self._holds.items() if r == 0 and last.get(m) == role]
        for (r, role, m), literal in self._holds.items():
            after = self._holds.get((r + 1, role, m))
            if after is not None:
                twice = self.cp.new_bool_var("")
                self.cp.add(literal + after <= 1 + twice)
                terms.append(twice)
        return sum(terms)

    def _ahead(self, role: int | None) -> Any:
        """By how much more than one turns at a role, or in all, differ."""
        before = self._group.before(role)
        if len(before) < 2 or not self._rounds:
            return 0
        top = len(self._rounds) + len(self._group.past)
        most, least, ahead = (self.cp.new_int_var(0, top, "") for _ in range(3))
        for m, had in before.items():
            now = sum(v for (_, s, o), v in self._holds.items() if o == m and role in (None, s))
            self.cp.add(had + now <= most)
            self.cp.add(had + now >= least)
        self.cp.add(ahead >= most - least - 1)
        return ahead

    def _summed(self, name: str) -> Any:
        price = self._group.price
        return sum(literal * price(m, role, name) for (_, role, m), literal in self._holds.items())


def _in_order(counted: Sequence[tuple[Any, int]]) -> Any:
    """Return one sum to make small in which each counts for more than all that follow."""
    fitting, room = 0, 1
    for _, most in counted:
        if room * (most + 1) > LARGEST:
            break
        room *= most + 1
        fitting += 1
    total, price = 0, 1
    for count, most in reversed(counted[:fitting]):
        total, price = total + count * price, price * (most + 1)
    return total
