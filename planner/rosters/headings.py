"""Where the headings are, and the table below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.model.base import MOST_COLUMNS
from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.heading_vocabulary import weight
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import Grid, clean, is_email

COLUMN_LIMIT = MOST_COLUMNS
_TOP = 12  # an administration puts up to eight rows above the headings, and blank ones
_IDENTITY = re.compile(r"#?[a-z]{0,2}\d{5,}", re.IGNORECASE)
_NUMBERED = re.compile(r"(?!(?:19|20)\d\d$)[a-z]?\d{3,}", re.IGNORECASE)


def find_headings(grid: Grid, log: ReadingLog, heading_row: int | None = None) -> int | None:
    """Return the place of the heading row, or None where the file has no headings.

    Parameters
    ----------
    grid : Grid
    log : ReadingLog
        Takes what comes to light.
    heading_row : int or None
        The row that the coordinator chose, counted from 1; 0 says that there are none.

    Returns
    -------
    int or None
    """
    if grid.width > COLUMN_LIMIT:
        log.stop(
            "too-many-columns",
            message("There are {n} columns; the limit is {limit}.", n=grid.width, limit=COLUMN_LIMIT),
            message("Remove the columns that you do not need."),
        )
    if heading_row is not None:
        return _chosen(grid, heading_row, log)
    place = _likely(grid)
    if place:
        log.add(
            "heading-row",
            Level.ASSUMED,
            message("Headings found on row {row}.", row=place + 1),
            message("Is that right? If not, choose the row with the headings."),
            row=place + 1,
        )
    return place


def _chosen(grid: Grid, heading_row: int, log: ReadingLog) -> int | None:
    if heading_row == 0:
        return None
    if not 0 < heading_row <= len(grid.rows) or not any(map(clean, grid.rows[heading_row - 1])):
        log.stop(
            "heading-row",
            message("There are no headings on row {row}.", row=heading_row),
            message("Choose the row with the headings."),
            row=heading_row if heading_row > 0 else None,
        )
    return heading_row - 1


def _likely(grid: Grid) -> int | None:
    top = [(place, filled) for place, row in enumerate(grid.rows[:_TOP]) if (filled := _filled(row))]
    known = {place: sum(map(weight, filled)) for place, filled in top if not _like_student(filled)}
    best = max(known.values(), default=0)
    if best:
        return next(place for place, count in known.items() if count == best)
    least = min(2, max((len(filled) for _, filled in top), default=1))
    first = next(((place, filled) for place, filled in top if len(filled) >= least), None)
    if first is None or _like_student(first[1]) or any(map(_NUMBERED.fullmatch, first[1])):
        return None
    return first[0]


def _filled(row: Sequence[str]) -> list[str]:
    return [text for cell in row if (text := clean(cell))]


def _like_student(filled: Sequence[str]) -> bool:
    return any(is_email(cell) or _IDENTITY.fullmatch(cell) for cell in filled)
