"""Free moments as people type them: other spellings, and slips of the pen.

Answers that differ in capitals or spaces only are one answer. A rare answer that
is one slip away from a frequent one is read as that one, and the coordinator
hears of it. "Monday AM" is no slip for "Monday PM", nor 10:00 for 11:00.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from planner.problems import Level
from planner.rosters.account import Account, some
from planner.rosters.table import Table
from planner.text import say, say_many
from planner.values import choices, fold

_RARE = 2
_TIMES_MORE = 3
_MOST_SLOTS = 200  # more different answers than this are no slots
_DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_PARTS = ("ochtend", "morgen", "middag", "namiddag", "voormiddag", "avond", "nacht")
_OTHERS = """
    monday tuesday wednesday thursday friday saturday sunday morning afternoon evening night
    januari februari maart april juni juli augustus september oktober november december
    january february march june july august october
"""
_CALENDAR = frozenset((*_DAYS, *_PARTS, *_OTHERS.split(), *(day + part for day in _DAYS for part in _PARTS)))
_DIGIT = re.compile(r"\d")


def tidy_slots(table: Table, columns: Sequence[int], account: Account) -> None:
    """Give answers in these columns one spelling, in place, and write down what was assumed."""
    for column in columns:
        cells = {cell: choices(cell) for cell in set(table.column(column)) if cell}
        counts: Counter[str] = Counter()
        for row in table.cells:
            counts.update(cells.get(row[column], ()))
        if not counts or len(counts) > _MOST_SLOTS:
            continue
        spelling = _spellings(counts)
        meant = _meant(_added_up(counts, spelling))
        replace = {part: meant.get(spelling[part], spelling[part]) for part in counts}
        _tell(table, column, counts, spelling, meant, account)
        changed = {part: to for part, to in replace.items() if part != to}
        if changed:
            _rewrite(table, column, changed)


def _added_up(counts: Counter[str], spelling: dict[str, str]) -> Counter[str]:
    total: Counter[str] = Counter()
    for part, count in counts.items():
        total[spelling[part]] += count
    return total


def _spellings(counts: Counter[str]) -> dict[str, str]:
    """Return the most used spelling of every answer."""
    best: dict[str, str] = {}
    for part, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        best.setdefault(fold(part), part)
    return {part: best[fold(part)] for part in counts}


def _meant(counts: Counter[str]) -> dict[str, str]:
    """Return what each rare answer must be a slip for."""
    meant: dict[str, str] = {}
    for part, count in counts.items():
        if count > _RARE:
            continue
        near = [
            other
            for other, often in counts.items()
            if (often >= _TIMES_MORE * count or fold(other) in _CALENDAR) and is_slip(part, other)
        ]
        if near:
            meant[part] = max(near, key=lambda other: counts[other])
    return meant


def is_slip(typed: str, meant: str) -> bool:
    """Whether one text is another with a slip of the pen in one word or more."""
    words, others = fold(typed).split(), fold(meant).split()
    if len(words) != len(others):
        words, others = ["".join(words)], ["".join(others)]
    different = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    return bool(different) and all(_is_slip_in_word(word, other) for word, other in different)


def _is_slip_in_word(word: str, other: str) -> bool:
    if word in _CALENDAR or _DIGIT.search(word) or _DIGIT.search(other):
        return False
    if min(len(word), len(other)) < 4:
        return False
    # "unavailable" is no slip for "available".
    if abs(len(word) - len(other)) > 1 and (word.endswith(other) or other.endswith(word)):
        return False
    return OSA.distance(word, other) <= (1 if len(other) < 8 else 2)


def _tell(
    table: Table,
    column: int,
    counts: Counter[str],
    spelling: dict[str, str],
    meant: dict[str, str],
    account: Account,
) -> None:
    heading = table.headings[column]
    others = [part for part, best in spelling.items() if part != best]
    if others:
        account.add(
            "slot-spelling",
            Level.FIXED,
            say_many(
                "1 answer is spelled in another way than most: {spellings}.",
                "{n} answers are spelled in another way than most: {spellings}.",
                len(others),
                spellings=some([f'"{part}" = "{spelling[part]}"' for part in sorted(others)]),
            ),
            column=heading,
        )
    for part in sorted(part for part in counts if spelling[part] in meant):
        first = next(place for place, cells in enumerate(table.cells) if part in choices(cells[column]))
        account.add(
            "unknown-slot",
            Level.ASSUMED,
            say('"{typed}" is unknown. Did you mean "{meant}"?', typed=part, meant=meant[spelling[part]]),
            say("It is read that way. Correct the cell in the file if that is not right."),
            row=table.rows[first],
            column=heading,
        )


def _rewrite(table: Table, column: int, changed: dict[str, str]) -> None:
    for row in table.cells:
        parts = choices(row[column])
        if any(part in changed for part in parts):
            row[column] = "; ".join(dict.fromkeys(changed.get(part, part) for part in parts))
