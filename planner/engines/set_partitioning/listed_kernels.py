"""Compiled filter of listed groups by reduced cost, and the places where the best ones are kept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.model.instance import IntArray

PER_STUDENT = 4  # columns kept for each student in one pricing; more grow the program, fewer take more rounds


class CutDuals(NamedTuple):
    """Duals of the subset-row cuts (Jepsen et al. 2008), int64; both empty where there are no cuts.

    A group with two or more of a triple pays its dual once: the pairs of it, less what three
    pairs of one triple count too often.

    Attributes
    ----------
    pairs : ndarray, shape (n, n)
        Sum of the duals of the triples with both.
    triples : ndarray, shape (n, n, n)
        Twice the dual of the triple itself.
    """

    pairs: IntArray
    triples: IntArray


class EnumeratedGroups(NamedTuple):
    """Groups of one size that an enumeration found.

    Attributes
    ----------
    complete : bool
        Whether nothing was left out for lack of steps or room.
    least : int
        The least reduced cost below the limit, or the limit; in units of ``1 / SCALE``.
    members : ndarray of int64, shape (m, size)
        Positions or students, rising.
    costs : ndarray of int64, shape (m,)
    reduced : ndarray of int64, shape (m,)
        Reduced costs, in units of ``1 / SCALE``: cost less the duals of the members, plus those of cuts.
    steps : int
        Steps taken.
    """

    complete: bool
    least: int
    members: IntArray
    costs: IntArray
    reduced: IntArray
    steps: int


@inlined
def place_for(reduced, chosen, size, rest):  # type: ignore[no-untyped-def]
    """A place where this group is better than what a member has there; -1 where it is not."""
    for d in range(size):
        place = chosen[d] * PER_STUDENT
        for slot in range(place + 1, (chosen[d] + 1) * PER_STUDENT):
            if reduced[slot] > reduced[place]:
                place = slot
        if rest < reduced[place]:
            return place
    return -1


@inlined
def keep_group(kept, place, chosen, size, price, rest):  # type: ignore[no-untyped-def]
    """Write a group down in a place, with its price and its reduced cost."""
    members, prices, reduced = kept
    for d in range(size):
        members[place, d] = chosen[d]
    prices[place], reduced[place] = price, rest


@loop
def close_up(limit, kept):  # type: ignore[no-untyped-def]
    """Move what is in the filled places to the front; return how many there are."""
    members, prices, reduced = kept
    number = 0
    for place in range(prices.shape[0]):
        if reduced[place] < limit:
            for d in range(members.shape[1]):
                members[number, d] = members[place, d]
            prices[number], reduced[number] = prices[place], reduced[place]
            number += 1
    return number


@making
def room_for(n, size, limit, room, per_student):  # type: ignore[no-untyped-def]
    """Return empty places for groups of a size: members, prices, and reduced costs at the limit."""
    capacity = n * PER_STUDENT if per_student else room
    members = np.zeros((capacity, size), np.int64)
    return members, np.zeros(capacity, np.int64), np.full(capacity, limit, np.int64)


@making
def price_listed(cut_duals, listed, costs, duals, limit, room, per_student):  # type: ignore[no-untyped-def]
    """Filter listed groups by reduced cost; keeps and returns the same as `enumerate_size`.

    Parameters
    ----------
    cut_duals : CutDuals
    listed : ndarray of int64, shape (m, size)
        Members of each group, by position, rising.
    costs : ndarray of int64, shape (m,)
        In units of ``1 / SCALE``.
    duals : ndarray of int64, shape (n,)
    limit, room : int
    per_student : bool

    Returns
    -------
    tuple
        See `enumerate_size`; a step is a group.
    """
    kept = room_for(duals.shape[0], listed.shape[1], limit, room, per_student)
    complete, least, number = _price_each(cut_duals, listed, costs, duals, limit, per_student, kept)
    members, prices, reduced = kept
    return complete, least, members[:number], prices[:number], reduced[:number], listed.shape[0]


@loop
def _price_each(cut_duals, listed, costs, duals, limit, per_student, kept):  # type: ignore[no-untyped-def]
    size, capacity = listed.shape[1], kept[1].shape[0]
    number, least, complete = 0, limit, True
    for row in range(listed.shape[0]):
        rest = costs[row]
        for d in range(size):
            rest -= duals[listed[row, d]]
        if rest >= limit:  # the duals of cuts only come on top
            continue
        rest += _group_cut_dual(cut_duals, listed, row, size)
        if rest >= limit:
            continue
        least = min(least, rest)
        place = place_for(kept[2], listed[row], size, rest) if per_student else number
        if place >= capacity:
            complete = False
            break
        if place >= 0:
            keep_group(kept, place, listed[row], size, costs[row], rest)
            number += 1
    if per_student:
        number = close_up(limit, kept)
    return complete, least, number


@inlined
def _group_cut_dual(cut_duals, listed, row, size):  # type: ignore[no-untyped-def]
    """Return the duals of the cuts of a whole group."""
    total = 0
    if cut_duals.pairs.shape[0] > 0:
        for d in range(size):
            for e in range(d):
                dual = cut_duals.pairs[listed[row, e], listed[row, d]]
                if dual:
                    for c in range(e):
                        dual -= cut_duals.triples[listed[row, c], listed[row, e], listed[row, d]]
                    total += dual
    return total
