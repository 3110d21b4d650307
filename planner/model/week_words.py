"""What written moments have in common: how long one lasts, how fine they are, what days are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from planner.model.clock_words import HOUR
from planner.model.moments import DAY_FORMS, forms_of, label_of
from planner.model.values import normalize_text
from planner.model.week_clock import ANY_DAY, Said, WeekStretch, said
from planner.model.week_units import UNIT
from planner.model.written_times import Written

_FIRST_LESSON, _LAST_LESSON = HOUR, 12 * HOUR  # numbers that count from one are no hours
_STEPS = (60, 30, 15)
_DAYS = tuple(dict.fromkeys(DAY_FORMS.values()))


def on_days(one: Written) -> Said | None:
    """Return what a moment says of the clock, on the day of its column where it names none."""
    found = said(one.moment)
    if found is None:
        return None
    column = said(one.label) or said(label_of(one.label)) if one.label else None
    if column is None or one.moment == one.label:
        return found
    return found.on(column.days) if not column.stretches else None


def is_word(found: Said | None, lessons: bool) -> bool:
    """Whether a moment is told by its words: a number alone is an hour only beside a day.

    Parameters
    ----------
    found : Said or None
    lessons : bool
        See `are_lessons`.

    Returns
    -------
    bool
    """
    if found is None:
        return True
    return any(one.bare and (lessons or one.day == ANY_DAY) for one in found.stretches)


def length_of_point(starts: Sequence[WeekStretch]) -> int:
    """Return how long a moment lasts that says only when it starts: until the next one, an hour at most."""
    once = sorted({(one.day, one.start) for one in starts})
    gaps = [b - a for (day, a), (other, b) in pairwise(once) if day == other]
    return max(UNIT, min([HOUR, *gaps]))


def are_lessons(starts: Sequence[WeekStretch]) -> bool:
    """Whether numbers alone count from one: lessons of a day rather than hours."""
    bare = [one.start for one in starts if one.bare and one.day != ANY_DAY]
    return bool(bare) and min(bare) == _FIRST_LESSON and max(bare) <= _LAST_LESSON


def step_of(found: Iterable[list[tuple[int, int]]], moved: bool) -> int | None:
    """Return to how many minutes stretches have to be cut; None where none overlap and no clock differs.

    Parameters
    ----------
    found : iterable of list of tuple of (int, int)
        First and last unit of each.
    moved : bool
        Whether some are moved to another clock.

    Returns
    -------
    int or None
    """
    spans = sorted({span for spans in found for span in spans})
    if not spans or (not moved and all(one[1] <= other[0] for one, other in pairwise(spans))):
        return None
    ends = {place * UNIT for span in spans for place in span}
    return next((step for step in _STEPS if all(end % step == 0 for end in ends)), _STEPS[-1])


def within(one: Said, whole: Said) -> bool:
    """Whether a moment without hours is on one of the days that somebody is free all day.

    Parameters
    ----------
    one : Said
    whole : Said
        The moment that says "all day".

    Returns
    -------
    bool
    """
    return one.part is not None and (not whole.days or bool(set(one.days) & set(whole.days)))


def hour_text(minutes: int) -> str:
    """Return a minute of a day as people write it: "9", "9:30"."""
    hour, minute = divmod(minutes, HOUR)
    hour = hour if hour <= 24 else hour - 24
    return f"{hour}:{minute:02}" if minute else str(hour)


def day_words(every: Iterable[Written]) -> tuple[str, ...]:
    """Return a word for each day: the one that came up first, else one of the same kind."""
    typed: dict[int, str] = {}
    for one in every:
        column = one.label if said(one.label) else label_of(one.label)
        for word in re.split(r"[\s:/&-]+", f"{column} {one.moment}"):
            form = normalize_text(word.strip(".,?()"))
            if form in DAY_FORMS:
                typed.setdefault(_DAYS.index(DAY_FORMS[form]), word.strip(".,?()"))
        if len(typed) == len(_DAYS):
            break
    like = next(iter(typed.items()), (0, "ma"))
    kind = forms_of(_DAYS[like[0]]).index(normalize_text(like[1]))
    found = []
    for place, day in enumerate(_DAYS):
        forms = forms_of(day)
        word = forms[min(kind, len(forms) - 1)]
        found.append(typed.get(place, word.capitalize() if like[1][:1].isupper() else word))
    return tuple(found)
