"""Opens the zip file that an .xlsx is, and lets through only what a class list needs.

The parts are unpacked here, under a limit, and packed again without compression
before a spreadsheet reader sees them: what a zip file says about its own size
need not be true.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import NoReturn

from planner.files.safe_zip import Damaged, SafeZip, TooLarge
from planner.model.text import message
from planner.rosters.markup import Broken, Cell, Unsafe, each_cell, text_lengths
from planner.rosters.reading_log import ReadingLog

UNPACKED_LIMIT = 60 * 1024 * 1024
ENTRY_LIMIT = 2_000
# A reader makes room for every cell up to the last one, wherever that stands.
CELL_LIMIT = 5_000_000
TEXT_LIMIT = 20_000_000  # signs in all cells: a text that is kept once may be shown in each of them

_NEEDED = re.compile(
    r"(?:\[Content_Types\]\.xml|_rels/\.rels|xl/"
    r"(?!drawings|media|charts|pivot|external|customxml|comments|theme|tables|calcchain|printersettings)"
    r".*\.(?:xml|rels))",
    re.IGNORECASE,
)
_UNSAFE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST_PLACE = 100  # signs: zeros in front do not count
_TEXTS = "xl/sharedstrings.xml"


def open_archive(content: bytes, log: ReadingLog) -> dict[str, bytes]:
    """Return the parts of a workbook by name.

    Stops at a damaged file, at other kinds of zip files, at macros, at what is too
    large when unpacked, and at XML that declares entities.

    Parameters
    ----------
    content : bytes
        Of the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    dict of str to bytes
        Contents of the parts by their name.

    Raises
    ------
    InputError
        Where it is no workbook, is damaged or unsafe, or holds programs.
    """
    try:
        archive = SafeZip(content, most=ENTRY_LIMIT, room=UNPACKED_LIMIT)
        _check_kind(archive.names, log)
        parts = {name: archive.read(name) for name in archive.names if _NEEDED.fullmatch(name)}
        _check_parts(parts, log)
    except TooLarge:
        too_large(log)
    except (Damaged, Broken):
        damaged(log)
    except Unsafe:
        _unsafe(log)
    return parts


def packed(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Pack checked parts again, without compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    buffer.seek(0)
    return buffer


def damaged(log: ReadingLog) -> NoReturn:
    """Stop at a workbook that cannot be read."""
    log.stop(
        "damaged-excel",
        message("The Excel file is damaged."),
        message("Download it again, or open it in Excel and save it as a new .xlsx."),
    )


def refuse_macros(log: ReadingLog) -> NoReturn:
    """Stop at a workbook that can hold programs."""
    log.stop(
        "macros",
        message("Files with macros are refused."),
        message("Save it as .xlsx and try again."),
    )


def _check_kind(names: Sequence[str], log: ReadingLog) -> None:
    lower = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lower):
        refuse_macros(log)
    if "xl/workbook.xml" in lower:
        return
    if "xl/workbook.bin" in lower or "content.xml" in lower:
        log.stop(
            "old-excel",
            message("This kind of spreadsheet cannot be read."),
            message("Save it as .xlsx and try again."),
        )
    if any(name.startswith("xl/") for name in lower):
        damaged(log)
    log.stop(
        "not-a-table",
        message("This is not a class list that Hecht can read."),
        message("Unpack the zip file first, or export the list again as CSV (UTF-8) or as .xlsx."),
    )


def _check_parts(parts: Mapping[str, bytes], log: ReadingLog) -> None:
    if len({name.lower() for name in parts}) < len(parts):
        raise Damaged
    lengths: list[int] = []
    for name, part in parts.items():
        if _UNSAFE.search(part) or b"\x00" in part[:200]:
            raise Unsafe
        if b"macroEnabled" in part[:20_000] and name.lower() == "[content_types].xml":
            refuse_macros(log)
        if name.lower() == _TEXTS:
            lengths = text_lengths(part)
    for part in parts.values():
        _check_size(part, lengths)


def _check_size(part: bytes, lengths: Sequence[int]) -> None:
    """Refuse a sheet of too many cells up to the last filled one, or with too much text in them."""
    last_row = last_column = text = 0

    def add(cell: Cell) -> None:
        nonlocal last_row, last_column, text
        last_row, last_column = max(last_row, cell.row), max(last_column, cell.column)
        shared = cell.about.get("t") == "s"
        text += _length(cell.text, lengths) if shared else len(cell.text)
        if last_row * last_column > CELL_LIMIT or text > TEXT_LIMIT:
            raise TooLarge

    each_cell(part, add)


def _length(number: str, lengths: Sequence[int]) -> int:
    """Return how long a shared text is; one that is not there is for the reader to complain of."""
    try:
        place = int(number[:_LONGEST_PLACE])
    except ValueError:
        return 0
    return lengths[place] if 0 <= place < len(lengths) else 0


def _unsafe(log: ReadingLog) -> NoReturn:
    log.stop(
        "unsafe-excel",
        message("This Excel file has unsafe content and is refused."),
        message("Copy the students to a new workbook and save it as .xlsx."),
    )


def too_large(log: ReadingLog) -> NoReturn:
    """Stop at a workbook with more in it than a class list has."""
    log.stop(
        "too-large-unpacked",
        message("Unpacked, this file is too large for a class list."),
        message("Copy only the students to a new workbook and save it as .xlsx."),
    )
