"""Moments of the week in order: from Monday on, by the time of the day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from planner.model.moments import DATED, words_of

_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")  # of `words_of`
# When a part of the day begins, in minutes, to put moments in order.
_BEGINS: Mapping[str, int] = {
    **dict.fromkeys(("ochtend", "morgen", "voormiddag", "morning", "am"), 8 * 60),
    "noon": 12 * 60,
    **dict.fromkeys(("middag", "namiddag", "afternoon", "pm"), 12 * 60 + 1),
    **dict.fromkeys(("avond", "evening"), 18 * 60),
    **dict.fromkeys(("nacht", "night"), 22 * 60),
}
LONGEST = len("12:30")  # a number of more signs is no hour
_DATE = re.compile(r"\d\s*/\s*\d")


def in_week_order(moments: Sequence[str]) -> tuple[str, ...]:
    """Return moments from Monday on, by the time of the day; as they are where some are of a week or date.

    What names no day ("always", "online") comes last.

    Examples
    --------
    >>> in_week_order(["Tue morning", "Mon afternoon", "Mon morning"])
    ('Mon morning', 'Mon afternoon', 'Tue morning')
    """
    if any(_is_dated(moment) for moment in moments):
        return tuple(moments)
    return tuple(sorted(moments, key=_place_in_week))


def _is_dated(moment: str) -> bool:
    return not DATED.isdisjoint(words_of(moment)) or _DATE.search(moment) is not None


def _place_in_week(moment: str) -> tuple[int, int]:
    """Return the day and the minute of a moment."""
    words = words_of(moment)
    days = [_DAYS.index(word) for word in words if word in _DAYS]
    if not days:
        return len(_DAYS), 0
    hours = [word for word in words if word[0].isdigit() and len(word) <= LONGEST]
    if not hours:
        return days[0], next((_BEGINS[word] for word in words if word in _BEGINS), 0)
    hour, _, minute = hours[0].partition(":")
    later = 12 if "pm" in words and int(hour) < 12 else 0
    return days[0], (int(hour) + later) * 60 + int(minute or 0)
