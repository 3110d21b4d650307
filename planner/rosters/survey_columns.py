"""The columns of a survey, beside those of the class list: what they are called, and their answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from planner.model.domain import Column, Roster
from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.known_columns import KnownColumns
from planner.rosters.reading_log import ReadingLog


def with_answers(
    roster: Roster,
    columns: Sequence[tuple[int, Column]],
    answers: Mapping[str, Sequence[str]],
    *,
    blank: bool,
) -> Roster:
    """Return the class list with the answers to a survey.

    In a column that the class list has as well, only its empty cells are filled.

    Parameters
    ----------
    roster : Roster
        The class list.
    columns : sequence of (int, Column)
        Those of the survey, each with its place in a row.
    answers : mapping of str to sequence of str
        Rows of the survey by student id.
    blank : bool
        Whether whoever is not in the survey has empty answers; else they have none at all.

    Returns
    -------
    Roster
    """
    students = []
    for student in roster.students:
        row = answers.get(student.id)
        said = dict.fromkeys((column.heading for _, column in columns), "") if blank else {}
        if row is not None:
            said = {column.heading: row[place] for place, column in columns}
        listed = {heading: cell for heading, cell in student.answers.items() if cell or heading not in said}
        students.append(student.model_copy(update={"answers": {**student.answers, **said, **listed}}))
    new = (column for _, column in columns if column.heading not in roster.headings)
    return Roster(students=tuple(students), columns=(*roster.columns, *new))


def called_beside(
    column: Column, roster: Roster, asked: Collection[str], known: KnownColumns, log: ReadingLog
) -> Column:
    """Give a column of a survey the heading that it had before, or one that the class list has not.

    Parameters
    ----------
    column : Column
        Of the survey.
    roster : Roster
        The class list.
    asked : collection of str
        All headings of the survey.
    known : KnownColumns
        Those of the class list before, in a replan.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    Column
    """
    numbered = f"{column.heading} (2)"
    if numbered in known.headings and numbered not in {*roster.headings, *asked}:
        return column.model_copy(update={"heading": numbered})
    if column.heading in known.headings and column.heading in roster.headings and not known.survey_again:
        log.add(
            "fills-heading",
            Level.NOTE,
            message(
                "“{heading}” is in the class list as well; the survey fills the cells that are empty there.",
                heading=column.heading,
            ),
            column=column.heading,
        )
        return column
    return _renamed(column, roster, log)


def _renamed(column: Column, roster: Roster, log: ReadingLog) -> Column:
    """Number a heading that the class list has as well."""
    if column.heading not in roster.headings:
        return column
    number = 2
    while f"{column.heading} ({number})" in roster.headings:
        number += 1
    name = f"{column.heading} ({number})"
    log.add(
        "same-heading",
        Level.NOTE,
        message(
            "“{heading}” is in the class list as well; the answers from the survey are called “{name}”.",
            heading=column.heading,
            name=name,
        ),
        column=column.heading,
    )
    return column.model_copy(update={"heading": name})
