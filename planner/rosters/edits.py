"""What a coordinator changed in a class list by hand: on top of the file, which stays as it is.

Rows are known by their number in the file and columns by their heading, so edits
outlast another guess of what a column means. Somebody who joined gets a row number
below the last one. The edited rows go through the same reading as a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import Field

from planner.model.base import Frozen
from planner.rosters.table import clean

_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


class EditedRow(Frozen):
    """A row of the class list as it is now.

    Attributes
    ----------
    row : int
        Its number in the file, or below the last one for somebody who joined.
    cells : dict
        Heading -> text; sensitive and ignored columns are not in it.
    student : str
        The student's id, where it has one.
    was : dict
        What the file says in cells that were corrected.
    left : bool
    joined : bool
    """

    row: int
    cells: dict[str, str]
    student: str = ""
    was: dict[str, str] = Field(default_factory=dict)
    left: bool = False
    joined: bool = False


class Edits(Frozen):
    """Cells that were corrected, rows of people who left, and people who joined.

    Attributes
    ----------
    cells : dict
        Row -> heading -> what it says now.
    left : frozenset of int
        Rows.
    joined : dict
        Row -> heading -> text.
    """

    cells: dict[int, dict[str, str]] = Field(default_factory=dict)
    left: frozenset[int] = frozenset()
    joined: dict[int, dict[str, str]] = Field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything differs from the file."""
        return bool(self.cells or self.left or self.joined)

    def __len__(self) -> int:
        """Return how many rows differ from the file."""
        return len(self.cells.keys() | self.left | self.joined.keys())

    def changed(self, row: int, heading: str, text: str, before: str | None) -> Edits:
        """Return the edits with another text in a cell; the text of the file is no edit.

        Parameters
        ----------
        row : int, str
        heading : int, str
        text : str
            What the cell says from now on.
        before : str or None
            What it says in the file, where that is known.

        Returns
        -------
        Edits
        """
        if row in self.joined:
            return self.model_copy(update={"joined": _put(self.joined, row, heading, tidy(text))})
        if tidy(text) != before:
            return self.model_copy(update={"cells": _put(self.cells, row, heading, tidy(text))})
        rest = {name: cell for name, cell in self.cells.get(row, {}).items() if name != heading}
        others = {other: cells for other, cells in self.cells.items() if other != row}
        return self.model_copy(update={"cells": {**others, row: rest} if rest else others})

    def leaves(self, row: int) -> Edits:
        """Return the edits after somebody left; one who had only just joined is gone altogether."""
        if row in self.joined:
            others = {other: cells for other, cells in self.joined.items() if other != row}
            return self.model_copy(update={"joined": others})
        return self.model_copy(update={"left": self.left | {row}})

    def stays(self, row: int) -> Edits:
        """Return the edits without somebody's leaving."""
        return self.model_copy(update={"left": self.left - {row}})

    def joins(self, row: int, cells: Mapping[str, str]) -> Edits:
        """Return the edits with one more person, on a row below all others.

        Parameters
        ----------
        row : int
            Number of the row, as the file counts them.
        cells : mapping of str to str
            By heading.

        Returns
        -------
        Edits
        """
        said = {heading: text for heading, cell in cells.items() if (text := tidy(cell))}
        return self.model_copy(update={"joined": {**self.joined, row: said}}) if said else self


def tidy(text: str) -> str:
    """Return a text as a cell can hold it: one line, nothing unreadable, no spaces around it."""
    return clean(_UNREADABLE.sub(" ", text))


def _put(
    rows: Mapping[int, Mapping[str, str]], row: int, heading: str, text: str
) -> dict[int, Mapping[str, str]]:
    return {**rows, row: {**rows.get(row, {}), heading: text}}
