"""Answers beside a name on a card: as short as they can be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.model.domain import ColumnKind, Roster
from planner.model.free_times import FreeTimes
from planner.model.term_clock import TermClock
from planner.model.week_clock import moments_in
from planner.model.week_order import in_week_order
from planner.rules.people import in_names

LONGEST = 48  # signs of one answer
_ANYWHERE = TermClock()


def beside(
    roster: Roster, student: str, headings: Sequence[str], clock: TermClock = _ANYWHERE
) -> Iterator[str]:
    """Return what a student answered under some headings, short; nothing for what was left empty.

    Parameters
    ----------
    roster : Roster
    student : str
        Id.
    headings : sequence of str
    clock : TermClock, optional
        Of the course: when somebody is free is told on it, as ranges.

    Yields
    ------
    str
    """
    if not headings:
        return
    columns = {column.heading: column for column in roster.columns}
    person = roster.by_id[student]
    for heading in headings:
        if heading not in columns or not (answer := person.answer(heading).strip()):
            continue
        if columns[heading].kind is ColumnKind.SLOTS:
            times = FreeTimes.known((heading,), roster, clock)
            answer = _by_day(times.ranges(times.of(person) or ())) or answer
        elif columns[heading].kind is ColumnKind.BUSY:
            answer = _by_day(moments_in(answer))
        elif columns[heading].kind is ColumnKind.PEER:
            answer = in_names(answer, roster)
        yield _short(answer)


def _by_day(moments: Sequence[str]) -> str:
    """Name each day once: "ma ochtend, middag; di ochtend"."""
    parts = [" ".join(part.split()) for part in moments]
    days = [(day, rest) for day, _, rest in (part.partition(" ") for part in in_week_order(parts))]
    if not all(rest for _, rest in days):
        return ", ".join(in_week_order(parts))
    found = groupby(days, key=lambda one: one[0])
    return "; ".join(f"{day} {', '.join(rest for _, rest in together)}" for day, together in found)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip(' ,;')}…"
