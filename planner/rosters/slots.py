"""Free moments as people type them: other spellings, two in one, and slips of the pen.

Answers that say the same moment in other signs, capitals or abbreviations are one answer.
A rare answer that is one slip away from a frequent one is read as that one, and the
coordinator hears of it. "Monday AM" is no slip for "Monday PM", nor 10:00 for 11:00, nor
`di-middag` for `do-middag`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from rapidfuzz.distance import OSA, Prefix

from planner.model.moments import (
    AND,
    FIXED,
    day_in,
    days_between,
    family_of,
    forms_of,
    moment_key,
    names_moment,
    sides,
    words_of,
)
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.model.week_clock import moments_in
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable

_RARE = 2
_TIMES_MORE = 3
_MOST_SPELLED = 200  # of more different answers, such as ranges of hours, no slips are looked for
_LABEL = re.compile(r"[a-z]?|[ivx]{1,4}")  # what tells rooms and blocks apart
Rows = Sequence[list[str]]


def tidy_slots(table: ClassTable, columns: Sequence[int], log: ReadingLog, beside: Rows = ()) -> None:
    """Give answers in these columns one spelling, in place, and write down what was assumed.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    beside : sequence of list of str
        Rows that count and are tidied as well, but of which nothing is said: of people who left.
    """
    for family in families(table, columns):
        rows = [*table.cells, *beside]
        often = Counter(row[place] for row in rows for place in family)
        counts: Counter[str] = Counter()
        for cell, count in often.items():
            counts.update(dict.fromkeys(moments_in(cell), count))
        if not counts or len(counts) > _MOST_SPELLED:
            continue
        read = _Read(counts)
        for place in family:
            read.tell(table, place, log)
        if read.changed:
            for row in rows:
                for place in family:
                    row[place] = read.rewritten(row[place])


def families(table: ClassTable, columns: Iterable[int]) -> list[list[int]]:
    """Return columns, those together that ask the same of other moments: "Kun je? [ma]", "Kun je? [di]".

    Parameters
    ----------
    table : ClassTable
    columns : iterable of int
        Places of the columns that are looked at.

    Returns
    -------
    list of list of int
    """
    found: dict[str, list[int]] = defaultdict(list)
    for place in columns:
        found[family_of(table.headings[place])].append(place)
    return list(found.values())


class _Read:
    """How every answer of some columns is read."""

    def __init__(self, counts: Counter[str]) -> None:
        best = _spellings(counts)
        self.split = {part: two for part in counts if (two := _two(part, best))}
        total: Counter[str] = Counter()
        for part, count in counts.items():
            for side in self.split.get(part, (part,)):
                total[best.get(moment_key(side), side)] += count
        self.near = {part: near for part in total if (near := _near(part, total))}
        self._best = best
        self.changed = {part: to for part in counts if (to := self.read(part)) != (part,)}

    def read(self, part: str) -> tuple[str, ...]:
        """Return the moments that an answer stands for."""
        found = []
        for side in self.split.get(part, (part,)):
            spelled = self._best.get(moment_key(side), side)
            near = self.near.get(spelled, ())
            found.append(near[0] if len(near) == 1 else spelled)
        return tuple(found)

    def rewritten(self, cell: str) -> str:
        """Return a cell with its answers as they are read."""
        parts = moments_in(cell)
        if not any(part in self.changed for part in parts):
            return cell
        return "; ".join(dict.fromkeys(to for part in parts for to in self.changed.get(part, (part,))))

    def tell(self, table: ClassTable, place: int, log: ReadingLog) -> None:
        """Say what was read in another way than it was written in a column."""
        heading = table.headings[place]
        where: dict[str, int] = {}
        for cell, row in table.first_rows(place).items():
            for part in moments_in(cell):
                where.setdefault(part, row)
        _tell_spelled(
            {part: self._best[moment_key(part)] for part in sorted(where) if part not in self.split},
            heading,
            log,
        )
        for part in sorted(where, key=lambda part: (where[part], part)):
            if part in self.split:
                log.add(*_two_in_one(part, self.read(part)), row=where[part], column=heading)
                continue
            near = self.near.get(self._best[moment_key(part)], ())
            if near:
                log.add(*_slip(part, near), row=where[part], column=heading)


def _spellings(counts: Mapping[str, int]) -> dict[tuple[str, ...], str]:
    """Return the most used spelling of every moment."""
    best: dict[tuple[str, ...], str] = {}
    for part, _ in sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        best.setdefault(moment_key(part), part)
    return best


def _two(part: str, given: Container[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the moments in one answer, where one of them is given by itself as well; else nothing."""
    span = days_between(part)
    if span:
        return span if any(moment_key(day) in given for day in span) else ()
    if AND not in words_of(part):
        return ()
    found = sides(part)
    if not all(map(names_moment, found)):
        return ()
    found = _whole(found, given)
    return found if any(moment_key(side) in given for side in found) else ()


