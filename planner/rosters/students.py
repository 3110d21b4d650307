"""Rows of a table become students, with the ids that imports ask for."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.rosters.column_inference import Meaning
from planner.rosters.heading_vocabulary import compact, spaced
from planner.rosters.identity import tidy_id
from planner.rosters.lms_formats import Source
from planner.rosters.name_columns import places
from planner.rosters.people import PersonName
from planner.rosters.table import ClassTable, is_email


def students_of(
    table: ClassTable,
    found: Sequence[Meaning],
    columns: Sequence[tuple[int, Column]],
    source: Source,
    column: int,
    ids: Sequence[str],
    people: Sequence[PersonName],
) -> Roster:
    """Return the students of a table, a row each.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    columns : sequence of (int, Column)
        Those with answers, each with its place.
    source : Source
        Which learning system or program wrote the file.
    column : int
        Place of the column with the ids.
    ids : sequence of str
        Row by row.
    people : sequence of PersonName
        Row by row.

    Returns
    -------
    Roster
    """
    keys = _key_columns(table, found, source, column)
    email = next((place for place in places(found, ColumnKind.EMAIL) if any(table.column(place))), None)
    addresses = [email] if email is not None else places(found, ColumnKind.USERNAME)
    students = []
    for row, student, person in zip(table.cells, ids, people, strict=True):
        tidied = {key: tidy_id(row[place]).text for place, key in keys if row[place]}
        address = next((text for place in addresses if is_email(text := tidy_id(row[place]).text)), None)
        students.append(
            Student(
                id=student,
                name=person.full or student,
                call_name=person.call or student,
                sort_name=person.sort or student,
                email=address,
                keys=tidied,
                answers={about.heading: row[place] for place, about in columns},
            )
        )
    return Roster(students=tuple(students), columns=tuple(about for _, about in columns))


def _key_columns(
    table: ClassTable, found: Sequence[Meaning], source: Source, column: int
) -> list[tuple[int, str]]:
    """Return the columns with ids that an import or a second file may ask for, and their names."""
    keys = []
    for place, (heading, meaning) in enumerate(zip(table.headings, found, strict=True)):
        name = source.keys.get(compact(heading))
        if name is None and meaning.kind is ColumnKind.USERNAME:
            name = "username"
        elif name is None and meaning.kind is ColumnKind.LMS_KEY:
            name = spaced(heading).replace(" ", "_")
        elif name is None and meaning.kind is ColumnKind.STUDENT_NUMBER and place != column:
            name = "student_number"
        if name and meaning.kind not in {ColumnKind.IGNORED, ColumnKind.SENSITIVE}:
            keys.append((place, name))
    return keys
