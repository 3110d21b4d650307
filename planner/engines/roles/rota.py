"""A rota: who has which role in which round of one group, solved exactly.

Where everyone can take every role, a rotation is perfect: see `_rotation`. Otherwise two
small CP-SAT models. First how often each member holds each role: as many roles filled as can be,
turns at a role as equal as can be, then turns in all. Any such table of counts can be
dealt out over the rounds, since a bipartite multigraph splits into as many matchings as
its largest degree (König 1916). Then the dealing: no role twice running, and nobody a
second time before everyone had a first. See docs/decisions/0005.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations
from math import gcd
from typing import Any

from ortools.sat.python import cp_model

from planner.engines.roles.turn_counts import PastTurns, TurnCounts, small_solver

TWICE, EARLY = 100, 1  # prices of the dealing
MOST_RENAMED = 5  # roles up to which groups share a rota under other names


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


def rota(
    positions: Sequence[int], able: Sequence[frozenset[int]], rounds: int, past: PastTurns | None = None
) -> Rota:
    """Solve who fills which position in each round.

    Fair within these rounds first, at each role and then over all roles together; where that
    leaves a choice, whoever had a role, and any role, least has it more often, and then whoever
    likes to.

    Parameters
    ----------
    positions : sequence of int
        Role at each position; a doubled role occurs twice. At most one per member.
    able : sequence of frozenset of int
        Roles that each member can take.
    rounds : int
        How many there are.
    past : PastTurns, optional

    Returns
    -------
    Rota
    """
    if past is not None and not past.empty:
        return _solved(tuple(positions), tuple(mine & frozenset(positions) for mine in able), rounds, past)
    if len(set(positions)) == len(positions) and all(set(positions) <= mine for mine in able):
        return Rota(_rotation(len(positions), len(able), rounds), True)
    number, order = _alike(positions, able)
    slots = sorted(range(len(positions)), key=lambda slot: (number[positions[slot]], slot))
    pattern = tuple(frozenset(number[role] for role in able[m] if role in number) for m in order)
    solved = _solved(tuple(number[positions[slot]] for slot in slots), pattern, rounds)
    back = sorted(range(len(slots)), key=slots.__getitem__)
    holders = tuple(tuple(order[held[j]] if held[j] >= 0 else -1 for j in back) for held in solved.holders)
    return Rota(holders, solved.proven)


def _alike(positions: Sequence[int], able: Sequence[frozenset[int]]) -> tuple[dict[int, int], list[int]]:
    """Return a number for each role and an order of the members.

    Groups that differ in no more share one rota.
    """
    roles = sorted(set(positions))
    once = len(roles) == len(positions) <= MOST_RENAMED
    best: tuple[list[int], dict[int, int], list[int]] | None = None
    for way in permutations(range(len(roles))) if once else [range(len(roles))]:
        number = dict(zip(roles, way, strict=True))
        masks = [sum(1 << number[role] for role in mine if role in number) for mine in able]
        order = sorted(range(len(able)), key=lambda m: (masks[m], m))
        found = [masks[m] for m in order]
        if best is None or found < best[0]:
            best = found, number, order
    assert best is not None  # noqa: S101 - there is at least one way
    return best[1], best[2]


def _rotation(places: int, size: int, rounds: int) -> tuple[tuple[int, ...], ...]:
    """Return a rota that is fair in every week, for members who all take every role.

    Who is next begins where the round before ended, so that turns in all never differ by more
    than one. That comes back to the same people after ``size / gcd(size, places)`` rounds, and
    then everybody shifts one place: after `size` rounds everyone had each role once. Where there
    are two or more, nobody has a role twice running.
    """
    again = size // gcd(size, places) if places else 1
    shifts = (r * places + r // again % (size // again) for r in range(rounds))
    return tuple(tuple((shift + p) % size for p in range(places)) for shift in shifts)


@cache
def _solved(
    positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int, past: PastTurns | None = None
) -> Rota:
    last = past.last if past else ()
    table = TurnCounts(positions, able, rounds, past)
    counts, fair = table.solved()
    dealt = _Dealing(cp_model.CpModel(), positions, counts, rounds, last).solved()
    twice = _twice(positions, dealt.holders, last)
    if fair and twice:
        # Perhaps other turns that are as fair can be dealt with fewer of them running.
        as_fair = TurnCounts(positions, able, rounds, past)
        as_fair.cp.add(sum(as_fair.terms) <= table.worth)
        other = _Dealing(as_fair.cp, positions, as_fair.turns, rounds, last)
        other.cp.minimize(sum(other.running))
        tried = other.solved(dealt)
        fair = tried.proven
        if _twice(positions, tried.holders, last) < twice:
            counts = Counter(
                (m, role) for now in tried.holders for m, role in zip(now, positions, strict=True) if m >= 0
            )
            dealt = _Dealing(cp_model.CpModel(), positions, counts, rounds, last).solved(tried)
    return Rota(dealt.holders, fair and dealt.proven)


def _twice(positions: Sequence[int], holders: Sequence[Sequence[int]], last: Sequence[int]) -> int:
    """How often somebody has a role two rounds running."""
    held = [{(m, role) for m, role in zip(now, positions, strict=True) if m >= 0} for now in holders]
    return sum(len(before & now) for before, now in pairwise([set(enumerate(last)), *held]))


class _Dealing:
    """Turns dealt out over rounds: one literal per round, role and member."""

    def __init__(
        self,
        cp: cp_model.CpModel,
        positions: tuple[int, ...],
        turns: Mapping[tuple[int, int], Any],
        rounds: int,
        last: Sequence[int],
    ) -> None:
        self.cp = cp
        self.positions, self.rounds = positions, range(rounds)
        self.keys = [key for key, turn in turns.items() if not isinstance(turn, int) or turn]
        self.holds = {(r, *key): self.cp.new_bool_var("") for r in self.rounds for key in self.keys}
        self.running: list[Any] = []
        self.early: list[Any] = []
        for key in self.keys:
            self.cp.add(sum(self.holds[r, *key] for r in self.rounds) == turns[key])
        for r in self.rounds:
            self._one_each(r)
        for before, after in pairwise(self.rounds):
            for key in self.keys:
                twice = self.cp.new_bool_var("")
                self.cp.add(self.holds[before, *key] + self.holds[after, *key] <= 1 + twice)
                self.running.append(twice)
        for member, role in enumerate(last if self.rounds else ()):
            if (member, role) in self.keys:
                self.running.append(self.holds[0, member, role])
        for role in sorted(set(positions)):
            self._in_turn(role)
        self.cp.minimize(sum(self.running) * TWICE + sum(self.early) * EARLY)

    def _one_each(self, r: int) -> None:
        for member in sorted({m for m, _ in self.keys}):
            self.cp.add_at_most_one(self.holds[r, m, role] for m, role in self.keys if m == member)
        for role in sorted(set(self.positions)):
            holders = [self.holds[r, m, s] for m, s in self.keys if s == role]
            self.cp.add(sum(holders) <= self.positions.count(role))

    def _in_turn(self, role: int) -> None:
        """Within each stretch in which everyone can have had it once, nobody has it twice."""
        takers = [m for m, s in self.keys if s == role]
        stretch = len(takers) // self.positions.count(role)
        if stretch < 2:
            return
        for first in range(0, len(self.rounds), stretch):
            for m in takers:
                early = self.cp.new_int_var(0, stretch, "")
                held = sum(self.holds[r, m, role] for r in self.rounds[first : first + stretch])
                self.cp.add(held <= 1 + early)
                self.early.append(early)

    def solved(self, known: Rota | None = None) -> Rota:
        """Return the rounds; where none are found in time, those that are known."""
        solver = small_solver()
        if known is not None:
            for (r, m, role), holds in self.holds.items():
                self.cp.add_hint(holds, (m, role) in zip(known.holders[r], self.positions, strict=True))
        status = solver.solve(self.cp)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Rota(self._read(solver), status == cp_model.OPTIMAL)
        if known is None:
            raise AssertionError("no dealing")  # Konig's theorem says there is one
        return Rota(known.holders, False)

    def _read(self, solver: cp_model.CpSolver) -> tuple[tuple[int, ...], ...]:
        found = []
        for r in self.rounds:
            left = {
                role: [m for m, s in self.keys if s == role and solver.boolean_value(self.holds[r, m, s])]
                for role in self.positions
            }
            found.append(tuple(left[role].pop(0) if left[role] else -1 for role in self.positions))
        return tuple(found)
