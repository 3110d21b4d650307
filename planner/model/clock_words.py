"""The words of a moment that are about the clock: days, times, "all day", parts of a day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from planner.model.answers import WHOLE
from planner.model.moments import DAY_FORMS, PART_FORMS
from planner.model.values import normalize_text

HOUR = 60
DAY = 24 * HOUR
_NOON = 12 * HOUR
_EARLIEST, _LATEST = 6 * HOUR, 7 * HOUR  # "1-3" is in the afternoon, "01-03" and "7-9" are not


class Word(NamedTuple):
    """A word about the clock, and what it says.

    `days` are those that it names, `start` and `end` minutes of a day; `end` is None where only a start
    is said, and `bare` says that it is a number alone.
    """

    kind: Literal["days", "time", "whole", "part"]
    days: tuple[int, ...] = ()
    start: int = 0
    end: int | None = None
    bare: bool = False
    text: str = ""


_NUMBER = {day: place for place, day in enumerate(dict.fromkeys(DAY_FORMS.values()))}
_GROUPS = {
    "every": (
        r"elke dag|alle dagen|iedere dag|dagelijks|every day|daily|all days"
        r"|(?:elke|iedere|every)(?= (?:ochtend|middag|avond|morning|afternoon|evening))",
        tuple(range(7)),
    ),
    "work": ("werkdagen|doordeweeks|weekdays", tuple(range(5))),
    "weekend": ("weekend|weekeinde|weekends", (5, 6)),
}


def _any_of(words: Iterator[str] | frozenset[str] | set[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def _time(name: str) -> str:
    return (
        rf"(?P<h{name}>\d{{1,2}})"
        rf"(?: ?[:.uh] ?(?P<m{name}>\d{{2}})(?!\d)(?::00(?!\d))?|(?<=\d\d)(?P<q{name}>\d{{2}})(?!\d))?"
        rf"(?: ?(?:uur|u|hours|hour|hrs|hr|h|oclock)\b)?(?: ?(?P<a{name}>[ap])\.? ?m\b\.?)?(?![\w:])"
    )


_UNTIL = r"(?:-|tot en met|t/m|tot|to|through|till|until)"
_ALWAYS = {"any time", "anytime", "altijd", "always", "gehele dag", "hele dagen", "full day", "all day long"}
_PATTERN = re.compile(
    "|".join(
        (
            rf"(?P<span>\b(?P<first>{_any_of(set(DAY_FORMS))})\b\.? ?{_UNTIL} ?"
            rf"(?P<last>{_any_of(set(DAY_FORMS))})\b\.?)",
            rf"(?P<day>\b(?:{_any_of(set(DAY_FORMS))})\b\.?)",
            *(rf"(?P<{name}>\b(?:{words})\b)" for name, (words, _) in _GROUPS.items()),
            rf"(?P<range>{_time('1')} ?{_UNTIL} ?{_time('2')})",
            rf"(?P<between>\b(?:tussen|between) {_time('3')} ?(?:en|and|&|{_UNTIL}) ?{_time('4')})",
            rf"(?P<after>\b(?:any time )?(?:vanaf|na|after) {_time('5')})",
            rf"(?P<onwards>{_time('8')} ?(?:onwards|onward|or later|and later|of later|en later))",
            rf"(?P<before>\b(?:voor|before|tot|until) {_time('6')})",
            rf"(?P<time>{_time('7')})",
            rf"(?P<whole>\b(?:{_any_of((set(WHOLE) | _ALWAYS) - {'all', 'alles'})})\b)",
            rf"(?P<part>(?:\bin the |'?\bs )?\b(?:{_any_of(set(PART_FORMS) - {'noon'})})\b)",
            r"(?P<join>[\s,;:&+()\[\]'\"/.-]+|\b(?:en|and|of|or|op|on|at|om|van|from|de|the)\b)",
        )
    )
)
_KINDS = (
    *(
        "span",
        "day",
        *_GROUPS,
        "range",
        "between",
        "after",
        "onwards",
        "before",
        "time",
        "whole",
        "part",
        "join",
    ),
)
_CLOCKS = {"noon": "12pm", "midnight": "12am", "middernacht": "0:00", "o'clock": "oclock"}
_CLOCK = re.compile(rf"\b(?:{'|'.join(_CLOCKS)})\b")
_DATE = re.compile(r"\d ?/ ?\d|\d(?P<sign>[-.])\d{1,2}(?P=sign)\d{2}")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"))
# From when to when a part of the day lasts, beside moments that say their hours.
_PARTS = {
    **dict.fromkeys(("ochtend", "morgen", "voormiddag"), (6, 12)),
    **dict.fromkeys(("middag", "namiddag"), (12, 18)),
    **{"am": (0, 12), "pm": (12, 24), "avond": (18, 24), "nacht": (0, 6)},
}


def clock_words(text: str) -> list[Word] | None:
    """Return the words of a moment that are about the clock; None where there is anything else in it.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Word or None
    """
    plain = _CLOCK.sub(lambda at: _CLOCKS[at[0]], normalize_text(text.translate(_DASHES)))
    date = _DATE.search(plain)
    if date is not None and ("/" not in date[0] or "-" not in plain):
        return None
    words = list(_words(plain))
    return None if None in words else [word for word in words if word is not None]


def _words(plain: str) -> Iterator[Word | None]:
    at = 0
    while at < len(plain):
        found = _PATTERN.match(plain, at)
        if found is None:
            yield None
            return
        at = found.end()
        kind = next(kind for kind in _KINDS if found[kind] is not None)
        if kind != "join":
            yield _word(kind, found)


def _word(kind: str, found: re.Match[str]) -> Word | None:
    if kind in ("span", "day", *_GROUPS):
        return Word("days", days=_days(kind, found), text=found[0].strip(" ."))
    if kind == "whole":
        return Word("whole")
    if kind == "part":
        start, end = part_hours(found[0].split()[-1])
        return Word("part", start=start, end=end)
    return _timed(kind, found)


def _days(kind: str, found: re.Match[str]) -> tuple[int, ...]:
    if kind in _GROUPS:
        return _GROUPS[kind][1]
    if kind == "day":
        return (_NUMBER[DAY_FORMS[found[0].strip(" .")]],)
    first, last = (_NUMBER[DAY_FORMS[found[end]]] for end in ("first", "last"))
    return tuple(place % 7 for place in range(first, last + 1 if first <= last else last + 8))


def part_hours(word: str) -> tuple[int, int]:
    """Return the first and the last minute of a part of the day, in any of its forms."""
    start, end = _PARTS[PART_FORMS[word]]
    return start * HOUR, end * HOUR


class _Clock(NamedTuple):
    hour: int
    minute: int
    half: str  # "a", "p" or nothing
    plain: bool  # neither minutes nor a zero in front

    def minutes(self, half: str = "") -> int:
        half = half or self.half
        hour = self.hour % 12 + 12 * (half == "p") if half and self.hour <= 12 else self.hour
        return hour * HOUR + self.minute


def _read(found: re.Match[str], name: str) -> _Clock | None:
    hour, minute = found[f"h{name}"], found[f"m{name}"] or found[f"q{name}"] or ""
    if int(hour) > 24 or int(minute or 0) > 59 or (int(hour) == 24 and int(minute or 0)):
        return None
    return _Clock(int(hour), int(minute or 0), found[f"a{name}"] or "", hour[0] != "0")


_CLOCK_OF = {"range": "1", "between": "3", "after": "5", "before": "6", "time": "7", "onwards": "8"}


def _likely(one: _Clock) -> int:
    """Return the minutes of a time by itself: "after 4" is in the afternoon."""
    afternoon = one.plain and not one.half and HOUR <= one.minutes() < _EARLIEST
    return one.minutes() + (_NOON if afternoon else 0)


def _timed(kind: str, found: re.Match[str]) -> Word | None:
    one = _read(found, _CLOCK_OF[kind])
    if one is None:
        return None
    if kind in ("after", "onwards"):
        return Word("time", start=_likely(one), end=DAY)
    if kind == "before":
        return Word("time", start=0, end=_likely(one)) if one.minutes() else None
    if kind == "time":
        return Word("time", start=one.minutes(), bare=found[0].isdigit() and len(found[0]) < 3)
    other = _read(found, "2" if kind == "range" else "4")
    ends = None if other is None else _ends(one, other)
    return None if ends is None else Word("time", start=ends[0], end=ends[1])


def _ends(one: _Clock, other: _Clock) -> tuple[int, int] | None:
    """Return the minutes of a range: "11-1pm" begins before noon, "9-5" ends after it, "22-2" at night."""
    start, end = one.minutes(), other.minutes()
    if other.half and not one.half and one.hour <= 12:
        start = one.minutes(other.half)
        start = start if start < end else one.minutes("a" if other.half == "p" else "p")
    elif one.half and not other.half and other.hour <= 12:
        end = other.minutes(one.half)
        end = end if end > start else other.minutes("p")
    elif not (one.half or other.half) and one.plain and start < _EARLIEST and HOUR <= end <= _LATEST:
        start, end = (start, end) if start >= end or start < HOUR else (start + _NOON, end + _NOON)
    if start == end:
        return None
    if end < start and not other.half and start <= _NOON and end + _NOON > start and other.hour:
        end += _NOON
    return start, end if end > start else end + DAY
