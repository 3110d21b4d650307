"""Roles after a change of members: only what became vacant moves, solved exactly.

In this order: roles left open, turns that change for people who stay, the same role
twice running, turns at a role in this block that run ahead of the others', and then
whoever had a role least in the whole term has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.sat.python import cp_model

# Prices, each above all that follow; past turns add up to less than `AHEAD`.
OPEN, CHANGED, TWICE, AHEAD, AGAIN = 10**12, 10**9, 2 * 10**7, 10**6, 1
DETERMINISTIC_TIME = 2.0
AT_ONCE = 0.01  # deterministic seconds, where somebody waits for it

Held = Sequence[Mapping[int, int]]  # per round: member -> role


def refill(
    positions: Sequence[int],
    able: Sequence[frozenset[int]],
    kept: Held,
    past: Held,
    stayed: frozenset[int],
    *,
    earlier: Mapping[tuple[int, int], int] | None = None,
    at_once: bool = False,
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
        Per round of this block that is over, what members had; counts for fairness only.
        Who came later counts as whoever had a role least then, see `turns_before`.
    stayed : frozenset of int
        Members who were in this group already.
    earlier : mapping, optional
        (member, role) -> turns in the whole term so far.
    at_once : bool
        Begin with the best of each round by itself, and look no further than a moment.
    """
    begun = round_by_round(positions, able, kept, past, stayed)
    if not any((earlier or {}).values()) and _nothing_left(begun, positions, able, past):
        return begun
    model = _Refill(positions, able, kept, past, stayed)
    model.spare(earlier or {})
    if at_once:
        model.begin_with(begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = AT_ONCE if at_once else DETERMINISTIC_TIME
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise AssertionError("no roles")  # leaving every role open is always possible
    found: list[dict[int, int]] = [{} for _ in kept]
    for (r, role, m), literal in model.holds.items():
        if solver.boolean_value(literal):
            found[r][m] = role
    return found


def round_by_round(
    positions: Sequence[int], able: Sequence[frozenset[int]], kept: Held, past: Held, stayed: frozenset[int]
) -> list[dict[int, int]]:
    """Return roles with each round as good as can be by itself, one after another; see `refill`.

    No plan leaves fewer roles open, or changes less for people who stay; the rest is near.
    """
    held_before = Counter((m, role) for held in past for m, role in held.items())
    last: Mapping[int, int] = past[-1] if past else {}
    found: list[dict[int, int]] = []
    for now in kept:

        def price(m: int, role: int, now: Mapping[int, int] = now, last: Mapping[int, int] = last) -> int:
            change = 0 if m not in stayed else -CHANGED if now.get(m) == role else CHANGED
            return change + (last.get(m) == role) * TWICE + held_before[m, role] * AHEAD

        last = _one_round(positions, able, price)
        held_before.update(last.items())
        found.append(last)
    return found


def _nothing_left(found: Held, positions: Sequence[int], able: Sequence[frozenset[int]], past: Held) -> bool:
    """Whether nobody has a role twice running, or runs ahead: then nothing is better than round by round."""
    running = [*past[-1:], *found]
    if any(now.items() & after.items() for now, after in pairwise(running)):
        return False
    enough = _enough(positions, able)
    for role in set(positions):
        takers = [m for m, mine in enumerate(able) if role in mine]
        before = turns_before(role, takers, past, enough)
        turns = [before[m] + sum(held.get(m) == role for held in found) for m in takers]
        if turns and max(turns) - min(turns) > 1:
            return False
    return True


def _enough(positions: Sequence[int], able: Sequence[frozenset[int]]) -> int:
    """Return after how many rounds everyone had a turn at something."""
    return -(-len(able) // len(positions))


def _one_round(
    positions: Sequence[int], able: Sequence[frozenset[int]], price: Callable[[int, int], int]
) -> dict[int, int]:
    """Fill the positions at the least price; a position that nobody can take stays open."""
    solver = SimpleLinearSumAssignment()
    members, places = len(able), len(positions)
    for place in range(places + members):  # beyond the positions: no role
        for m in range(members + places):  # beyond the members: left open
            cost = 0
            if place < places:
                takes = m < members and positions[place] in able[m]
                cost = price(m, positions[place]) if takes else OPEN if m >= members else 2 * OPEN
            solver.add_arc_with_cost(place, m, cost)
    if solver.solve() != solver.OPTIMAL:
        raise AssertionError("no roles")  # leaving every role open is always possible
    taken = {solver.right_mate(place): positions[place] for place in range(places)}
    return {m: role for m, role in taken.items() if m < members and role in able[m]}


def turns_before(role: int, takers: Sequence[int], past: Held, enough: int) -> dict[int, int]:
    """Return the turns at a role of each of its takers, as they count from now on.

    After `enough` rounds everyone had a turn at something. Who had their first one later
    came later, and begins where whoever had this role least was then: nobody has to catch
    up for weeks in which they were not there.
    """
    first = {m: next((r for r, held in enumerate(past) if m in held), len(past)) for m in takers}
    early = [m for m in takers if first[m] < enough]

    def least(rounds: Held) -> int:
        return min((sum(held.get(m) == role for held in rounds) for m in early), default=0)

    return {
        m: sum(held.get(m) == role for held in past) + (0 if m in early else least(past[: first[m]]))
        for m in takers
    }


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

    def begin_with(self, found: Held) -> None:
        """Start looking from these roles."""
        for (r, role, m), literal in self.holds.items():
            self.cp.add_hint(literal, found[r].get(m) == role)

    def spare(self, earlier: Mapping[tuple[int, int], int]) -> None:
        """Rather give a role to whoever had it least, where nothing else decides."""
        again = [literal * earlier.get((m, role), 0) * AGAIN for (_, role, m), literal in self.holds.items()]
        self.cp.minimize(sum(self.terms) + sum(again))

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
        before = turns_before(role, takers, past, _enough(self.positions, self.able))
        for m in takers:
            turns = before[m] + sum(self.holds[r, role, m] for r in self.rounds)
            self.cp.add(turns <= most)
            self.cp.add(turns >= least)
        self.cp.add(ahead >= most - least - 1)
        self.terms.append(ahead * AHEAD)
