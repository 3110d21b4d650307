"""The same thing twice: a heading, a student, an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.rosters.column_inference import Meaning
from planner.rosters.lms_formats import Source
from planner.rosters.name_columns import same_name
from planner.rosters.people import PersonName
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable


def check_headings(
    table: ClassTable, found: Sequence[Meaning], source: Source, log: ReadingLog
) -> list[Meaning]:
    """Return the meanings with needless second columns ignored; ask about the others.

    A second column with the same cells is left out. In Forms a question that comes
    back keeps its number. Columns that are ignored anyway need no answer.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    source : Source
        Which learning system or program wrote the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    list of Meaning
    """
    settled = list(found)
    for place, first in table.repeats.items():
        heading = table.headings[first]
        kinds = {found[place].kind, found[first].kind}
        if kinds & {ColumnKind.IGNORED, ColumnKind.SENSITIVE}:
            continue
        if table.column(place) == table.column(first):
            settled[place] = Meaning(ColumnKind.IGNORED, message("The same column is there twice."))
            log.add(
                "duplicate-heading",
                Level.SKIPPED,
                message("“{heading}” occurs twice with the same cells; read once.", heading=heading),
                column=heading,
            )
        elif source.survey and not found[place].corrected:
            log.add(
                "duplicate-heading",
                Level.ASSUMED,
                message(
                    "“{heading}” is asked twice; the second is called “{second}”.",
                    heading=heading,
                    second=table.headings[place],
                ),
                message("Give the questions different names if that is not clear."),
                column=heading,
            )
        elif not (found[place].corrected and found[first].corrected):
            log.add(
                "duplicate-heading",
                Level.ERROR,
                message("“{heading}” occurs twice. Which one is meant?", heading=heading),
                message(
                    "Give one of them another heading in the file, or say that one of them is not needed."
                ),
                row=table.heading_row or None,
                column=heading,
            )
    return settled


def merge_students(
    table: ClassTable, ids: Sequence[str], people: Sequence[PersonName], column: int, log: ReadingLog
) -> tuple[ClassTable, list[int]]:
    """Keep one row for every student, with empty cells filled from the others.

    Returns the table and the places of the rows that were kept. Two names for one
    id is an error: somebody must say which is right.

    Parameters
    ----------
    table : ClassTable
    ids : sequence of str
        Tidied, row by row.
    people : sequence of PersonName
        Names, row by row.
    column : int
        Place of the column with ids.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    tuple of (ClassTable, list of int)
    """
    where: dict[str, list[int]] = defaultdict(list)
    for place, student in enumerate(ids):
        if student:
            where[student.casefold()].append(place)
    again = {student: found for student, found in where.items() if len(found) > 1}
    if not again:
        return table, list(range(len(ids)))
    cells = list(table.cells)
    out: set[int] = set()
    for found in again.values():
        first, *others = found
        other = next((place for place in others if not same_name(people[first], people[place])), None)
        if other is not None:
            _ask_name(table, ids[first], people, (first, other), column, log)
        cells[first], differ = _merged(table, found)
        _tell_merged(table, ids[first], found, differ, column, log)
        out.update(others)
    merged = replace(table, cells=cells).without(out)
    return merged, [place for place in range(len(ids)) if place not in out]


def _ask_name(
    table: ClassTable,
    student: str,
    people: Sequence[PersonName],
    found: tuple[int, int],
    column: int,
    log: ReadingLog,
) -> None:
    first, other = found
    log.add(
        "duplicate-other-name",
        Level.ERROR,
        message(
            "{student} has two names: {first} (row {row}) and {other} (row {other_row}). Which is right?",
            student=student,
            first=people[first].full,
            row=table.rows[first],
            other=people[other].full,
            other_row=table.rows[other],
        ),
        message("Correct the number or the name in one of these rows, or remove the row."),
        row=table.rows[other],
        column=table.headings[column],
    )


def _merged(table: ClassTable, found: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return the first row filled up from the others, and the headings on which they differ."""
    row = list(table.cells[found[0]])
    differ: list[str] = []
    for place in found[1:]:
        for column, cell in enumerate(table.cells[place]):
            if cell and not row[column]:
                row[column] = cell
            elif cell and cell != row[column] and table.headings[column] not in differ:
                differ.append(table.headings[column])
    return row, differ


def _tell_merged(
    table: ClassTable,
    student: str,
    found: Sequence[int],
    differ: Sequence[str],
    column: int,
    log: ReadingLog,
) -> None:
    rows = some([str(table.rows[place]) for place in found])
    row, heading = table.rows[found[1]], table.headings[column]
    if differ:
        log.add(
            "repeated-student",
            Level.ASSUMED,
            message(
                "Student {student} is in rows {rows}, with different cells under {columns}. "
                "The first row counts.",
                student=student,
                rows=rows,
                columns=some([f"“{name}”" for name in differ]),
            ),
            message("If that is not right, remove the wrong row from the file."),
            row=row,
            column=heading,
        )
    else:
        log.add(
            "repeated-student",
            Level.SKIPPED,
            message("Student {student} is in rows {rows}; kept once.", student=student, rows=rows),
            row=row,
            column=heading,
        )


def latest_answers(table: ClassTable, who: Sequence[str], names: Sequence[str], log: ReadingLog) -> set[int]:
    """Return the places of answers that were followed by a later one of the same person.

    Forms writes answers in the order in which they come in, so the lowest row is
    the latest.

    Parameters
    ----------
    table : ClassTable
    who : sequence of str
        Id of the student who gave each answer, row by row.
    names : sequence of str
        Their names, row by row.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    set of int
    """
    last: dict[str, int] = {}
    earlier: set[int] = set()
    for place, person in enumerate(who):
        if person and person in last:
            earlier.add(last[person])
        last[person] = place
    twice = list(dict.fromkeys(who[place] for place in sorted(earlier)))
    if twice:
        log.add(
            "answered-twice",
            Level.ASSUMED,
            plural_message(
                "The latest answer is used for 1 student: {people}.",
                "The latest answer is used for {n} students: {people}.",
                len(twice),
                people=some([names[last[person]] for person in twice]),
            ),
            message("If that is not right, remove the row that should not count."),
            row=table.rows[min(earlier)],
        )
    return earlier
