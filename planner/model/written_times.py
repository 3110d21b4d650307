"""What students wrote of when they are free, whichever way the columns of a class list ask it.

A column of free moments names them; in a column of busy ones everybody is free at all
other moments that were given there (`Column.moments`). Columns with the same label are
about the same moments: who says both is free where the one says so and the other does
not deny it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from planner.model.answers import (
    BUSY,
    FREE,
    NO,
    POLL_YES,
    WHOLE,
    YES,
    says_not,
)
from planner.model.domain import (
    Column,
    ColumnKind,
    Roster,
    Student,
)
from planner.model.moments import (
    in_brackets,
    label_of,
    listed_once,
    names_moment,
)
from planner.model.values import normalize_text
from planner.model.week_clock import moments_in, said, share_time

_FREE, _NOT_FREE = YES | FREE | POLL_YES, NO | BUSY
_EVERY_MOMENT = YES | BUSY | WHOLE  # in a column about busy moments


class Written(NamedTuple):
    """A moment as somebody wrote it, and how its column is called before it."""

    label: str
    moment: str

    @property
    def shown(self) -> str:
        """The moment as people read it."""
        plain = not self.label or normalize_text(self.moment) == normalize_text(self.label)
        return self.moment if plain else f"{self.label}: {self.moment}"


class WrittenAnswer(NamedTuple):
    """When somebody is free, and when they are not, though it touches the former."""

    free: tuple[Written, ...]
    shut: tuple[Written, ...] = ()


class Asked:
    """A column: how it is called before its moments, and, where it is about busy ones, all of them.

    Parameters
    ----------
    heading : str
        Of the column.
    label : str
        What it is called before its moments.
    moments : tuple of str, optional
        Those that were on offer in a column about busy ones.
    """

    def __init__(self, heading: str, label: str, moments: tuple[str, ...] | None = None) -> None:
        self.heading, self.label = heading, label
        self.busy, self.moments = moments is not None, moments or ()
        self._named = set(map(normalize_text, self.moments))
        self._touched: dict[str, frozenset[str]] = {}  # by part, of all moments
        self._all: tuple[str, ...] | None = None

    def parts(self, cell: str) -> tuple[str, ...]:
        """Return at what somebody cannot, or nothing but "all" of it; of a column about busy ones."""
        found = []
        for part in moments_in(cell):
            word = normalize_text(part)
            if word not in self._named and word in _EVERY_MOMENT:
                return ("*",)
            if word in self._named or word not in NO | FREE:
                found.append(part)
        return tuple(found)

    def shut(self, cell: str, moments: tuple[str, ...]) -> frozenset[str]:
        """Return at which of some moments somebody cannot; of a column about busy ones.

        Parameters
        ----------
        cell : str
            What they wrote.
        moments : tuple of str
            All that they may be free at.

        Returns
        -------
        frozenset of str
        """
        parts = self.parts(cell)
        if parts == ("*",):
            return frozenset(moments)
        if self._all is None:
            self._all = moments
        found = self._touched if moments is self._all else {}
        for part in parts:
            if part not in found:
                found[part] = frozenset(moment for moment in moments if _shut_by(part, moment))
        return frozenset[str]().union(*(found[part] for part in parts))

    def said(self, cell: str, *, alone: bool) -> tuple[str, ...]:
        """Return the moments at which somebody can; of a column about free ones.

        Parameters
        ----------
        cell : str
            What they wrote.
        alone : bool
            Whether it is the only column, so that "yes" says nothing.

        Returns
        -------
        tuple of str
        """
        if not alone and self.label and normalize_text(cell) in _FREE:
            return (self.label,)
        return tuple(part for part in moments_in(cell) if not _denied(part))


def _shut_by(part: str, moment: str) -> bool:
    """Whether somebody who cannot at one moment cannot at another one either, not for a part of it."""
    told = said(moment)
    ranged = told is not None and any(one.end is not None for one in told.stretches)
    if ranged and normalize_text(part) != normalize_text(moment) and said(part) is not None:
        return False  # what is left of it is seen on the clock
    return share_time(moment, part)


def _denied(part: str) -> bool:
    return normalize_text(part) in _NOT_FREE or (names_moment(part) and says_not(part))


class WrittenTimes:
    """The moments of some columns as they were written.

    Parameters
    ----------
    headings : sequence of str
        Columns with free moments, busy ones, or both.
    roster : Roster
        Whose columns these are; those about busy moments know the moments that were on offer.

    Attributes
    ----------
    every : tuple of Written
        The moments that are known though nobody may be free at them: those of columns
        that say when people cannot.
    before : tuple of str
        Moments that the class list had before in columns of free ones.
    """

    def __init__(self, headings: Sequence[str], roster: Roster) -> None:
        self.headings = tuple(headings)
        known = {column.heading: column for column in roster.columns}
        self.by_label: dict[str, list[Asked]] = {}
        for one in _asked([known.get(heading) or heading for heading in headings], roster):
            self.by_label.setdefault(normalize_text(one.label), []).append(one)
        slots = [known[heading] for heading in headings if heading in known]
        self.before = tuple(
            moment for one in slots if one.kind is not ColumnKind.BUSY for moment in one.moments
        )
        busy = [asked for asked in self.by_label.values() if all(one.busy for one in asked)]
        self.every = tuple(
            dict.fromkeys(
                Written(one.label, moment) for asked in busy for one in asked for moment in one.moments
            )
        )
        self._only_busy = len(busy) == len(self.by_label)
        self.known = {label: self._moments(asked, roster) for label, asked in self.by_label.items()}
        plain = all(not one.busy for asked in self.by_label.values() for one in asked)
        self._plain = [one for asked in self.by_label.values() for one in asked] if plain else []
        self._cells: list[dict[str, tuple[Written, ...]]] = [{} for _ in self._plain]

    def _moments(self, asked: Sequence[Asked], roster: Roster) -> tuple[str, ...]:
        """Return the moments at which somebody who only says when they cannot may be free."""
        busy, free = [one for one in asked if one.busy], [one for one in asked if not one.busy]
        if not busy:
            return ()
        known = [moment for one in busy for moment in one.moments]
        for one in free:
            for student in roster.students:
                known += one.said(student.answer(one.heading), alone=False)
        return listed_once(known)

    def answered(self, student: Student) -> bool:
        """Whether a student said anything."""
        return any(student.answer(heading).strip() for heading in self.headings)

    def of(self, student: Student) -> WrittenAnswer | None:
        """Return when a student is free; None where nothing was said of it."""
        if not self._only_busy and not self.answered(student):
            return None
        if self._plain:
            return WrittenAnswer(self._all_free(student))
        cells = {heading: student.answer(heading).strip() for heading in self.headings}
        answers = [self._free(asked, cells) for asked in self.by_label.values()]
        return WrittenAnswer(
            tuple(dict.fromkeys(moment for answer in answers for moment in answer.free)),
            tuple(dict.fromkeys(moment for answer in answers for moment in answer.shut)),
        )

    def _all_free(self, student: Student) -> tuple[Written, ...]:
        """Return the moments of columns about free ones alone, each cell read once: there can be many."""
        alone, answers = len(self.headings) == 1, student.answers
        found: list[Written] = []
        for one, cells in zip(self._plain, self._cells, strict=True):
            cell = answers.get(one.heading)
            if cell:
                if cell not in cells:
                    said_there = one.said(cell.strip(), alone=alone)
                    cells[cell] = tuple(Written(one.label, moment) for moment in said_there)
                found += cells[cell]
        return tuple(found)

    def _free(self, asked: Sequence[Asked], cells: Mapping[str, str]) -> WrittenAnswer:
        label, busy = normalize_text(asked[0].label), [one for one in asked if one.busy]
        free = [one for one in asked if not one.busy and (cells[one.heading] or not busy)]
        alone = len(self.headings) == 1
        told = (moment for one in free for moment in one.said(cells[one.heading], alone=alone))
        moments = tuple(dict.fromkeys(told)) if free else self.known[label]
        shut = frozenset[str]().union(*(one.shut(cells[one.heading], moments) for one in busy))
        called = asked[0].label
        return WrittenAnswer(
            tuple(Written(called, moment) for moment in moments if moment not in shut),
            tuple(Written(called, part) for one in busy for part in one.parts(cells[one.heading])),
        )


def _asked(columns: Sequence[Column | str], roster: Roster) -> list[Asked]:
    busy = {
        column.heading: column
        for column in columns
        if isinstance(column, Column) and column.kind is ColumnKind.BUSY
    }
    headings = [column if isinstance(column, str) else column.heading for column in columns]
    labels = _labels(headings, busy)
    return [
        Asked(heading, labels[heading], _moments(busy[heading], roster))
        if heading in busy
        else Asked(heading, labels[heading])
        for heading in headings
    ]


def _moments(column: Column, roster: Roster) -> tuple[str, ...]:
    """Return the moments of a column about busy ones; by its cells where it came by another way."""
    if column.moments:
        return column.moments
    parts = [part for student in roster.students for part in moments_in(student.answer(column.heading))]
    told = listed_once(part for part in parts if normalize_text(part) not in _EVERY_MOMENT | NO | FREE)
    return told or ((label_of(column.heading) or column.heading,) if parts else ())


def _labels(headings: Sequence[str], busy: Mapping[str, Column]) -> dict[str, str]:
    """Return how each column is called before its moments; one column alone needs no name."""
    free = [heading for heading in headings if heading not in busy]
    if len(headings) == 1:
        return {heading: label_of(heading) if busy else "" for heading in headings}
    short = {heading: label for heading in free if (label := in_brackets(heading))}
    if len(set(map(normalize_text, short.values()))) < len(free):
        short = {}
    plain = {heading: label_of(heading) if busy else heading for heading in free}
    labels = {heading: short.get(heading, plain[heading]) for heading in free}
    return labels | {heading: label_of(heading) for heading in busy}
