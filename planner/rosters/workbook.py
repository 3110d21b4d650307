"""Reads the sheets of an .xlsx as text, as the coordinator sees them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from planner.files.safe_zip import TooLarge
from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.archive import CELL_LIMIT, TEXT_LIMIT, damaged, open_archive, packed, too_large
from planner.rosters.markup import Cell, each_cell, elements, walk
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import Grid

# As much as a number in Excel can hold; a longer one has lost its last digits.
_EXACT = 1e15
_NOTHING = b"<nothing/>"
_PADDED_FORMAT = re.compile(r"0{2,20}")
MOST_SHEETS = 250


@dataclass(frozen=True)
class WorkbookSheet:
    """A visible sheet with something in it."""

    name: str
    grid: Grid


def read_workbook(content: bytes, log: ReadingLog) -> tuple[WorkbookSheet, ...]:
    """Return the visible sheets of a workbook that hold anything.

    Stops at a file that is damaged or unsafe (see `open_archive`) or empty.

    Parameters
    ----------
    content : bytes
        Of the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    tuple of WorkbookSheet

    Raises
    ------
    InputError
        Where it is damaged, unsafe or empty.
    """
    parts = open_archive(content, log)
    try:
        sheets = tuple(_sheets(parts))
    except PasswordError:
        refuse_password(log)
    except TooLarge:
        too_large(log)
    except (CalamineError, OSError, ValueError, OverflowError):
        damaged(log)
    except BaseException as error:
        # The reader is written in Rust; where it gives up, the exception is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        damaged(log)
    if not sheets:
        log.stop("empty-file", message("This file is empty."), message("Export the list again."))
    return sheets


def refuse_password(log: ReadingLog) -> NoReturn:
    """Stop at a workbook that is locked."""
    log.stop(
        "password",
        message("This Excel file is protected with a password."),
        message("Remove the password in Excel first and save the file."),
    )


def _sheets(parts: Mapping[str, bytes]) -> Iterable[WorkbookSheet]:
    padded = _padded_styles(parts)
    workbook = CalamineWorkbook.from_filelike(packed(parts))
    if len(workbook.sheets_metadata) > MOST_SHEETS:
        raise TooLarge
    cells = signs = 0
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            continue
        values = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        rows = [[as_text(value) for value in row] for row in values]
        if padded:
            _pad(rows, _part_of(about.name, parts), padded)
        grid = _trimmed(rows)
        cells += len(grid.rows) * grid.width
        signs += sum(len(cell) for row in grid.rows for cell in row)
        if cells > CELL_LIMIT or signs > TEXT_LIMIT:  # several sheets can be one and the same part
            raise TooLarge
        if grid.rows:
            yield WorkbookSheet(about.name, grid)


def as_text(value: object) -> str:
    """Return a value of a cell as it is read; nothing for what is no text, number, date or time."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _numberas_text(float(value))
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return ""


def _numberas_text(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return format(value, ".15g").replace("e+", "E+")


def _trimmed(rows: list[list[str]]) -> Grid:
    """Cut off the empty rows and columns at the end."""
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    width = max((place + 1 for row in rows for place, cell in enumerate(row) if cell.strip()), default=0)
    return Grid([row[:width] for row in rows])


def _padded_styles(parts: Mapping[str, bytes]) -> dict[int, int]:
    """Return the styles that show a number with zeros in front, and how many digits they show.

    Student administrations format numbers as ``0000000``: the coordinator sees
    0912345 where the cell holds 912345.
    """
    digits: dict[str, int] = {}
    formats: list[str] = []
    within = ""  # the last list of styles that was begun

    def start(name: str, about: Mapping[str, str]) -> None:
        nonlocal within
        if name == "numFmt" and _PADDED_FORMAT.fullmatch(code := about.get("formatCode", "")):
            digits[about.get("numFmtId", "")] = len(code)
        elif name == "xf" and within == "cellXfs":
            formats.append(about.get("numFmtId", ""))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            within = name

    walk(parts.get("xl/styles.xml", _NOTHING), start)
    return {place: digits[code] for place, code in enumerate(formats) if code in digits}


def _part_of(sheet: str, parts: Mapping[str, bytes]) -> bytes:
    """Return the XML of a sheet."""
    links = elements(parts.get("xl/_rels/workbook.xml.rels", _NOTHING), "Relationship")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for about in elements(parts.get("xl/workbook.xml", _NOTHING), "sheet"):
        if about.get("name") == sheet:
            link = next((value for key, value in about.items() if key.rpartition(":")[2] == "id"), None)
            target = targets.get(link, "").removeprefix("/xl/")
            return parts.get(f"xl/{target}", _NOTHING)
    return _NOTHING


def _pad(rows: list[list[str]], part: bytes, padded: Mapping[int, int]) -> None:
    widths = {str(style): width for style, width in padded.items()}

    def pad(cell: Cell) -> None:
        width, row, column = widths.get(cell.about.get("s", "")), cell.row - 1, cell.column - 1
        if width is None or not (0 <= row < len(rows) and column < len(rows[row])):
            return
        if rows[row][column].isdigit():
            rows[row][column] = rows[row][column].zfill(width)

    each_cell(part, pad)


def tell_chosen(sheet: str, log: ReadingLog) -> None:
    """Say which of several sheets was read.

    Parameters
    ----------
    sheet : str
        Name of the one that was read.
    log : ReadingLog
        Takes what comes to light.
    """
    log.add(
        "sheet-chosen",
        Level.ASSUMED,
        message("The students were read from the sheet “{sheet}”.", sheet=sheet),
        message("Choose another sheet if that is not right."),
    )
