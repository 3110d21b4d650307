"""Tables in text files: which sign separates the cells, and the cells themselves."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import NoReturn

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import Message, message
from planner.rosters.encoding_repair import decode
from planner.rosters.heading_vocabulary import is_heading, listed
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import Grid

_SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'\s*"?sep=(?P<sign>[,;\t|:])"?[;,\t ]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_CONTENT = re.compile(r"[^\s;,|\ufeff]")
_NO_NAME = re.compile(r"[\d@;|\t]")
_LOOKED_AT = 60  # rows that decide on the separator
_CELLS_LOOKED_AT = 300
_TOP = 12  # rows among which the headings are


def read_text(content: bytes, log: ReadingLog) -> Grid:
    """Return the rows of a CSV file or another text with separators.

    Stops at text that is no table, at a quotation mark that never closes, and at
    bytes that are no text.

    Parameters
    ----------
    content : bytes
        Of the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    Grid

    Raises
    ------
    InputError
        Where it is no text, or no table.
    """
    if looks_binary(content):
        _no_table(log)
    text, encoding = decode(content, log)
    text, sign = _without_sep_line(text, log)
    first = _CONTENT.search(text)
    if first is None:
        log.stop("empty-file", message("This file is empty."), message("Export the list again."))
    if first[0] in "<{[":
        _no_table(log)
    if sign is None:
        sign = _separator(text, log)
    return Grid(_names_whole(_rows(text, sign, log)), ragged=True, encoding=encoding)


def _names_whole(rows: list[list[str]]) -> list[list[str]]:
    """Put "Simpson" and "Bart" together again where a list has one column, of names."""
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    top, *below = [row for row in filled if row] or [[]]
    alone = len(top) == 1 and listed(top[0]) is ColumnKind.NAME and any(len(row) == 2 for row in below)
    if not alone or any(len(row) > 2 or any(map(_NO_NAME.search, row)) for row in below):
        return rows
    return [[", ".join(row)] if row else [""] for row in filled]


def looks_binary(content: bytes) -> bool:
    """Whether bytes are a picture, a program or the like rather than text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    head = content[:20_000]
    return len(_CONTROL.findall(head)) > max(4, len(head) // 20)


def _no_table(log: ReadingLog) -> NoReturn:
    log.stop(
        "not-a-table",
        message("This is not a class list that Hecht can read."),
        message("Export the list again as CSV (UTF-8) or as .xlsx."),
    )


def _without_sep_line(text: str, log: ReadingLog) -> tuple[str, str | None]:
    """Take off the line by which Excel is told the separator; Excel does not count it as a row."""
    line = _SEP_LINE.match(text)
    if line is None:
        return text, None
    log.add(
        "sep-line",
        Level.NOTE,
        message("The first line “{line}” only names the separator; it was skipped.", line=line[0].strip()),
    )
    return text[line.end() :], line["sign"]


def _separator(text: str, log: ReadingLog) -> str:
    """Choose the sign under which the top of the file is most like a table."""
    likeness = {sign: _likeness(text, sign) for sign in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda sign: likeness[sign])
    known, agreement, width = likeness[best]
    if width < 2:
        return ","
    if not known and agreement < 0.6:
        _no_table(log)
    names: dict[str, Message] = {
        ";": message("Semicolons found and used as separators."),
        "\t": message("Tabs found and used as separators."),
        "|": message("Upright bars found and used as separators."),
    }
    if best in names:
        log.add("separator", Level.NOTE, names[best])
    return best


def _likeness(text: str, sign: str) -> tuple[int, float, int]:
    """Return known headings at the top, the share of rows of one width, and that width."""
    rows = [row for row in islice(_until_error(_reader(text, sign)), _LOOKED_AT) if any(map(str.strip, row))]
    widths = Counter(len(row) for row in rows)
    widest = max(widths, default=0)
    if widest < 2:
        return 0, 0.0, widest
    known = max(sum(map(is_heading, row[:_CELLS_LOOKED_AT])) for row in rows[:_TOP])
    usual, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if usual < 2:  # in most rows the sign does not occur
        return known, 0.0, widest
    return known, count / len(rows), usual


def _until_error(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from rows
    except csv.Error:
        return


def _reader(text: str, sign: str) -> Iterator[list[str]]:
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=sign,
        strict=True,
        skipinitialspace=sign != "\t" and f'{sign} "' in first_line,
    )


def _rows(text: str, sign: str, log: ReadingLog) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in _reader(text, sign):
            rows.append(row)
    except csv.Error:
        if '"' not in text:  # a cell too long for any class list
            _no_table(log)
        log.stop(
            "unclosed-quote",
            message("A quotation mark opened in this row never closes, or closes in the middle of a cell."),
            message('Close the quotation mark (") in this row or remove it.'),
            row=len(rows) + 1,
        )
    return rows
