"""Opens the zip file that an .xlsx is, and lets through only what a class list needs.

The parts are unpacked here, under a limit, and packed again without compression
before a spreadsheet reader sees them: what a zip file says about its own size
need not be true.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import NoReturn

from planner.rosters.account import Account
from planner.text import say

UNPACKED_LIMIT = 60 * 1024 * 1024
ENTRY_LIMIT = 2_000
# A reader makes room for every cell up to the last one, wherever that stands.
CELL_LIMIT = 5_000_000
_PART_READ = 1 << 20

_NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/(?!drawings|media|charts|pivot|external|customxml|comments).*\.(?:xml|rels))",
    re.IGNORECASE,
)
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^<>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'](?:[^<>]*[^<>/])?>")


def open_archive(content: bytes, account: Account) -> dict[str, bytes]:
    """Return the parts of a workbook by name.

    Stops at a damaged file, at other kinds of zip files, at macros, at what is too
    large when unpacked, and at XML that declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_kind(archive.namelist(), account)
            parts = _unpacked(archive, account)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        damaged(account)
    _check_parts(parts, account)
    return parts


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Pack checked parts again, without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    buffer.seek(0)
    return buffer


def damaged(account: Account) -> NoReturn:
    """Stop at a workbook that cannot be read."""
    account.stop(
        "damaged-excel",
        say("The Excel file is damaged."),
        say("Download it again, or open it in Excel and save it as a new .xlsx."),
    )


def refuse_macros(account: Account) -> NoReturn:
    """Stop at a workbook that can hold programs."""
    account.stop(
        "macros",
        say("Files with macros are refused."),
        say("Save it as .xlsx and try again."),
    )


def _check_kind(names: list[str], account: Account) -> None:
    lower = {name.lower() for name in names}
    if len(names) > ENTRY_LIMIT:
        _too_large(account)
    if any(name.endswith("vbaproject.bin") for name in lower):
        refuse_macros(account)
    if "xl/workbook.xml" in lower:
        return
    if "xl/workbook.bin" in lower or "content.xml" in lower:
        account.stop(
            "old-excel",
            say("This kind of spreadsheet cannot be read."),
            say("Save it as .xlsx and try again."),
        )
    if any(name.startswith("xl/") for name in lower):
        damaged(account)
    account.stop(
        "not-a-table",
        say("This is not a class list we can read."),
        say("Unpack the zip file first, or export the list again as CSV (UTF-8) or as .xlsx."),
    )


def _unpacked(archive: zipfile.ZipFile, account: Account) -> dict[str, bytes]:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        _too_large(account)
    parts: dict[str, bytes] = {}
    room = UNPACKED_LIMIT
    for entry in entries:
        if _NEEDED.fullmatch(entry.filename):
            with archive.open(entry) as file:
                chunks = []
                while chunk := file.read(_PART_READ):
                    room -= len(chunk)
                    if room < 0:
                        _too_large(account)
                    chunks.append(chunk)
            parts[entry.filename] = b"".join(chunks)
    return parts


def _check_parts(parts: Mapping[str, bytes], account: Account) -> None:
    for name, part in parts.items():
        if _UNSAFE.search(part) or b"\x00" in part[:200]:
            account.stop(
                "unsafe-excel",
                say("This Excel file has unsafe content and is refused."),
                say("Copy the students to a new workbook and save it as .xlsx."),
            )
        if b"macroEnabled" in part[:20_000] and name.lower() == "[content_types].xml":
            refuse_macros(account)
        if _area(part) > CELL_LIMIT:
            _too_large(account)


def _area(sheet: bytes) -> int:
    """Return the number of cells up to the last filled one."""
    columns: set[bytes] = set()
    last_row = 0
    for column, row in _FILLED.findall(sheet):
        columns.add(column)
        last_row = max(last_row, int(row))
    return last_row * max((_place(column) for column in columns), default=0)


def _place(column: bytes) -> int:
    place = 0
    for sign in column.upper():
        place = place * 26 + sign - ord("A") + 1
    return place


def _too_large(account: Account) -> NoReturn:
    account.stop(
        "too-large-unpacked",
        say("Unpacked, this file is too large for a class list."),
        say("Copy only the students to a new workbook and save it as .xlsx."),
    )
