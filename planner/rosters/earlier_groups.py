"""Who was in a group with whom before: lists of groups of another course or year, beside a class list."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.problems import Level, Problem
from planner.model.text import message, plural_message
from planner.rosters.edited_table import answered
from planner.rosters.edits import Edits
from planner.rosters.groups import read_groups
from planner.rosters.model import Reading, SourceFile
from planner.rosters.reading_log import ReadingLog


def with_earlier_groups(reading: Reading, files: Sequence[SourceFile], edits: Edits) -> Reading:
    """Return a class list with a column for each list of earlier groups, called after its file.

    People are found by number, e-mail or user name; where a list has ids of another kind, by full
    name. Whoever is in the list and not in the class is left out.

    Parameters
    ----------
    reading : Reading
    files : sequence of SourceFile
        Those of long ago first.
    edits : Edits
        What was changed by hand since, also in these columns.

    Returns
    -------
    Reading
        Without a roster where a list cannot be read.
    """
    if reading.roster is None or not files:
        return reading
    roster: Roster = reading.roster
    problems: list[Problem] = []
    for file in files:
        roster, told = _with_groups(roster, file)
        problems += told
    rows = {line.row: line.student for line in reading.lines if line.student}
    new = set(roster.headings) - set(reading.roster.headings)
    if new:
        roster = answered(roster, _about(edits, new), rows, ReadingLog(""))
    failed = any(problem.level is Level.ERROR for problem in problems)
    return reading.model_copy(
        update={"roster": None if failed else roster, "problems": (*reading.problems, *problems)}
    )


def _with_groups(roster: Roster, file: SourceFile) -> tuple[Roster, Sequence[Problem]]:
    found = read_groups(file, roster, of_before=True)
    if any(problem.level is Level.ERROR for problem in found.problems):
        return roster, found.problems
    log = ReadingLog(file.name)
    heading = _unused(file.name, roster)
    group_of = {student: group.name for group in found.groups for student in group.members}
    if not group_of:
        log.add(
            "earlier-groups-of-nobody",
            Level.ASSUMED,
            message("Nobody in this class is on this list of groups; it is left out."),
            message("Choose another list, or one with the numbers or names of the class list."),
        )
        return roster, (*found.problems, *log.problems())
    log.add(
        "earlier-groups",
        Level.NOTE,
        plural_message(
            "1 of {students} students was in a group here; the column is called “{heading}”.",
            "{n} of {students} students were in a group here; the column is called “{heading}”.",
            len(group_of),
            students=len(roster.students),
            heading=heading,
        ),
        column=heading,
    )
    students = tuple(
        student.model_copy(update={"answers": {**student.answers, heading: group_of.get(student.id, "")}})
        for student in roster.students
    )
    columns = (*roster.columns, Column(heading=heading, kind=ColumnKind.EARLIER_GROUP))
    return Roster(students=students, columns=columns), (*found.problems, *log.problems())


def _unused(name: str, roster: Roster) -> str:
    """Return the name of a file as a heading that the class list has not."""
    number, heading = 1, name
    while heading in roster.headings:
        number += 1
        heading = f"{name} ({number})"
    return heading


def _about(edits: Edits, headings: set[str]) -> Edits:
    cells = {row: {h: text for h, text in said.items() if h in headings} for row, said in edits.cells.items()}
    joined = {row: {h: t for h, t in said.items() if h in headings} for row, said in edits.joined.items()}
    return Edits(cells={row: said for row, said in cells.items() if said}, joined=joined)
