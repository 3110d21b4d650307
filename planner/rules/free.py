"""When students are free, whichever way the columns of a class list ask it.

A column of free moments names them; in a column of busy ones everybody is free at all
other moments that were given there (`Column.moments`). Columns with the same label are
about the same moments: who says both is free where the one says so and the other does
not deny it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from planner.model.answers import (
    BUSY,
    FREE,
    NO,
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
    family_of,
    in_brackets,
    label_of,
    listed_once,
    names_moment,
    touch,
)
from planner.model.values import choices, normalize_text
from planner.model.week_order import in_week_order

_FREE, _NOT_FREE = YES | FREE, NO | BUSY
_EVERY_MOMENT = YES | BUSY | WHOLE  # in a column about busy moments


@dataclass(frozen=True)
class _Asked:
    """A column: how it is called before its moments, and, where it is about busy ones, all of them."""

    heading: str
    label: str
    busy: bool = False
    moments: tuple[str, ...] = ()

    def shut(self, cell: str, moments: tuple[str, ...]) -> frozenset[str]:
        """Return at which of some moments somebody cannot; of a column about busy ones."""
        named = set(map(normalize_text, self.moments))
        shut: frozenset[str] = frozenset()
        for part in choices(cell):
            word = normalize_text(part)
            if word not in named and word in _EVERY_MOMENT:
                return frozenset(moments)
            if word in named or word not in NO | FREE:
                shut |= _touching(part, moments)
        return shut

    def said(self, cell: str, *, alone: bool) -> tuple[str, ...]:
        """Return the moments at which somebody can; of a column about free ones."""
        if not alone and self.label and normalize_text(cell) in _FREE:
            return (self.label,)
        return tuple(part for part in choices(cell) if not _denied(part))

    def shown(self, moment: str) -> str:
        """Return a moment as people read it."""
        return (
            moment
            if not self.label or normalize_text(moment) == normalize_text(self.label)
            else f"{self.label}: {moment}"
        )


@lru_cache(maxsize=1 << 14)
def _touching(part: str, moments: tuple[str, ...]) -> frozenset[str]:
    return frozenset(moment for moment in moments if touch(moment, part))


def _denied(part: str) -> bool:
    return normalize_text(part) in _NOT_FREE or (names_moment(part) and says_not(part))


class FreeTimes:
    """The moments of some columns, and who is free when.

    Parameters
    ----------
    headings : sequence of str
        Columns with free moments, busy ones, or both.
    roster : Roster
        Whose columns these are; those about busy moments know the moments that were on offer.

    Attributes
    ----------
    every : tuple of str
        The moments that are known though nobody may be free at them: those of columns
        that say when people cannot.
    """

    def __init__(self, headings: Sequence[str], roster: Roster) -> None:
        self.headings = tuple(headings)
        known = {column.heading: column for column in roster.columns}
        self._by_label: dict[str, list[_Asked]] = {}
        for one in _asked([known.get(heading) or heading for heading in headings], roster):
            self._by_label.setdefault(normalize_text(one.label), []).append(one)
        busy = [asked for asked in self._by_label.values() if all(one.busy for one in asked)]
        self.every = tuple(
            dict.fromkeys(one.shown(moment) for asked in busy for one in asked for moment in one.moments)
        )
        self._only_busy = len(busy) == len(self._by_label)
        self._known = {label: self._moments(asked, roster) for label, asked in self._by_label.items()}

    def _moments(self, asked: Sequence[_Asked], roster: Roster) -> tuple[str, ...]:
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

    def of(self, student: Student) -> tuple[str, ...] | None:
        """Return when a student is free; None where nothing was said of it."""
        cells = {heading: student.answer(heading).strip() for heading in self.headings}
        if not self._only_busy and not any(cells.values()):
            return None
        return tuple(
            dict.fromkeys(moment for asked in self._by_label.values() for moment in self._free(asked, cells))
        )

    def _free(self, asked: Sequence[_Asked], cells: Mapping[str, str]) -> Iterable[str]:
        label, busy = normalize_text(asked[0].label), [one for one in asked if one.busy]
        free = [one for one in asked if not one.busy and (cells[one.heading] or not busy)]
        alone = len(self.headings) == 1
        said = (moment for one in free for moment in one.said(cells[one.heading], alone=alone))
        moments = tuple(dict.fromkeys(said)) if free else self._known[label]
        shut = frozenset[str]().union(*(one.shut(cells[one.heading], moments) for one in busy))
        return (asked[0].shown(moment) for moment in moments if moment not in shut)

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
        for label, asked in self._by_label.items():
            plain = next(
                (one.heading for one in asked if normalize_text(one.label) == normalize_text(moment)), None
            )
            if plain is not None and not asked[0].busy:
                return {plain: "ja"}
            moments = self._known[label] if all(one.busy for one in asked) else ()
            meant = next((one for one in moments if asked[0].shown(one) == moment), None)
            if meant is not None:
                return dict(_without(meant, moments, one, student) for one in asked)
        return {}


def _without(meant: str, moments: tuple[str, ...], asked: _Asked, student: Student) -> tuple[str, str]:
    """Return a column about busy moments, and its cell without one of them."""
    shut = asked.shut(student.answer(asked.heading), moments)
    return asked.heading, "; ".join(one for one in moments if one in shut and not touch(one, meant))


def _asked(columns: Sequence[Column | str], roster: Roster) -> list[_Asked]:
    busy = {
        column.heading: column
        for column in columns
        if isinstance(column, Column) and column.kind is ColumnKind.BUSY
    }
    headings = [column if isinstance(column, str) else column.heading for column in columns]
    labels = _labels(headings, busy)
    return [
        _Asked(heading, labels[heading], busy=True, moments=_moments(busy[heading], roster))
        if heading in busy
        else _Asked(heading, labels[heading])
        for heading in headings
    ]


def _moments(column: Column, roster: Roster) -> tuple[str, ...]:
    """Return the moments of a column about busy ones; by its cells where it came by another way."""
    if column.moments:
        return column.moments
    parts = [part for student in roster.students for part in choices(student.answer(column.heading))]
    said = listed_once(part for part in parts if normalize_text(part) not in _EVERY_MOMENT | NO | FREE)
    return said or ((label_of(column.heading) or column.heading,) if parts else ())


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


def moments_to_choose(column: Column, roster: Roster) -> tuple[str, ...]:
    """Return the moments that an answer in a column can name, in the order of the week.

    Parameters
    ----------
    column : Column
        Of free moments, or of busy ones.
    roster : Roster
        Whose answers are looked at, also those to the same question in other columns of this kind.

    Returns
    -------
    tuple of str
        Each moment once; none where the question is answered with yes or no, and in other kinds of columns.
    """
    if column.kind not in (ColumnKind.SLOTS, ColumnKind.BUSY):
        return ()
    family = family_of(column.heading)
    asked = [one for one in roster.columns if one.kind is column.kind and family_of(one.heading) == family]
    parts = dict.fromkeys(
        part for one in asked for student in roster.students for part in choices(student.answer(one.heading))
    )
    busy = column.kind is ColumnKind.BUSY
    short = _EVERY_MOMENT | NO | FREE if busy else _FREE | _NOT_FREE
    named = [part for part in parts if normalize_text(part) not in short]
    if parts and not named:
        return ()
    known = [moment for one in asked for moment in one.moments]
    return in_week_order(listed_once(known or (part for part in named if busy or not _denied(part))))
