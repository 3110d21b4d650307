"""A plan after dropouts where one move is enough, or two: every such plan is looked at.

With no newcomers a plan is who moves, and where to. All plans of one move, and of two,
are few enough to try, so the best in every stage is chosen by comparing them, and the
fewest moves are proven without a linear program. Most weeks of most courses ask no more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.engines.lowering import lower
from planner.engines.placing import Rerun, Stage, old_groups
from planner.engines.pools import Pool
from planner.engines.regroup_kernels import one_move, standing, two_moves
from planner.engines.regroup_prices import Lister
from planner.engines.stages import Before, Counts
from planner.instance import NO_HOME, CompanyCost, Instance, IntArray, PairCost

MOVES = 2
MOST_BROKEN = 2 * MOVES  # groups; every one of them needs somebody to leave or join, and a move is of two
MOST_SINGLE = 300_000  # moves that are tried by themselves
MOST_TRIED = 40_000_000  # pairs of moves
MOST_PLANS = 20_000


def few_moves(instance: Instance, before: Before) -> Rerun | None:
    """Return the best plan of one move or two, or that more are needed; None where it is too much to try.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones.
    before : Before
    """
    students, groups = len(before.home), instance.groups
    if not _plain(before) or students * groups > MOST_SINGLE:
        return None
    lister = Lister(lower(instance), old_groups(instance, before, 0), np.ones(students))
    stands, leaves, joins = standing(lister.model, lister.old)
    broken = np.flatnonzero(~stands)
    if not 0 < len(broken) <= MOST_BROKEN:
        return None
    room = np.full((MOST_PLANS, 4), -1, np.int64)
    total = one_move(lister.old, stands, leaves, joins, room)
    if not total and instance.smallest > 1:  # else a group of one could be new, and spare a move
        touching = len(broken) * (students + groups * instance.largest)
        if touching * students * groups > MOST_TRIED:
            return None
        total = two_moves(lister.model, lister.old, stands, leaves, joins, room)
    if not total:
        return Rerun(None, fewest=MOVES + 1) if instance.smallest > MOVES else None
    if total > MOST_PLANS:
        return None
    plans = _Plans(lister, before, room[:total])
    return plans.best() if plans.alive.any() else None


def near_groups(instance: Instance, before: Before, more: int, seed: int) -> tuple[int, ...]:
    """Return the groups that do not hold, and others that can take or spare somebody for them.

    Parameters
    ----------
    instance : Instance
    before : Before
    more : int
        How many others.
    seed : int
        Draws among those that are of equal use.
    """
    lister = Lister(lower(instance), old_groups(instance, before, 0), np.ones(len(before.home)))
    stands, leaves, joins = standing(lister.model, lister.old)
    wanted: list[IntArray] = []
    for g in np.flatnonzero(~stands).tolist():
        wanted += [np.flatnonzero(joins[s] & stands) for s in np.flatnonzero(before.home == g).tolist()]
        wanted.append(np.unique(before.home[leaves & joins[:, g] & (before.home != g)]))
    wanted += _company(instance, before, stands)
    generator = np.random.default_rng(seed)
    drawn = [generator.permutation(one) for one in sorted(wanted, key=len)]  # the scarcest first
    drawn.append(generator.permutation(np.flatnonzero(stands)))
    found = dict.fromkeys(np.flatnonzero(~stands).tolist())
    most = len(found) + more
    for place in range(instance.groups):
        for one in drawn:
            if place < len(one) and len(found) < most:
                found.setdefault(int(one[place]))
    return tuple(sorted(found))


def _company(instance: Instance, before: Before, stands: NDArray[np.bool_]) -> list[IntArray]:
    """Return where those are whom a must asks for as company of somebody in a broken group."""
    found = []
    for cost in instance.costs:
        if isinstance(cost, CompanyCost) and cost.must:
            short = cost.students[~stands[before.home[cost.students]]]
            found += [np.unique(before.home[cost.others[cost.others != s]]) for s in short.tolist()]
        elif isinstance(cost, PairCost) and cost.must and cost.together:
            homes = before.home[cost.pairs]
            found += list(homes[~stands[homes].all(axis=1)])
    return found


def _plain(before: Before) -> bool:
    """Whether nobody is new, and nothing is asked of some groups."""
    asked = before.closed or before.dissolved or before.topped_up or before.merged
    return not asked and len(before.home) > 0 and NO_HOME not in before.home


class _Plans:
    """Every plan of so many moves, compared stage by stage."""

    def __init__(self, lister: Lister, before: Before, moves: IntArray) -> None:
        self.lister, self.before, self.moves = lister, before, moves
        old, who = lister.old, moves[:, ::2]
        leave = np.where(who >= 0, old.home[who], -1)
        self.labels = np.column_stack([leave[:, 0], moves[:, 1], leave[:, 1], moves[:, 3]])
        for one in range(4):  # each group that changes once
            seen = (self.labels[:, :one] == self.labels[:, one : one + 1]).any(axis=1)
            self.labels[seen, one] = -1
        self.rows = self._changed()
        self.standing = Pool(
            old.members[:-1], np.arange(len(old.members) - 1), np.zeros(len(old.members) - 1), whole=True
        )
        self.alive = np.ones(len(moves), np.bool_)
        if before.used is not None:
            self.alive = self._groups() == before.used

    def _changed(self) -> IntArray:
        """Return the members of the groups that change, shape (plans, 4, widest), -1 behind them."""
        rows = self.lister.old.members[self.labels]
        more = np.full((len(self.moves), 4, 2), -1, np.int64)
        for turn in range(2):
            who, to = self.moves[:, 2 * turn, None], self.moves[:, 2 * turn + 1, None]
            rows[rows == who[:, :, None]] = -1
            more[:, :, turn] = np.where((self.labels == to) & (who >= 0), who, -1)
        both: IntArray = -np.sort(-np.concatenate([rows, more], axis=2), axis=2)
        return both[:, :, : self.lister.model.largest]

    def _groups(self) -> NDArray[np.intp]:
        """Return how many groups have members after each plan."""
        filled = self.lister.old.filled[:-1] > 0
        changes = self.labels >= 0
        after = (changes & (self.rows[:, :, 0] >= 0)).sum(axis=1)
        now: NDArray[np.intp] = (changes & filled[self.labels]).sum(axis=1)
        groups: NDArray[np.intp] = filled.sum() - now + after
        return groups

    def best(self) -> Rerun:
        """Return the plan that is the best in every stage, each after those before it."""
        stages = [self._least(name) for name in self.before.stages]
        moves, places = self.moves[np.argmax(self.alive)], self.before.home.copy()
        for who, to in moves.reshape(2, 2).tolist():
            if who >= 0:
                places[who] = to
        return Rerun(places, tuple(stages), fewest=stages[0].value)

    def _least(self, name: str) -> Stage:
        """Keep the plans with the least of a stage."""
        plans = np.flatnonzero(self.alive)
        changes = self.labels[plans] >= 0
        labels = self.labels[plans][changes]
        changed = Pool(self.rows[plans][changes], labels, np.zeros(len(labels)), whole=True)
        as_it_was = Counts(self.lister, self.standing, self.before)
        counted = as_it_was.of(name)
        differs = np.zeros(changes.shape, np.int64)
        differs[changes] = Counts(self.lister, changed, self.before).of(name) - counted[labels]
        values = as_it_was.constant(name) + counted.sum() + differs.sum(axis=1)
        least = int(values.min())
        self.alive[plans[values > least]] = False
        return Stage(name, least, proven=True)
