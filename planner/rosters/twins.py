"""One answer in several words: "ja" beside "yes", "Y" and "1" in one column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from planner.answers import same_answers
from planner.problems import Level
from planner.rosters.account import Account, some
from planner.rosters.table import Table
from planner.text import Message, say, say_many
from planner.values import fold


def tidy_answers(table: Table, columns: Sequence[int], account: Account) -> None:
    """Write answers that mean the same in one way, in place, and say which rows that was."""
    for place in columns:
        counts = Counter(cell for cell in table.column(place) if cell)
        often: Counter[str] = Counter()
        for cell, count in counts.items():
            often[fold(cell)] += count
        for answers in same_answers(counts, table.headings[place]).values():
            words = set(map(fold, answers))
            ways = [cell for cell in counts if fold(cell) in words]
            best = max(ways, key=lambda cell: (often[fold(cell)], counts[cell], len(cell)))
            _rewrite(table, place, best, words - {fold(best)}, account)


def _rewrite(table: Table, place: int, best: str, others: set[str], account: Account) -> None:
    where: dict[str, list[int]] = defaultdict(list)
    for row, cells in zip(table.rows, table.cells, strict=True):
        if fold(cells[place]) in others:
            where[cells[place]].append(row)
            cells[place] = best
    answers = [_with_rows(answer, rows) for answer, rows in where.items()]
    account.add(
        "same-answer",
        Level.ASSUMED,
        say('Read as "{best}", which most have: {answers}.', best=best, answers=some(answers)),
        say("Does one of them mean something else? Write that out in the file."),
        row=min(rows[0] for rows in where.values()),
        column=table.headings[place],
    )


def _with_rows(answer: str, rows: Sequence[int]) -> Message:
    shown = some(list(map(str, rows)))
    return say_many(
        '"{answer}" (row {rows})', '"{answer}" (rows {rows})', len(rows), answer=answer, rows=shown
    )
