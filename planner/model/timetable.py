"""The week on one clock: the moments that some answers name, cut so that each is wholly free or not.

Moments that name a time are stretches of the week, in units of five minutes, kept as the bits of one
number. Where they do not overlap they stay as they were written; where they do ("Mon 9-12" beside
"Mon 10-11") or where clocks differ, they are cut to the hour, or to the half or the quarter of it where
that is what people wrote. Other moments ("odd weeks") are only ever equal to themselves.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.model.clock_words import DAY, HOUR
from planner.model.moments import moment_key
from planner.model.week_clock import ANY_DAY, WeekStretch
from planner.model.week_order import in_week_order
from planner.model.week_units import DAY_UNITS, SAME_CLOCK, UNIT, any_of, turned, units_between
from planner.model.week_words import (
    are_lessons,
    day_words,
    hour_text,
    is_word,
    length_of_point,
    on_days,
    step_of,
    within,
)
from planner.model.written_times import Written, WrittenAnswer


@dataclass(frozen=True)
class Slot:
    """A moment that nobody is free at in part; `start` and `end` in units of the week, None for no time."""

    text: str
    start: int | None = None
    end: int | None = None
    point: bool = False  # only its start was written

    @property
    def minutes(self) -> int:
        """How long it lasts; nothing where it names no time."""
        return 0 if self.start is None or self.end is None else (self.end - self.start) * UNIT


class Timetable:
    """The slots of some answers, and which of them an answer holds.

    Parameters
    ----------
    written : iterable of Written
        Every moment of every answer, in the order in which they came up.
    shifts : set of tuple of int
        By how many minutes the clocks of students are behind, see `minutes_ahead`.
    before : iterable of str
        Moments that the class list had before, on the clock of the course; see `remembered`.

    Attributes
    ----------
    slots : tuple of Slot
    step : int or None
        Minutes of a slot, where stretches that overlap had to be cut.
    """

    def __init__(
        self,
        written: Iterable[Written],
        shifts: Iterable[tuple[int, ...]] = (),
        before: Iterable[str] = (),
    ) -> None:
        once = list(dict.fromkeys(written))
        every = [*once, *(Written("", one) for one in before)]
        told = {one: on_days(one) for one in every}
        starts = [s for one in told.values() if one for s in one.stretches if s.end is None]
        self._point, lessons = length_of_point(starts), are_lessons(starts)
        self._told = {one: None if is_word(found, lessons) else found for one, found in told.items()}
        stretched = {one: f for one, f in self._told.items() if f is not None and f.stretches}
        spans = {one: [self._span(s) for s in found.stretches] for one, found in stretched.items()}
        self._timed = {s.day for found in stretched.values() for s in found.stretches}
        moved = any(shift != SAME_CLOCK for shift in shifts)
        self.step = step_of(spans.values(), moved)
        self._days = day_words(every)
        slots = self._cut(spans, shifts, set(once)) if self.step else self._as_written(every, spans)
        self.slots = tuple(slots)
        self._cells = [
            (bit, units_between(s.start, s.end)) for bit, s in enumerate(slots) if s.start is not None
        ]
        self._places = {moment_key(s.text): bit for bit, s in enumerate(slots) if s.start is None}
        self._masks: dict[int, int] = {}
        self._covered: dict[Written, tuple[int, int]] = {}

    # How the week is cut

    def _span(self, stretch: WeekStretch) -> tuple[int, int]:
        end = stretch.start + self._point if stretch.end is None else stretch.end
        first = stretch.day * DAY
        return -(-(first + stretch.start) // UNIT), (first + end) // UNIT

    def _as_written(
        self, every: Sequence[Written], spans: Mapping[Written, list[tuple[int, int]]]
    ) -> list[Slot]:
        found: dict[object, Slot] = {}
        for one in every:
            told = self._told.get(one)
            for stretch, span in zip(told.stretches if told else (), spans.get(one, ()), strict=True):
                text = one.shown if len(spans[one]) == 1 else self._text(*span)
                found.setdefault(span, Slot(text, *span, point=stretch.end is None))
            if self._is_own(one):
                found.setdefault(moment_key(one.shown), Slot(one.shown))
        return list(found.values())

    def _is_own(self, one: Written) -> bool:
        """Whether a moment is a slot of its own: no time, nor what stands for several."""
        found = self._told.get(one)
        if found is None:
            return True
        if found.stretches or (self._timed.intersection(found.days or (ANY_DAY,))):
            return False
        if found.whole and not found.days:
            return not self._timed
        return not (found.whole and any(within(other, found) for other in self._told.values() if other))

    def _cut(
        self,
        spans: Mapping[Written, list[tuple[int, int]]],
        shifts: Iterable[tuple[int, ...]],
        now: Container[Written],
    ) -> list[Slot]:
        covered, union = (
            any_of(
                units_between(*span)
                for one, found in spans.items()
                if (one in now) == is_now
                for span in found
            )
            for is_now in (True, False)
        )
        for shift in {SAME_CLOCK, *shifts}:
            for minutes in shift:
                union |= turned(covered, minutes)
        step = (self.step or HOUR) // UNIT
        slots = [
            Slot(self._text(start, start + step), start, start + step)
            for start in range(0, 8 * DAY_UNITS, step)
            if (union >> start & ((1 << step) - 1)).bit_count() == step
        ]
        own = {moment_key(one.shown): Slot(one.shown) for one in self._told if self._is_own(one)}
        return [*slots, *own.values()]

    # Who is free when

    def mask(self, answer: WrittenAnswer, shift: tuple[int, ...] = SAME_CLOCK) -> int:
        """Return the slots that an answer holds.

        Parameters
        ----------
        answer : WrittenAnswer
        shift : tuple of int
            By how many minutes the clock that it means is behind, each difference of the term.

        Returns
        -------
        int
            A bit for each slot.
        """
        local, found = 0, 0
        for one in answer.free:
            bits, places = self._of(one)
            local |= bits
            found |= places
        for one in answer.shut:
            local &= ~self._of(one)[0]
        if not local:
            return found
        here = turned(local, shift[0])
        for minutes in shift[1:]:
            here &= turned(local, minutes)
        if here not in self._masks:
            self._masks[here] = sum(1 << bit for bit, cell in self._cells if cell & here == cell)
        return found | self._masks[here]

    def _of(self, one: Written) -> tuple[int, int]:
        """Return the units of the week that a moment covers, and the slots without a time that it is."""
        if one not in self._covered:
            self._covered[one] = self._covers(one)
        return self._covered[one]

    def _covers(self, one: Written) -> tuple[int, int]:
        found = self._told[one] if one in self._told else on_days(one)
        place = self._places.get(moment_key(one.shown))
        places = 0 if place is None else 1 << place
        if found is None:
            return 0, places
        if found.stretches:
            return any_of(units_between(*self._span(stretch)) for stretch in found.stretches), places
        if found.whole:
            for other, told in self._told.items():
                at = self._places.get(moment_key(other.shown))
                if told and at is not None and within(told, found):
                    places |= 1 << at
        first, last = found.part or (0, DAY)
        days = found.days or (range(8) if found.whole else (ANY_DAY,))
        return any_of(
            units_between((d * DAY + first) // UNIT, (d * DAY + last) // UNIT) for d in days
        ), places

    # How they are told

    def remembered(self) -> tuple[str, ...]:
        """Return the moments with a time such that they are cut in this way again, whoever leaves."""
        return tuple(
            self._start(slot.start) if slot.point else self._text(slot.start, slot.end)
            for slot in self.slots
            if slot.start is not None and slot.end is not None
        )

    def local(self, mask: int, minutes: int) -> tuple[str, ...]:
        """Return some slots with a time as ranges on another clock.

        Parameters
        ----------
        mask : int
            A bit for each slot.
        minutes : int
            By how many it is behind.

        Returns
        -------
        tuple of str
        """
        bits = turned(any_of(cell for bit, cell in self._cells if mask >> bit & 1), -minutes)
        found: list[list[int]] = []
        for place in range(8 * DAY_UNITS):
            if not bits >> place & 1:
                continue
            if found and found[-1][1] == place and place % DAY_UNITS:
                found[-1][1] = place + 1
            else:
                found.append([place, place + 1])
        return tuple(self._text(start, end) for start, end in found)

    def _start(self, start: int) -> str:
        day, minutes = divmod(start * UNIT, DAY)
        time = f"{minutes // HOUR}:{minutes % HOUR:02}"
        return time if day == ANY_DAY else f"{self._days[day]} {time}"

    def ranges(self, mask: int) -> tuple[str, ...]:
        """Return some slots as people read them: in the order of the week, what follows on as one."""
        slots = [slot for bit, slot in enumerate(self.slots) if mask >> bit & 1]
        found = pieces_of(slots)
        as_written = all(len(piece) == 1 and piece[0].point for piece in found)
        pieces = [piece[0].text if as_written else self._told_as(piece) for piece in found]
        words = in_week_order([slot.text for slot in slots if slot.start is None])
        return in_week_order([*pieces, *words]) if words else tuple(pieces)

    def _told_as(self, piece: Sequence[Slot]) -> str:
        start, end = piece[0].start, piece[-1].end
        return piece[0].text if start is None or end is None else self._text(start, end)

    def _text(self, start: int, end: int) -> str:
        day, first = divmod(start * UNIT, DAY)
        times = f"{hour_text(first)}\u2013{hour_text(first + (end - start) * UNIT)}"
        return times if day == ANY_DAY else f"{self._days[day]} {times}"


def pieces_of(slots: Iterable[Slot]) -> list[list[Slot]]:
    """Return slots with a time in the order of the week, those together that follow on each other on a day.

    Parameters
    ----------
    slots : iterable of Slot

    Returns
    -------
    list of list of Slot
    """
    found: list[list[Slot]] = []
    for slot in sorted((s for s in slots if s.start is not None), key=lambda s: (s.start or 0, s.end or 0)):
        before = found[-1][-1] if found else None
        follows = before is not None and before.end == slot.start and (slot.start or 0) % DAY_UNITS != 0
        if follows:
            found[-1].append(slot)
        else:
            found.append([slot])
    return found


def starts_of(slots: Sequence[Slot], minutes: int) -> list[list[Slot]]:
    """Return for each slot the ones from there on that last for some minutes in one piece, where they do.

    Parameters
    ----------
    slots : sequence of Slot
    minutes : int

    Returns
    -------
    list of list of Slot
    """
    found = []
    for piece in pieces_of(slots):
        for at in range(len(piece)):
            length, end = 0, at
            while end < len(piece) and length < minutes:
                length += piece[end].minutes
                end += 1
            if length >= minutes:
                found.append(piece[at:end])
    return found
