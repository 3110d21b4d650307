"""Files as coordinators have them, with invented people; and what to expect of reading them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Literal

import xlsxwriter

from planner.model.problems import Level, Problem
from planner.rosters import GroupList, Reading, SourceFile, read_class_list

Rows = Sequence[Sequence[object]]

HEADINGS = ("Studentnummer", "Naam", "Opleiding")
PEOPLE = (
    ("0912345", "Noor van der Berg", "Verpleegkunde"),
    ("0912346", "Sem de Vries", "Verpleegkunde"),
    ("1012347", "Ayşe Yılmaz", "Fysiotherapie"),
    ("1012348", "Thijs Jansen", "Fysiotherapie"),
)
CLASS = (HEADINGS, *PEOPLE)


def text(rows: Rows, separator: str = ",", *, quoting: Literal[0, 1, 2, 3] = csv.QUOTE_MINIMAL) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, quoting=quoting).writerows(rows)
    return buffer.getvalue()


def csv_file(
    rows: Rows, separator: str = ",", encoding: str = "utf-8", name: str = "lijst.csv"
) -> SourceFile:
    return SourceFile(name, text(rows, separator).encode(encoding))


def as_file(content: str | bytes, name: str = "lijst.csv") -> SourceFile:
    return SourceFile(name, content.encode() if isinstance(content, str) else content)


def xlsx(sheets: Mapping[str, Rows] | Rows, hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook; numbers become numbers, texts stay texts."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_date_format": "d-m-yyyy h:mm",
        },
    )
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Blad1": sheets}).items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(place, column, cell)
                elif cell is not None:
                    sheet.write(place, column, cell)
    book.close()
    return buffer.getvalue()


def xlsx_file(sheets: Mapping[str, Rows] | Rows, name: str = "lijst.xlsx") -> SourceFile:
    return SourceFile(name, xlsx(sheets))


def with_part(content: bytes, part: str, data: bytes) -> bytes:
    """Return a workbook with one of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = data
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return buffer.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def read(rows: Rows, separator: str = ",", **options: object) -> Reading:
    return read_class_list(csv_file(rows, separator), **options)  # type: ignore[arg-type]


def people(reading: Reading) -> list[tuple[str, str]]:
    return [(student.id, student.name) for student in reading.require().students]


def codes(reading: Reading | GroupList) -> list[str]:
    return [problem.code for problem in reading.problems]


def problem(reading: Reading | GroupList, code: str, level: Level) -> Problem:
    """Return the one problem with this code; an error must show a way out and block the roster."""
    found = [problem for problem in reading.problems if problem.code == code]
    assert len(found) == 1, f"{code}: {codes(reading)}"
    assert found[0].level is level
    assert found[0].file
    if level is Level.ERROR:
        assert found[0].hint is not None
        assert not isinstance(reading, Reading) or reading.roster is None
        assert not isinstance(reading, GroupList) or reading.groups == ()
    return found[0]


def says(found: Problem, english: str, dutch: str) -> None:
    """Check message and way out, word for word, in both languages."""
    for language, expected in (("en", english), ("nl", dutch)):
        parts = [found.message.text(language)]  # type: ignore[arg-type]
        if found.hint is not None:
            parts.append(found.hint.text(language))  # type: ignore[arg-type]
        assert " ".join(parts) == expected
