"""What is said of answers of before: which columns the new list lacks, and of whom nothing is known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from planner.model.domain import Roster
from planner.model.moments import family_of
from planner.model.problems import Level, Problem
from planner.model.text import message, plural_message
from planner.rosters.busy import tell_empty
from planner.rosters.reading_log import ReadingLog, some

BEFORE, UNKNOWN = "answers-before", "answers-unknown"  # codes
EMPTY = ("busy-empty", "busy-unanswered")  # said anew once answers of before are there


def answer_remarks(missing: Sequence[str], counted: int, nobody: Sequence[str]) -> list[Problem]:
    """Return what to say of answers of before.

    Parameters
    ----------
    missing : sequence of str
        Headings that neither the new list nor its survey has.
    counted : int
        Students with answers of before that the new list does not say.
    nobody : sequence of str
        Names of new students of whom nothing is known.

    Returns
    -------
    tuple of Problem
    """
    lines = []
    if missing:
        lines.append(_columns_before(missing, counted))
    elif counted:
        lines.append(_not_in_survey(counted))
    if nobody:
        lines.append(_nobody(nobody))
    return lines


def _columns_before(missing: Sequence[str], count: int) -> Problem:
    counts = plural_message(
        "what 1 student answered before still counts", "what {n} students answered before still counts", count
    )
    return Problem(
        code=BEFORE,
        level=Level.ASSUMED,
        message=plural_message(
            "The new list has no column {columns}; {counts}.",
            "The new list does not have the columns {columns}; {counts}.",
            len(missing),
            columns=some([f"“{heading}”" for heading in missing]),
            counts=counts,
        ),
    )


def _not_in_survey(count: int) -> Problem:
    return Problem(
        code=BEFORE,
        level=Level.ASSUMED,
        message=plural_message(
            "1 student is not in the survey; what this student answered before still counts.",
            "{n} students are not in the survey; what they answered before still counts.",
            count,
        ),
    )


def _nobody(names: Sequence[str]) -> Problem:
    return Problem(
        code=UNKNOWN,
        level=Level.ASSUMED,
        message=plural_message(
            "Nothing is known yet about 1 new student: {names}.",
            "Nothing is known yet about {n} new students: {names}.",
            len(names),
            names=some(names),
        ),
        hint=message(
            "Until there are answers, they count as missing. "
            "Add a survey with them, or type them in the table of students."
        ),
    )


def tell_busy(roster: Roster, headings: Iterable[str], new: Collection[str], log: ReadingLog) -> None:
    """Say who is free at every moment because nothing is known, as on reading a list with these columns.

    Parameters
    ----------
    roster : Roster
    headings : iterable of str
        Of the columns about busy moments.
    new : collection of str
        Ids of who is new.
    log : ReadingLog
        Takes what comes to light.
    """
    asked = {family_of(heading) for heading in headings}
    columns = tuple(column for column in roster.columns if family_of(column.heading) in asked)
    tell_empty(Roster(students=roster.students, columns=columns), new, log)
