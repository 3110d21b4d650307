"""Stretches of the week as the bits of one number: a bit for every five minutes, any day after Sunday."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.clock_words import DAY

UNIT = 5  # minutes
DAY_UNITS = DAY // UNIT
WEEK_UNITS = 7 * DAY_UNITS
_WEEK = (1 << WEEK_UNITS) - 1
SAME_CLOCK = (0,)


def units_between(start: int | None, end: int | None) -> int:
    """Return the units from one to another; Monday comes after Sunday, and any day after any day.

    Parameters
    ----------
    start : int or None
        First unit; None for no time.
    end : int or None
        The unit behind the last.

    Returns
    -------
    int
    """
    if start is None or end is None:
        return 0
    first, length = (0, WEEK_UNITS) if start < WEEK_UNITS else (WEEK_UNITS, DAY_UNITS)
    bits = ((1 << max(0, end - start)) - 1) << (start - first)
    return ((bits | bits >> length) & ((1 << length) - 1)) << first


def turned(bits: int, minutes: int) -> int:
    """Return units of the week on a clock that is so many minutes ahead.

    Parameters
    ----------
    bits : int
    minutes : int

    Returns
    -------
    int
    """
    by = minutes // UNIT
    if not by:
        return bits
    week, day = bits & _WEEK, bits >> WEEK_UNITS
    return _round(week, by, WEEK_UNITS) | _round(day, by, DAY_UNITS) << WEEK_UNITS


def _round(bits: int, by: int, length: int) -> int:
    by %= length
    return (bits << by | bits >> (length - by)) & ((1 << length) - 1)


def any_of(found: Iterable[int]) -> int:
    """Return the units that are in any of some stretches."""
    together = 0
    for bits in found:
        together |= bits
    return together
