"""Rows and columns of text, before anyone says what they mean."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from planner.model.invisible import seen_only

_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T,].*)?", re.ASCII)
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]+")


class RepairedCell(NamedTuple):
    """A cell with broken letters: its place, counted from 0, as it stood and as it was read."""

    row: int
    column: int
    before: str
    after: str


@dataclass(frozen=True)
class Grid:
    """Every row of a sheet or text file, blank ones included: row 1 is ``rows[0]``.

    `ragged` says that rows have the width that the file gave them, as in a text
    file; a sheet is always a rectangle. `encoding` is that of a text file. `repaired`
    and `lost` are the cells with broken letters, that could be read and that could not.
    """

    rows: list[list[str]]
    ragged: bool = False
    encoding: str = ""
    repaired: tuple[RepairedCell, ...] = ()
    lost: tuple[RepairedCell, ...] = ()

    @property
    def width(self) -> int:
        """Number of cells in the widest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True)
class ClassTable:
    """Headings and the rows below them, all of one width and stripped of spaces.

    `rows` holds the number of each row as Excel counts it; `named` says which
    headings stood in the file (a column without one is called by its letter), and
    `repeats` which columns have a heading that another column had before. `letters`
    are the letters of the columns in the file.
    """

    headings: tuple[str, ...]
    named: tuple[bool, ...]
    cells: list[list[str]]
    rows: list[int]
    heading_row: int
    letters: tuple[str, ...]
    repeats: dict[int, int] = field(default_factory=dict)

    def column(self, place: int) -> list[str]:
        """Return the cells of one column."""
        return [row[place] for row in self.cells]

    def first_rows(self, place: int) -> dict[str, int]:
        """Return the row in which each different cell of a column stands first, in that order."""
        found: dict[str, int] = {}
        for row, cells in zip(self.rows, self.cells, strict=True):
            found.setdefault(cells[place], row)
        return found

    def blanked(self, places: Collection[int]) -> ClassTable:
        """Return the table with nothing in some of its columns."""
        if not places:
            return self
        width = range(len(self.headings))
        cells = [["" if place in places else row[place] for place in width] for row in self.cells]
        return replace(self, cells=cells)

    def without(self, places: Collection[int]) -> ClassTable:
        """Return the table without some of its rows."""
        keep = [place for place in range(len(self.cells)) if place not in places]
        return replace(
            self,
            cells=[self.cells[place] for place in keep],
            rows=[self.rows[place] for place in keep],
        )


@lru_cache(maxsize=1 << 14)  # most cells of a large list are alike
def clean(cell: str) -> str:
    """Return a cell without spaces around it, and without invisible marks."""
    return seen_only(cell).strip()


def letter(place: int) -> str:
    """Return the letter that Excel gives a column, counted from 0."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_email(cell: str) -> bool:
    """Whether a cell holds one e-mail address."""
    return _EMAIL.fullmatch(cell) is not None


def is_date(cell: str) -> bool:
    """Whether a cell holds a date, with or without a time."""
    return _DATE.fullmatch(cell) is not None
