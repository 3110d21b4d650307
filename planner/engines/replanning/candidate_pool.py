"""The pool of groups that a replan chooses from, by reduced-cost fixing.

At the duals of the linear program, a group whose reduced cost is more than the gap between the
moves allowed and the proven bound can be in no plan with so few moves. What is left is a pool
that holds every such plan, mostly small enough to choose from exactly; where it is not,
the nearest of its groups are taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planner.engines.replanning.candidate_duals import NEAR, ReplanDuals
from planner.engines.replanning.candidate_kernels import FloatArray
from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.group_kernels import holds
from planner.model.instance import IntArray

# How large a pool may be was set by hand: a larger one is exact more often, and takes CP-SAT longer.
MOST_LISTED = 200_000  # groups listed before those that cannot be used are left out
MOST_CHOICES = 40_000  # groups that a pool may have after that
POOL_CAP = 2_000_000  # branches per old group
MOST_SOME = 12_000  # groups of a pool that cannot be whole
NARROWER = (0.5, 0.25, 0.1, 0.0)  # shares of the window, until the groups are few enough
SHAKEN = 12  # rounds at duals with noise, so that other groups are near
SHAKE = 1e-3  # most of that noise, in moves
EACH = 3  # groups per old group and set of stayers in each round
SOME_CAP = 20_000  # branches per old group


@dataclass(frozen=True)
class CandidatePool:
    """Groups to choose from.

    Attributes
    ----------
    rows : ndarray of int64, shape (m, largest)
        Members, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group that each would become.
    slack : ndarray of float64, shape (m,)
        How far each is from the best that its old group can become, at the prices.
    whole : bool
        Whether every plan with so few moves is made of these.
    """

    rows: IntArray
    labels: IntArray
    slack: FloatArray
    whole: bool

    def with_first(self, others: CandidatePool) -> CandidatePool:
        """Return the union of two pools.

        Parameters
        ----------
        others : CandidatePool
            Those that come first.

        Returns
        -------
        CandidatePool
            None of the groups twice.
        """
        first = set(map(tuple, np.column_stack([others.labels, others.rows]).tolist()))
        mine = map(tuple, np.column_stack([self.labels, self.rows]).tolist())
        rest = [place for place, group in enumerate(mine) if group not in first]
        return CandidatePool(
            np.concatenate([others.rows, self.rows[rest]]),
            np.concatenate([others.labels, self.labels[rest]]),
            np.concatenate([others.slack, self.slack[rest]]),
            self.whole,
        )

    def part(self, places: NDArray[np.intp], *, whole: bool) -> CandidatePool:
        """Return some of the groups.

        Parameters
        ----------
        places : ndarray of int, shape (k,)
            Their positions in this pool.
        whole : bool
            Whether every plan with so few moves is made of these.

        Returns
        -------
        CandidatePool
        """
        return CandidatePool(self.rows[places], self.labels[places], self.slack[places], whole)


def list_pool(lister: CandidateLister, prices: ReplanDuals, moves: int, *, spare: int) -> CandidatePool:
    """List the groups that can be in a plan with so many moves, or the nearest where they are too many.

    Parameters
    ----------
    lister : CandidateLister
    prices : ReplanDuals
    moves : int
    spare : int
        How many new groups there may be.

    Returns
    -------
    CandidatePool
        `whole` where it holds every plan with at most so many moves.
    """
    window = max(0.0, moves - prices.bound) if np.isfinite(prices.bound) else 1.0
    total, given_up = _list(lister, prices, prices.dual, window, spare, cap=POOL_CAP, enough=MOST_LISTED)
    if total <= MOST_LISTED and not given_up:
        found = lister.found
        listed = CandidatePool(
            found.rows[:total].copy(),
            found.labels[:total].copy(),
            found.slack[:total] - prices.least[found.labels[:total]],
            whole=True,
        )
        useful = _useful(lister, listed)
        if len(useful.labels) <= MOST_CHOICES:
            return useful
    return _useful(lister, _some(lister, prices, window, spare))


def _list(
    lister: CandidateLister, prices: ReplanDuals, dual: FloatArray, window: float, spare: int, **limits: int
) -> tuple[int, int]:
    groups = np.ones(len(lister.old.filled), np.bool_)
    groups[-1] = spare > 0
    everyone = np.ones(len(lister.old.home), np.bool_)
    ceiling = prices.least + window + NEAR
    return lister.list(dual, prices.entry, ceiling, looked_at=groups, joiners=everyone, **limits)


def _some(lister: CandidateLister, prices: ReplanDuals, window: float, spare: int) -> CandidatePool:
    """Return the nearest of the groups that the prices were found with, and others as near."""
    unchanged = [(g, *members[members >= 0].tolist()) for g, members in enumerate(lister.old.members[:-1])]
    listed = zip(prices.labels.tolist(), prices.rows, strict=True)
    known = dict.fromkeys((g, *row[row >= 0].tolist()) for g, row in listed)
    for g, *members in unchanged:
        if len(members) <= lister.model.largest and _stands(lister, g, members):
            known[(g, *members)] = None
    for share in NARROWER:
        total, given_up = _list(
            lister, prices, prices.dual, share * window, spare, cap=SOME_CAP, enough=MOST_SOME
        )
        if total <= MOST_SOME and not given_up:
            break
    _know(lister, known, min(total, MOST_SOME))
    generator = np.random.default_rng(0)
    for _ in range(SHAKEN):  # at slightly other prices other groups are near
        if len(known) >= MOST_SOME:
            break
        dual = prices.dual + generator.random(len(prices.dual)) * SHAKE
        limits = {"most": EACH, "cap": SOME_CAP, "enough": MOST_SOME}
        total, _ = _list(lister, prices, dual, window + lister.model.largest * SHAKE, spare, **limits)
        _know(lister, known, min(total, MOST_SOME))
    found = np.full((len(known), lister.model.largest), -1, np.int64)
    for row, (_, *members) in zip(found, known, strict=True):
        row[: len(members)] = members
    pool = CandidatePool(
        found, np.asarray([g for g, *_ in known], np.int64), np.zeros(len(known)), whole=False
    )
    pool = replace(pool, slack=_slack(lister, prices, pool))
    return pool.part(np.sort(np.argsort(pool.slack, kind="stable")[:MOST_SOME]), whole=False)


def _know(lister: CandidateLister, known: dict[tuple[int, ...], None], total: int) -> None:
    """Note what was listed."""
    for g, row in zip(lister.found.labels[:total].tolist(), lister.found.rows[:total], strict=True):
        known[(g, *sorted(row[row >= 0].tolist()))] = None


def _slack(lister: CandidateLister, prices: ReplanDuals, pool: CandidatePool) -> FloatArray:
    """Return how far each group is from the best that its old group can become, at the prices."""
    inside = pool.rows >= 0
    joins = inside & (lister.old.home[pool.rows] != pool.labels[:, None])
    worth = np.where(inside, prices.dual[pool.rows] - joins * lister.continuing[pool.rows], 0.0)
    reduced: FloatArray = -(worth.sum(axis=1) + prices.entry * inside.any(axis=1))
    return reduced - prices.least[pool.labels]


def _stands(lister: CandidateLister, g: int, members: list[int]) -> bool:
    """Whether a group can stay just as it is."""
    old, row = lister.old, np.asarray(members, np.int64)
    fits = lister.model.smallest <= len(members) and not old.joined[g] and old.empty[g] < 2
    return bool(fits and (old.only[row] < 0).all() and holds(lister.model, row, len(row)))


def _useful(lister: CandidateLister, pool: CandidatePool) -> CandidatePool:
    """Leave out groups that miss somebody whom no other group takes, or take whom nobody lets go."""
    rows, labels = pool.rows, pool.labels
    home = lister.old.home
    n, groups = len(home), len(lister.old.filled)
    inside = rows >= 0
    joins = inside & (np.where(inside, home[rows], -2) != labels[:, None])
    kept = inside & ~joins
    alive = np.ones(len(labels), np.bool_)
    while True:
        taken = np.zeros(n, np.bool_)
        taken[rows[alive][joins[alive]]] = True
        staying = np.bincount(home[(home >= 0) & ~taken], minlength=groups)
        misses = (kept & ~taken[rows]).sum(axis=1) < staying[labels]
        per_group = np.bincount(labels[alive], minlength=groups)
        keeps = np.bincount(rows[alive][kept[alive]], minlength=n)
        let_go = (home < 0) | (keeps < per_group[home])
        takes = (joins & ~let_go[rows]).any(axis=1)
        dead = alive & (misses | takes)
        if not dead.any():
            return pool.part(np.flatnonzero(alive), whole=pool.whole)
        alive &= ~dead
