"""How often each member of a group has each role, as fair as can be: the first step of a rota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ortools.sat.python import cp_model

# Price per unit of the counts, each above all that follow.
OPEN, AHEAD, UNEVEN, BEFORE, UNWISHED = 10**14, 10**11, 10**9, 10**3, 1
DETERMINISTIC_TIME = 0.5  # seconds for each step


@dataclass(frozen=True)
class PastTurns:
    """Turns that members bring along from earlier groups.

    Attributes
    ----------
    turns : tuple of tuple of int
        ``turns[member][role]``: how often they had it.
    last : tuple of int
        Role of each member in the round just before, or -1.
    wished : tuple of frozenset of int
        Roles that each member likes to have.
    others : tuple of int
        How often each member had a role that is none of these any more.
    """

    turns: tuple[tuple[int, ...], ...]
    last: tuple[int, ...]
    wished: tuple[frozenset[int], ...]
    others: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody had a role or wishes for one."""
        return not any(map(any, self.turns)) and not any(self.others) and not any(self.wished)

    def all_of(self, member: int) -> int:
        """Return how often a member had any role."""
        return sum(self.turns[member]) + (self.others[member] if self.others else 0)


def small_solver(time: float = DETERMINISTIC_TIME) -> cp_model.CpSolver:
    """Return a solver with so many deterministic seconds, on one core."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for the whole run, see Watch
    solver.parameters.max_deterministic_time = time
    return solver


Counts = dict[tuple[int, int], int]


class TurnCounts:
    """A model of how often each member has each role they can take.

    Parameters
    ----------
    positions : tuple of int
        Role at each position; a doubled role occurs twice.
    able : tuple of frozenset of int
        Roles that each member can take.
    rounds : int
        How many there are.
    past : PastTurns or None

    Attributes
    ----------
    cp : CpModel
    turns : dict
        The variable of each (member, role).
    terms : list
        Of the objective, least where turns are fairest.
    worth : int
        What the fairest turns come to, once they were `solved`.
    """

    def __init__(
        self,
        positions: tuple[int, ...],
        able: tuple[frozenset[int], ...],
        rounds: int,
        past: PastTurns | None,
    ) -> None:
        self.cp = cp = cp_model.CpModel()
        self.turns = turns = {
            (m, role): cp.new_int_var(0, rounds, "") for m, mine in enumerate(able) for role in mine
        }
        self.terms: list[Any] = []
        for m, mine in enumerate(able):
            cp.add(sum(turns[m, role] for role in mine) <= rounds)
        for role in sorted(set(positions)):
            takers = [turns[m, role] for m, mine in enumerate(able) if role in mine]
            room = rounds * positions.count(role)
            cp.add(sum(takers) <= room)
            self.terms.append((room - sum(takers)) * OPEN)
            self.terms.append(_spread(cp, takers, rounds) * AHEAD)
        totals = [sum(turns[m, role] for role in mine) for m, mine in enumerate(able) if mine]
        self.terms.append(_spread(cp, totals, rounds) * UNEVEN)
        if past is not None:
            self.terms += _beside(cp, turns, past, rounds)

    def solved(self) -> tuple[Counts, bool]:
        """Return the fairest turns, and whether none are fairer."""
        self.cp.minimize(sum(self.terms))
        solver = small_solver()
        status = solver.solve(self.cp)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise AssertionError("no counts")  # leaving every role open is always possible
        self.worth = round(solver.objective_value)
        counts = {key: solver.value(variable) for key, variable in self.turns.items()}
        return counts, status == cp_model.OPTIMAL


def _beside(
    cp: cp_model.CpModel, turns: Mapping[tuple[int, int], Any], past: PastTurns, rounds: int
) -> list[Any]:
    """Terms for turns of before, at each role and in all, and for wishes."""
    squares = [
        _squared(cp, taken, past.turns[m][role], rounds) * BEFORE for (m, role), taken in turns.items()
    ]
    for m in sorted({m for m, _ in turns}):
        taken = sum(taken for (one, _), taken in turns.items() if one == m)
        squares.append(_squared(cp, taken, past.all_of(m), rounds) * BEFORE)
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
