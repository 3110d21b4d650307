"""Scores that Excel made dates of: "7-8" became "07-Aug"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.model.values import is_nothing, number
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable, is_date

_MONTH = r"(?:jan|feb|mrt|mar|maa|apr|mei|may|jun|jul|aug|sep|sept|okt|oct|nov|dec)\.?"
_DAMAGED = re.compile(rf"\d{{1,2}}[-/. ]{_MONTH}(?:[-/. ]\d{{2,4}})?|{_MONTH}[-/. ]\d{{1,4}}", re.IGNORECASE)
_RANGE = re.compile(r"\d{1,2}\s?[-–/]\s?\d{1,2}")


def looks_like_date(cell: str) -> bool:
    """Whether a cell is a day of the year, as Excel shows one: ``07-Aug``, ``8-jul``, ``2026-08-07``."""
    return _DAMAGED.fullmatch(cell) is not None or is_date(cell)


def tell_dates(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Say which cells Excel made dates of: those among numbers, or among scores such as "7-8".

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        filled = [(row, cell) for cell, row in _cells(table, place) if not is_nothing(cell)]
        dates = [(row, cell) for row, cell in filled if looks_like_date(cell)]
        scores = [cell for _, cell in filled if _RANGE.fullmatch(cell) or number(cell) is not None]
        if not dates or not scores or len(dates) + len(scores) < len(filled):
            continue
        cells = [message("“{cell}” (row {row})", cell=cell, row=row) for row, cell in dates]
        log.add(
            "excel-dates",
            Level.ASSUMED,
            plural_message(
                "Excel turned one score into a date: {cells}. What it was can no longer be seen.",
                "Excel turned {n} scores into dates: {cells}. What they were can no longer be seen.",
                len(dates),
                cells=some(cells),
            ),
            message("Format the column as text in Excel, and type these scores again."),
            row=dates[0][0],
            column=table.headings[place],
        )


def _cells(table: ClassTable, place: int) -> list[tuple[str, int]]:
    return [(cells[place], row) for row, cells in zip(table.rows, table.cells, strict=True)]
