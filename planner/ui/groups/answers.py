"""Answers beside a name on a card: as short as they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from planner.model.domain import ColumnKind, Roster
from planner.model.week_order import in_week_order

LONGEST = 48  # signs of one answer
_MOMENTS = (ColumnKind.SLOTS, ColumnKind.BUSY)


def beside(roster: Roster, student: str, headings: Sequence[str]) -> Iterator[str]:
    """Return what a student answered under some headings, short; nothing for what was left empty."""
    if not headings:
        return
    columns = {column.heading: column for column in roster.columns}
    for heading in headings:
        if heading in columns and (answer := roster.by_id[student].answer(heading).strip()):
            yield _short(_moments(answer) if columns[heading].kind in _MOMENTS else answer)


def _moments(answer: str) -> str:
    """Name each day once: "ma ochtend, middag; di ochtend"."""
    parts = [" ".join(part.split()) for part in re.split("[,;\n]", answer) if part.strip()]
    days = [(day, rest) for day, _, rest in (part.partition(" ") for part in in_week_order(parts))]
    if not all(rest for _, rest in days):
        return ", ".join(in_week_order(parts))
    found = groupby(days, key=lambda one: one[0])
    return "; ".join(f"{day} {', '.join(rest for _, rest in together)}" for day, together in found)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip(' ,;')}…"
