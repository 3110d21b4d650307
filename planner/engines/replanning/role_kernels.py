"""Compiled count of the turns that change for those who stay in a group: dynamic programming over sets."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from planner.engines.common.compiled import inlined, loop, making
from planner.model.instance import IntArray

OPEN = 1_000  # a role left open weighs more than all changes together


class Turns(NamedTuple):
    """Planned roles in the rounds to come; n students.

    Attributes
    ----------
    able : ndarray of int64, shape (n, roles)
        1: may take the role.
    had : ndarray of int64, shape (n, rounds)
        Role in each round, -1 for none.
    positions : ndarray of int64, shape (sizes, most)
        Roles of a group of each size, -1 behind them; a doubled role occurs twice.
    """

    able: IntArray
    had: IntArray
    positions: IntArray


@inlined
def _length(places):  # type: ignore[no-untyped-def]
    total = 0
    while total < len(places) and places[total] >= 0:
        total += 1
    return total


@loop
def _with_member(turns, places, total, student, had, stayed, best, longer):  # type: ignore[no-untyped-def]
    """Add a member to the cheapest ways in which each set of positions can be filled."""
    offered = False
    for p in range(total):
        offered |= places[p] == had
    loses = 1 if had >= 0 and offered and turns.able[student, had] else 0
    sets = 1 << total
    for chosen in range(sets):
        longer[chosen] = best[chosen] + loses
    for p in range(total):
        if not turns.able[student, places[p]]:
            continue
        price = 0 if not stayed or places[p] == had else 1 + loses
        for chosen in range(sets):
            if chosen >> p & 1:
                longer[chosen] = min(longer[chosen], best[chosen ^ (1 << p)] + price)
    for chosen in range(sets):
        best[chosen] = longer[chosen]


@loop
def _round(turns, row, count, stayed, r, best, longer):  # type: ignore[no-untyped-def]
    """Fewest changes in a round with as many positions filled as can be."""
    places = turns.positions[count]
    total = _length(places)
    best[: 1 << total] = 1 << 40
    best[0] = 0
    for m in range(count):
        had = turns.had[row[m], r] if stayed[m] else -1
        _with_member(turns, places, total, row[m], had, stayed[m], best, longer)
    least = 1 << 40
    for chosen in range(1 << total):
        filled = 0
        for p in range(total):
            filled += chosen >> p & 1
        least = min(least, best[chosen] + (total - filled) * OPEN)
    return least % OPEN


@making
def role_changes(turns, home, rows, labels):  # type: ignore[no-untyped-def]
    """Return, for each group, the fewest turns that change for those who were in it.

    As many roles as can be are filled in every round; a turn lost and a turn gained
    count as one each. Dynamic programming over members and sets of filled positions.

    Parameters
    ----------
    turns : Turns
    home : ndarray of int64, shape (n,)
        Old group of each student, -1 for newcomers.
    rows : ndarray of int64, shape (m, largest)
        Members of each group, -1 behind them.
    labels : ndarray of int64, shape (m,)
        Old group that each becomes.

    Returns
    -------
    ndarray of int64, shape (m,)
        A lower bound on the changes: rounds are counted one by one.
    """
    found = np.zeros(len(labels), np.int64)
    widest = 1 << turns.positions.shape[1]
    best, longer = np.zeros(widest, np.int64), np.zeros(widest, np.int64)
    stayed = np.zeros(rows.shape[1], np.bool_)
    for place in range(len(labels)):
        count = 0
        while count < rows.shape[1] and rows[place, count] >= 0:
            stayed[count] = home[rows[place, count]] == labels[place]
            count += 1
        for r in range(turns.had.shape[1]):
            found[place] += _round(turns, rows[place], count, stayed, r, best, longer)
    return found
