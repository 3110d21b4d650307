"""Columns whose answers have an order: one spelling for each level, and the order from low to high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.problems import Level
from planner.model.scales import levels_of
from planner.model.text import message
from planner.model.values import is_nothing, normalize_text, number
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable
from planner.rosters.twins import write_alike

Orders = Mapping[str, tuple[str, ...]]  # by heading


def tidy_scales(
    table: ClassTable, columns: Sequence[int], log: ReadingLog, seen: Orders
) -> dict[str, tuple[str, ...]]:
    """Give every level of a scale one spelling, in place, and return the orders.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    seen : mapping of str to tuple of str
        By heading, the order that a scale had before or that somebody gave it.

    Returns
    -------
    dict of str to tuple of str
        By heading, the answers from low to high.
    """
    orders = {}
    for place in columns:
        heading, known = table.headings[place], seen.get(table.headings[place], ())
        levels = levels_of([*known, *table.column(place)], heading)
        for level in levels:
            write_alike(table, place, level, log)
        given = [cell for cell in table.first_rows(place) if cell and not (is_nothing(cell) and not known)]
        order = _order(known, levels, given)
        orders[heading] = order
        _tell_order(heading, order, log, sure=bool(known or levels))
        _tell_beside(table, place, order, log)
    return orders


def _order(known: Sequence[str], levels: Sequence[Sequence[str]], given: Sequence[str]) -> tuple[str, ...]:
    """Return the order that was known, with what the words tell of new answers; else that of the words."""
    there = {normalize_text(cell): cell for cell in given}
    spelled = [
        next((there[w] for one in level if (w := normalize_text(one)) in there), level[0]) for level in levels
    ]
    if not known:
        return tuple(spelled) or _first_come(list(there.values()))
    places = {normalize_text(one): place for place, level in enumerate(levels) for one in level}
    found = [places[word] for one in known if (word := normalize_text(one)) in places]
    if found and found == sorted(found):
        return tuple(spelled)
    if found and found == sorted(found, reverse=True):
        return tuple(reversed(spelled))
    return tuple(known)


def _first_come(given: Sequence[str]) -> tuple[str, ...]:
    values = {cell: number(cell) for cell in given}
    return tuple(
        sorted(given, key=lambda cell: values[cell] or 0.0) if None not in values.values() else given
    )


def _tell_order(heading: str, order: Sequence[str], log: ReadingLog, *, sure: bool) -> None:
    log.add(
        "scale-order",
        Level.NOTE if sure else Level.ASSUMED,
        message(
            "“{column}” is read as a scale, from low to high: {levels}.", column=heading, levels=some(order)
        ),
        message("Is the order different? Change it where you say what the columns mean."),
        column=heading,
    )


def _tell_beside(table: ClassTable, place: int, order: Sequence[str], log: ReadingLog) -> None:
    levels = set(map(normalize_text, order))
    for cell, row in table.first_rows(place).items():
        if cell and not is_nothing(cell) and normalize_text(cell) not in levels:
            log.add(
                "not-on-scale",
                Level.ASSUMED,
                message(
                    "“{cell}” is not in the order of the scale; as a number it counts as no answer.",
                    cell=cell,
                ),
                message("Give it a place in the order where you say what the columns mean."),
                row=row,
                column=table.headings[place],
            )
