"""When students are free, on one clock: the moments that everybody's answers are cut to, and who has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from planner.model.domain import ColumnKind, Roster, Student
from planner.model.moments import label_of
from planner.model.term_clock import TermClock
from planner.model.time_zones import minutes_ahead, zone_name
from planner.model.timetable import Slot, Timetable, pieces_of
from planner.model.values import normalize_text
from planner.model.week_clock import moments_in, said, share_time
from planner.model.week_order import in_week_order
from planner.model.week_units import SAME_CLOCK
from planner.model.written_times import Asked, Written, WrittenAnswer, WrittenTimes

_ANYWHERE = TermClock()
_ABOUT_TIMES = (ColumnKind.SLOTS, ColumnKind.BUSY)
_KEPT: dict[int, tuple[ref[Roster], dict[tuple[tuple[str, ...], TermClock], FreeTimes]]] = {}


class FreeTimes:
    """The moments of some columns, and who is free when.

    Parameters
    ----------
    headings : sequence of str
        Columns with free moments, busy ones, or both.
    roster : Roster
        Whose columns these are; those about busy moments know the moments that were on offer, and one of
        time zones tells whose clock each student means.
    clock : TermClock, optional
        The zone and the dates of the course.

    Attributes
    ----------
    every : tuple of str
        Every moment, as people read it.
    zone : str or None
        Whose clock the moments are told on; None where nobody said.
    elsewhere : mapping of str to str
        Zones of students who are on another clock than the course, by id.
    unknown : mapping of str to str
        What students wrote as their zone that names none, by id.
    """

    def __init__(self, headings: Sequence[str], roster: Roster, clock: TermClock = _ANYWHERE) -> None:
        self.headings, self._clock = tuple(headings), clock
        self._written = WrittenTimes(headings, roster)
        zones, self.unknown = _zones(roster, headings)
        self.zone = (
            zone_name(clock.zone or "") or next(iter(Counter(zones.values()).most_common(1)), (None,))[0]
        )
        self.elsewhere = {student: zone for student, zone in zones.items() if zone != self.zone}
        answers = [self._written.of(student) for student in roster.students]
        self._answers = {s.id: (s, answer) for s, answer in zip(roster.students, answers, strict=True)}
        free = (one for answer in answers if answer is not None for one in answer.free)
        self._table = Timetable(
            [*self._written.every, *dict.fromkeys(free)],
            {self._shift(student) for student in self.elsewhere},
            self._written.before,
        )
        self.every = tuple(slot.text for slot in self._table.slots)
        self._bits = {text: 1 << place for place, text in enumerate(self.every)}

    @staticmethod
    def known(headings: Sequence[str], roster: Roster, clock: TermClock = _ANYWHERE) -> FreeTimes:
        """Return the moments of some columns, worked out once for a class list.

        Parameters
        ----------
        headings : sequence of str
        roster : Roster
        clock : TermClock, optional
            As for the class.

        Returns
        -------
        FreeTimes
        """
        kept = _KEPT.get(id(roster))
        if kept is None or kept[0]() is not roster:
            place = id(roster)
            kept = _KEPT[place] = (ref(roster, lambda _: _KEPT.pop(place, None)), {})
        asked = (tuple(headings), clock)
        if asked not in kept[1]:
            kept[1][asked] = FreeTimes(headings, roster, clock)
        return kept[1][asked]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every moment, with its place in the week."""
        return self._table.slots

    def remembered(self) -> tuple[str, ...]:
        """Return what the class list has to remember, so that somebody who leaves changes no moment."""
        return self._table.remembered()

    @property
    def step(self) -> int | None:
        """Minutes of a moment, where what people wrote had to be cut."""
        return self._table.step

    def answered(self, student: Student) -> bool:
        """Whether a student said anything."""
        return self._written.answered(student)

    def _shift(self, student: str) -> tuple[int, ...]:
        zone = self.elsewhere.get(student)
        if zone is None or self.zone is None:
            return SAME_CLOCK
        return minutes_ahead(self.zone, zone, *self._clock.dates)

    def mask(self, student: Student) -> int | None:
        """Return when a student is free as a bit for each moment; None where nothing was said of it."""
        read, answer = self._answers.get(student.id, (None, None))
        if read is not student:  # with other answers than in the class list
            answer = self._written.of(student)
        return None if answer is None else self._table.mask(answer, self._shift(student.id))

    def of(self, student: Student) -> tuple[str, ...] | None:
        """Return when a student is free; None where nothing was said of it."""
        mask = self.mask(student)
        return None if mask is None else self._texts(mask)

    def _texts(self, mask: int) -> tuple[str, ...]:
        return tuple(text for place, text in enumerate(self.every) if mask >> place & 1)

    def held(self, moments: Iterable[str]) -> tuple[str, ...]:
        """Return the moments that some lie in, however these are written: those of "Mon 9-12", say.

        Parameters
        ----------
        moments : iterable of str
            On the clock of the course.

        Returns
        -------
        tuple of str
        """
        return self._texts(self._table.mask(as_answer(moments)))

    def free(self, students: Sequence[Student], wanted: Sequence[int] | None = None) -> NDArray[np.bool_]:
        """Return who is free when, shape (students, moments); who said nothing is free at any time.

        Parameters
        ----------
        students : sequence of Student
        wanted : sequence of int, optional
            Bits of moments that count only together, instead of each alone.

        Returns
        -------
        ndarray of bool
        """
        columns = [1 << place for place in range(len(self.every))] if wanted is None else wanted
        rows: dict[int | None, NDArray[np.bool_]] = {None: np.ones(len(columns), bool)}
        masks = [self.mask(student) for student in students]
        for mask in masks:
            if mask is not None and mask not in rows:
                rows[mask] = np.fromiter((mask & one == one for one in columns), bool, len(columns))
        return np.stack([rows[mask] for mask in masks]) if masks else np.zeros((0, len(columns)), bool)

    def ranges(self, moments: Sequence[str]) -> tuple[str, ...]:
        """Return moments as people read them: in the order of the week, those that follow on as one."""
        return self._table.ranges(sum(self._bits[moment] for moment in set(moments)))

    def told_to(self, student: str, moments: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """Return moments as ranges on the clock of a student, once for each difference there is in the term.

        Parameters
        ----------
        student : str
            Id.
        moments : sequence of str

        Returns
        -------
        tuple of tuple of str
            More than one where clocks change on the one side and not on the other, or not on the same day.
        """
        mask = sum(self._bits[moment] for moment in set(moments))
        shifts = self._shift(student)
        if shifts == SAME_CLOCK:
            return (self._table.ranges(mask),)
        return tuple(self._table.local(mask, minutes) for minutes in reversed(shifts))

    def blocks(self, students: Sequence[Student]) -> list[tuple[str, NDArray[np.bool_]]]:
        """Return the moments as columns of a picture, in the order of the week: who is free at each.

        Moments that follow on each other and at which the same students are free are one.

        Parameters
        ----------
        students : sequence of Student

        Returns
        -------
        list of tuple of (str, ndarray of bool)
            What it is called, and whether each of the students is free; who said nothing is.
        """
        free = self.free(students)
        place = {slot: at for at, slot in enumerate(self.slots)}
        found: list[tuple[list[str], NDArray[np.bool_]]] = []
        for piece in pieces_of(self.slots):
            for at, slot in enumerate(piece):
                column = free[:, place[slot]]
                if at and np.array_equal(found[-1][1], column):
                    found[-1][0].append(slot.text)
                else:
                    found.append(([slot.text], column))
        words = in_week_order([slot.text for slot in self.slots if slot.start is None])
        named = [(self.ranges(texts)[0], column) for texts, column in found]
        return named + [(word, free[:, self._bits[word].bit_length() - 1]) for word in words]

    def pieces(self, moments: Sequence[str]) -> list[list[Slot]]:
        """Return moments that say their time, those together that follow on each other on a day."""
        return pieces_of(self.slots[self._bits[moment].bit_length() - 1] for moment in set(moments))

    # What to write for one more moment

    def opened(self, student: Student, moment: str) -> Mapping[str, str]:
        """Return the cells with which a student would be free at one more moment.

        Parameters
        ----------
        student : Student
        moment : str
            As people read it.

        Returns
        -------
        mapping of str to str
            New cells by heading; empty where it is not plain what to write.
        """
        if student.id in self.elsewhere:
            return {}
        for label, asked in self._written.by_label.items():
            called = asked[0].label
            if not asked[0].busy and called and normalize_text(called) == normalize_text(moment):
                return {asked[0].heading: "ja"}
            moments = self._written.known[label] if all(one.busy for one in asked) else ()
            meant = next((one for one in moments if Written(called, one).shown == moment), None)
            if meant is not None:
                return dict(_without(meant, moments, one, student) for one in asked)
        return self._beside(student, moment)

    def _beside(self, student: Student, moment: str) -> Mapping[str, str]:
        """Return a column of free moments with one more in it, where it is plain which column."""
        told = said(moment)
        for asked in self._written.by_label.values():
            column = said(label_of(asked[0].label) or asked[0].label)
            alone = len(self.headings) == 1
            day = told is not None and column is not None and column.alone and column.days == told.days
            if any(one.busy for one in asked) or not (alone or (day and told is not None and told.stretches)):
                continue
            before = student.answer(asked[0].heading).strip() if self.mask(student) else ""
            return {asked[0].heading: f"{before}; {moment}" if before else moment}
        return {}


def as_answer(moments: Iterable[str]) -> WrittenAnswer:
    """Return moments that somebody wrote down as an answer of a student who is free at them."""
    parts = (part for one in moments for part in moments_in(one))
    return WrittenAnswer(tuple(Written("", part) for part in dict.fromkeys(parts)))


def with_zones(roster: Roster, headings: Iterable[str]) -> tuple[str, ...]:
    """Return headings, with that of the time zones where there are moments among them.

    Parameters
    ----------
    roster : Roster
    headings : iterable of str
        That rules read.

    Returns
    -------
    tuple of str
    """
    used = tuple(headings)
    if not any(c.heading in used and c.kind in _ABOUT_TIMES for c in roster.columns):
        return used
    zones = [c.heading for c in roster.columns if c.kind is ColumnKind.TIME_ZONE]
    return tuple(dict.fromkeys([*used, *zones]))


def _without(meant: str, moments: tuple[str, ...], asked: Asked, student: Student) -> tuple[str, str]:
    """Return a column about busy moments, and its cell without one of them."""
    shut = asked.shut(student.answer(asked.heading), moments)
    return asked.heading, "; ".join(one for one in moments if one in shut and not share_time(one, meant))


def _zones(roster: Roster, headings: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the zone of each student who named one, and what others wrote instead, by id."""
    about_times = {c.heading for c in roster.columns if c.kind in _ABOUT_TIMES}
    heading = next((c.heading for c in roster.columns if c.kind is ColumnKind.TIME_ZONE), None)
    if heading is None or about_times.isdisjoint(headings):
        return {}, {}
    zones: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for student in roster.students:
        typed = student.answer(heading).strip()
        zone = zone_name(typed)
        if zone is not None:
            zones[student.id] = zone
        elif typed:
            unknown[student.id] = typed
    return zones, unknown
