"""Roles after a change of members: round by round by linear assignment, then improved by CP-SAT.

What matters comes in an order. Mostly only what became vacant moves: roles left open, turns
that change for people who stay, the same role twice running, turns at a role in this block that
run ahead of the others', and turns in all. Where more join than left there is not enough vacant
for them: there turns are shared out fairly first, and then as few change as can be. In the end
whoever had a role least in the whole term has it, and whoever likes to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
from ortools.sat.python import cp_model

from planner.engines.roles.refill_model import RefillModel
from planner.engines.roles.refill_problem import KEEP, Held, RefillProblem

OPEN = 10**13  # in a single round; each of the others is less than 200 of the one before it
NONE = -2  # no role
DETERMINISTIC_TIME = 0.5
AT_ONCE = 0.03  # deterministic seconds, where somebody waits for it


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
    """Share out roles for the rounds to come: the best found in the order of what matters.

    Parameters
    ----------
    positions : sequence of int
        Role at each position; a doubled role occurs twice.
    able : sequence of frozenset of int
        Roles that each member can take.
    kept, past : sequence of mapping
        Per round, to come and over, member -> role.
    stayed : frozenset of int
        Members who were in this group already.
    earlier : mapping, optional
        (member, role) -> turns in the whole term so far.
    wished : sequence of frozenset of int
        Roles that each member likes to have; empty where nobody was asked.
    order : sequence of str
        What matters, the most first: `KEEP`, `SHARE`, or `GRANT` where wishes are new.
    at_once : bool
        Look no further than a moment beyond the best of each round by itself.

    Returns
    -------
    list of dict
        Per round to come, member -> role.
    """
    # Groups are alike when they differ only in who is who, and then they share what is found.
    had = earlier or {}
    members = [
        _Member(
            able=tuple(sorted(mine)),
            kept=tuple(held.get(m, NONE) for held in kept),
            past=tuple(held.get(m, NONE) for held in past),
            stayed=m in stayed,
            earlier=tuple(had.get((m, role), 0) for role in sorted(set(positions))),
            wished=tuple(sorted(wished[m])) if any(wished) else (),
        )
        for m, mine in enumerate(able)
    ]
    who = sorted(range(len(members)), key=lambda m: (members[m], m))
    listed = tuple(members[m] for m in who)
    shape = (tuple(positions), len(kept), len(past), any(wished))
    found = _refilled(shape, listed, tuple(order), at_once=at_once)
    return [{who[m]: role for m, role in held} for held in found]


class _Member(NamedTuple):
    """What a member brings along, so that those who bring the same are alike."""

    able: tuple[int, ...]
    kept: tuple[int, ...]
    past: tuple[int, ...]
    stayed: bool
    earlier: tuple[int, ...]
    wished: tuple[int, ...]


@lru_cache(maxsize=1 << 10)
def _refilled(
    shape: tuple[tuple[int, ...], int, int, bool],
    members: tuple[_Member, ...],
    order: tuple[str, ...],
    *,
    at_once: bool,
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the member and role of every turn, round by round."""
    positions, coming, over, asked = shape
    roles = sorted(set(positions))
    group = RefillProblem(
        positions,
        [frozenset(one.able) for one in members],
        _held([one.kept for one in members], coming),
        _held([one.past for one in members], over),
        frozenset(m for m, one in enumerate(members) if one.stayed),
        {(m, role): n for m, one in enumerate(members) for role, n in zip(roles, one.earlier, strict=True)},
        [frozenset(one.wished) for one in members] if asked else (),
    )
    return tuple(tuple(held.items()) for held in _solved(group, order, at_once=at_once))


def _held(by_member: Sequence[tuple[int, ...]], rounds: int) -> list[dict[int, int]]:
    return [{m: had[r] for m, had in enumerate(by_member) if had[r] != NONE} for r in range(rounds)]


def _solved(group: RefillProblem, order: Sequence[str], *, at_once: bool) -> Held:
    begun = round_by_round(group, KEEP)
    found = group.measured(begun)
    if not any(found[name] for name in order if name not in ("open", "changed")):
        return begun
    if order != KEEP:
        begun = min(begun, round_by_round(group, order), key=lambda held: _worth(group, order, held))
    model = RefillModel(group, order)
    model.begin_with(begun)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for the whole run, see Watch
    solver.parameters.max_deterministic_time = AT_ONCE if at_once else DETERMINISTIC_TIME
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return begun
    return min(model.read(solver), begun, key=lambda held: _worth(group, order, held))


def _worth(group: RefillProblem, order: Sequence[str], found: Held) -> tuple[int, ...]:
    measured = group.measured(found)
    return tuple(measured[name] for name in order)


def round_by_round(group: RefillProblem, order: Sequence[str]) -> list[dict[int, int]]:
    """Assign each round by itself, one after another, by linear assignment.

    In the order `KEEP` no plan leaves fewer roles open, or changes less for people who stay; the
    rest is near.

    Parameters
    ----------
    group : RefillProblem
    order : sequence of str
        What matters, the most first; see `refill`.

    Returns
    -------
    list of dict
        Per round to come, member -> role.
    """
    at_role = {role: Counter(group.before(role)) for role in group.roles}
    in_all = Counter(group.before(None))
    had = Counter((m, role) for held in group.past for m, role in held.items())
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
                + had[m, role]
            )

        last = _one_round(group.positions, group.able, price)
        for m, role in last.items():
            at_role[role][m] += 1
        in_all.update(last)
        found.append(dict(last))
    return found


def _one_round(
    positions: Sequence[int], able: Sequence[frozenset[int]], price: Callable[[int, int], int]
) -> dict[int, int]:
    """Fill the positions at the least price (linear assignment); one that nobody can take stays open."""
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
