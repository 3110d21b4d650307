"""Compiled enumeration of what a group can become: who of its members stay, and who joins.

Every kernel takes a `lowering.Model` and `OldGroups`, whose shapes stand there; `row` is a group
as an array of students, of which the first `count` are meant, and `g` an old group.

All of it stays in one file, also what other kernels count in their own way: numba's
cache on disk looks at the file of a function, not at those it calls, so code in two
files could run half old and half new.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.engines.common.compiled import inlined, loop, making
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


@inlined
def _short(shared, least):  # type: ignore[no-untyped-def]
    """Return how many bits fewer than `least` are set."""
    while shared and least > 0:
        shared &= shared - 1
        least -= 1
    return least


@inlined
def _units(model, f, total, size):  # type: ignore[no-untyped-def]
    if size < model.from_size[f]:
        return 0
    need = model.company[f]
    if need > 0:
        return total * (need + 1 - total) if 0 < total <= need else 0
    if total < model.low[f]:
        return (model.low[f] - total + model.step[f] - 1) // model.step[f]
    if total > model.high[f]:
        return (total - model.high[f] + model.step[f] - 1) // model.step[f]
    return 0


@loop
def _shared_by_all(model, row, count):  # type: ignore[no-untyped-def]
    """Violation and cost of what is asked of the members' sums, slots and labels."""
    violation, cost = 0, 0
    for f in range(model.weights.shape[1]):
        total = 0
        for m in range(count):
            total += model.weights[row[m], f]
        units = _units(model, f, total, count)
        violation += units * model.violation_price[f]
        cost += units * model.cost_price[f]
    for o in range(model.masks.shape[1]):
        shared = model.masks[row[0], o]
        for m in range(1, count):
            shared &= model.masks[row[m], o]
        short = _short(shared, model.overlap_least[o])
        violation += short * model.overlap_violation[o]
        cost += short * model.overlap_cost[o]
    for a in range(model.labels.shape[1]):
        for m in range(count):
            mine = model.labels[row[m], a]
            for k in range(m):
                other = model.labels[row[k], a]
                differ = mine >= 0 and other >= 0 and mine != other
                violation += differ * model.label_violation[a]
                cost += differ * model.label_cost[a]
    return violation, cost


@loop
def _own(model, row, count, m):  # type: ignore[no-untyped-def]
    """Violation and cost of one member's pairs and company; what two share counts with the later one."""
    student = row[m]
    violation, cost = 0, 0
    for entry in range(model.pair_start[student], model.pair_start[student + 1]):
        at = -1
        for k in range(count):
            if row[k] == model.pair_other[entry]:
                at = k
        if model.pair_together[entry]:
            violation += (at < 0) * model.pair_violation[entry]
            cost -= (0 <= at < m) * model.pair_cost[entry]
        elif 0 <= at < m:
            violation += model.pair_violation[entry]
            cost += model.pair_cost[entry]
    for entry in range(model.company_start[student], model.company_start[student + 1]):
        short = model.company_least[entry]
        for place in range(model.others_start[entry], model.others_end[entry]):
            for k in range(count):
                short -= k != m and row[k] == model.others[place]
        violation += max(0, short) * model.company_violation[entry]
        cost += max(0, short) * model.company_cost[entry]
    return violation, cost


@loop
def _priced(model, row, count):  # type: ignore[no-untyped-def]
    """Violation and cost of the first `count` of `row` as a group.

    A pair that would rather be together earns back its price where it is, so over a
    plan the prices of all such pairs have to be added.
    """
    violation, cost = _shared_by_all(model, row, count)
    for m in range(count):
        more_violation, more_cost = _own(model, row, count, m)
        violation += more_violation
        cost += more_cost
    return violation, cost


@loop
def holds(model, row, count):  # type: ignore[no-untyped-def]
    """Return whether the first `count` of `row` can be a group: every `must` cost but the size."""
    violation, _ = _shared_by_all(model, row, count)
    m = 0
    while violation == 0 and m < count:
        violation, _ = _own(model, row, count, m)
        m += 1
    return violation == 0


@loop
def _goes_with(model, row, count, student):  # type: ignore[no-untyped-def]
    """Whether nothing between the student and the first `count` of `row` forbids one group."""
    for entry in range(model.pair_start[student], model.pair_start[student + 1]):
        if model.pair_violation[entry] > 0 and not model.pair_together[entry]:
            for k in range(count):
                if row[k] == model.pair_other[entry]:
                    return False
    for a in range(model.labels.shape[1]):
        mine = model.labels[student, a]
        for k in range(count):
            other = model.labels[row[k], a]
            if model.label_violation[a] > 0 and mine >= 0 and other >= 0 and other != mine:
                return False
    return True


@loop
def _joins(model, row, count, student, shared, depth):  # type: ignore[no-untyped-def]
    """Whether a group with the first `count` of `row` and this student can still hold.

    Leaves what all of them share at `depth + 1`.
    """
    for o in range(model.masks.shape[1]):
        shared[depth + 1, o] = shared[depth, o] & model.masks[student, o]
        if model.overlap_violation[o] > 0 and _short(shared[depth + 1, o], model.overlap_least[o]):
            return False
    return _goes_with(model, row, count, student)


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


@making
def group_prices(model, rows, labels):  # type: ignore[no-untyped-def]
    """Return the cost of every listed group, with homes that of the group it becomes; see `_priced`.

    Parameters
    ----------
    model : Model
    rows : ndarray of int64, shape (m, largest)
        Members, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group.

    Returns
    -------
    ndarray of int64, shape (m,)
        In priced units.
    """
    prices = np.zeros(len(labels), np.int64)
    for place in range(len(labels)):
        count = 0
        while count < rows.shape[1] and rows[place, count] >= 0:
            student = rows[place, count]
            for h in range(model.home.shape[0]):
                away = model.home[h, student] not in (-1, labels[place])
                prices[place] += away * model.home_cost[h, student]
            count += 1
        if count:
            prices[place] += _priced(model, rows[place], count)[1]
    return prices


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