def _whole(found: Sequence[str], given: Container[tuple[str, ...]]) -> tuple[str, ...]:
    """Complete a part of a day without its day: "ma ochtend / middag" is also "ma middag"."""
    whole, day = [], ""
    for side in found:
        own = day_in(side)
        if not own and moment_key(side) not in given and moment_key(f"{day} {side}") in given:
            side = f"{day} {side}"
        day = own or day
        whole.append(side)
    return tuple(whole)


def _near(part: str, total: Counter[str]) -> tuple[str, ...]:
    """Return what a rare answer must be a slip for; several where nobody can tell which."""
    count = total[part]
    if count > _RARE:
        return ()
    far = {
        other: distance
        for other, often in total.items()
        if (often >= _TIMES_MORE * count or set(words_of(other)) <= FIXED)
        and (distance := slip(part, other)) is not None
    }
    least = min(far.values(), default=0)
    return tuple(sorted(other for other, distance in far.items() if distance == least))


def slip(typed: str, meant: str) -> int | None:
    """Return how many letters one text is from another one that it may be a slip of; None where it is none.

    What names a day, a part of a day, a month, a number or a week is a slip of no other one,
    however it is joined.

    Parameters
    ----------
    typed : str
        What somebody wrote.
    meant : str
        What it may stand for.

    Returns
    -------
    int or None
    """
    words, others = words_of(typed), words_of(meant)
    if len(words) != len(others):
        if FIXED.intersection(words):
            return None
        words, others = ("".join(normalize_text(typed).split()),), ("".join(normalize_text(meant).split()),)
        if words == others:
            return 1  # a space too many or too few
    different = [(word, other) for word, other in zip(words, others, strict=True) if word != other]
    far = [_letters(word, other) for word, other in different]
    return sum(one or 0 for one in far) if far and None not in far else None


def _letters(word: str, other: str) -> int | None:
    """Return by how many letters a word is off, where that can be a slip of the pen."""
    if word in FIXED or any(map(str.isdigit, word + other)):
        return None
    far = [OSA.distance(word, form) for form in forms_of(other) if _may_be_slip(word, form)]
    return min(far, default=None)


def _may_be_slip(word: str, other: str) -> bool:
    if min(len(word), len(other)) < 4:
        return False
    # "unavailable" is no slip for "available".
    if abs(len(word) - len(other)) > 1 and (word.endswith(other) or other.endswith(word)):
        return False
    # "zaalA" is no slip for "zaalB", nor "blokII" for "blokIII".
    same = Prefix.similarity(word, other)
    if other not in FIXED and all(map(_LABEL.fullmatch, (word[same:], other[same:]))):
        return False
    return OSA.distance(word, other) <= (1 if len(other) < 8 else 2)


# What is said


def _tell_spelled(spelled: Mapping[str, str], heading: str, log: ReadingLog) -> None:
    others = {part: best for part, best in spelled.items() if part != best}
    if others:
        log.add(
            "slot-spelling",
            Level.FIXED,
            plural_message(
                "1 answer is spelled differently from most: {spellings}.",
                "{n} answers are spelled differently from most: {spellings}.",
                len(others),
                spellings=some([f"“{part}” = “{best}”" for part, best in others.items()]),
            ),
            column=heading,
        )


def _two_in_one(part: str, moments: Sequence[str]) -> tuple[str, Level, Message, Message]:
    return (
        "two-moments",
        Level.ASSUMED,
        message("“{typed}” is read as {moments}.", typed=part, moments=[f"“{moment}”" for moment in moments]),
        message("Correct the cell in the file if that is not right."),
    )


def _slip(part: str, near: Sequence[str]) -> tuple[str, Level, Message, Message]:
    if len(near) == 1:
        sentence = message("“{typed}” is unknown. Did you mean “{meant}”?", typed=part, meant=near[0])
        hint = message("It is read that way. Correct the cell in the file if that is not right.")
        return "unknown-slot", Level.ASSUMED, sentence, hint
    sentence = message(
        "“{typed}” is unknown; it may be any of {meant}.",
        typed=part,
        meant=[f"“{one}”" for one in near],
    )
    hint = message("It is kept as it is. Correct the cell in the file.")
    return "unknown-slot", Level.ASSUMED, sentence, hint
