"""Moments of the week as stretches on a clock: "Mon 9-12", "9am to noon on Tuesdays", "ma t/m wo 13:30".

`moments.py` tells which words a moment has; here it is told from when to when it lasts. What
says anything else besides days and times, such as a room or a date, is no stretch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from planner.model.clock_words import DAY, HOUR, Word, clock_words, part_hours
from planner.model.moments import DAY_FORMS, PART_FORMS, touch, words_of
from planner.model.values import parts_of

ANY_DAY = 7  # beside Monday, 0, to Sunday, 6: a time without a day
_LONGEST = 200  # letters that are looked at
_DAYS = tuple(dict.fromkeys(DAY_FORMS.values()))
# "Mon, Wed and Fri 9-11": a comma between days that share their hours
_DAY = rf"\b(?:{'|'.join(sorted(DAY_FORMS, key=len, reverse=True))})\b\.?"
_LISTED_DAYS = re.compile(
    rf"({_DAY})\s*,\s*(?=(?:{_DAY}\s*(?:,|&|\+|/|\ben\b|\band\b)\s*)*{_DAY}\s*:?\s*\d)", re.IGNORECASE
)


class WeekStretch(NamedTuple):
    """From when to when, in minutes from the start of a day; `end` is None where only a start is said.

    `bare` says that the start is a number alone, which may count lessons as well as hours.
    """

    day: int
    start: int
    end: int | None
    bare: bool = False


@dataclass(frozen=True)
class Said:
    """What a moment says of the clock.

    Attributes
    ----------
    days : tuple of int
        0 is Monday; empty where it names none.
    stretches : tuple of WeekStretch
        On each of the days, or on `ANY_DAY`.
    whole : bool
        "All day".
    part : tuple of (int, int) or None
        First and last minute of the part of the day that it names instead of hours.
    written : tuple of str
        The days, as written.
    """

    days: tuple[int, ...] = ()
    stretches: tuple[WeekStretch, ...] = ()
    whole: bool = False
    part: tuple[int, int] | None = None
    written: tuple[str, ...] = field(default=(), compare=False)

    @property
    def alone(self) -> bool:
        """Whether it is days and nothing else, not even "all day"."""
        return not (self.stretches or self.whole or self.part)

    def on(self, days: Sequence[int]) -> Said:
        """Return the same on some days, where it names none itself."""
        if self.days or not days:
            return self
        stretches = tuple(one._replace(day=day) for day in days for one in self.stretches)
        return replace(self, days=tuple(days), stretches=stretches)


@lru_cache(maxsize=1 << 14)
def said(text: str) -> Said | None:
    """Return what a moment says of the clock; None where it says anything else as well, or nothing.

    Examples
    --------
    >>> said("Mon 9-12, 2pm").stretches
    (WeekStretch(day=0, start=540, end=720, bare=False), WeekStretch(day=0, start=840, end=None, bare=False))
    >>> said("week 3"), said("ma ochtend").part, said("Di: hele dag").whole
    (None, (360, 720), True)
    """
    words = clock_words(text) if len(text) <= _LONGEST else None
    if words is None:
        return _joined_part(text)
    found = [_put_together(words) for words in _sentences(words)]
    if len(found) == 1:
        return found[0]
    if not found or any(not one.stretches for one in found):
        return None
    return Said(
        days=tuple(dict.fromkeys(day for one in found for day in one.days)),
        stretches=tuple(stretch for one in found for stretch in one.stretches),
        written=found[-1].written,
    )


def _joined_part(text: str) -> Said | None:
    """Return a day and its part in one word: "maandagochtend"."""
    words = words_of(text)
    parts = [word for word in words if word in PART_FORMS]
    if len(parts) != 1 or any(word not in _DAYS and word not in parts for word in words):
        return None
    days = tuple(_DAYS.index(word) for word in words if word in _DAYS)
    return Said(days=days, part=part_hours(parts[0]))


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    """Part the words where other days begin: "ma 9-12 en di 13-15" is two."""
    found: list[list[Word]] = []
    for word in words:
        kinds = [one.kind == "days" for one in found[-1]] if found else []
        if not found or (any(kinds) and not all(kinds) and kinds[-1] != (word.kind == "days")):
            found.append([])
        found[-1].append(word)
    return found


def _put_together(words: Sequence[Word]) -> Said:
    named = [word for word in words if word.kind == "days"]
    days = tuple(dict.fromkeys(day for word in named for day in word.days))
    part = next(((word.start, word.end or DAY) for word in words if word.kind == "part"), None)
    times = [_in_part(word, part) for word in words if word.kind == "time"]
    return Said(
        days=days,
        stretches=tuple(
            WeekStretch(day, one.start, one.end, one.bare) for day in days or (ANY_DAY,) for one in times
        ),
        whole=not times and any(word.kind == "whole" for word in words),
        part=None if times else part,
        written=tuple(word.text for word in named),
    )


def _in_part(time: Word, part: tuple[int, int] | None) -> Word:
    """Return a time as its part of the day has it: "8 uur 's avonds" is 20:00."""
    later = 12 * HOUR
    if part is None or time.start >= later or not part[0] <= time.start + later < part[1]:
        return time
    end = None if time.end is None else time.end + (later if time.end <= later else 0)
    return time._replace(start=time.start + later, end=end, bare=False)


@lru_cache(maxsize=1 << 14)
def says_when(text: str) -> bool:
    """Whether a text names a day or a time and nothing else; a number alone does not."""
    found = said(text)
    return found is not None and (bool(found.days) or any(not one.bare for one in found.stretches))


@lru_cache(maxsize=1 << 15)
def moments_in(cell: str) -> tuple[str, ...]:
    """Return the moments in one cell; a time without a day is on the day that was named before it.

    Examples
    --------
    >>> moments_in("Mon 9-12, 14:00-16:00; Tue 10")
    ('Mon 9-12', 'Mon 14:00-16:00', 'Tue 10')
    """
    found, days = [], ""
    cell = _LISTED_DAYS.sub(r"\1 & ", cell) if "," in cell else cell
    for part in parts_of(cell):
        told = said(part)
        if told is None:
            days = ""
        elif told.written:
            days = " & ".join(told.written)
        elif days and (told.stretches or told.part):
            part = f"{_as_typed(days, cell)} {part}"
        found.append(part)
    return tuple(dict.fromkeys(found))


def _as_typed(days: str, cell: str) -> str:
    at = cell.casefold().find(days)
    return cell[at : at + len(days)] if at >= 0 else days


def share_time(one: str, other: str) -> bool:
    """Whether two moments share time, by the clock where both say it, else by their words (`touch`).

    Parameters
    ----------
    one : str
        A moment as people write it.
    other : str
        Another one.

    Returns
    -------
    bool

    Examples
    --------
    >>> share_time("Mon 9-12", "ma 11-13"), share_time("ma 9-11", "ma 11-13"), share_time("ma", "ma ochtend")
    (True, False, True)
    """
    first, second = said(one), said(other)
    if first is None or second is None or not (first.stretches and second.stretches):
        return touch(one, other)
    return any(_meet(mine, theirs) for mine in first.stretches for theirs in second.stretches)


def _meet(one: WeekStretch, other: WeekStretch) -> bool:
    same_day = one.day == other.day or ANY_DAY in (one.day, other.day)
    ends = [(at.start + 1) if at.end is None else at.end for at in (one, other)]
    return same_day and one.start < ends[1] and other.start < ends[0]
