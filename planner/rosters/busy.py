"""Columns that say when somebody can *not*: which moments there are, so that all others are free.

What people wrote stays as it is, under the heading that they answered. With the column go
the moments that were given in it, or in its twins for other days; rules take the one from
the other. The moments are remembered with a course, so that somebody who leaves does not
take theirs along.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.model.answers import (
    BUSY,
    FREE,
    NO,
    POLL_YES,
    WHOLE,
    YES,
    says_not,
)
from planner.model.domain import ColumnKind, Roster
from planner.model.moments import (
    family_of,
    label_of,
    listed_once,
    names_moment,
)
from planner.model.problems import Level
from planner.model.text import Message, message, plural_message
from planner.model.values import choices, cut_short, normalize_text
from planner.model.week_clock import moments_in, said
from planner.rosters.column_inference import Meaning, asks_when_not
from planner.rosters.name_columns import places
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.slots import Rows, families
from planner.rosters.table import ClassTable, is_date

Moments = Mapping[str, tuple[str, ...]]  # by heading
_LONGEST = 40  # letters of a moment
_SAID = YES | NO | FREE | BUSY | WHOLE
_ANSWERS = _SAID | POLL_YES
_NOTHING = frozenset(
    {"none", "geen", "nvt", "n.v.t.", "n/a", "na", "?", "nooit", "never", "niets", "nothing"}
)
_UNCLEAR = frozenset({"altijd", "always", "soms", "sometimes", "misschien", "maybe", "wisselend", "varies"})


def busy_moments(
    table: ClassTable, columns: Sequence[int], log: ReadingLog, seen: Moments, beside: Rows = ()
) -> dict[str, tuple[str, ...]]:
    """Return by heading the moments of columns that say when people cannot; say what was left out.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    seen : mapping
        Moments that the columns were known to have before.
    beside : sequence of list of str
        Rows of people who left: their moments are moments all the same.

    Returns
    -------
    dict of str to tuple of str
    """
    found: dict[str, tuple[str, ...]] = {}
    for family in families(table, columns):
        headings = [table.headings[place] for place in family]
        before = [moment for heading in headings for moment in seen.get(heading, ())]
        cells = dict.fromkeys(row[at] for row in [*table.cells, *beside] for at in family)
        written = [part for cell in cells for part in moments_in(cell)]
        moments, odd = _sorted_out([*before, *written])
        if moments:
            found.update(dict.fromkeys(headings, moments))
        else:  # yes or no for each moment
            found.update(_of_headings(headings, any(map(normalize_text, written))))
        _tell_odd(table, family, odd, log)
    return found


def answers_seen(roster: Roster, said: Mapping[str, ColumnKind] | None = None) -> dict[str, tuple[str, ...]]:
    """Return what columns of a class list keep beside their answers, by heading: moments, or an order.

    Parameters
    ----------
    roster : Roster
    said : mapping of str to ColumnKind, optional
        What columns mean from now on: what was a scale has no moments, nor the other way round.

    Returns
    -------
    dict of str to tuple of str
    """
    now = said or {}
    return {
        column.heading: known
        for column in roster.columns
        if (known := column.order or column.moments)
        and (column.kind is ColumnKind.SCALE) == (now.get(column.heading, column.kind) is ColumnKind.SCALE)
    }


def _of_headings(headings: Sequence[str], answered: bool) -> dict[str, tuple[str, ...]]:
    labels = {heading: label_of(heading) or (heading if answered else "") for heading in headings}
    return {heading: (label,) for heading, label in labels.items() if label}


def _sorted_out(parts: Iterable[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the moments among some answers, each once, and the answers that are none.

    Where most answers name no day, hour or the like, people use words of their own.
    """
    once = dict.fromkeys(parts)
    numbered = any(part.isdigit() and int(part) > 1 for part in once)
    said = {part for part in once if normalize_text(part) in _SAID and not (numbered and part.isdigit())}
    rest = [part for part in once if part not in said and normalize_text(part) not in _NOTHING]
    like = [part for part in rest if _like_moment(part)]
    own_words = 2 * len(like) < len(rest)
    clear = [part for part in rest if len(part) <= _LONGEST and normalize_text(part) not in _UNCLEAR]
    moments = [part for part in clear if own_words or (_like_moment(part) and not says_not(part))]
    return listed_once(moments), frozenset(set(rest) - set(moments))


def _like_moment(part: str) -> bool:
    return names_moment(part) or is_date(part) or any(map(str.isdigit, part))


def _tell_odd(table: ClassTable, family: Sequence[int], odd: frozenset[str], log: ReadingLog) -> None:
    for place in family if odd else ():
        for row, cells in zip(table.rows, table.cells, strict=True):
            for part in moments_in(cells[place]):
                if part in odd:
                    log.add(
                        "no-moment",
                        Level.ASSUMED,
                        message(
                            "“{typed}” is not a time; it counts only as far as it names one of the others.",
                            typed=cut_short(part, 80),
                        ),
                        message("Correct the cell in the file if it says when someone is not free."),
                        row=row,
                        column=table.headings[place],
                    )


# What is said of the way a column was read


