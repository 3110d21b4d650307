"""The table below the headings: every row of one width, and what is odd in it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.base import MOST_STUDENTS
from planner.model.invisible import is_unreadable
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import ClassTable, Grid, clean, letter

ROW_LIMIT = MOST_STUDENTS


def make_table(grid: Grid, heading: int | None, log: ReadingLog) -> ClassTable:
    """Return the table below the headings, every row of one width.

    Blank rows and repeats of the heading row are left out. Stops where rows and
    headings do not line up, at unreadable characters, and where there is no
    student or too many of them.

    Parameters
    ----------
    grid : Grid
        As it was read.
    heading : int or None
        Place of the heading row; None where there is none.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    ClassTable

    Raises
    ------
    InputError
        Where rows do not line up, or are none or too many.
    """
    above = grid.rows[heading] if heading is not None else []
    width = len(above) if heading is not None else grid.width
    first = heading + 1 if heading is not None else 0
    _check_count(grid, first, log)
    below = [
        (place + 1, cells)
        for place, row in enumerate(grid.rows[first:], start=first)
        if any(cells := [clean(cell) for cell in row])
    ]
    headings = [" ".join(clean(cell).split()) for cell in above] or [""] * width
    if above:
        below = _without_repeats(below, list(map(clean, above)), log)
    if not below:
        log.stop(
            "no-students",
            message("Columns found, but no students."),
            message("Export the list again, with the students in it."),
        )
    if grid.ragged:
        _check_widths(below, width, log)
    rectangle = [(row[:width] + [""] * (width - len(row))) for _, row in below]
    rows = [row for row, _ in below]
    table = _with_headings(headings, rectangle, rows, heading, log)
    _check_characters(table, log)
    _tell_invisible(grid, table, log)
    return table


def _without_repeats(
    below: list[tuple[int, list[str]]], above: list[str], log: ReadingLog
) -> list[tuple[int, list[str]]]:
    """Leave out headings that come back, as at the top of every printed page."""
    again = [row for row, cells in below if cells == above]
    if again:
        log.add(
            "repeated-headings",
            Level.SKIPPED,
            plural_message(
                "1 row repeats the headings; skipped.", "{n} rows repeat the headings; skipped.", len(again)
            ),
            row=again[0],
        )
    return [(row, cells) for row, cells in below if cells != above]


def _check_count(grid: Grid, first: int, log: ReadingLog) -> None:
    if len(grid.rows) - first <= ROW_LIMIT:
        return
    count = sum(any(map(str.strip, row)) for row in grid.rows[first:])
    if count > ROW_LIMIT:
        log.stop(
            "too-many-rows",
            message("There are {n} rows; the limit is {limit}.", n=count, limit=ROW_LIMIT),
            message("Make a list for each course."),
        )


def _check_widths(below: list[tuple[int, list[str]]], width: int, log: ReadingLog) -> None:
    used = [max((place + 1 for place, cell in enumerate(cells) if cell), default=0) for _, cells in below]
    if len(below) > 1 and min(used) > width:
        log.stop(
            "shifted-rows",
            plural_message(
                "Rows and headings do not line up: every row has more cells than the one heading.",
                "Rows and headings do not line up: every row has more cells than the {n} headings.",
                width,
            ),
            message("Give every column a heading and save the file."),
            row=below[0][0],
        )
    for (row, cells), count in zip(below, used, strict=True):
        if count > width:
            log.add(
                "too-many-cells",
                Level.ERROR,
                plural_message(
                    "This row has one cell; the headings have {width}.",
                    "This row has {n} cells; the headings have {width}.",
                    len(cells),
                    width=width,
                ),
                message("Remove the extra cell, or put quotation marks around text with a separator in it."),
                row=row,
            )
    _tell_short([row for row, cells in below if len(cells) < width], log)


def _tell_short(short: list[int], log: ReadingLog) -> None:
    if short:
        log.add(
            "too-few-cells",
            Level.ASSUMED,
            plural_message(
                "1 row has fewer cells than there are headings; the last cells are read as empty.",
                "{n} rows have fewer cells than there are headings; the last cells are read as empty.",
                len(short),
            ),
            message("Check this row."),
            row=short[0],
        )


def _with_headings(
    headings: list[str], cells: list[list[str]], rows: list[int], heading: int | None, log: ReadingLog
) -> ClassTable:
    """Leave out empty columns without a heading; call the others without one by their letter."""
    filled = [bool(text) or any(row[place] for row in cells) for place, text in enumerate(headings)]
    if not all(filled):
        places = [place for place, use in enumerate(filled) if use]
        cells = [[row[place] for place in places] for row in cells]
    else:
        places = list(range(len(headings)))
    named = tuple(bool(headings[place]) for place in places)
    shown = [headings[place] or letter(place) for place in places]
    for text, has_name in zip(shown, named, strict=True):
        if not has_name and heading is not None:
            log.add(
                "no-heading",
                Level.ASSUMED,
                message("Column {column} has no heading; it is called by its letter.", column=text),
                message("Give it a heading in the file if you need it."),
                column=text,
            )
    apart, again = _told_apart(shown)
    letters = tuple(map(letter, places))
    return ClassTable(apart, named, cells, rows, heading + 1 if heading is not None else 0, letters, again)


def _told_apart(headings: Sequence[str]) -> tuple[tuple[str, ...], dict[int, int]]:
    """Number headings that occur more than once: the second "Naam" becomes "Naam (2)".

    Also returns the place of each numbered one with the place that it repeats.
    """
    first: dict[str, int] = {}
    apart: list[str] = []
    again: dict[int, int] = {}
    for place, heading in enumerate(headings):
        name, number = heading, 1
        while name in first or (number > 1 and name in headings):
            number += 1
            name = f"{heading} ({number})"
        if number > 1:
            again[place] = first[heading]
        first[name] = place
        apart.append(name)
    return tuple(apart), again


def _tell_invisible(grid: Grid, table: ClassTable, log: ReadingLog) -> None:
    """Say that marks which take no room were left out inside cells; around them they are like spaces."""
    if all(line.isascii() for row in grid.rows for line in row):
        return
    first = max(table.heading_row - 1, 0)
    found = [
        (row, place)
        for row, cells in enumerate(grid.rows[first:], start=first)
        for place, cell in enumerate(cells)
        if not cell.isascii() and _left_inside(cell)
    ]
    if found:
        row, place = found[0]
        called = dict(zip(table.letters, table.headings, strict=True))
        log.add(
            "invisible-signs",
            Level.FIXED,
            plural_message(
                "1 cell contained invisible characters; they are left out.",
                "{n} cells contained invisible characters; they are left out.",
                len(found),
            ),
            row=row + 1,
            column=called.get(letter(place)) or letter(place),
        )


def _left_inside(cell: str) -> bool:
    around = clean(cell)
    return bool(around) and around not in cell


def _check_characters(table: ClassTable, log: ReadingLog) -> None:
    for place, heading in enumerate(table.headings):
        if is_unreadable(heading):
            _tell_character(max(table.heading_row, 1), letter(place), log)
    for row, cells in zip(table.rows, table.cells, strict=True):
        if is_unreadable("".join(cells)):
            place = next(place for place, cell in enumerate(cells) if is_unreadable(cell))
            _tell_character(row, table.headings[place], log)


def _tell_character(row: int, column: str, log: ReadingLog) -> None:
    log.add(
        "unreadable-character",
        Level.ERROR,
        message("There is an unreadable character in this row."),
        message("Export the list again as UTF-8, or type the cell again and save the file."),
        row=row,
        column=column,
    )
