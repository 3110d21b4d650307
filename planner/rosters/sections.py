"""One spelling for a section, and a word on who is in none: "01", "1" and "Section 1" are one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.model.values import normalize_text
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable
from planner.rosters.twins import write_alike

_WORDS = {
    word: words.split()[0]
    for words in (
        "section sections sectie sect sec",
        "class klas klasse cls",
        "group groep gr grp",
        "workgroup werkgroep wg",
        "tutorial tut werkcollege",
        "lab practicum labgroup",
        "seminar sem",
        "cohort",
        "lesgroep",
        "mentorgroep",
    )
    for word in words.split()
}
_NAMED = re.compile(r"([a-z]+)[\s.:#_-]*(?:(?:nr|no|number|nummer)\b[\s.:]*)?(.*)", re.DOTALL)
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def tidy_sections(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Write each section in one way, in place; say which were one, and who has none.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        filled = {cell for cell in table.column(place) if cell}
        words = {word for cell in filled if (word := _parts(cell)[0])}
        ways: dict[tuple[str, str], list[str]] = defaultdict(list)
        for cell in table.first_rows(place):
            if cell:
                word, rest = _parts(cell)
                # "Lab 1" beside "Tutorial 1" are two
                ways[(word if len(words) > 1 else "", rest)].append(cell)
        for spellings in ways.values():
            write_alike(table, place, spellings, log, sections=True)
        _tell_blank(table, place, log, any_filled=bool(filled))


def _parts(cell: str) -> tuple[str, str]:
    """Return the word for a section and what tells it from others: "Section 01" is ("section", "1")."""
    text = _ZEROS.sub("", normalize_text(cell))
    named = _NAMED.fullmatch(text)
    if named is None or named[1] not in _WORDS or not named[2]:
        return "", text
    return _WORDS[named[1]], named[2]


def _tell_blank(table: ClassTable, place: int, log: ReadingLog, *, any_filled: bool) -> None:
    blank = [row for row, cells in zip(table.rows, table.cells, strict=True) if not cells[place]]
    if blank and any_filled:
        log.add(
            "blank-section",
            Level.NOTE,
            plural_message(
                "1 student has nothing under “{column}” (row {rows}).",
                "{n} students have nothing under “{column}” (rows {rows}).",
                len(blank),
                column=table.headings[place],
                rows=some(list(map(str, blank))),
            ),
            message("Rules that use it leave them free. Fill it in if they belong to one."),
            row=blank[0],
            column=table.headings[place],
        )
