"""By what students are told apart: the column, and what happened to its cells on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import is_nothing
from planner.rosters.column_inference import Meaning
from planner.rosters.name_columns import NAMES, places
from planner.rosters.people import PersonName
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable

_GUARD = re.compile(r"=\s*\"([^\"]*)\"|'([^']+)")
_DECIMAL = re.compile(r"(\d+)[.,]0+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E[+]?\d{1,3}", re.ASCII)
_ADDRESS = re.compile(r"<([^<>@\s]+@[^<>@\s]+)>$")
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
_ORDER = (ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY)


@dataclass(frozen=True)
class TidyId:
    """An id as it is used, and what was changed: ``hash``, ``decimal``, ``guard`` or nothing."""

    text: str
    change: str = ""


def tidy_id(cell: str) -> TidyId:
    """Return an id without what spreadsheets and LMSs put around it."""
    text, change = _SPACE.sub(" ", cell).strip(), ""
    guard = _GUARD.fullmatch(text)
    if guard is not None:
        text, change = (guard[1] or guard[2] or "").strip(), "guard"
    if text.startswith("#") and len(text) > 1:
        text, change = text[1:].strip(), "hash"
    decimal = _DECIMAL.fullmatch(text)
    if decimal is not None:
        text, change = decimal[1], "decimal"
    if "@" in text:
        address = _ADDRESS.search(text)
        text = (address[1] if address is not None else text).lower().removeprefix("mailto:")
    return TidyId("" if is_nothing(text) else text, change)


def choose_id(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> int:
    """Return the column by which students are told apart.

    Student number, else e-mail, else user name, else the key of an LMS, else a name; one that
    has anything in it. Stops where there is none.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    int
        Place of the column.

    Raises
    ------
    InputError
        Where there is no such column.
    """
    filled = [place for place in places(found, *_ORDER, *NAMES) if any(table.column(place))]
    if not filled:
        log.stop(
            "no-id",
            message("There is no column with student numbers, e-mail addresses or names."),
            message("Choose the column by which students are told apart, or add one to the file."),
        )
    return filled[0]


def tidy_column(table: ClassTable, place: int, log: ReadingLog, exact: Collection[int] = ()) -> list[str]:
    """Return the ids of a column, tidied; say what was changed.

    Parameters
    ----------
    table : ClassTable
    place : int
        Of the column in the table.
    log : ReadingLog
        Takes what comes to light.
    exact : collection of int
        Rows whose id is right as it stands, whatever it looks like.

    Returns
    -------
    list of str
    """
    tidied = [
        TidyId(cell) if row in exact else tidy_id(cell)
        for row, cell in zip(table.rows, table.column(place), strict=True)
    ]
    for change, count in Counter(tidy.change for tidy in tidied if tidy.change).items():
        first = next(at for at, tidy in enumerate(tidied) if tidy.change == change)
        before, after = table.cells[first][place], tidied[first].text
        log.add(
            f"{change}-prefix" if change == "hash" else f"{change}-number",
            Level.FIXED,
            _CHANGES[change](count, before, after),
            row=table.rows[first],
            column=table.headings[place],
        )
    return [tidy.text for tidy in tidied]


def _hash(count: int, before: str, after: str) -> Message:
    return plural_message(
        "A # was removed from 1 cell: “{before}” is read as {after}.",
        "A # was removed from {n} cells: “{before}” is read as {after}.",
        count,
        before=before,
        after=after,
    )


def _decimal(count: int, before: str, after: str) -> Message:
    return plural_message(
        "1 number had decimals: {before} is read as {after}.",
        "{n} numbers had decimals: {before} is read as {after}.",
        count,
        before=before,
        after=after,
    )


def _guard(count: int, before: str, after: str) -> Message:
    return plural_message(
        "1 number was marked as text for Excel: {before} is read as {after}.",
        "{n} numbers were marked as text for Excel: {before} is read as {after}.",
        count,
        before=before,
        after=after,
    )


_CHANGES = {"hash": _hash, "decimal": _decimal, "guard": _guard}


def check_ids(
    table: ClassTable,
    found: Sequence[Meaning],
    place: int,
    ids: Sequence[str],
    people: Sequence[PersonName],
    log: ReadingLog,
    exact: Collection[int] = (),
) -> None:
    """Write down ids that are missing, were changed by Excel, or are shorter than the rest.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    place : int
        Of the column with ids.
    ids : sequence of str
        Tidied, row by row.
    people : sequence of PersonName
        Names, row by row.
    log : ReadingLog
        Takes what comes to light.
    exact : collection of int
        Rows whose id is right as it stands, whatever it looks like.
    """
    heading = table.headings[place]
    others = places(found, *_ORDER)
    for row, cells, student, person in zip(table.rows, table.cells, ids, people, strict=True):
        if not student and not (found[place].kind in NAMES and person.full):
            name = person.full or next((cells[other] for other in others if cells[other]), "")
            _tell_blank(row, heading, name, log)
        elif student and row not in exact and _SCIENTIFIC.fullmatch(student.upper()):
            log.add(
                "scientific-number",
                Level.ERROR,
                message("Excel changed this number to {cell}; its last digits are gone.", cell=student),
                message(
                    "Export the list again, or format the column as text in Excel and fill in the numbers."
                ),
                row=row,
                column=heading,
            )
    _tell_short(table, ids, heading, log)


def _tell_blank(row: int, heading: str, name: str, log: ReadingLog) -> None:
    log.add(
        "blank-id",
        Level.ERROR,
        message("Row {row} ({name}) has nothing under “{column}”.", row=row, name=name, column=heading),
        message("Fill it in, remove the row, or choose another column to tell students apart."),
        row=row,
        column=heading,
    )


def _tell_short(table: ClassTable, ids: Sequence[str], heading: str, log: ReadingLog) -> None:
    """Zeros in front get lost in Excel: the number is then shorter than the rest."""
    lengths = Counter(len(student) for student in ids if student.isdigit())
    if not lengths or lengths.total() < 3:
        return
    usual = max(lengths, key=lambda length: (lengths[length], length))
    short = [at for at, student in enumerate(ids) if student.isdigit() and len(student) < usual]
    if not short or len(short) > 0.4 * lengths.total() or _counted(ids):
        return
    numbers = [message("{number} (row {row})", number=ids[at], row=table.rows[at]) for at in short]
    log.add(
        "short-numbers",
        Level.ASSUMED,
        plural_message(
            "1 number is shorter than the rest: {numbers}.",
            "{n} numbers are shorter than the rest: {numbers}.",
            len(short),
            numbers=some(numbers),
        ),
        message("Check them: leading zeros may have been lost."),
        row=table.rows[short[0]],
        column=heading,
    )


def _counted(ids: Sequence[str]) -> bool:
    """Whether numbers were given out one after another, so that the first ones are shorter by themselves."""
    numbers = {int(student) for student in ids if student.isdigit()}
    in_front = any(student.startswith("0") for student in ids)
    return not in_front and max(numbers) - min(numbers) < 2 * len(numbers)
