"""From bytes to one grid: what kind of file it really is, and which sheet is meant."""

from __future__ import annotations

import codecs
import math
import re
from typing import NoReturn

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.archive import refuse_macros
from planner.rosters.delimited import looks_binary, read_text
from planner.rosters.encoding_repair import repair_letters
from planner.rosters.heading_vocabulary import PEOPLE, listed
from planner.rosters.model import SourceFile
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import Grid, is_email
from planner.rosters.workbook import WorkbookSheet, read_workbook, refuse_password, tell_chosen

SIZE_LIMIT = 5 * 1024 * 1024

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_NOT_TEXT = (b"%PDF", b"{\\rtf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")
_HTML = re.compile(rb"<(?:!doctype|html|table|head|\?xml|meta|!--)", re.IGNORECASE)
_EXCEL_NAMES = (".xlsx", ".xls", ".xlsm", ".xlsb", ".xltx", ".xltm")


_IDS = frozenset({ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY})


def open_file(file: SourceFile, sheet: str | None, log: ReadingLog, *, groups: bool = False) -> Grid:
    """Return the grid that holds the students, with their groups where these are wanted.

    Stops at every file that is no table, too large, locked or unsafe.

    Parameters
    ----------
    file : SourceFile
    sheet : str or None
        The sheet that the coordinator chose.
    log : ReadingLog
        Takes what comes to light.
    groups : bool, default False

    Returns
    -------
    Grid
    """
    if file.rows is not None:
        return repair_letters(Grid([list(row) for row in file.rows]))
    content, name = file.content, file.name.lower()
    check_size(len(content), log)
    if name.endswith((".xlsm", ".xltm", ".xlsb")):
        refuse_macros(log)
    if content.startswith((_ZIP, _EMPTY_ZIP)):
        sheets = read_workbook(content, log)
        log.sheets = tuple(found.name for found in sheets)
        return repair_letters(_chosen(sheets, sheet, groups, log).grid)
    if content.startswith(_OLE):
        _refuse_ole(content, name, log)
    excel = name.endswith(_EXCEL_NAMES)
    if content.startswith(_NOT_TEXT) or _HTML.match(content[:4096].removeprefix(codecs.BOM_UTF8).lstrip()):
        _refuse(excel, log)
    if excel:
        _tell_text(content, log)
    return repair_letters(read_text(content, log))


def check_size(size: int, log: ReadingLog) -> None:
    """Stop at a file with nothing in it, or far more bytes than a class list has.

    Parameters
    ----------
    size : int
        In bytes.
    log : ReadingLog
        Takes what comes to light.

    Raises
    ------
    InputError
        Where there is nothing in it, or far too much.
    """
    if not size:
        log.stop("empty-file", message("This file is empty."), message("Export the list again."))
    if size > SIZE_LIMIT:
        log.stop(
            "too-large",
            message(
                "This file is too large: {size} MB; the limit is 5 MB.",
                size=math.ceil(size / 2**20 * 10) / 10,
            ),
            message("Remove the other sheets and the pictures, or save it as CSV."),
        )


def _refuse_ole(content: bytes, name: str, log: ReadingLog) -> NoReturn:
    if _LOCKED in content:
        refuse_password(log)
    if name.endswith((".doc", ".ppt", ".msg")):
        _refuse(False, log)
    log.stop(
        "old-excel",
        message("This is an old kind of Excel file (.xls)."),
        message("Save it as .xlsx and try again."),
    )


def _refuse(named_excel: bool, log: ReadingLog) -> NoReturn:
    if named_excel:
        log.stop(
            "not-excel",
            message("The file name says Excel, but the content does not."),
            message("Open the file in Excel, save it as .xlsx and try again."),
        )
    log.stop(
        "not-a-table",
        message("This is not a class list that Hecht can read."),
        message("Export the list again as CSV (UTF-8) or as .xlsx."),
    )


def _tell_text(content: bytes, log: ReadingLog) -> None:
    """Some LMSs call a text file .xls; that is no reason to refuse it."""
    if looks_binary(content):
        log.stop(
            "damaged-excel",
            message("The Excel file is damaged."),
            message("Download it again, or open it in Excel and save it as a new .xlsx."),
        )
    log.add(
        "not-excel",
        Level.NOTE,
        message("The file name says Excel, but it is a text file; it was read as text."),
    )


def _chosen(
    sheets: tuple[WorkbookSheet, ...], wanted: str | None, groups: bool, log: ReadingLog
) -> WorkbookSheet:
    if wanted is not None:
        return _wanted(sheets, wanted, log)
    if len(sheets) == 1:
        return sheets[0]
    fits = _holds_groups if groups else _holds_people
    likely = [found for found in sheets if fits(found.grid)]
    if len(likely) != 1:
        log.stop(
            "which-sheet",
            message(
                "Which sheet has the students? There are {n}: {sheets}.",
                n=len(sheets),
                sheets=some([found.name for found in sheets]),
            ),
            message("Choose the sheet, or remove the others and save the file."),
        )
    tell_chosen(likely[0].name, log)
    return likely[0]


def _wanted(sheets: tuple[WorkbookSheet, ...], wanted: str, log: ReadingLog) -> WorkbookSheet:
    found = next((sheet for sheet in sheets if sheet.name == wanted), None)
    if found is None:
        log.stop(
            "which-sheet",
            message(
                "There is no sheet “{sheet}” with anything in it. The sheets are: {sheets}.",
                sheet=wanted,
                sheets=some([sheet.name for sheet in sheets]),
            ),
            message("Choose one of these sheets."),
        )
    return found


def _holds_people(grid: Grid) -> bool:
    """Whether a sheet has headings for people at its top and rows below them."""
    for place, row in enumerate(grid.rows[:12]):
        kinds = {kind for cell in row if (kind := listed(cell)) in PEOPLE}
        if len(kinds) >= 2 or (len(kinds) == 1 and kinds & {ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL}):
            return len(grid.rows) > place + 1
    return any(is_email(cell.strip()) for row in grid.rows[:12] for cell in row)


def _holds_groups(grid: Grid) -> bool:
    """Whether a sheet has headings for ids and for groups at its top."""
    for row in grid.rows[:12]:
        kinds = {listed(cell) for cell in row}
        if ColumnKind.GROUP in kinds and kinds & _IDS:
            return True
    return False
