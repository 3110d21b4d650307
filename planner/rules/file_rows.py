"""On which row of a rules file something is written."""

from __future__ import annotations

import re
from functools import lru_cache


def row_of(key: str, text: str, from_row: int = 1) -> int | None:
    """Return the row on which a key or section is written; None where it is not.

    Parameters
    ----------
    key : str
        Or the name of a section.
    text : str
        Of the rules file.
    from_row : int, default 1
        Rows before this one do not count.

    Returns
    -------
    int or None
    """
    before = r"""(["']?[\w-]+["']?\s*\.\s*)*"""  # groups.size = …
    pattern = re.compile(rf"""^\s*(\[+\s*)?{before}["']?{re.escape(key)}["']?\s*(=|\]|\.)""")
    for row, line in enumerate(text.splitlines(), start=1):
        if row >= from_row and pattern.match(line):
            return row
    return None


def row_of_table(name: str, text: str, place: int) -> int:
    """Return the row on which one of several begins: ``[[rule]]``, ``[[topic]]``.

    Parameters
    ----------
    name : str
        What stands between the brackets.
    text : str
        Of the rules file.
    place : int
        Of this one among all of that name, from 0 on.

    Returns
    -------
    int
        1 where no such row is found.
    """
    rows = _rows_of_tables(name, text)
    return rows[place] if place < len(rows) else 1


@lru_cache(maxsize=4)
def _rows_of_tables(name: str, text: str) -> list[int]:
    begins = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    return [row for row, line in enumerate(text.splitlines(), start=1) if begins.match(line)]
