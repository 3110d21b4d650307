"""Text from bytes: a fixed ladder of encodings, and letters that were broken earlier.

Guessing an encoding by statistics turned names on short Dutch lists into others,
so there is no guessing here: byte order mark, UTF-8, Windows-1252.
"""

from __future__ import annotations

import codecs
import re

from planner.problems import Level
from planner.rosters.account import Account
from planner.rosters.table import Grid, letter
from planner.text import Message, say, say_many

# UTF-8 that was once read as Windows-1252: an accented capital and a sign after it.
_BROKEN = re.compile(
    "[\u00c2-\u00c5][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152"
    "\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|\u00e2[\u20ac\u0080]"
)
_LOST = "\ufffd"


def decode(content: bytes, account: Account) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    Stops where the bytes are no text in any encoding of the ladder.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if content.startswith(mark):
            content = content[len(mark) :]
            if encoding != "utf-8":
                return _unicode(content, encoding, account), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "cp1252"
    except UnicodeDecodeError as error:
        before = content[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        account.stop(
            "unreadable-character",
            say("There is an unreadable character in this row."),
            say("Export the list again as UTF-8, or type the cell again and save the file."),
            row=before.count(b"\n") + 1,
        )


def _unicode(content: bytes, encoding: str, account: Account) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        account.stop(
            "not-a-table",
            say("This is not a class list we can read."),
            say("Export the list again as CSV (UTF-8) or as .xlsx."),
        )
    account.add(
        "unicode-text",
        Level.ASSUMED,
        say("Read as Unicode text (UTF-16)."),
        say("Check the names."),
    )
    return text


def tell_windows_text(grid: Grid, account: Account) -> None:
    """Show a cell by which the coordinator can see whether Windows-1252 was right."""
    below_first = ((row, cell) for row, cells in enumerate(grid.rows) if row for cell in cells)
    in_first = ((0, cell) for cell in (grid.rows[0] if grid.rows else []))
    for row, cell in (*below_first, *in_first):
        if not cell.isascii():
            account.add(
                "windows-text",
                Level.ASSUMED,
                say('Read as Windows text (Windows-1252). Is "{sample}" right?', sample=cell.strip()[:60]),
                say("If it is not, export the list again as UTF-8."),
                row=row + 1,
            )
            return


def mend(grid: Grid, account: Account) -> Grid:
    """Mend letters that were encoded twice, and tell of letters that are lost.

    Only cells that read back as UTF-8 as a whole are mended; the first of each is shown.
    """
    rows = grid.rows
    mended: list[tuple[int, int, str, str]] = []
    lost: list[tuple[int, int, str]] = []
    for row, cells in enumerate(rows):
        line = "".join(cells)
        if line.isascii() or not (_BROKEN.search(line) or _LOST in line):
            continue
        for place, cell in enumerate(cells):
            again = _mended(cell)
            if again != cell:
                mended.append((row, place, cell, again))
            elif _LOST in cell or _BROKEN.search(cell):
                lost.append((row, place, cell))
    if mended or lost:
        rows = [list(cells) for cells in rows]
    for row, place, _, again in mended:
        rows[row][place] = again
    _tell_mended(mended, account)
    _tell_lost(lost, account)
    return Grid(rows, grid.ragged)


def _mended(cell: str) -> str:
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


def _tell_mended(mended: list[tuple[int, int, str, str]], account: Account) -> None:
    if mended:
        row, place, broken, again = mended[0]
        account.add(
            "broken-accents",
            Level.ASSUMED,
            say(
                '"{broken}" looks broken and is read as "{again}".{others}',
                broken=broken.strip()[:60],
                again=again.strip()[:60],
                others=_others(len(mended) - 1),
            ),
            say("If that is not right, export the list again as UTF-8."),
            row=row + 1,
            column=letter(place),
        )


def _tell_lost(lost: list[tuple[int, int, str]], account: Account) -> None:
    if lost:
        row, place, broken = lost[0]
        account.add(
            "broken-accents",
            Level.ASSUMED,
            say(
                '"{broken}" looks broken: a letter was lost before the file came here.{others}',
                broken=broken.strip()[:60],
                others=_others(len(lost) - 1),
            ),
            say("Export the list again as UTF-8."),
            row=row + 1,
            column=letter(place),
        )


def _others(count: int) -> Message | str:
    if not count:
        return ""
    return say_many(" So does 1 other cell.", " So do {n} other cells.", count)
