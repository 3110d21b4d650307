"""Compiled search for sets of few moves after which every group holds, one broken group after another."""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.engines.replanning.group_kernels import holds


@loop
def _without_and_with(old, g, leaves, joins, row):  # type: ignore[no-untyped-def]
    """Write down an old group without one student and with another (-1: nobody); return how many."""
    count = 0
    for j in range(old.filled[g]):
        if old.members[g, j] != leaves:
            row[count] = old.members[g, j]
            count += 1
    if joins >= 0:
        row[count] = joins
        count += 1
    return count


@inlined
def _can_be(model, old, g, row, count):  # type: ignore[no-untyped-def]
    """Whether the first `count` of `row` can be what becomes of an old group."""
    if count == 0:
        return old.empty[g] > 0
    return model.smallest <= count <= model.largest and holds(model, row, count)


@making
def single_moves(model, old):  # type: ignore[no-untyped-def]
    """Return which old groups hold as they are, and which single moves keep the one group they touch.

    Parameters
    ----------
    model : Model
    old : OldGroups

    Returns
    -------
    stands : ndarray of bool, shape (G,)
        Whether each old group holds as it is.
    leaves : ndarray of bool, shape (n,)
        Whether the group of each student holds without them.
    joins : ndarray of bool, shape (n, G)
        Whether each other group holds with one student more.
    """
    n, groups = len(old.home), len(old.filled) - 1
    row = np.zeros(old.members.shape[1] + 1, np.int64)
    stands = np.zeros(groups, np.bool_)
    leaves = np.zeros(n, np.bool_)
    joins = np.zeros((n, groups), np.bool_)
    for g in range(groups):
        stands[g] = _can_be(model, old, g, row, _without_and_with(old, g, -1, -1, row))
    for s in range(n):
        home = old.home[s]
        leaves[s] = _can_be(model, old, home, row, _without_and_with(old, home, s, -1, row))
        for g in range(groups):
            if g != home:
                joins[s, g] = _can_be(model, old, g, row, _without_and_with(old, g, -1, s, row))
    return stands, leaves, joins


@inlined
def _fits(model, old, g, who, to, moves, row, others, alone):  # type: ignore[no-untyped-def]
    """Whether what a group is after some moves can be; from the last label on groups are new.

    Where no `others` before the last were of an old group, the last one `alone` tells.
    """
    count, new = 0, g >= len(old.filled) - 1
    if others == 0 and not new:
        return alone
    for j in range(0 if new else old.filled[g]):
        gone = False
        for m in range(moves):
            gone = gone or who[m] == old.members[g, j]
        if not gone:
            row[count] = old.members[g, j]
            count += 1
    for m in range(moves):
        if to[m] == g:
            row[count] = who[m]
            count += 1
    return (new and count == 0) or _can_be(model, old, g, row, count)


@inlined
def _next_move(old, g, place, labels, moved, touched):  # type: ignore[no-untyped-def]
    """Return the next move of a group as student * labels + label; a student moves once."""
    place += 1
    while place < len(old.home) * labels:
        student, label = place // labels, place % labels
        after = (student + 1) * labels
        if moved[student] or old.stays[student] or (old.home[student] != g and label > g):
            place = after
        elif old.home[student] != g:
            return student * labels + g
        elif label == g:
            place += 1
        elif label >= len(old.filled) and touched[label - 1] == 0:
            place = after  # new groups are alike: the first is filled first
        else:
            return place
    return place


@inlined
def _note(who, to, total, found):  # type: ignore[no-untyped-def]
    """Write down a set of moves: who, where to, who, where to, and so on; where there is room."""
    if total < len(found):
        for m in range(len(who)):
            found[total, 2 * m], found[total, 2 * m + 1] = who[m], to[m]


@making
def enumerate_moves(model, old, stands, leaves, joins, moves, fresh, most, found):  # type: ignore[no-untyped-def]
    """List the sets of exactly so many moves after which all groups hold, by a bounded search tree.

    Sets of which a part is enough are left out.
    As long as a group does not hold, one of the moves that are left is of it, so the moves
    of one such group are tried, one after the other. A move is of two groups: where more than
    twice as many do not hold as there are moves left, the branch ends.

    Parameters
    ----------
    model : Model
    old : OldGroups
    stands, leaves, joins : ndarray of bool
        By `single_moves`.
    moves : int
    fresh : int
        New groups at the most; their labels are those from that of the last old group on.
    most : int
        Moves tried at the most.
    found : ndarray of int64, shape (room, 2 * moves)
        Written to: who, where to, who, where to, and so on. A set may be found more than once.

    Returns
    -------
    total : int
        How many were found, also beyond the room; -1 where more than `most` moves were tried.
    tried : int
    """
    n, groups = len(old.home), len(stands)
    labels = groups + fresh
    steps = (np.zeros(moves, np.int64), np.zeros(moves, np.int64), np.zeros(moves, np.int64))
    place, done = np.full(moves, -1, np.int64), np.zeros(moves, np.bool_)
    was = np.zeros((moves, 2), np.bool_)
    moved, touched, good = np.zeros(n, np.bool_), np.zeros(labels, np.int64), np.ones(labels, np.bool_)
    good[:groups] = stands
    row = np.zeros(old.members.shape[1] + moves, np.int64)
    return _enumerate_moves(
        model, old, leaves, joins, most, found, steps, place, done, was, moved, touched, good, row
    )


@inlined
def _first_broken(good):  # type: ignore[no-untyped-def]
    """Return the first group that does not hold."""
    for g in range(good.shape[0]):
        if not good[g]:
            return g
    return 0


@loop
def _enumerate_moves(  # type: ignore[no-untyped-def]
    model, old, leaves, joins, most, found, steps, place, done, was, moved, touched, good, row
):
    who, to, at = steps
    n, moves, labels, groups = len(old.home), len(place), len(good), joins.shape[1]
    broken, total, tried, depth = 0, 0, 0, 0
    for g in range(labels):
        broken += not good[g]
    at[0] = _first_broken(good)
    while depth >= 0:
        if done[depth]:  # take the move back
            s, d = who[depth], to[depth]
            a = old.home[s]
            broken += int(good[a]) - int(was[depth, 0]) + int(good[d]) - int(was[depth, 1])
            good[a], good[d] = was[depth, 0], was[depth, 1]
            touched[a] -= 1
            touched[d] -= 1
            moved[s], done[depth] = False, False
        place[depth] = _next_move(old, at[depth], place[depth], labels, moved, touched)
        if place[depth] >= n * labels:
            depth -= 1
            continue
        tried += 1
        if tried > most:
            return -1, tried
        s, d = place[depth] // labels, place[depth] % labels
        a, left = old.home[s], moves - depth - 1
        rest = broken - (not good[a]) - (not good[d])
        if rest > 2 * left:
            continue
        who[depth], to[depth] = s, d
        fits = _fits(model, old, a, who, to, depth + 1, row, touched[a], leaves[s])
        if not fits and left == 0:
            continue
        also = _fits(model, old, d, who, to, depth + 1, row, touched[d], joins[s, min(d, groups - 1)])
        after = rest + (not fits) + (not also)
        if left == 0 and after == 0:
            _note(who, to, total, found)
            total += 1
        if left == 0 or not 0 < after <= 2 * left:
            continue
        was[depth, 0], was[depth, 1] = good[a], good[d]
        good[a], good[d], moved[s], done[depth] = fits, also, True, True
        touched[a] += 1
        touched[d] += 1
        broken, depth = after, depth + 1
        at[depth], place[depth] = _first_broken(good), -1
    return total, tried
