"""Whose turn it is: roles over rounds in one group, solved exactly.

Where everyone can take every role, a rotation is perfect (each round everyone
shifts one place, a cyclic Latin square). Otherwise CP-SAT minimises, in this
order: roles left open, the same role twice running, turns at a role that run
ahead of the others', turns in all that run ahead of the others'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

OPEN, TWICE, AHEAD, UNEVEN = 1_000_000, 10_000, 100, 1  # price per unit, each above all that follow
DETERMINISTIC_TIME = 2.0


@dataclass(frozen=True)
class Rota:
    """Roles of a group over its rounds.

    Attributes
    ----------
    holders : tuple of tuple of int
        ``holders[round][position]``: the member, or -1 where nobody can.
    proven : bool
        Whether no rota is fairer.
    """

    holders: tuple[tuple[int, ...], ...]
    proven: bool


def rota(positions: Sequence[int], able: Sequence[frozenset[int]], rounds: int) -> Rota:
    """Return who fills which position in each round.

    Parameters
    ----------
    positions : sequence of int
        Role at each position; a doubled role occurs twice. At most one per member.
    able : sequence of frozenset of int
        Roles that each member can take.
    rounds : int
    """
    if len(set(positions)) == len(positions) and all(set(positions) <= mine for mine in able):
        size = len(able)
        shifts = range(rounds)
        return Rota(tuple(tuple((p + r) % size for p in range(len(positions))) for r in shifts), True)
    # Members who can take the same are alike, so groups of one pattern share one rota.
    order = sorted(range(len(able)), key=lambda member: (sorted(able[member]), member))
    pattern = tuple(able[member] & frozenset(positions) for member in order)
    solved = _solved(tuple(positions), pattern, rounds)
    holders = tuple(tuple(order[m] if m >= 0 else -1 for m in held) for held in solved.holders)
    return Rota(holders, solved.proven)


@cache
def _solved(positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int) -> Rota:
    model = _Rounds(positions, able, rounds)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = DETERMINISTIC_TIME
    status = solver.solve(model.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        # Leaving every role open is always possible, so this is an error of ours.
        raise AssertionError("no rota")
    return Rota(model.read(solver), status == cp_model.OPTIMAL)


class _Rounds:
    """One literal per round, role and member who can take it."""

    def __init__(self, positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int) -> None:
        self.cp = cp_model.CpModel()
        self.positions, self.able = positions, able
        self.rounds, self.roles = range(rounds), sorted(set(positions))
        self.holds = {
            (r, role, m): self.cp.new_bool_var("")
            for r in self.rounds
            for role in self.roles
            for m, mine in enumerate(able)
            if role in mine
        }
        self.terms: list[Any] = []
        self._fill()
        self._not_twice()
        for role in self.roles:
            members = [m for m, mine in enumerate(able) if role in mine]
            self._even([role], members, AHEAD, prefixes=True)
        self._even(self.roles, [m for m, mine in enumerate(able) if mine], UNEVEN, prefixes=False)
        self.cp.minimize(sum(self.terms))

    def _fill(self) -> None:
        for r in self.rounds:
            for m in range(len(self.able)):
                self.cp.add_at_most_one(self._at(r, self.roles, m))
            for role in self.roles:
                room = self.positions.count(role)
                filled = sum(v for (q, s, _), v in self.holds.items() if (q, s) == (r, role))
                self.cp.add(filled <= room)
                self.terms.append((room - filled) * OPEN)

    def _at(self, r: int, roles: Sequence[int], member: int) -> list[cp_model.IntVar]:
        return [self.holds[r, role, member] for role in roles if (r, role, member) in self.holds]

    def _not_twice(self) -> None:
        for before, after in pairwise(self.rounds):
            for role in self.roles:
                for m, mine in enumerate(self.able):
                    if role in mine:
                        twice = self.cp.new_bool_var("")
                        self.cp.add(self.holds[before, role, m] + self.holds[after, role, m] <= 1 + twice)
                        self.terms.append(twice * TWICE)

    def _even(self, roles: Sequence[int], members: Sequence[int], price: int, *, prefixes: bool) -> None:
        """Price every round (or only the last) at which turns differ by more than one."""
        if len(members) < 2:
            return
        for last in self.rounds if prefixes else self.rounds[-1:]:
            most, least = (self.cp.new_int_var(0, last + 1, "") for _ in range(2))
            ahead = self.cp.new_int_var(0, last + 1, "")
            for m in members:
                turns = sum(v for r in range(last + 1) for v in self._at(r, roles, m))
                self.cp.add(turns <= most)
                self.cp.add(turns >= least)
            self.cp.add(ahead >= most - least - 1)
            self.terms.append(ahead * price)

    def read(self, solver: cp_model.CpSolver) -> tuple[tuple[int, ...], ...]:
        found = []
        for r in self.rounds:
            left = {
                role: [
                    m
                    for (q, s, m), v in self.holds.items()
                    if (q, s) == (r, role) and solver.boolean_value(v)
                ]
                for role in self.roles
            }
            found.append(tuple(left[role].pop(0) if left[role] else -1 for role in self.positions))
        return tuple(found)
