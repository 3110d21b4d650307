"""What a coordinator changed in a class list by hand: on top of the file, which stays as it is.

Rows are known by their number in the file and columns by their heading, so edits
outlast another guess of what a column means. Somebody who joined gets a row number
below the last one. The edited rows go through the same reading as a file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from pydantic import Field

from planner.model.domain import (
    Column,
    ColumnKind,
    Frozen,
    Roster,
    Student,
)
from planner.model.moments import family_of
from planner.rosters.busy import busy_moments
from planner.rosters.reading_log import ReadingLog
from planner.rosters.slots import tidy_slots
from planner.rosters.table import ClassTable, clean
from planner.rosters.tidy import MOMENTS, PLAIN
from planner.rosters.twins import tidy_answers

_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


class EditedRow(Frozen):
    """A row of the class list as it is now.

    Attributes
    ----------
    row : int
        Its number in the file, or below the last one for somebody who joined.
    cells : dict
        Heading -> text; sensitive and ignored columns are not in it.
    student : str
        The student's id, where it has one.
    was : dict
        What the file says in cells that were corrected.
    left : bool
    joined : bool
    """

    row: int
    cells: dict[str, str]
    student: str = ""
    was: dict[str, str] = Field(default_factory=dict)
    left: bool = False
    joined: bool = False


class Edits(Frozen):
    """Cells that were corrected, rows of people who left, and people who joined.

    Attributes
    ----------
    cells : dict
        Row -> heading -> what it says now.
    left : frozenset of int
        Rows.
    joined : dict
        Row -> heading -> text.
    """

    cells: dict[int, dict[str, str]] = Field(default_factory=dict)
    left: frozenset[int] = frozenset()
    joined: dict[int, dict[str, str]] = Field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything differs from the file."""
        return bool(self.cells or self.left or self.joined)

    def __len__(self) -> int:
        """Return how many rows differ from the file."""
        return len(self.cells.keys() | self.left | self.joined.keys())

    def changed(self, row: int, heading: str, text: str, before: str | None) -> Edits:
        """Return the edits with another text in a cell; the text of the file is no edit.

        Parameters
        ----------
        row : int, str
        heading : int, str
        text : str
            What the cell says from now on.
        before : str or None
            What it says in the file, where that is known.

        Returns
        -------
        Edits
        """
        if row in self.joined:
            return self.model_copy(update={"joined": _put(self.joined, row, heading, tidy(text))})
        if tidy(text) != before:
            return self.model_copy(update={"cells": _put(self.cells, row, heading, tidy(text))})
        rest = {name: cell for name, cell in self.cells.get(row, {}).items() if name != heading}
        others = {other: cells for other, cells in self.cells.items() if other != row}
        return self.model_copy(update={"cells": {**others, row: rest} if rest else others})

    def leaves(self, row: int) -> Edits:
        """Return the edits after somebody left; one who had only just joined is gone altogether."""
        if row in self.joined:
            others = {other: cells for other, cells in self.joined.items() if other != row}
            return self.model_copy(update={"joined": others})
        return self.model_copy(update={"left": self.left | {row}})

    def stays(self, row: int) -> Edits:
        """Return the edits without somebody's leaving."""
        return self.model_copy(update={"left": self.left - {row}})

    def joins(self, row: int, cells: Mapping[str, str]) -> Edits:
        """Return the edits with one more person, on a row below all others.

        Parameters
        ----------
        row : int
            Number of the row, as the file counts them.
        cells : mapping of str to str
            By heading.

        Returns
        -------
        Edits
        """
        said = {heading: text for heading, cell in cells.items() if (text := tidy(cell))}
        return self.model_copy(update={"joined": {**self.joined, row: said}}) if said else self


def tidy(text: str) -> str:
    """Return a text as a cell can hold it: one line, nothing unreadable, no spaces around it."""
    return clean(_UNREADABLE.sub(" ", text))


def _put(
    rows: Mapping[int, Mapping[str, str]], row: int, heading: str, text: str
) -> dict[int, Mapping[str, str]]:
    return {**rows, row: {**rows.get(row, {}), heading: text}}


def edited(table: ClassTable, edits: Edits) -> ClassTable:
    """Return the table with corrected cells and the people who joined; those who left still in it.

    Parameters
    ----------
    table : ClassTable
    edits : Edits

    Returns
    -------
    ClassTable
    """
    if not edits:
        return table
    cells = [
        _row(table, edits.cells.get(row, {}), before)
        for row, before in zip(table.rows, table.cells, strict=True)
    ]
    empty = [""] * len(table.headings)
    joined = [_row(table, said, empty) for said in edits.joined.values()]
    return replace(table, cells=[*cells, *joined], rows=[*table.rows, *edits.joined])


