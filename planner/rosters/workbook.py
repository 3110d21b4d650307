"""Reads the sheets of an .xlsx as text, as the coordinator sees them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NoReturn
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from planner.problems import Level
from planner.rosters.account import Account
from planner.rosters.archive import damaged, open_archive, packed
from planner.rosters.table import Grid
from planner.text import say

# As much as a number in Excel can hold; a longer one has lost its last digits.
_EXACT = 1e15
_PADDED_FORMAT = re.compile(r"0{2,}")
_STYLED = re.compile(rb"<c\s[^<>]*?>")
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_STYLE = re.compile(rb"\bs=\"(\d{1,5})\"")


@dataclass(frozen=True)
class Sheet:
    """A visible sheet with something in it."""

    name: str
    grid: Grid


def read_workbook(content: bytes, account: Account) -> tuple[Sheet, ...]:
    """Return the visible sheets of a workbook that hold anything.

    Stops at a file that is damaged or unsafe (see `open_archive`) or empty.
    """
    parts = open_archive(content, account)
    try:
        sheets = tuple(_sheets(parts))
    except PasswordError:
        refuse_password(account)
    except (CalamineError, OSError, ValueError, OverflowError):
        damaged(account)
    except BaseException as error:
        # The reader is written in Rust; where it gives up, the exception is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        damaged(account)
    if not sheets:
        account.stop("empty-file", say("This file is empty."), say("Export the list again."))
    return sheets


def refuse_password(account: Account) -> NoReturn:
    """Stop at a workbook that is locked."""
    account.stop(
        "password",
        say("This Excel file is protected with a password."),
        say("Remove the password in Excel first and save the file."),
    )


def _sheets(parts: Mapping[str, bytes]) -> Iterable[Sheet]:
    padded = _padded_styles(parts)
    workbook = CalamineWorkbook.from_filelike(packed(parts))
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            continue
        values = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
        rows = [[_as_text(value) for value in row] for row in values]
        if padded:
            _pad(rows, _part_of(about.name, parts), padded)
        grid = _trimmed(rows)
        if grid.rows:
            yield Sheet(about.name, grid)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number_as_text(float(value))
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


def _number_as_text(value: float) -> str:
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
    try:
        styles = fromstring(parts["xl/styles.xml"])
    except (KeyError, ParseError, ValueError):
        return {}
    digits = {
        about.get("numFmtId"): code.count("0")
        for about in _all(styles, "numFmt")
        if _PADDED_FORMAT.fullmatch(code := about.get("formatCode", ""))
    }
    used = next(iter(_all(styles, "cellXfs")), None)
    if used is None:
        return {}
    formats = [style.get("numFmtId") for style in used]
    return {place: digits[code] for place, code in enumerate(formats) if code in digits}


def _part_of(sheet: str, parts: Mapping[str, bytes]) -> bytes:
    """Return the XML of a sheet."""
    try:
        book = fromstring(parts["xl/workbook.xml"])
        links = fromstring(parts["xl/_rels/workbook.xml.rels"])
    except (KeyError, ParseError, ValueError):
        return b""
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for about in _all(book, "sheet"):
        if about.get("name") == sheet:
            link = next((value for key, value in about.items() if key.endswith("}id")), None)
            target = targets.get(link, "").removeprefix("/xl/")
            return parts.get(f"xl/{target}", b"")
    return b""


def _all(tree: Element, name: str) -> list[Element]:
    return [element for element in tree.iter() if element.tag.rpartition("}")[2] == name]


def _pad(rows: list[list[str]], part: bytes, padded: Mapping[int, int]) -> None:
    for cell in _STYLED.findall(part):
        style, place = _STYLE.search(cell), _PLACE.search(cell)
        if style is None or place is None or int(style[1]) not in padded:
            continue
        row, column = int(place[2]) - 1, _column(place[1])
        if row < len(rows) and column < len(rows[row]) and rows[row][column].isdigit():
            rows[row][column] = rows[row][column].zfill(padded[int(style[1])])


def _column(letters: bytes) -> int:
    place = 0
    for sign in letters:
        place = place * 26 + sign - ord("A") + 1
    return place - 1


def tell_chosen(sheet: str, account: Account) -> None:
    """Say which of several sheets was read."""
    account.add(
        "sheet-chosen",
        Level.ASSUMED,
        say('The students were read from the sheet "{sheet}".', sheet=sheet),
        say("Choose another sheet if that is not right."),
    )
