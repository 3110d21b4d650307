"""Replans of up to four moves by exhaustive search: a bounded search tree, compiled.

With no newcomers a plan is who moves, and where to. Every group that does not hold needs a
move, so the tree branches on the moves of one such group at a time; the plans of one move up
to four are mostly few enough to try all. The best in every objective is chosen by comparing
them, and the fewest moves are proven without a linear program. Most weeks of most courses
ask no more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.lowering import lower
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.move_kernels import enumerate_moves, single_moves
from planner.engines.replanning.objective_counts import ObjectiveCounts
from planner.engines.replanning.replan_problem import (
    LexicographicObjective,
    ReplanProblem,
    ReplanSolution,
    old_groups,
)
from planner.model.instance import (
    NO_HOME,
    CompanyCost,
    Instance,
    IntArray,
    PairCost,
)

MOVES = 4  # at the most: above that there are mostly too many plans to try
MOST_SINGLE = 300_000  # moves that are tried by themselves
MOST_TRIED = 30_000_000  # and one after another
EXPECTED = 80_000_000  # where there could be more of them than this, none are
MOST_PLANS = 20_000  # that are compared


def exhaustive_moves(
    instance: Instance, before: ReplanProblem, spare: int, most: int | None = None
) -> ReplanSolution | None:
    """Search every plan of up to `MOVES` moves; return the best, or how many moves are needed at least.

    Parameters
    ----------
    instance : Instance
        Of the new class; its groups are the old ones.
    before : ReplanProblem
    spare : int
        How many new groups there may be.
    most : int, optional
        More moves will not do, and are not looked at.

    Returns
    -------
    ReplanSolution or None
        Without an assignment where only `fewest` is proven; None where nothing is known.
    """
    students, groups = len(before.home), instance.groups
    if not _plain(before) or students * groups > MOST_SINGLE:
        return None
    lister = CandidateLister(lower(instance), old_groups(instance, before, spare), np.ones(students))
    stands, leaves, joins = single_moves(lister.model, lister.old)
    broken = int((~stands).sum())
    if not broken:
        return None  # what is in the way is none of the groups
    options = students + instance.largest * groups  # of one group: who comes, and who leaves where to
    fewest, tried = -(-broken // 2), 1  # a move is of two groups
    most = MOVES if most is None else min(most, MOVES)
    while fewest <= most and tried * options <= EXPECTED:
        room = np.full((MOST_PLANS, 2 * fewest), -1, np.int64)
        new = min(spare, fewest // instance.smallest)
        total, tried = enumerate_moves(
            lister.model, lister.old, stands, leaves, joins, fewest, new, MOST_TRIED, room
        )
        if total > 0 and total <= MOST_PLANS:
            plans = _Plans(lister, before, _once(room[:total]))
            return plans.best() if plans.alive.any() else ReplanSolution(None, fewest=fewest)
        if total:
            break
        fewest += 1
    return ReplanSolution(None, fewest=fewest)


def _once(plans: IntArray) -> IntArray:
    """Return each set of moves once, whatever the order in which its moves were found."""
    pairs = plans.reshape(len(plans), -1, 2)
    order = np.argsort(pairs[:, :, 0], axis=1)
    ordered = np.take_along_axis(pairs, order[:, :, None], axis=1)
    return np.unique(ordered.reshape(len(plans), -1), axis=0)


def near_groups(instance: Instance, before: ReplanProblem, more: int, seed: int) -> tuple[int, ...]:
    """Return the groups that do not hold, and others that can take or spare somebody for them.

    Parameters
    ----------
    instance : Instance
    before : ReplanProblem
    more : int
        How many others.
    seed : int
        Draws among those that are of equal use.

    Returns
    -------
    tuple of int
        Rising.
    """
    lister = CandidateLister(lower(instance), old_groups(instance, before, 0), np.ones(len(before.home)))
    stands, leaves, joins = single_moves(lister.model, lister.old)
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


def _company(instance: Instance, before: ReplanProblem, stands: NDArray[np.bool_]) -> list[IntArray]:
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


def _plain(before: ReplanProblem) -> bool:
    """Whether nobody is new, and nothing is asked of some groups."""
    asked = before.closed or before.dissolved or before.topped_up or before.merged
    return not asked and len(before.home) > 0 and NO_HOME not in before.home


class _Plans:
    """Every plan of so many moves, compared objective by objective.

    `moves` has shape (plans, 2 * moves): who, where to, who, where to, and so on.
    """

    def __init__(self, lister: CandidateLister, before: ReplanProblem, moves: IntArray) -> None:
        self.lister, self.before, self.moves = lister, before, moves
        old, who, to = lister.old, moves[:, ::2], moves[:, 1::2]
        self.labels = np.stack([old.home[who], to], axis=2).reshape(moves.shape)
        for one in range(moves.shape[1]):  # each group that changes once
            seen = (self.labels[:, :one] == self.labels[:, one : one + 1]).any(axis=1)
            self.labels[seen, one] = -1
        self.rows = self._changed()
        self.standing = CandidatePool(
            old.members[:-1], np.arange(len(old.members) - 1), np.zeros(len(old.members) - 1), whole=True
        )
        self.alive = np.ones(len(moves), np.bool_)
        if before.used is not None:
            self.alive = self._groups() == before.used

    def _changed(self) -> IntArray:
        """Return the members of the groups that change, shape (plans, changes, widest), -1 behind them."""
        old, width = self.lister.old, self.moves.shape[1]
        fresh = len(old.filled) - 1
        rows = old.members[np.minimum(self.labels, fresh)]
        more = np.full((len(self.moves), width, width // 2), -1, np.int64)
        for turn in range(width // 2):
            who, to = self.moves[:, 2 * turn, None], self.moves[:, 2 * turn + 1, None]
            rows[rows == who[:, :, None]] = -1
            more[:, :, turn] = np.where(self.labels == to, who, -1)
        both: IntArray = -np.sort(-np.concatenate([rows, more], axis=2), axis=2)
        return both[:, :, : self.lister.model.largest]

    @property
    def _old_labels(self) -> IntArray:
        """Which old group each that changes was, -1 for none; all new ones are alike."""
        return np.minimum(self.labels, len(self.lister.old.filled) - 1)

    def _groups(self) -> NDArray[np.intp]:
        """Return how many groups have members after each plan."""
        filled = self.lister.old.filled > 0
        changes = self.labels >= 0
        after = (changes & (self.rows[:, :, 0] >= 0)).sum(axis=1)
        now: NDArray[np.intp] = (changes & filled[self._old_labels]).sum(axis=1)
        groups: NDArray[np.intp] = filled.sum() - now + after
        return groups

    def best(self) -> ReplanSolution:
        """Return the plan that is the best in every stage, each after those before it."""
        stages = [self._least(name) for name in self.before.stages]
        moves, places = self.moves[np.argmax(self.alive)], self.before.home.copy()
        places[moves[::2]] = moves[1::2]
        return ReplanSolution(places, tuple(stages), fewest=stages[0].value)

    def _least(self, name: str) -> LexicographicObjective:
        """Keep the plans with the least of a stage."""
        plans = np.flatnonzero(self.alive)
        changes = self.labels[plans] >= 0
        labels = self._old_labels[plans][changes]
        changed = CandidatePool(self.rows[plans][changes], labels, np.zeros(len(labels)), whole=True)
        as_it_was = ObjectiveCounts(self.lister, self.standing, self.before)
        counted = np.append(as_it_was.of(name), 0)  # and nothing for new ones, which were not there
        differs = np.zeros(changes.shape, np.int64)
        differs[changes] = ObjectiveCounts(self.lister, changed, self.before).of(name) - counted[labels]
        values = as_it_was.constant(name) + counted.sum() + differs.sum(axis=1)
        least = int(values.min())
        self.alive[plans[values > least]] = False
        return LexicographicObjective(name, least, proven=True)
