"""Tabu search (Glover 1989) for the social golfer problem, rules aside; compiled.

Somebody who meets a person again trades places, within a block, with whoever makes that
least bad; whoever left a group does not come back to it for a while (Dotú & Van
Hentenryck 2007). In what is compiled `places` is of shape (blocks, n) and `met`, how often
two were in one group, of shape (n, n); `r` is a block, and `i`, `j` and `x` are students.
"""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import loop, making
from planner.engines.common.watch import Watch
from planner.model.instance import IntArray

# Set by hand, without a recorded sweep. A longer tenure leads further off before the search comes back.
TRIES = 60  # draws of somebody who meets a person again, before anyone will do
LOOK = 200_000_000  # pairs looked at between two looks at the watch: a step looks at all
TENURE = 6  # steps that a group is closed to who left it, at least; up to twice as many


def fewer_repeats(blocks: IntArray, movable: int, *, seed: int, steps: int, watch: Watch) -> IntArray:
    """Tabu search over swaps within a block for blocks with few repeats and the same sizes of groups.

    Parameters
    ----------
    blocks : ndarray of int64, shape (blocks, students)
        Group of each student; -1 where a student is in none.
    movable : int
        So many of the last blocks may change.
    seed : int
        Below 2**32.
    steps : int
        Swaps at the most.
    watch : Watch

    Returns
    -------
    ndarray of int64, shape (blocks, students)
    """
    groups = int(blocks.max()) + 1
    met = np.zeros((blocks.shape[1], blocks.shape[1]), np.int64)
    for places in blocks:
        met += (places[:, None] == places[None, :]) & (places >= 0)[:, None]
    np.fill_diagonal(met, 0)
    places, kept, fixed = blocks.copy(), blocks.copy(), len(blocks) - movable
    now = int(np.triu(np.maximum(met - 1, 0), 1).sum())
    counts = np.asarray([now, now], np.int64)  # repeats now, and at the best
    closed, enter = np.zeros((*blocks.shape, groups), np.int64), np.zeros(groups, np.int64)
    each = max(1, LOOK // blocks.shape[1] ** 2)
    for begin in range(0, steps if movable else 0, each):
        if counts[1] == 0 or watch.stop():
            break
        end = min(steps, begin + each)
        _trade(places, kept, met, counts, closed, enter, fixed, seed, begin, end)
    return kept


@making
def _trade(places, kept, met, counts, closed, enter, fixed, seed, begin, end):  # type: ignore[no-untyped-def]
    if begin == 0:
        np.random.seed(seed)  # numba's own generator, no other's; it goes on from call to call
    blocks, n = places.shape
    now, best = counts[0], counts[1]
    for step in range(begin, end):
        if best == 0:
            break
        r = np.random.randint(fixed, blocks)
        i = np.random.randint(n)
        for _ in range(TRIES):
            if _meets_again(places, met, r, i):
                break
            r = np.random.randint(fixed, blocks)
            i = np.random.randint(n)
        home = places[r, i]
        if home < 0:
            continue
        j, change = _partner(places, met, closed, r, i, step, now, best, enter)
        if j < 0:
            continue
        there = places[r, j]
        _swap(places, met, r, i, j)
        closed[r, i, home] = step + TENURE + np.random.randint(TENURE)
        closed[r, j, there] = step + TENURE + np.random.randint(TENURE)
        now += change
        if now < best:
            best = now
            kept[:] = places
    counts[0], counts[1] = now, best


@loop
def _meets_again(places, met, r, i):  # type: ignore[no-untyped-def]
    """Return whether somebody in the group of i has been there before."""
    home = places[r, i]
    if home >= 0:
        for x in range(places.shape[1]):
            if x != i and places[r, x] == home and met[i, x] > 1:
                return True
    return False


@loop
def _partner(places, met, closed, r, i, step, now, best, enter):  # type: ignore[no-untyped-def]
    """Return who trades places with i at the least repeats, and how many more those are.

    `enter`, shape (groups,), is room for the repeats of i in each group; `closed`, shape (blocks, n, groups),
    holds the step until which a group is tabu for a student.
    """
    n, home = places.shape[1], places[r, i]
    leave = 0  # repeats that end when i leaves
    enter[:] = 0
    for x in range(n):
        if x != i and places[r, x] == home:
            leave += met[i, x] > 1
        elif places[r, x] >= 0:
            enter[places[r, x]] += met[i, x] > 0
    found, least, alike = -1, 1 << 30, 0
    for j in range(n):
        there = places[r, j]
        if there < 0 or there == home:
            continue
        change = enter[there] - (met[i, j] > 0) - leave + _change(places, met, r, i, j)
        barred = closed[r, i, there] > step or closed[r, j, home] > step
        if (barred and now + change >= best) or change > least:
            continue
        alike = 1 if change < least else alike + 1
        if alike == 1 or np.random.randint(alike) == 0:
            found, least = j, change
    return found, least


@loop
def _change(places, met, r, i, j):  # type: ignore[no-untyped-def]
    """Return the change in the repeats of j when j takes the place of i."""
    change = 0
    home, there = places[r, i], places[r, j]
    for x in range(places.shape[1]):
        if x != j and places[r, x] == there:
            change -= met[j, x] > 1
        elif x != i and places[r, x] == home:
            change += met[j, x] > 0
    return change


@loop
def _swap(places, met, r, i, j):  # type: ignore[no-untyped-def]
    home, there = places[r, i], places[r, j]
    for x in range(places.shape[1]):
        if x in (i, j):
            continue
        if places[r, x] == home:
            met[i, x] -= 1
            met[x, i] -= 1
            met[j, x] += 1
            met[x, j] += 1
        elif places[r, x] == there:
            met[j, x] -= 1
            met[x, j] -= 1
            met[i, x] += 1
            met[x, i] += 1
    places[r, i], places[r, j] = there, home
