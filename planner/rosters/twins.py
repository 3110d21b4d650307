"""One answer in several words: "ja" beside "yes", "Y" and "1" in one column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from planner.model.answers import same_answers
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
        counts = Counter(cell for cell in table.column(place) if cell)
        often: Counter[str] = Counter()
        for cell, count in counts.items():
            often[normalize_text(cell)] += count
        for answers in same_answers(counts, table.headings[place]).values():
            words = set(map(normalize_text, answers))
            ways = [cell for cell in counts if normalize_text(cell) in words]
            best = max(ways, key=lambda cell: (often[normalize_text(cell)], counts[cell], len(cell)))
            _rewrite(table, place, best, words - {normalize_text(best)}, log)


def _rewrite(table: ClassTable, place: int, best: str, others: set[str], log: ReadingLog) -> None:
    where: dict[str, list[int]] = defaultdict(list)
    for row, cells in zip(table.rows, table.cells, strict=True):
        if normalize_text(cells[place]) in others:
            where[cells[place]].append(row)
            cells[place] = best
    answers = [_with_rows(answer, rows) for answer, rows in where.items()]
    log.add(
        "same-answer",
        Level.ASSUMED,
        message("Read as “{best}”, which most have: {answers}.", best=best, answers=some(answers)),
        message("Does one of them mean something else? Write that out in the file."),
        row=min(rows[0] for rows in where.values()),
        column=table.headings[place],
    )


def _with_rows(answer: str, rows: Sequence[int]) -> Message:
    shown = some(list(map(str, rows)))
    return plural_message(
        "“{answer}” (row {rows})", "“{answer}” (rows {rows})", len(rows), answer=answer, rows=shown
    )
