"""What the options of a command name, read: class lists, rules, groups and plans."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence

from planner.model.domain import ColumnKind
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import did_you_mean
from planner.plans.previous import Previous
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Reading, answers_seen
from planner.rosters.said_kinds import require_headings, said_columns
from planner.services.reading import ListRequest, read_list, source


def list_of(options: argparse.Namespace, previous: Previous | None = None) -> Reading:
    """Read the class list, the survey and the earlier groups that the options name.

    Columns mean what they meant in the class list of the `previous` plan, unless the options say
    otherwise, and what that list knows and this one does not stays known.

    Parameters
    ----------
    options : Namespace
        What was typed.
    previous : Previous or None
        The plan that goes on; None for a first one.

    Returns
    -------
    Reading
    """
    course = None if previous is None else previous.course
    before = None if course is None else course.roster
    kinds = {} if before is None else {column.heading: column.kind for column in before.columns}
    known = [one.value for one in ColumnKind]
    corrected, orders = said_columns(dict(said_of_column(one, known) for one in options.column).items())
    reading = read_list(
        ListRequest(
            class_list=source(options.class_list),
            survey=source(options.survey) if options.survey else None,
            earlier=tuple(map(source, options.earlier)),
            kinds=kinds | corrected,
            sheet=options.sheet,
            heading_row=options.heading_row,
            seen=({} if before is None else answers_seen(before, corrected)) | orders,
            before=None if previous is None else AnswersBefore(previous),
        )
    )
    # what a column meant before needs no correction
    said = {heading: kind for heading, kind in corrected.items() if kinds.get(heading) is not kind}
    require_headings(said, [column.heading for column in reading.columns])
    return reading


def said_of_column(text: str, known: Sequence[str]) -> tuple[str, str]:
    """Return a heading and what its column means, with whatever stands behind a colon.

    Parameters
    ----------
    text : str
        ``HEADING=KIND`` or ``HEADING=KIND: more``, as somebody typed it.
    known : sequence of str
        Meanings that can be said.

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    InputError
        Where there is no heading, or no such meaning.
    """
    kinds = "|".join(map(re.escape, known))
    found = re.fullmatch(rf"(?P<heading>.*\S.*)=\s*(?P<kind>(?:{kinds})\s*(?::.*)?)", text, re.DOTALL)
    if found is None:
        kind = text.rpartition("=")[2]
        raise InputError(
            [
                Problem(
                    code="unknown-column-kind",
                    level=Level.ERROR,
                    message=message("“{text}” does not say what a column means.", text=text),
                    hint=did_you_mean(
                        kind, known, message("Write HEADING=KIND, with one of {known}.", known=known)
                    ),
                )
            ]
        )
    return found["heading"], found["kind"]


def summary(reading: Reading) -> Message:
    """Return what was read and how many students it has."""
    students = len(reading.roster.students) if reading.roster else 0
    return plural_message(
        "{source}: one student.", "{source}: {n} students.", students, source=reading.source
    )
