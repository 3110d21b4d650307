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
    """Return moments from Monday on, by the time of the day; as they are where not all are of one week.

    Examples
    --------
    >>> in_week_order(["Tue morning", "Mon afternoon", "Mon morning"])
    ('Mon morning', 'Mon afternoon', 'Tue morning')
    """
    places = [_place_in_week(moment) for moment in moments]
    if any(place is None for place in places):
        return tuple(moments)
    return tuple(moments[at] for at in sorted(range(len(moments)), key=lambda at: places[at] or (0, 0)))


def _place_in_week(moment: str) -> tuple[int, int] | None:
    """Return the day and the minute of a moment; None where it names no day, or more than a day."""
    words = words_of(moment)
    days = [_DAYS.index(word) for word in words if word in _DAYS]
    if not days or not DATED.isdisjoint(words) or _DATE.search(moment):
        return None
    hours = [word for word in words if word[0].isdigit() and len(word) <= LONGEST]
    if not hours:
        return days[0], next((_BEGINS[word] for word in words if word in _BEGINS), 0)
    hour, _, minute = hours[0].partition(":")
    later = 12 if "pm" in words and int(hour) < 12 else 0
    return days[0], (int(hour) + later) * 60 + int(minute or 0)
