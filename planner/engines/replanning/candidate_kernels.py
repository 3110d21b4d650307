"""Compiled enumeration of what a group can become: who of its members stay, and who joins.

Every kernel takes a `lowering.Model` and `OldGroups`, whose shapes stand there; `row` is a group
as an array of students, of which the first `count` are meant, and `g` an old group.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.compiled import loop, making
from planner.engines.replanning.group_kernels import goes_with, holds, slots_short
from planner.model.instance import IntArray

FloatArray = NDArray[np.float64]


class OldGroups(NamedTuple):
    """The groups as they were, G of them and one more that stands for any new group; n students, all int64.

    Attributes
    ----------
    members : ndarray, shape (G + 1, width)
        Those who continue, -1 behind them.
    filled : ndarray, shape (G + 1,)
        How many that are.
    home : ndarray, shape (n,)
        Old group of each student, -1 for newcomers.
    stays : ndarray, shape (n,)
        1: does not leave.
    only : ndarray, shape (n,)
        The one group that this student may join, or -1.
    shut : ndarray, shape (G + 1,)
        1: nobody joins.
    joined : ndarray, shape (G + 1,)
        At least so many join, where the group is not empty.
    empty : ndarray, shape (G + 1,)
        0: may not be empty; 1: may be; 2: has to be.
    """

    members: IntArray
    filled: IntArray
    home: IntArray
    stays: IntArray
    only: IntArray
    shut: IntArray
    joined: IntArray
    empty: IntArray


class FoundGroups(NamedTuple):
    """Buffers that groups are written to: as many as there is room for.

    Attributes
    ----------
    rows : ndarray of int64, shape (room, largest)
        Members, -1 behind them.
    labels : ndarray of int64, shape (room,)
        Old group.
    slack : ndarray of float64, shape (room,)
        Reduced cost.
    best : ndarray of float64, shape (G + 1,)
        Least reduced cost seen of each old group.
    total : ndarray of int64, shape (1,)
        How many were found, also beyond the room.
    """

    rows: IntArray
    labels: IntArray
    slack: FloatArray
    best: FloatArray
    total: IntArray


class GroupRequest(NamedTuple):
    """What the reduced cost of a group has to be for it to be listed.

    Attributes
    ----------
    order : ndarray of int64
        Students who may join, the largest gain first.
    gain, dual : ndarray of float64, shape (n,)
        What somebody adds to the worth of a group who joins, and who stays.
    entry : float
        What any group with members adds.
    looked_at : ndarray of bool, shape (G + 1,)
    ceiling : ndarray of float64, shape (G + 1,)
        Most that the reduced cost may be.
    most : int
        From so many groups on with the same members staying, only better ones count.
    cap : int
        Branches after which an old group is given up on.
    enough : int
        Once more groups than this are found, nothing more is looked for.
    """

    order: IntArray
    gain: FloatArray
    dual: FloatArray
    entry: float
    looked_at: NDArray[np.bool_]
    ceiling: FloatArray
    most: int
    cap: int
    enough: int


@loop
def _joins(model, row, count, student, shared, depth):  # type: ignore[no-untyped-def]
    """Whether a group with the first `count` of `row` and this student can still hold.

    Leaves what all of them share at `depth + 1`.
    """
    for o in range(model.overlap_least.shape[0]):
        short = model.overlap_least[o]
        for w in range(model.overlap_start[o], model.overlap_start[o + 1]):
            shared[depth + 1, w] = shared[depth, w] & model.masks[student, w]
            short = slots_short(shared[depth + 1, w], short)
        if model.overlap_violation[o] > 0 and short > 0:
            return False
    return goes_with(model, row, count, student)


@loop
def _keep(model, old, g, bits, row, shared):  # type: ignore[no-untyped-def]
    """Put the members with a bit in `row`; return how many, or -1 where they cannot be the ones who stay."""
    shared[0, :] = -1
    count = 0
    for j in range(old.filled[g]):
        student = old.members[g, j]
        if not bits >> j & 1:
            if old.stays[student]:
                return -1
            continue
        if old.only[student] not in (-1, g) or count == model.largest:
            return -1
        if not _joins(model, row, count, student, shared, 0):
            return -1
        for o in range(shared.shape[1]):
            shared[0, o] = shared[1, o]
        row[count] = student
        count += 1
    return count


@loop
def _write(found, g, row, count, reduced, top):  # type: ignore[no-untyped-def]
    """Write down a group that holds, where its reduced cost is low enough."""
    found.best[g] = min(found.best[g], reduced)
    if reduced > top:
        return
    place = found.total[0]
    if place < len(found.labels):
        for m in range(found.rows.shape[1]):
            found.rows[place, m] = row[m] if m < count else -1
        found.labels[place] = g
        found.slack[place] = reduced
    found.total[0] += 1


@loop
def _able(model, old, asked, g, row, kept, worth, room, top, shared, able):  # type: ignore[no-untyped-def]
    """List who can join those who stay, the most useful first; return how many."""
    count = 0
    lead = max(0.0, asked.gain[asked.order[0]]) if len(asked.order) else 0.0
    for student in asked.order:
        if -(worth + asked.gain[student] + (room - 1) * lead) > top:
            break
        elsewhere = old.home[student] == g or old.stays[student] or old.only[student] not in (-1, g)
        if not elsewhere and _joins(model, row, kept, student, shared, 0):
            able[count] = student
            count += 1
    return count


@loop
def _branch(  # type: ignore[no-untyped-def]
    model, asked, found, g, row, kept, worth, room, need, top, able, count, shared, stack, value
):
    """Try every set of joiners that can bring a group under `top`; return the new top and the branches."""
    depth, branches = 0, 0
    before = found.total[0]
    stack[0], value[0] = -1, worth
    while depth >= 0:
        stack[depth] += 1
        student = able[stack[depth]] if stack[depth] < count else -1
        step = asked.gain[student]
        left = room - depth if step > 0 else max(1, need - depth)
        if student < 0 or -(value[depth] + step * left) > top:
            depth -= 1
            continue
        branches += 1
        if branches > asked.cap or found.total[0] > asked.enough:
            break
        size = kept + depth
        if not _joins(model, row, size, student, shared, depth):
            continue
        row[size] = student
        reduced = -(value[depth] + step)
        if depth + 1 >= need and reduced <= top and holds(model, row, size + 1):
            _write(found, g, row, size + 1, reduced, top)
            if found.total[0] - before >= asked.most:
                top = found.best[g] - 1e-9
        if depth + 1 < room:
            depth += 1
            value[depth], stack[depth] = -reduced, stack[depth - 1]
    return top, branches


@loop
def _of_group(model, old, asked, found, g, row, shared, able, stack, value):  # type: ignore[no-untyped-def]
    """List what one old group can become; return whether it was given up on."""
    top = asked.ceiling[g]
    lead = max(0.0, asked.gain[asked.order[0]]) if len(asked.order) else 0.0
    for bits in range(1 << old.filled[g]):
        kept = _keep(model, old, g, bits, row, shared)
        if kept < 0:
            continue
        worth = asked.entry
        for j in range(kept):
            worth += asked.dual[row[j]]
        room = 0 if old.shut[g] else model.largest - kept
        need = max(model.smallest - kept, old.joined[g])
        if need > room or -(worth + room * lead) > top:
            continue
        if need <= 0 and kept > 0 and holds(model, row, kept):
            _write(found, g, row, kept, -worth, top)
        if room == 0:
            continue
        count = _able(model, old, asked, g, row, kept, worth, room, top, shared, able)
        top, branches = _branch(
            model, asked, found, g, row, kept, worth, room, need, top, able, count, shared, stack, value
        )
        if branches > asked.cap:
            return True
    return False


@making
def enumerate_groups(model, old, asked, found):  # type: ignore[no-untyped-def]
    """Enumerate by branch and bound every group whose reduced cost is at most its ceiling.

    The reduced cost of a group is minus `entry`, minus the duals of those who stay,
    minus the gains of those who join; that of an empty one is zero. Joiners are tried
    in the order of their gain, so that a branch ends where even the best ones left
    cannot bring it under the ceiling.

    Parameters
    ----------
    model : Model
    old : OldGroups
    asked : GroupRequest
    found : FoundGroups
        Written to.

    Returns
    -------
    int
        How many old groups were given up on; the others are complete.
    """
    given_up = 0
    found.total[0] = 0
    row = np.zeros(model.largest, np.int64)
    shared = np.zeros((model.largest + 2, model.masks.shape[1]), np.int64)
    able = np.zeros(len(asked.order) + 1, np.int64)
    stack = np.zeros(model.largest + 2, np.int64)
    value = np.zeros(model.largest + 2, np.float64)
    for g in range(len(old.filled)):
        found.best[g] = np.inf
        if not asked.looked_at[g] or found.total[0] > asked.enough:
            continue
        leaves = old.empty[g] > 0
        for j in range(old.filled[g]):
            leaves = leaves and not old.stays[old.members[g, j]]
        if leaves:
            _write(found, g, row, 0, 0.0, asked.ceiling[g])
        if old.empty[g] < 2:
            given_up += _of_group(model, old, asked, found, g, row, shared, able, stack, value)
    return given_up