def _row(table: ClassTable, said: Mapping[str, str], before: Sequence[str]) -> list[str]:
    return [said.get(heading, cell) for heading, cell in zip(table.headings, before, strict=True)]


def still_here(table: ClassTable, edits: Edits) -> ClassTable:
    """Return the table without those who left.

    Parameters
    ----------
    table : ClassTable
    edits : Edits

    Returns
    -------
    ClassTable
    """
    return table.without({place for place, row in enumerate(table.rows) if row in edits.left})


def answered(roster: Roster, edits: Edits, students: Mapping[int, str], log: ReadingLog) -> Roster:
    """Return the roster with what was corrected in the answers to a survey.

    Parameters
    ----------
    roster : Roster
    edits : Edits
    students : mapping
        Row -> id.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    Roster
    """
    said = {students[row]: cells for row, cells in (edits.cells | edits.joined).items() if row in students}
    changed = {heading for cells in said.values() for heading in cells} & set(roster.headings)
    if not changed:
        return roster
    people = tuple(
        student.model_copy(update={"answers": {**student.answers, **_known(said[student.id], roster)}})
        if student.id in said
        else student
        for student in roster.students
    )
    return respelled(Roster(students=people, columns=roster.columns), changed, students, log)


def _known(said: Mapping[str, str], roster: Roster) -> dict[str, str]:
    return {heading: text for heading, text in said.items() if heading in roster.headings}


def respelled(
    roster: Roster, changed: Collection[str], students: Mapping[int, str], log: ReadingLog
) -> Roster:
    """Give the answers in some columns one spelling again; a moment that is new is one for everybody.

    Parameters
    ----------
    roster : Roster
    changed : collection of str
        Headings.
    students : mapping
        Row -> id.
    log : ReadingLog

    Returns
    -------
    Roster
    """
    columns = [column for column in roster.columns if column.heading in changed]
    headings = [column.heading for column in columns]
    rows = {student: row for row, student in students.items()}
    table = ClassTable(
        headings=tuple(headings),
        named=(True,) * len(headings),
        cells=[[student.answer(heading) for heading in headings] for student in roster.students],
        rows=[rows.get(student.id, 0) for student in roster.students],
        heading_row=0,
        letters=("",) * len(headings),
    )
    tidy_slots(table, [at for at, column in enumerate(columns) if column.kind in MOMENTS], log)
    tidy_answers(table, [at for at, column in enumerate(columns) if column.kind in PLAIN], log)
    people = tuple(
        student.model_copy(update={"answers": {**student.answers, **_said(student, headings, cells)}})
        for student, cells in zip(roster.students, table.cells, strict=True)
    )
    return Roster(students=people, columns=_with_moments(roster.columns, table, log))


def _said(student: Student, headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return answers by heading; of what nothing was said there is still none, see `Student`."""
    return {h: cell for h, cell in zip(headings, cells, strict=True) if cell or h in student.answers}


def _with_moments(columns: Sequence[Column], table: ClassTable, log: ReadingLog) -> tuple[Column, ...]:
    """Return the columns with the moments of those about busy ones, and of their twins for other days."""
    busy = {column.heading: column.moments for column in columns if column.kind is ColumnKind.BUSY}
    changed = [place for place, heading in enumerate(table.headings) if heading in busy]
    moments = busy_moments(table, changed, log, busy)
    by_family = {family_of(heading): found for heading, found in moments.items()}
    return tuple(
        column.model_copy(update={"moments": by_family[family]})
        if column.heading in busy and (family := family_of(column.heading)) in by_family
        else column
        for column in columns
    )


def lines(
    file: ClassTable, shown: Sequence[int], rows: Collection[int], students: Mapping[int, str], edits: Edits
) -> tuple[EditedRow, ...]:
    """Return the rows to edit.

    Parameters
    ----------
    file : ClassTable
        As it is in the file.
    shown : sequence of int
        Places of the columns that may be seen.
    rows : collection of int
        Rows that hold students.
    students : mapping
        Row -> id.
    edits : Edits

    Returns
    -------
    tuple of EditedRow
    """
    before = dict(zip(file.rows, file.cells, strict=True))
    table, found = edited(file, edits), []
    for row, cells in zip(table.rows, table.cells, strict=True):
        if row not in rows and row not in edits.left:
            continue
        said = {table.headings[place]: cells[place] for place in shown}
        was = {table.headings[place]: before[row][place] for place in shown} if row in edits.cells else {}
        found.append(
            EditedRow(
                row=row,
                cells=said,
                student=students.get(row, ""),
                was={heading: cell for heading, cell in was.items() if cell != said[heading]},
                left=row in edits.left,
                joined=row in edits.joined,
            )
        )
    return tuple(found)