def tell_reading(table: ClassTable, found: Sequence[Meaning], moments: Moments, log: ReadingLog) -> None:
    """Say which columns were read as moments when somebody cannot, and which free ones sound like it.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    moments : Moments
        By heading, of the columns that say when people cannot.
    log : ReadingLog
        Takes what comes to light.
    """
    for family in families(table, places(found, ColumnKind.BUSY)):
        headings = [table.headings[place] for place in family]
        corrected = all(found[place].corrected for place in family)
        log.add(
            "busy-moments",
            Level.NOTE if corrected else Level.ASSUMED,
            _read_as_busy(headings, some(_every(moments, headings))),
            None
            if corrected
            else message(
                "Is it the other way round? Say that the column has the times when someone is free."
            ),
            column=headings[0],
        )
    for place in places(found, ColumnKind.SLOTS):
        heading = table.headings[place]
        if found[place].corrected and asks_when_not(heading, table.column(place)):
            log.add(
                "busy-as-free",
                Level.ASSUMED,
                message(
                    "“{column}” sounds like times when someone is not free, but is read as times when "
                    "they are.",
                    column=heading,
                ),
                message(
                    "Is it the other way round? Say that the column has the times when someone is not free."
                ),
                column=heading,
            )


def _read_as_busy(headings: Sequence[str], moments: Sequence[str | Message]) -> Message:
    if len(headings) == 1:
        return message(
            "“{column}” is read as the times when someone is not free. The other times that were "
            "given count as free: {moments}.",
            column=headings[0],
            moments=moments,
        )
    return message(
        "“{column}” ({labels}) is read as the times when someone is not free. The other "
        "times that were given in any of these count as free: {moments}.",
        column=headings[0].partition("[")[0].strip(),
        labels=some([label_of(heading) for heading in headings]),
        moments=moments,
    )


def _every(moments: Moments, headings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(moment for heading in headings for moment in moments.get(heading, ())))


def tell_not(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Say which answers in columns of free moments say when somebody cannot: they count as not free.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        denied = {cell: found for cell in set(table.column(place)) if (found := _denied(cell))}
        if not denied:
            continue
        for row, cells in zip(table.rows, table.cells, strict=True):
            for part in denied.get(cells[place], ()):
                log.add(
                    "not-free",
                    Level.ASSUMED,
                    message(
                        "“{typed}” says when someone is not free; it is not counted as free.", typed=part
                    ),
                    message("Write in this cell when they are free."),
                    row=row,
                    column=table.headings[place],
                )


def tell_unclear(table: ClassTable, columns: Sequence[int], log: ReadingLog) -> None:
    """Say which answers in a column for one slot ("Mon 18:00-21:00") are no yes, no "no" and no time.

    Parameters
    ----------
    table : ClassTable
    columns : sequence of int
        Places of the columns that are looked at.
    log : ReadingLog
        Takes what comes to light.
    """
    for place in columns:
        heading = table.headings[place]
        told = said(label_of(heading) or heading)
        if told is None or not told.stretches:
            continue
        for cell, row in table.first_rows(place).items():
            for part in moments_in(cell):
                if normalize_text(part) not in _ANSWERS and said(part) is None and not says_not(part):
                    log.add(
                        "unclear-slot",
                        Level.ASSUMED,
                        message(
                            "“{typed}” is neither yes nor no; it counts as free only together with others "
                            "who wrote the same.",
                            typed=cut_short(part, 80),
                        ),
                        message("Write “yes” in this cell, or leave it empty."),
                        row=row,
                        column=heading,
                    )


def _denied(cell: str) -> list[str]:
    return [part for part in choices(cell) if names_moment(part) and says_not(part)]


def tell_empty(roster: Roster, unanswered: Collection[str], log: ReadingLog) -> None:
    """Say who left a column about busy moments empty, or never answered: both are free at all moments.

    Parameters
    ----------
    roster : Roster
    unanswered : collection of str
        Ids of who did not answer at all.
    log : ReadingLog
        Takes what comes to light.
    """
    asked: dict[str, list[str]] = defaultdict(list)
    for column in roster.columns:
        if column.kind is ColumnKind.BUSY:
            asked[family_of(column.heading)].append(column.heading)
    for headings in asked.values():
        empty = [
            s.id
            for s in roster.students
            if not any(s.answer(heading).strip() for heading in headings) and s.answers.keys() & headings
        ]
        blank = [student for student in empty if student not in unanswered]
        silent = [student for student in empty if student in unanswered]
        if blank:
            sentence = plural_message(
                "1 student left this empty, and counts as free at any time: {people}.",
                "{n} students left this empty, and count as free at any time: {people}.",
                len(blank),
                people=some(roster.names(blank)),
            )
            log.add("busy-empty", Level.ASSUMED, sentence, column=headings[0])
        if silent:
            sentence = plural_message(
                "1 student did not answer, and counts as free at any time until then: {people}.",
                "{n} students did not answer, and count as free at any time until then: {people}.",
                len(silent),
                people=some(roster.names(silent)),
            )
            log.add("busy-unanswered", Level.ASSUMED, sentence, column=headings[0])
