"""Tabu search (Glover 1989) for the social golfer problem, rules aside; compiled.

Somebody who meets a person again trades places, within a block, with whoever makes that
least bad; whoever left a group does not come back to it for a while (Dotú & Van
Hentenryck 2007). All of the compiled code is in this file, as `local_search/kernels.py`
explains. In it `places` is of shape (blocks, n) and `met`, how often two were in one group, of
shape (n, n); `r` is a block, and `i`, `j` and `x` are students.
"""

from __future__ import annotations

import numpy as np

from planner.engines.common.compiled import loop, making
from planner.model.instance import IntArray

# Set by hand, without a recorded sweep. A longer tenure leads further off before the search comes back.
TRIES = 60  # draws of somebody who meets a person again, before anyone will do
TENURE = 6  # steps that a group is closed to who left it, at least; up to twice as many


def fewer_repeats(blocks: IntArray, movable: int, *, seed: int, steps: int) -> IntArray:
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

    Returns
    -------
    ndarray of int64, shape (blocks, students)
    """
    groups = int(blocks.max()) + 1
    met = np.zeros((blocks.shape[1], blocks.shape[1]), np.int64)
    for places in blocks:
        met += (places[:, None] == places[None, :]) & (places >= 0)[:, None]
    np.fill_diagonal(met, 0)
    found: IntArray = _trade(blocks.copy(), met, len(blocks) - movable, groups, seed, steps)
    return found


@making
def _trade(places, met, fixed, groups, seed, steps):  # type: ignore[no-untyped-def]
    np.random.seed(seed)  # numba's own generator, no other's
    blocks, n = places.shape
    closed, enter = np.zeros((blocks, n, groups), np.int64), np.zeros(groups, np.int64)
    now = 0
    for a in range(n):
        for b in range(a):
            now += max(0, met[a, b] - 1)
    best, kept = now, places.copy()
    for step in range(steps):
        if best == 0 or fixed >= blocks:
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
    return kept


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
