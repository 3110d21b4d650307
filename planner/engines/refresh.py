"""A light refresh: a few travel together, meet new people, and everyone keeps somebody familiar.

Two groups that trade members (an exchange) decide between themselves whether everything
is kept, whom they meet and what they cost. So each round looks at every division of two
groups, keeps the best one for each number of moves, and chooses with CP-SAT which pairs
of groups trade, each group once, within the moves there may be. The best refresh among
these is the start of the next round, until none is better: rings of three groups and
more come about in two rounds. Small classes are solved whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from planner.engines.cpsat import new_solver
from planner.engines.light import Light, Worth, most_meetings, worth
from planner.engines.light_model import best_refresh
from planner.engines.limits import Watch
from planner.engines.prices import GroupPrices
from planner.instance import Instance, IntArray, members_of

WHOLE = 60  # students x groups up to which the class is solved whole
ROUNDS = 12
STARTS, LEAST_STARTS, MOST_STARTS = 600, 2, 30  # for a class of one; a larger class has fewer
SEEN = 0.5  # part of the first exchanges that a later start sees
MOST_PAIRS = 2_000  # of groups looked at in a round; in a larger class some are drawn
MOST_TRADES = 400  # of two groups looked at, for each number of students traded
CHOICE_TIME = 4.0  # deterministic seconds for choosing the exchanges of a round


@dataclass(frozen=True)
class Refreshed:
    """A refresh and what is proven of it.

    Attributes
    ----------
    places : ndarray of int64, shape (students,)
    worth : Worth
    most : int
        No refresh lets more pairs meet for the first time.
    proven : bool
        Whether no refresh is better in any respect.
    """

    places: IntArray
    worth: Worth
    most: int
    proven: bool


def refresh(instance: Instance, light: Light, *, seed: int, watch: Watch) -> Refreshed:
    """Return a refresh with the most first meetings, the fewest who move again, the least cost.

    Parameters
    ----------
    instance : Instance
        A cost for every rule; as they are, the groups hold every `must` cost.
    light : Light
    seed : int
    watch : Watch
    """
    if instance.students * instance.groups <= WHOLE:
        places, proven = best_refresh(instance, light, seed=seed, watch=watch)
        found = worth(instance, light, places)
        return Refreshed(places, found, found.meetings if proven else most_meetings(light), proven)
    exchanges = _Exchanges(instance, light, seed)
    places = light.home.copy()
    found = worth(instance, light, places)
    for start in range(min(max(LEAST_STARTS, STARTS // instance.students), MOST_STARTS)):
        if watch.stop():
            break
        tried = _improved(exchanges, start, watch)
        better = worth(instance, light, tried)
        if better < found:
            places, found = tried, better
        watch.tell(stage="refresh", cost=found.cost)
    return Refreshed(places, found, most_meetings(light), False)


def _improved(exchanges: _Exchanges, start: int, watch: Watch) -> IntArray:
    """Exchange until nothing is better; all starts but the first see half of the first exchanges."""
    instance, light = exchanges.instance, exchanges.light
    places = light.home.copy()
    found = worth(instance, light, places)
    for number in range(ROUNDS):
        if watch.stop():
            break
        tried = exchanges.round(places, number, start, watch)
        better = worth(instance, light, tried)
        if better >= found and number:
            break
        if better < found:
            places, found = tried, better
    return places


@dataclass(frozen=True)
class _Exchange:
    """Two groups with other members, and what changes by it."""

    groups: tuple[int, int]
    members: tuple[IntArray, IntArray]
    moved: int
    gain: tuple[int, int, int]  # first meetings missed, moves again, cost


class _Exchanges:
    """Every exchange between two groups of an assignment."""

    def __init__(self, instance: Instance, light: Light, seed: int) -> None:
        self.instance, self.light = instance, light
        self._seed = seed
        self._first: list[_Exchange] | None = None  # exchanges of the groups as they were
        self._prices = GroupPrices(instance)
        self._unmet = (~light.met).astype(np.int64)
        np.fill_diagonal(self._unmet, 0)
        self._again = np.zeros(instance.students, np.int64)
        self._again[list(light.moved)] = 1

    def round(self, places: IntArray, number: int, start: int, watch: Watch) -> IntArray:
        """Return the best assignment that one exchange or none for each group makes."""
        if number or self._first is None:
            every = self._every(places, number)
            self._first = self._first if number else every
        else:
            every = self._first
        if start and not number:
            draw = np.random.default_rng((self._seed, start)).random(len(every))
            every = [one for one, chance in zip(every, draw.tolist(), strict=True) if chance < SEEN]
        room = self.light.most_moved - int((places != self.light.home).sum())
        after = places.copy()
        for exchange in _chosen(every, room, self._seed + number, watch):
            for group, members in zip(exchange.groups, exchange.members, strict=True):
                after[members] = group
        return after

    def _every(self, places: IntArray, number: int) -> list[_Exchange]:
        groups = [np.asarray(group, np.int64) for group in members_of(places, self.instance.groups)]
        now = self._prices.each([group.tolist() for group in groups])
        looked = [
            divisions
            for a, b in self._pairs(len(groups), number)
            if (divisions := self._divided(groups, a, b)) is not None
        ]
        return list(self._priced(looked, now))

    def _pairs(self, groups: int, number: int) -> Iterator[tuple[int, int]]:
        every = comb(groups, 2)
        if every <= MOST_PAIRS:
            yield from combinations(range(groups), 2)
            return
        generator = np.random.default_rng((self._seed, number))
        a, b = np.triu_indices(groups, 1)
        for place in np.sort(generator.choice(every, MOST_PAIRS, replace=False)).tolist():
            yield int(a[place]), int(b[place])

    def _divided(self, groups: Sequence[IntArray], a: int, b: int) -> _Divisions | None:
        """Return the divisions of two groups that keep what has to be kept."""
        both = np.concatenate([groups[a], groups[b]])
        inside = _divisions(len(groups[a]), len(groups[b]))
        origins = self.light.home[both]
        for origin in np.unique(origins).tolist():
            here = inside[:, origins == origin].sum(axis=1)
            there = int((origins == origin).sum()) - here
            part = int(self.light.least_part[origin])
            inside = inside[((here == 0) | (here >= part)) & ((there == 0) | (there >= part))]
        unmet = self._unmet[np.ix_(both, both)]
        moved, meetings = [], []
        keeps = np.ones(len(inside), np.bool_)
        for group, side in ((a, inside), (b, ~inside)):
            new = side.astype(np.int64) @ unmet
            movers = side & (origins != group)
            keeps &= ~(movers & (new == 0)).any(axis=1)
            moved.append(movers)
            meetings.append((new * side).sum(axis=1) // 2)
        away = moved[0] | moved[1]
        before = away[0], meetings[0][0] + meetings[1][0]  # the first division is as it is now
        keeps[0] = False
        if not keeps.any():
            return None
        again = away.astype(np.int64) @ self._again[both]
        return _Divisions(
            (a, b),
            both,
            inside[keeps],
            away[keeps].sum(axis=1) - int(before[0].sum()),
            int(before[1]) - (meetings[0] + meetings[1])[keeps],
            again[keeps] - int(again[0]),
        )

    def _priced(self, looked: Sequence[_Divisions], now: IntArray) -> Iterator[_Exchange]:
        """Price all divisions at once; yield the best of two groups for each number of moves."""
        members = [part for divisions in looked for part in divisions.members()]
        prices = iter(self._many(members))
        for divisions in looked:
            a, b = divisions.groups
            change = next(prices) + next(prices) - now[a] - now[b]
            best: dict[int, _Exchange] = {}
            for row in range(len(divisions.inside)):
                if change[row, 0] > 0:
                    continue
                exchange = divisions.exchange(row, int(change[row, 1]))
                kept = best.get(exchange.moved)
                if kept is None or exchange.gain < kept.gain:
                    best[exchange.moved] = exchange
            yield from best.values()

    def _many(self, blocks: Sequence[IntArray]) -> list[IntArray]:
        """Price blocks of groups, all blocks of one size together."""
        found: list[IntArray] = [np.zeros((0, 2), np.int64)] * len(blocks)
        for size in {rows.shape[1] for rows in blocks}:
            places = [place for place, rows in enumerate(blocks) if rows.shape[1] == size]
            prices = self._prices.of(np.concatenate([blocks[place] for place in places]))
            ends = np.cumsum([len(blocks[place]) for place in places])[:-1]
            for place, part in zip(places, np.split(prices, ends), strict=True):
                found[place] = part
        return found


@dataclass(frozen=True)
class _Divisions:
    """Divisions of two groups: who of `both` is in the first one, and what changes."""

    groups: tuple[int, int]
    both: IntArray
    inside: np.ndarray  # (m, both) bool
    moved: IntArray
    missed: IntArray
    again: IntArray

    def members(self) -> tuple[IntArray, IntArray]:
        """Members of the two groups, one row for each division."""
        return tuple(
            np.broadcast_to(self.both, side.shape)[side].reshape(len(side), -1)
            for side in (self.inside, ~self.inside)
        )

    def exchange(self, row: int, cost: int) -> _Exchange:
        """Return one division as an exchange."""
        side = self.inside[row]
        return _Exchange(
            self.groups,
            (self.both[side], self.both[~side]),
            int(self.moved[row]),
            (int(self.missed[row]), int(self.again[row]), cost),
        )


@lru_cache(maxsize=64)
def _divisions(first: int, second: int) -> np.ndarray:
    """Ways to divide two groups anew with the sizes they have, as they are first, shape (m, both).

    All of them where the groups have up to six members; in larger ones some are drawn
    for each number of students that is traded.
    """
    now = np.arange(first + second) < first
    rows = [now]
    for traded in range(1, min(first, second) + 1):
        if comb(first, traded) * comb(second, traded) <= MOST_TRADES:
            outs, ins = (list(combinations(range(size), traded)) for size in (first, second))
            trades = [(list(out), list(into)) for out in outs for into in ins]
        else:
            draw = np.random.default_rng((first, second, traded))
            trades = [
                tuple(draw.choice(size, traded, replace=False).tolist() for size in (first, second))
                for _ in range(MOST_TRADES)
            ]
        for out, into in trades:
            row = now.copy()
            row[out], row[[first + place for place in into]] = False, True
            rows.append(row)
    return np.asarray(rows)


def _chosen(exchanges: Sequence[_Exchange], room: int, seed: int, watch: Watch) -> list[_Exchange]:
    """Choose exchanges, at most one for each group, that move at most `room` more; the best in order."""
    useful = [one for one in exchanges if one.moved < 0 or one.gain < (0, 0, 0)]
    if not useful:
        return []
    cp = cp_model.CpModel()
    takes = [cp.new_bool_var("") for _ in useful]
    trading: dict[int, list[Any]] = {}
    for take, one in zip(takes, useful, strict=True):
        for group in one.groups:
            trading.setdefault(group, []).append(take)
    for literals in trading.values():
        cp.add_at_most_one(literals)
    cp.add(sum(take * one.moved for take, one in zip(takes, useful, strict=True)) <= room)
    goals = [sum(take * one.gain[goal] for take, one in zip(takes, useful, strict=True)) for goal in range(3)]
    taken: list[_Exchange] = []
    for goal in goals:
        cp.minimize(goal)
        solver = new_solver(seed, CHOICE_TIME, watch)
        if solver.solve(cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            break
        values = [solver.boolean_value(take) for take in takes]
        taken = [one for value, one in zip(values, useful, strict=True) if value]
        cp.add(goal <= round(solver.objective_value))
        cp.clear_hints()  # type: ignore[no-untyped-call]
        for take, value in zip(takes, values, strict=True):
            cp.add_hint(take, value)
    return taken
