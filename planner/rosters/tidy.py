"""One spelling for answers that mean the same, and a word on what was made of the others."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import ColumnKind
from planner.rosters.busy import Moments, busy_moments, tell_not, tell_reading, tell_unclear
from planner.rosters.column_inference import Meaning
from planner.rosters.name_columns import places
from planner.rosters.numbers import tell_numbers
from planner.rosters.reading_log import ReadingLog
from planner.rosters.slots import Rows, tidy_slots
from planner.rosters.table import ClassTable
from planner.rosters.twins import tidy_answers

MOMENTS = (ColumnKind.SLOTS, ColumnKind.BUSY)
PLAIN = (ColumnKind.CATEGORY, ColumnKind.TEXT, ColumnKind.NUMBER)


def tidied(
    table: ClassTable, found: Sequence[Meaning], log: ReadingLog, seen: Moments, beside: Rows = ()
) -> Moments:
    """Give answers that mean the same one spelling, in place.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What its columns mean.
    log : ReadingLog
    seen : mapping
        Moments that columns about busy ones were known to have before, by heading.
    beside : sequence of list of str
        Rows of people who left, of which nothing is said.

    Returns
    -------
    mapping
        By heading, the moments of the columns that say when people cannot.
    """
    plain, free, busy = places(found, *PLAIN), places(found, ColumnKind.SLOTS), places(found, ColumnKind.BUSY)
    tidy_answers(table, plain, log)
    tell_numbers(table, plain, log)
    tidy_slots(table, [*free, *busy], log, beside)
    moments = busy_moments(table, busy, log, seen, beside)
    tell_reading(table, found, moments, log)
    tell_not(table, free, log)
    tell_unclear(table, free, log)
    return moments
