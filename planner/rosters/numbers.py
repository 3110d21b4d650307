"""Numbers that are written in another way than the rest of their column, or are far from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import is_nothing, normalize_text, number
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable

_MOSTLY = 0.5  # at least this share of the cells are numbers
_FEWEST = 5  # numbers that tell what is far from them
_TIMES, _SPREADS = 5, 20
_THOUSANDS = re.compile(r"[.,]\d+[.,]|\d\s\d")
_THREE_DECIMALS = re.compile(r"-?\d{1,3}[.,]\d{3}")


@dataclass(frozen=True)
class _Number:
    row: int
    cell: str
    value: float


def tell_numbers(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Say which numbers were read in a way that may not be meant, and what was made of them.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        filled = [
            (row, cells[place]) for row, cells in zip(table.rows, table.cells, strict=True) if cells[place]
        ]
        found = [_Number(row, cell, value) for row, cell in filled if (value := number(cell)) is not None]
        if not found or len(found) < _MOSTLY * len(filled):
            continue
        other = _in_another_way(found)
        _tell(other, table.headings[place], log)
        _tell_far(_far([one for one in found if one not in other]), table.headings[place], log)


def tell_nothing(
    table: ClassTable, columns: Sequence[int], log: ReadingLog, but: Mapping[str, Sequence[str]] | None = None
) -> None:
    """Leave cells empty, in place, that say there is no answer ("n/a", "n.v.t."), and say which.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    but : mapping of str to sequence of str, optional
        By heading, answers that say something: "none" can be the lowest of a scale.
    """
    for place in columns:
        kept = set(map(normalize_text, (but or {}).get(table.headings[place], ())))
        emptied: list[tuple[int, str]] = []
        for row, cells in zip(table.rows, table.cells, strict=True):
            cell = cells[place]
            if cell and is_nothing(cell) and normalize_text(cell) not in kept:
                emptied.append((row, cell))
                cells[place] = ""
        if emptied:
            shown = [message("“{cell}” (row {row})", cell=cell, row=row) for row, cell in emptied]
            log.add(
                "says-nothing",
                Level.ASSUMED,
                plural_message(
                    "1 cell counts as no answer: {cells}.",
                    "{n} cells count as no answer: {cells}.",
                    len(emptied),
                    cells=some(shown),
                ),
                message("Does one of them mean a number? Write that number in the file."),
                row=emptied[0][0],
                column=table.headings[place],
            )


def _in_another_way(found: Sequence[_Number]) -> list[_Number]:
    hundreds = any(one.cell.isdigit() and one.value >= 100 for one in found)
    thousands = [one for one in found if _THOUSANDS.search(one.cell)]
    looks: list[Callable[[str], object]] = [
        lambda cell: cell.endswith("%"),
        _THOUSANDS.search,
        lambda cell: "e" in cell.lower(),
    ]
    if hundreds or thousands:  # "1.234" is a bit more than one here: is it meant so?
        looks.append(_THREE_DECIMALS.fullmatch)
    other: list[_Number] = []
    for look in looks:
        with_it = [one for one in found if look(one.cell)]
        without = [one for one in found if not look(one.cell)]
        if with_it and without:
            other += with_it if len(with_it) <= len(without) else without
    return sorted(set(other), key=lambda one: one.row)


def _far(found: Sequence[_Number]) -> list[_Number]:
    """Return numbers that are many times the others: a decimal sign may be missing."""
    if len(found) < _FEWEST:
        return []
    middle = median(one.value for one in found)
    spread = max(median(abs(one.value - middle) for one in found), abs(middle) / 20)
    return [
        one for one in found if one.value > _TIMES * middle > 0 and one.value - middle > _SPREADS * spread
    ]


def _tell(other: Sequence[_Number], heading: str, log: ReadingLog) -> None:
    if other:
        log.add(
            "number-notation",
            Level.ASSUMED,
            plural_message(
                "1 number is written differently from the rest: {numbers}.",
                "{n} numbers are written differently from the rest: {numbers}.",
                len(other),
                numbers=some([_read_as(one) for one in other]),
            ),
            message("If that is not what they mean, write them like the others in the file."),
            row=other[0].row,
            column=heading,
        )


def _read_as(one: _Number) -> Message:
    return message(
        "“{cell}” (row {row}) is read as {value}", cell=one.cell, row=one.row, value=_plain(one.value)
    )


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _tell_far(far: Sequence[_Number], heading: str, log: ReadingLog) -> None:
    if far:
        cells = [message("“{cell}” (row {row})", cell=one.cell, row=one.row) for one in far]
        log.add(
            "far-number",
            Level.ASSUMED,
            plural_message(
                "1 number is many times larger than the others: {numbers}.",
                "{n} numbers are many times larger than the others: {numbers}.",
                len(far),
                numbers=some(cells),
            ),
            message("It counts as it is. Check it: a decimal point may be missing."),
            row=far[0].row,
            column=heading,
        )
