"""A class list with what was changed by hand in it: its table, its roster, and its rows to edit again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.model.moments import family_of
from planner.rosters.busy import busy_moments
from planner.rosters.edits import EditedRow, Edits
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import ClassTable
from planner.rosters.tidy import one_spelling


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
    known = {column.heading: column.order for column in columns}
    orders = one_spelling(table, [column.kind for column in columns], log, known)
    people = tuple(
        student.model_copy(update={"answers": {**student.answers, **_said(student, headings, cells)}})
        for student, cells in zip(roster.students, table.cells, strict=True)
    )
    ordered = tuple(
        column.model_copy(update={"order": orders[column.heading]}) if column.heading in orders else column
        for column in roster.columns
    )
    return Roster(students=people, columns=_with_moments(ordered, table, log))


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
