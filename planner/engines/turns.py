"""Whose turn it is: roles over rounds in one group, solved exactly.

Where everyone can take every role, a rotation is perfect (each round everyone
shifts one place, a cyclic Latin square). Otherwise two small steps. First how often
each member holds each role: as many roles filled as can be, turns at a role as equal
as can be, then turns in all. Any such table of counts can be dealt out over the
rounds, since a bipartite multigraph splits into as many matchings as its largest
degree (Konig 1916). Then the dealing: no role twice running, and nobody a second
time before everyone had a first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

# Price per unit of the counts, each above all that follow.
OPEN, AHEAD, BEFORE, UNEVEN, UNWISHED = 10**13, 10**11, 10**5, 10**3, 1
TWICE, EARLY = 100, 1  # and of the dealing
DETERMINISTIC_TIME = 0.5  # seconds for either step


@dataclass(frozen=True)
class Past:
    """What members bring along from earlier groups.

    Attributes
    ----------
    turns : tuple of tuple of int
        ``turns[member][role]``: how often they had it.
    last : tuple of int
        Role of each member in the round just before, or -1.
    wished : tuple of frozenset of int
        Roles that each member likes to have.
    """

    turns: tuple[tuple[int, ...], ...]
    last: tuple[int, ...]
    wished: tuple[frozenset[int], ...]

    @property
    def empty(self) -> bool:
        """Whether nobody had a role or wishes for one."""
        return not any(map(any, self.turns)) and not any(self.wished)


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
    positions: Sequence[int], able: Sequence[frozenset[int]], rounds: int, past: Past | None = None
) -> Rota:
    """Return who fills which position in each round.

    Fair within these rounds first; where that leaves a choice, whoever had a role least
    has it more often, and then whoever likes to.

    Parameters
    ----------
    positions : sequence of int
        Role at each position; a doubled role occurs twice. At most one per member.
    able : sequence of frozenset of int
        Roles that each member can take.
    rounds : int
    past : Past, optional
    """
    if past is not None and not past.empty:
        return _solved(tuple(positions), tuple(mine & frozenset(positions) for mine in able), rounds, past)
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
def _solved(
    positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int, past: Past | None = None
) -> Rota:
    counts, fair = _counts(positions, able, rounds, past)
    dealing = _Dealing(positions, counts, rounds, past.last if past else ())
    status = dealing.solver.solve(dealing.cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("no dealing")  # Konig's theorem says there is one
    return Rota(dealing.read(), fair and status == cp_model.OPTIMAL)


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = DETERMINISTIC_TIME
    return solver


Counts = dict[tuple[int, int], int]


def _counts(
    positions: tuple[int, ...], able: tuple[frozenset[int], ...], rounds: int, past: Past | None
) -> tuple[Counts, bool]:
    """How often each member holds each role they can take, and whether none is fairer."""
    cp = cp_model.CpModel()
    turns = {(m, role): cp.new_int_var(0, rounds, "") for m, mine in enumerate(able) for role in mine}
    terms: list[Any] = []
    for m, mine in enumerate(able):
        cp.add(sum(turns[m, role] for role in mine) <= rounds)
    for role in sorted(set(positions)):
        takers = [turns[m, role] for m, mine in enumerate(able) if role in mine]
        room = rounds * positions.count(role)
        cp.add(sum(takers) <= room)
        for taker in takers:
            cp.add(taker <= rounds)
        terms.append((room - sum(takers)) * OPEN)
        terms.append(_spread(cp, takers, rounds) * AHEAD)
    totals = [sum(turns[m, role] for role in mine) for m, mine in enumerate(able) if mine]
    terms.append(_spread(cp, totals, rounds) * UNEVEN)
    terms += [] if past is None else _beside(cp, turns, past, rounds)
    cp.minimize(sum(terms))
    solver = _solver()
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("no counts")  # leaving every role open is always possible
    return {key: solver.value(variable) for key, variable in turns.items()}, status == cp_model.OPTIMAL


def _beside(cp: cp_model.CpModel, turns: Mapping[tuple[int, int], Any], past: Past, rounds: int) -> list[Any]:
    """Terms for turns of before and for wishes."""
    squares = [
        _squared(cp, taken, past.turns[m][role], rounds) * BEFORE for (m, role), taken in turns.items()
    ]
    return squares + [taken * UNWISHED for (m, role), taken in turns.items() if role not in past.wished[m]]


def _squared(cp: cp_model.CpModel, taken: Any, before: int, most: int) -> Any:
    """The square of all turns, past ones included: least in sum where they are most alike."""
    square = cp.new_int_var(0, (before + most) ** 2, "")
    cp.add_multiplication_equality(square, [taken + before, taken + before])
    return square


def _spread(cp: cp_model.CpModel, values: Sequence[Any], most: int) -> Any:
    """How much more than one the largest and the smallest value differ."""
    if len(values) < 2:
        return 0
    high, low = (cp.new_int_var(0, most, "") for _ in range(2))
    ahead = cp.new_int_var(0, most, "")
    for value in values:
        cp.add(value <= high)
        cp.add(value >= low)
    cp.add(ahead >= high - low - 1)
    return ahead


class _Dealing:
    """Counts dealt out over rounds: one literal per round, role and member."""

    def __init__(self, positions: tuple[int, ...], counts: Counts, rounds: int, last: Sequence[int]) -> None:
        self.cp, self.solver = cp_model.CpModel(), _solver()
        self.positions, self.rounds = positions, range(rounds)
        self.counts = {key: count for key, count in counts.items() if count}
        self.holds = {(r, *key): self.cp.new_bool_var("") for r in self.rounds for key in self.counts}
        self.terms: list[Any] = []
        for key, count in self.counts.items():
            self.cp.add(sum(self.holds[r, *key] for r in self.rounds) == count)
        for r in self.rounds:
            self._one_each(r)
        for before, after in pairwise(self.rounds):
            for key in self.counts:
                twice = self.cp.new_bool_var("")
                self.cp.add(self.holds[before, *key] + self.holds[after, *key] <= 1 + twice)
                self.terms.append(twice * TWICE)
        for member, role in enumerate(last if self.rounds else ()):
            if (member, role) in self.counts:
                self.terms.append(self.holds[0, member, role] * TWICE)
        for role in set(positions):
            self._in_turn(role)
        self.cp.minimize(sum(self.terms))

    def _one_each(self, r: int) -> None:
        for member in {m for m, _ in self.counts}:
            self.cp.add_at_most_one(self.holds[r, m, role] for m, role in self.counts if m == member)
        for role in set(self.positions):
            holders = [self.holds[r, m, s] for m, s in self.counts if s == role]
            self.cp.add(sum(holders) <= self.positions.count(role))

    def _in_turn(self, role: int) -> None:
        """Within each stretch in which everyone can have had it once, nobody has it twice."""
        takers = [m for m, s in self.counts if s == role]
        stretch = len(takers) // self.positions.count(role)
        if stretch < 2:
            return
        for first in range(0, len(self.rounds), stretch):
            for m in takers:
                early = self.cp.new_int_var(0, stretch, "")
                held = sum(self.holds[r, m, role] for r in self.rounds[first : first + stretch])
                self.cp.add(held <= 1 + early)
                self.terms.append(early * EARLY)

    def read(self) -> tuple[tuple[int, ...], ...]:
        found = []
        for r in self.rounds:
            left = {
                role: [
                    m for m, s in self.counts if s == role and self.solver.boolean_value(self.holds[r, m, s])
                ]
                for role in self.positions
            }
            found.append(tuple(left[role].pop(0) if left[role] else -1 for role in self.positions))
        return tuple(found)
