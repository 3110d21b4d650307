"""Exchanges of members between two groups, evaluated for every two groups at once.

What an exchange keeps, whom it lets meet and what it costs is decided between the two
groups, so every division of two groups can be looked at by itself, many at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np

from planner.engines.common.group_prices import GroupPrices
from planner.engines.common.watch import Watch
from planner.engines.refreshing.refresh_problem import RefreshProblem
from planner.model.evaluation import members_of
from planner.model.instance import Instance, IntArray

# Set by hand: more pairs or trades make a round better and slower.
MOST_PAIRS = 2_000  # of groups looked at in a round; in a larger class some are drawn
MOST_TRADES = 400  # of two groups looked at, for each number of students traded
LOOK = 100  # pairs of groups priced at once, between two looks at the watch


@dataclass(frozen=True)
class Exchange:
    """Two groups with other members, and what changes by it.

    Attributes
    ----------
    groups : tuple of int
        The two.
    members : tuple of ndarray of int64
        Their members afterwards.
    moved : int
        How many more are away from home.
    gain : tuple of int
        Change in first meetings missed, in moves again and in cost; smaller is better.
    """

    groups: tuple[int, int]
    members: tuple[IntArray, IntArray]
    moved: int
    gain: tuple[int, int, int]


class Exchanges:
    """The exchanges between any two groups of an assignment.

    Parameters
    ----------
    instance : Instance
    problem : RefreshProblem
    seed : int
        Draws the pairs of groups that are looked at where there are too many.
    watch : Watch
    """

    def __init__(self, instance: Instance, problem: RefreshProblem, seed: int, watch: Watch) -> None:
        self.instance, self.problem = instance, problem
        self._seed, self._watch = seed, watch
        self._prices = GroupPrices(instance)
        self._unmet = (~problem.met).astype(np.int64)
        np.fill_diagonal(self._unmet, 0)
        self._again = np.zeros(instance.students, np.int64)
        self._again[list(problem.moved)] = 1

    def every(self, places: IntArray, number: int) -> list[Exchange]:
        """Return the best exchange of every two groups for each number of moves.

        Parameters
        ----------
        places : ndarray of int64, shape (students,)
            Group of each student now.
        number : int
            Of the round: other pairs of groups are drawn in each.

        Returns
        -------
        list of Exchange
            Of the pairs that were looked at before all had to end.
        """
        groups = [np.asarray(group, np.int64) for group in members_of(places, self.instance.groups)]
        now = self._prices.each([group.tolist() for group in groups])
        pairs = list(self._pairs(len(groups), number))
        found: list[Exchange] = []
        for start in range(0, len(pairs), LOOK):
            if self._watch.stop():
                break
            looked = [self._divided(groups, a, b) for a, b in pairs[start : start + LOOK]]
            found += self._priced([divisions for divisions in looked if divisions is not None], now)
        return found

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
        origins = self.problem.home[both]
        for origin in np.unique(origins).tolist():
            here = inside[:, origins == origin].sum(axis=1)
            there = int((origins == origin).sum()) - here
            part = int(self.problem.least_part[origin])
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

    def _priced(self, looked: Sequence[_Divisions], now: IntArray) -> Iterator[Exchange]:
        """Price all divisions at once; yield the best of two groups for each number of moves."""
        members = [part for divisions in looked for part in divisions.members()]
        prices = iter(self._many(members))
        for divisions in looked:
            a, b = divisions.groups
            change = next(prices) + next(prices) - now[a] - now[b]
            best: dict[int, Exchange] = {}
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

    def exchange(self, row: int, cost: int) -> Exchange:
        """Return one division as an exchange."""
        side = self.inside[row]
        return Exchange(
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
