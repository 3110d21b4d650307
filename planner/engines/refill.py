"""Roles after a change of members: only what became vacant moves, solved exactly.

In this order: roles left open, turns that change for people who stay, the same role
twice running, turns at a role that run ahead of the others'.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

OPEN, CHANGED, TWICE, AHEAD = 1_000_000, 1_000, 20, 1
DETERMINISTIC_TIME = 2.0

Held = Sequence[Mapping[int, int]]  # per round: member -> role


def refill(
    positions: Sequence[int], able: Sequence[frozenset[int]], kept: Held, past: Held, stayed: frozenset[int]
) -> list[dict[int, int]]:
    """Return who has which role in each round to come.

    Parameters
    ----------
    positions : sequence of int
        Role at each position of the new group; a doubled role occurs twice.
    able : sequence of frozenset of int
        Roles that each member can take.
    kept : sequence of mapping
        Per round to come, what members had in the plan before.
    past : sequence of mapping
        Per round that is over, what members had; counts for fairness only.
    stayed : frozenset of int
        Members who were in this group already.
    """
    model = _Refill(positions, able, kept, past, stayed)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = DETERMINISTIC_TIME
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("no roles")  # leaving every role open is always possible
    found: list[dict[int, int]] = [{} for _ in kept]
    for (r, role, m), literal in model.holds.items():
        if solver.boolean_value(literal):
            found[r][m] = role
    return found


class _Refill:
    """One literal per round, role and member who can take it."""

    def __init__(
        self,
        positions: Sequence[int],
        able: Sequence[frozenset[int]],
        kept: Held,
        past: Held,
        stayed: frozenset[int],
    ) -> None:
        self.cp = cp_model.CpModel()
        self.positions, self.able = list(positions), able
        self.roles = sorted(set(positions))
        self.rounds = range(len(kept))
        self.holds = {
            (r, role, m): self.cp.new_bool_var("")
            for r in self.rounds
            for m, mine in enumerate(able)
            for role in self.roles
            if role in mine
        }
        self.terms: list[Any] = []
        for r in self.rounds:
            self._fill(r)
            self._changes(r, kept[r], stayed)
        self._twice(past[-1] if past else {})
        for role in self.roles:
            self._ahead(role, past)
        self.cp.minimize(sum(self.terms))

    def _fill(self, r: int) -> None:
        for m in range(len(self.able)):
            self.cp.add_at_most_one(v for (q, _, o), v in self.holds.items() if (q, o) == (r, m))
        for role in self.roles:
            room = self.positions.count(role)
            held = sum(v for (q, s, _), v in self.holds.items() if (q, s) == (r, role))
            self.cp.add(held <= room)
            self.terms.append((room - held) * OPEN)

    def _changes(self, r: int, kept: Mapping[int, int], stayed: frozenset[int]) -> None:
        for m in stayed:
            had = kept.get(m)
            for role in self.roles:
                literal = self.holds.get((r, role, m))
                if literal is not None:
                    self.terms.append((1 - literal) * CHANGED if role == had else literal * CHANGED)

    def _twice(self, last: Mapping[int, int]) -> None:
        for m, role in last.items():
            if (0, role, m) in self.holds:
                self.terms.append(self.holds[0, role, m] * TWICE)
        for before, after in pairwise(self.rounds):
            for m, mine in enumerate(self.able):
                for role in self.roles:
                    if role in mine:
                        twice = self.cp.new_bool_var("")
                        both = self.holds[before, role, m] + self.holds[after, role, m]
                        self.cp.add(both <= 1 + twice)
                        self.terms.append(twice * TWICE)

    def _ahead(self, role: int, past: Held) -> None:
        takers = [m for m, mine in enumerate(self.able) if role in mine]
        if len(takers) < 2 or not self.rounds:
            return
        top = len(self.rounds) + len(past)
        most, least, ahead = (self.cp.new_int_var(0, top, "") for _ in range(3))
        for m in takers:
            before = sum(held.get(m) == role for held in past)
            turns = before + sum(self.holds[r, role, m] for r in self.rounds)
            self.cp.add(turns <= most)
            self.cp.add(turns >= least)
        self.cp.add(ahead >= most - least - 1)
        self.terms.append(ahead * AHEAD)
