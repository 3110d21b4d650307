"""One spelling for answers that mean the same, and a word on what was made of the others."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import ColumnKind
from planner.rosters.busy import Moments, busy_moments, tell_not, tell_reading, tell_unclear
from planner.rosters.column_inference import Meaning
from planner.rosters.excel_dates import tell_dates
from planner.rosters.name_columns import places
from planner.rosters.numbers import tell_nothing, tell_numbers
from planner.rosters.reading_log import ReadingLog
from planner.rosters.scale_orders import Orders, tidy_scales
from planner.rosters.sections import tidy_sections
from planner.rosters.slots import Rows, tidy_slots
from planner.rosters.table import ClassTable
from planner.rosters.twins import tidy_answers, tidy_modes

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
        Moments that columns about busy ones were known to have before, and orders of scales, by heading.
    beside : sequence of list of str
        Rows of people who left, of which nothing is said.

    Returns
    -------
    mapping
        By heading, the moments of the columns that say when people cannot, and the order of scales.
    """
    plain, free, busy = places(found, *PLAIN), places(found, ColumnKind.SLOTS), places(found, ColumnKind.BUSY)
    orders = one_spelling(table, [meaning.kind for meaning in found], log, seen, beside)
    tell_dates(table, [*plain, *places(found, ColumnKind.SCALE)], log)
    tell_nothing(table, places(found, ColumnKind.NUMBER, ColumnKind.SCALE), log, but=orders)
    tell_numbers(table, plain, log)
    moments = busy_moments(table, busy, log, seen, beside)
    tell_reading(table, found, moments, log)
    tell_not(table, free, log)
    tell_unclear(table, free, log)
    return {**moments, **orders}


def one_spelling(
    table: ClassTable, kinds: Sequence[ColumnKind], log: ReadingLog, seen: Moments, beside: Rows = ()
) -> Orders:
    """Write answers that are one in one way, in place, whatever their column means.

    Parameters
    ----------
    table : ClassTable
    kinds : sequence of ColumnKind
        Of its columns, in their order.
    log : ReadingLog
    seen : mapping
        By heading, the order that a scale had before.
    beside : sequence of list of str
        Rows of people who left, of which nothing is said.

    Returns
    -------
    mapping
        By heading, the order of scales.
    """

    def of(*wanted: ColumnKind) -> list[int]:
        return [place for place, kind in enumerate(kinds) if kind in wanted]

    tidy_answers(table, of(*PLAIN), log)
    tidy_sections(table, of(ColumnKind.SECTION), log)
    tidy_modes(table, of(ColumnKind.PARTICIPATION), log)
    tidy_slots(table, of(*MOMENTS), log, beside)
    return tidy_scales(table, of(ColumnKind.SCALE), log, seen)
