"""One answer in several words: "ja" beside "yes", "Y" and "1" in one column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from planner.model.answers import same_answers
from planner.model.participation import Mode, mode_of
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable


def tidy_answers(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Write answers that mean the same in one way, in place, and say which rows that was.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        given = dict.fromkeys(cell for cell in table.column(place) if cell)
        for answers in same_answers(given, table.headings[place]).values():
            write_alike(table, place, answers, log)


def tidy_modes(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Write each way to take part in one way, in place: "online" and "via Zoom" are one.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        ways: dict[frozenset[Mode], list[str]] = defaultdict(list)
        for cell in table.first_rows(place):
            mode = mode_of(cell)
            if mode:
                ways[mode].append(cell)
        for answers in ways.values():
            write_alike(table, place, answers, log)


def write_alike(
    table: ClassTable, place: int, answers: Sequence[str], log: ReadingLog, *, sections: bool = False
) -> None:
    """Write answers that are one in the way that most have, in place, and say which rows that was.

    Parameters
    ----------
    table : ClassTable
    place : int
        Of the column.
    answers : sequence of str
        Which mean the same.
    log : ReadingLog
        Takes what comes to light.
    sections : bool, default False
        Whether they are names of a section.
    """
    words = set(map(normalize_text, answers))
    if len(words) < 2:
        return
    counts = Counter(cell for cell in table.column(place) if normalize_text(cell) in words)
    often: Counter[str] = Counter()
    for cell, count in counts.items():
        often[normalize_text(cell)] += count
    if len(often) < 2:
        return
    best = max(counts, key=lambda cell: (often[normalize_text(cell)], counts[cell], len(cell)))
    _rewrite(table, place, best, words - {normalize_text(best)}, log, sections=sections)


def _rewrite(
    table: ClassTable, place: int, best: str, others: set[str], log: ReadingLog, *, sections: bool
) -> None:
    where: dict[str, list[int]] = defaultdict(list)
    for row, cells in zip(table.rows, table.cells, strict=True):
        if normalize_text(cells[place]) in others:
            where[cells[place]].append(row)
            cells[place] = best
    answers = [_with_rows(answer, rows) for answer, rows in where.items()]
    log.add(
        "same-section" if sections else "same-answer",
        Level.ASSUMED,
        message("Read as one section, “{best}”: {answers}.", best=best, answers=some(answers))
        if sections
        else message("Read as “{best}”, which most have: {answers}.", best=best, answers=some(answers)),
        message("Does one of them mean something else? Write that out in the file."),
        row=min(rows[0] for rows in where.values()),
        column=table.headings[place],
    )


def _with_rows(answer: str, rows: Sequence[int]) -> Message:
    shown = some(list(map(str, rows)))
    return plural_message(
        "“{answer}” (row {rows})", "“{answer}” (rows {rows})", len(rows), answer=answer, rows=shown
    )
