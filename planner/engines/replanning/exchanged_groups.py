"""The neighbourhood of a plan, as groups: what a move, a swap, or a ring of exchanges makes of its groups.

The pool of a replan holds what is near by the duals of the *moves*. Where that pool is not whole it has
hardly a group that is there for its lower cost, so extra moves found nothing to be spent on.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.engines.replanning.candidate_lister import CandidateLister
from planner.engines.replanning.candidate_pool import CandidatePool
from planner.engines.replanning.group_kernels import group_prices, which_hold
from planner.model.instance import IntArray

# How much is looked at and kept was set by hand: more finds little more, and takes CP-SAT longer.
MOST_PAIRS = 400_000  # of students who could take each other's place
SWAPS, MOVES, RINGS = 400, 200, 10  # the best swaps, moves, and exchanges in one group that are kept
NEVER = 1 << 40  # a price at which nothing is kept


class _Plan(NamedTuple):
    """The groups of a plan, where in them those are who may leave, and who of them are looked at."""

    rows: IntArray
    labels: IntArray
    sizes: IntArray
    price: IntArray
    at: IntArray  # of each student, -1 where they stay put
    place: IntArray  # of each student in their row
    looked_at: IntArray  # students


def exchanged_groups(lister: CandidateLister, held: CandidatePool) -> CandidatePool:
    """List the groups that the best single exchanges make of a plan, by cost.

    Parameters
    ----------
    lister : CandidateLister
    held : CandidatePool
        The groups of the plan.

    Returns
    -------
    CandidatePool
        Never whole.
    """
    plan = _plan(lister, held)
    there, back = (_exchanged(lister, plan, back=one) for one in (False, True))
    left, joined = _left(lister, plan), _joined(lister, plan)
    who, other = _best(there.price + back.price, SWAPS)
    swaps = [there.of(who, other), back.of(who, other)]
    who, row = _best(left.price[:, None] + joined.price, MOVES)
    moves = [left.of(who), joined.of(who, row)]
    ring = np.argsort(there.price, axis=1, kind="stable")[:, :RINGS]
    first = np.repeat(np.arange(len(ring)), ring.shape[1])
    fits = there.price[first, ring.ravel()] < NEVER
    rings = [there.of(first[fits], ring.ravel()[fits])]
    rows, labels = (np.concatenate(parts) for parts in zip(*swaps, *moves, *rings, strict=True))
    return CandidatePool(rows, labels, np.zeros(len(labels)), whole=False)


class _Groups(NamedTuple):
    """Groups that exchanges make, in the order of the exchanges, and what each costs more than before."""

    rows: IntArray
    labels: IntArray
    price: IntArray

    def of(self, *places: NDArray[np.intp]) -> tuple[IntArray, IntArray]:
        """Return some of the groups."""
        return self.rows[places], self.labels[places]


def _plan(lister: CandidateLister, held: CandidatePool) -> _Plan:
    """Return the groups that may be changed, the dearest of them where there are very many students."""
    old, sizes = lister.old, (held.rows >= 0).sum(axis=1)
    labels = held.labels
    free = (sizes > 0) & (old.shut[labels] == 0) & (old.joined[labels] == 0) & (old.empty[labels] < 2)
    price = group_prices(lister.model, held.rows, labels)
    at, place = np.full(len(old.home), -1, np.int64), np.zeros(len(old.home), np.int64)
    for row in np.flatnonzero(free).tolist():
        members = held.rows[row, : sizes[row]]
        at[members], place[members] = row, np.arange(sizes[row])
    at[(old.stays == 1) | (old.only >= 0)] = -1
    mobile = np.flatnonzero(at >= 0)
    dear = mobile[np.argsort(-price[at[mobile]], kind="stable")]
    looked_at = np.sort(dear[: max(1, MOST_PAIRS // max(1, len(mobile)))])
    return _Plan(held.rows, labels, sizes, price, at, place, looked_at)


def _exchanged(lister: CandidateLister, plan: _Plan, *, back: bool) -> _Groups:
    """Put everybody in the place of each student looked at; on the way back each of those in theirs."""
    mobile = np.flatnonzero(plan.at >= 0)
    goes, comes = np.meshgrid(plan.looked_at, mobile, indexing="ij")
    if back:
        goes, comes = comes, goes
    rows = plan.rows[plan.at[goes]]
    np.put_along_axis(rows, plan.place[goes][..., None], comes[..., None], axis=2)
    possible = plan.at[goes] != plan.at[comes]
    return _priced(lister, plan, rows, plan.at[goes], possible)


def _left(lister: CandidateLister, plan: _Plan) -> _Groups:
    """Take each student looked at out of their group: the last member takes the place."""
    who = plan.looked_at
    at, rows = plan.at[who], plan.rows[plan.at[who]]
    last = plan.sizes[at] - 1
    each = np.arange(len(who))
    rows[each, plan.place[who]] = rows[each, last]
    rows[each, last] = -1
    return _priced(lister, plan, rows, at, last >= max(1, lister.model.smallest))


def _joined(lister: CandidateLister, plan: _Plan) -> _Groups:
    """Add each student looked at to every other group that has room."""
    open_ = np.unique(plan.at[plan.at >= 0])
    who, at = np.meshgrid(plan.looked_at, open_, indexing="ij")
    room = plan.sizes[at] < plan.rows.shape[1]
    rows = plan.rows[at]
    end = np.minimum(plan.sizes[at], plan.rows.shape[1] - 1)
    np.put_along_axis(rows, end[..., None], np.where(room, who, rows[..., -1])[..., None], axis=2)
    return _priced(lister, plan, rows, at, room & (plan.at[who] != at))


def _priced(
    lister: CandidateLister, plan: _Plan, rows: IntArray, at: IntArray, possible: NDArray[np.bool_]
) -> _Groups:
    """Return groups with what they cost more than the rows they are made of; never, where they cannot be."""
    labels, price = plan.labels[at], np.full(at.shape, NEVER, np.int64)
    there = np.flatnonzero(possible.ravel())
    flat = rows.reshape(-1, rows.shape[-1])[there]
    kept = which_hold(lister.model, flat)
    new = group_prices(lister.model, flat[kept], labels.ravel()[there][kept])
    price.ravel()[there[kept]] = new - plan.price[at].ravel()[there[kept]]
    return _Groups(rows, labels, price)


def _best(price: IntArray, most: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return where the lowest prices are, as rows and columns."""
    flat = price.ravel()
    order = np.argsort(flat, kind="stable")[:most]
    order = order[flat[order] < NEVER]
    rows, columns = np.unravel_index(order, price.shape)
    return rows, columns
