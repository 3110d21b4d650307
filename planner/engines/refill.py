"""Roles after a change of members, solved exactly: what matters comes in an order.

Mostly only what became vacant moves: roles left open, turns that change for people who
stay, the same role twice running, turns at a role in this block that run ahead of the others', and turns
in all. Where somebody joined there is hardly anything vacant for them: there turns are shared out
fairly first, with as few as can be that change. In the end whoever had a role least in the
whole term has it, and whoever likes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.sat.python import cp_model

# What matters, the most first.
KEEP = ("open", "changed", "twice", "ahead", "uneven", "again", "unwished")
SHARE = ("open", "ahead", "uneven", "twice", "changed", "again", "unwished")
GRANT = ("open", "ahead", "uneven", "twice", "unwished", "changed", "again")

OPEN = 10**13  # in a single round, where each of the others is less than 200 of the one before it
LARGEST = 2**60  # of all prices together; what matters least is left out where they are more
DETERMINISTIC_TIME = 0.5
AT_ONCE = 0.01  # deterministic seconds, where somebody waits for it

Held = Sequence[Mapping[int, int]]  # per round: member -> role


@dataclass(frozen=True)
class Refilling:
    """A group and what its members bring along.

    Attributes
    ----------
    positions : sequence of int
        Role at each position of the new group; a doubled role occurs twice.
    able : sequence of frozenset of int
        Roles that each member can take.
    kept : sequence of mapping
        Per round to come, what members had in the plan before.
    past : sequence of mapping
        Per round of this block that is over, what members had; counts for fairness only.
        Who came later counts as whoever had least then, see `turns_before`.
    stayed : frozenset of int
        Members who were in this group already.
    earlier : mapping
        (member, role) -> turns in the whole term so far.
    wished : sequence of frozenset of int
        Roles that each member likes to have; empty where nobody was asked.
    """

    positions: Sequence[int]
    able: Sequence[frozenset[int]]
    kept: Held
    past: Held
    stayed: frozenset[int]
    earlier: Mapping[tuple[int, int], int] = field(default_factory=dict)
    wished: Sequence[frozenset[int]] = ()

    @property
    def roles(self) -> list[int]:
        """Each role once."""
        return sorted(set(self.positions))

    @property
    def enough(self) -> int:
        """After how many rounds everyone had a turn at something."""
        return -(-len(self.able) // len(self.positions)) if self.positions else 0

    def takers(self, role: int | None) -> list[int]:
        """Return who can take a role, or any of those to fill."""
        wanted = set(self.positions) if role is None else {role}
        return [m for m, mine in enumerate(self.able) if mine & wanted]

    def before(self, role: int | None) -> dict[int, int]:
        """Return the turns at a role of each of its takers as they count from now on; None is any role."""
        return turns_before(role, self.takers(role), self.past, self.enough)

    def price(self, m: int, role: int, name: str) -> int:
        """Return what a turn of somebody counts in something that is added up over turns."""
        if name == "again":
            return self.earlier.get((m, role), 0)
        return 1 if self.wished and role not in self.wished[m] else 0

    def measured(self, found: Held) -> dict[str, int]:
        """Return how good roles are, by what matters."""
        running = [*self.past[-1:], *found]
        turns = Counter((m, role) for held in found for m, role in held.items())
        every = Counter(m for held in found for m in held)
        return {
            "open": sum(len(self.positions) - len(held) for held in found),
            "changed": sum(map(self._changed, self.kept, found)),
            "twice": sum(len(one.items() & other.items()) for one, other in pairwise(running)),
            "ahead": sum(
                _spread(n + turns[m, role] for m, n in self.before(role).items()) for role in self.roles
            ),
            "uneven": _spread(n + every[m] for m, n in self.before(None).items()),
            **{
                name: sum(self.price(*turn, name) * times for turn, times in turns.items())
                for name in ("again", "unwished")
            },
        }

    def _changed(self, kept: Mapping[int, int], held: Mapping[int, int]) -> int:
        count = 0
        for m in self.stayed:
            had, now = kept.get(m), held.get(m)
            lost = had in self.positions and had in self.able[m] and now != had
            count += lost + (now is not None and now != had)
        return count


def refill(
    positions: Sequence[int],
    able: Sequence[frozenset[int]],
    kept: Held,
    past: Held,
    stayed: frozenset[int],
    *,
    earlier: Mapping[tuple[int, int], int] | None = None,
    wished: Sequence[frozenset[int]] = (),
    order: Sequence[str] = KEEP,
    at_once: bool = False,
) -> list[dict[int, int]]:
    """Return who has which role in each round to come; see `Refilling`.

    Parameters
    ----------
    order : sequence of str
        What matters, the most first: `KEEP`, `SHARE`, or `GRANT` where wishes are new.
    at_once : bool
        Begin with the best of each round by itself, and look no further than a moment.
    """
    group = Refilling(positions, able, kept, past, stayed, earlier or {}, wished if any(wished) else ())
    begun = _round_by_round(group, KEEP)
    found = group.measured(begun)
    if not any(found[name] for name in order if name not in ("open", "changed")):
        return begun
    if order != KEEP:
        begun = min(begun, _round_by_round(group, order), key=lambda held: _worth(group, order, held))
    model = _Model(group, order)
    model.begin_with(begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = AT_ONCE if at_once else DETERMINISTIC_TIME
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return begun
    return min(model.read(solver), begun, key=lambda held: _worth(group, order, held))


def _worth(group: Refilling, order: Sequence[str], found: Held) -> tuple[int, ...]:
    measured = group.measured(found)
    return tuple(measured[name] for name in order)


def round_by_round(
    positions: Sequence[int], able: Sequence[frozenset[int]], kept: Held, past: Held, stayed: frozenset[int]
) -> list[dict[int, int]]:
    """Return roles with each round as good as can be by itself, one after another; see `refill`.

    No plan leaves fewer roles open, or changes less for people who stay; the rest is near.
    """
    return _round_by_round(Refilling(positions, able, kept, past, stayed), KEEP)


def _round_by_round(group: Refilling, order: Sequence[str]) -> list[dict[int, int]]:
    at_role = {role: Counter(group.before(role)) for role in group.roles}
    in_all = Counter(group.before(None))
    last: Mapping[int, int] = group.past[-1] if group.past else {}
    first = [name for name in order if name in ("changed", "twice", "ahead", "uneven")]
    prices = {name: 200 ** (len(first) - place) for place, name in enumerate(first)}
    found: list[dict[int, int]] = []
    for now in group.kept:

        def price(m: int, role: int, now: Mapping[int, int] = now, last: Mapping[int, int] = last) -> int:
            change = 0 if m not in group.stayed else -1 if now.get(m) == role else 1
            return int(
                change * prices["changed"]
                + (last.get(m) == role) * prices["twice"]
                + at_role[role][m] * prices["ahead"]
                + in_all[m] * prices["uneven"]
            )

        last = _one_round(group.positions, group.able, price)
        for m, role in last.items():
            at_role[role][m] += 1
        in_all.update(last)
        found.append(dict(last))
    return found


def _spread(turns: Iterable[int]) -> int:
    listed = list(turns)
    return max(0, max(listed) - min(listed) - 1) if listed else 0


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


def turns_before(role: int | None, takers: Sequence[int], past: Held, enough: int) -> dict[int, int]:
    """Return the turns at a role, or at any, of each of its takers, as they count from now on.

    After `enough` rounds everyone had a turn at something. Who had their first one later
    came later, and begins where whoever had least was then: nobody has to catch
    up for weeks in which they were not there.
    """
    first = {m: next((r for r, held in enumerate(past) if m in held), len(past)) for m in takers}
    early = [m for m in takers if first[m] < enough]

    def turns(m: int, rounds: Held) -> int:
        return sum(m in held if role is None else held.get(m) == role for held in rounds)

    def least(rounds: Held) -> int:
        return min((turns(m, rounds) for m in early), default=0)

    return {m: turns(m, past) + (0 if m in early else least(past[: first[m]])) for m in takers}


class _Model:
    """One literal per round, role and member who can take it."""

    def __init__(self, group: Refilling, order: Sequence[str]) -> None:
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
        """Start looking from these roles."""
        for (r, role, m), literal in self._holds.items():
            self.cp.add_hint(literal, found[r].get(m) == role)

    def read(self, solver: cp_model.CpSolver) -> list[dict[int, int]]:
        """Return who has which role in each round."""
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
