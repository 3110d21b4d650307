"""Text from bytes: encodings in a fixed order, and letters that were broken earlier.

Guessing an encoding by statistics turned names on short Dutch lists into others,
so there is no guessing here: byte order mark, UTF-8, Windows-1252.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from dataclasses import replace

from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import cut_short
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import ClassTable, Grid, RepairedCell, letter

# UTF-8 that was once read as Windows-1252: an accented capital and a sign after it.
_BROKEN = re.compile(
    "[\u00c2-\u00c5][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|\u00e2[\u20ac\u0080]"
)
_LOST = "\ufffd"


def decode(content: bytes, log: ReadingLog) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Stops where the bytes are no text in any of these encodings.

    Parameters
    ----------
    content : bytes
        Of the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    InputError
        Where the bytes are no text.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            content = content[len(mark) :]
            if encoding != "utf-8":
                return _unicode(content, encoding, log), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        log.stop(
            "unreadable-character",
            message("There is an unreadable character in this row."),
            message("Export the list again as UTF-8, or type the cell again and save the file."),
            row=before.count(b"\n") + 1,
        )


def _unicode(content: bytes, encoding: str, log: ReadingLog) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        log.stop(
            "not-a-table",
            message("This is not a class list that Hecht can read."),
            message("Export the list again as CSV (UTF-8) or as .xlsx."),
        )
    log.add(
        "unicode-text",
        Level.ASSUMED,
        message("Read as Unicode text (UTF-16)."),
        message("Check the names."),
    )
    return text


def repair_letters(grid: Grid) -> Grid:
    """Repair letters that were encoded twice, and find cells whose letters are lost.

    Only cells that read back as UTF-8 as a whole are repaired.
    """
    repaired: list[RepairedCell] = []
    lost: list[RepairedCell] = []
    for row, cells in enumerate(grid.rows):
        line = "".join(cells)
        if line.isascii() or not (_BROKEN.search(line) or _LOST in line):
            continue
        for column, cell in enumerate(cells):
            again = _repaired(cell)
            if again != cell:
                repaired.append(RepairedCell(row, column, cell, again))
            elif _LOST in cell or _BROKEN.search(cell):
                lost.append(RepairedCell(row, column, cell, cell))
    if not repaired and not lost:
        return grid
    rows = [list(cells) for cells in grid.rows]
    for row, column, _, again in repaired:
        rows[row][column] = again
    return replace(grid, rows=rows, repaired=tuple(repaired), lost=tuple(lost))


def _repaired(cell: str) -> str:
    if not _BROKEN.search(cell):
        return cell
    try:
        return b"".join(_byte(sign) for sign in cell).decode("utf-8")
    except UnicodeError:
        return cell


def _byte(sign: str) -> bytes:
    """Return the byte that was read as this sign; five bytes have none in Windows-1252."""
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def tell_letters(grid: Grid, table: ClassTable, hidden: Collection[str], log: ReadingLog) -> None:
    """Show how letters were read, by a cell that the coordinator can judge.

    Cells of `hidden` columns, given by their letters, are never shown.

    Parameters
    ----------
    grid : Grid
        As it was read.
    table : ClassTable
        What was made of it.
    hidden : collection of str
        Letters of columns whose cells are never shown.
    log : ReadingLog
        Takes what comes to light.
    """
    if grid.encoding == "cp1252":
        _tell_windows_text(table, log)
    repaired = [cell for cell in grid.repaired if letter(cell.column) not in hidden]
    if repaired:
        first = repaired[0]
        sentence = message(
            "“{broken}” looks damaged and is read as “{again}”.{others}",
            broken=_shown(first.before),
            again=_shown(first.after),
            others=_others(len(repaired) - 1),
        )
        hint = message("If that is not right, export the list again as UTF-8.")
        _tell_broken(first, sentence, hint, log)
    lost = [cell for cell in grid.lost if letter(cell.column) not in hidden]
    if lost:
        sentence = message(
            "“{broken}” looks damaged: a letter was lost before the file was uploaded.{others}",
            broken=_shown(lost[0].before),
            others=_others(len(lost) - 1),
        )
        _tell_broken(lost[0], sentence, message("Export the list again as UTF-8."), log)


def _tell_windows_text(table: ClassTable, log: ReadingLog) -> None:
    for row, cells in zip(table.rows, table.cells, strict=True):
        for column, cell in enumerate(cells):
            if not cell.isascii():
                log.add(
                    "windows-text",
                    Level.ASSUMED,
                    message("Read as Windows text (Windows-1252). Is “{sample}” right?", sample=_shown(cell)),
                    message("If it is not, export the list again as UTF-8."),
                    row=row,
                    column=table.headings[column],
                )
                return


def _tell_broken(cell: RepairedCell, message: Message, hint: Message, log: ReadingLog) -> None:
    log.add(
        "broken-accents",
        Level.ASSUMED,
        message,
        hint,
        row=cell.row + 1,
        column=letter(cell.column),
    )


def _shown(cell: str) -> str:
    return cut_short(cell.strip(), 60)


def _others(count: int) -> Message | str:
    if not count:
        return ""
    return plural_message(" So does 1 other cell.", " So do {n} other cells.", count)
