"""What a column means by its cells alone, as far as they can tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from planner.model.domain import ColumnKind
from planner.model.participation import mode_of
from planner.model.scales import levels_of
from planner.model.time_zones import zone_name
from planner.model.values import choices, is_nothing, normalize_text, number
from planner.model.week_clock import says_when
from planner.rosters.excel_dates import looks_like_date
from planner.rosters.table import is_date, is_email

_NUMBERED = re.compile(r"#?[a-z]{0,2}\d{4,12}(?:[.,]0+)?", re.IGNORECASE)
_FULL_NAME = re.compile(r"[^\W\d_][^\d@;]*[ ,][^\d@;]*[^\W\d_]\.?")
_LONGEST_CATEGORY = 60
_MOST_CATEGORIES = 50
_LONGEST_CHOICE = 40
_MOST_CHOICES = 40
_LONGEST_TIME = 80  # a sentence names no more than a time by the way
_MOSTLY = 0.9


def by_cells(cells: Sequence[str]) -> ColumnKind:
    """Return what a column means by its filled cells alone, as far as they can tell."""
    if not cells:
        return ColumnKind.TEXT
    if share_of(cells, is_email) >= 0.9:
        return ColumnKind.EMAIL
    if are_numbers(cells):
        return ColumnKind.NUMBER
    if share_of(cells, is_date) >= 0.8:
        return ColumnKind.IGNORED
    if share_of(cells, lambda cell: "/" in cell and zone_name(cell) is not None) >= 0.8:
        return ColumnKind.TIME_ZONE
    ordered = by_answers("", cells)
    if ordered is not None:
        return ordered
    if several_in_one(cells) or several_times(cells):
        return ColumnKind.SLOTS
    different = len({normalize_text(cell) for cell in cells})
    few = different <= 2 or different <= min(0.6 * len(cells), _MOST_CATEGORIES)
    if few and max(map(len, cells)) <= _LONGEST_CATEGORY:
        return ColumnKind.CATEGORY
    return ColumnKind.TEXT


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether nearly all cells are numbers, but for those that say nothing or that Excel made dates of."""
    said = [cell for cell in cells if not is_nothing(cell) and not looks_like_date(cell)]
    return share_of(said, lambda cell: number(cell) is not None) >= 0.8


def by_answers(heading: str, cells: Sequence[str]) -> ColumnKind | None:
    """Return what a column means whose answers are a known set: ways to take part, or a scale.

    Parameters
    ----------
    heading : str
        Empty where it says nothing.
    cells : sequence of str

    Returns
    -------
    ColumnKind or None
        None where they are not.
    """
    said = [cell for cell in cells if cell]
    modes = {mode for cell in set(said) if (mode := mode_of(cell))}
    if len(modes) > 1 and share_of(said, mode_of) >= _MOSTLY:
        return ColumnKind.PARTICIPATION
    return ColumnKind.SCALE if levels_of(said, heading) else None


def several_in_one(cells: Sequence[str]) -> bool:
    """Whether cells hold several answers each out of a small number that come back."""
    distinct = {cell: choices(cell) for cell in set(cells)}
    parts = Counter(part for cell in cells for part in distinct[cell])
    if not parts or len(parts) > _MOST_CHOICES or max(map(len, parts)) > _LONGEST_CHOICE:
        return False
    share = sum(len(distinct[cell]) > 1 for cell in cells) / len(cells)
    if share < 0.2 or 2 * parts.total() < 3 * len(parts):
        return False
    if sum(";" in cell for cell in cells) > 0.2 * len(cells):
        return True
    # "Yes, please" and "No, thanks" hold commas too, but their halves never change partners.
    company = Counter(part for answers in distinct.values() for part in answers)
    return sum(count > 1 for count in company.values()) * 2 > len(company)


def several_times(cells: Sequence[str]) -> bool:
    """Whether cells name days and hours, several in many of them: one in each may be a lesson."""
    return are_times(cells) and share_of(cells, lambda cell: len(choices(cell)) > 1) >= 0.2


def are_times(cells: Sequence[str]) -> bool:
    """Whether nearly all that cells hold is days and times."""
    parts = [part for cell in dict.fromkeys(cells) for part in choices(cell)]
    return bool(parts) and share_of(parts, lambda part: len(part) <= _LONGEST_TIME and says_when(part)) >= 0.8


def are_zones(cells: Sequence[str]) -> bool:
    """Whether most cells name time zones."""
    return share_of(cells, zone_name) > 0.5


def of_nameless(cells: Sequence[str]) -> ColumnKind:
    """Return what a column means whose heading says nothing; it may hold the ids."""
    if not cells or _counts_up(cells):
        return ColumnKind.IGNORED
    if len(set(cells)) > 0.9 * len(cells):
        if share_of(cells, lambda cell: _NUMBERED.fullmatch(cell) is not None) >= 0.9:
            return ColumnKind.STUDENT_NUMBER
        if share_of(cells, lambda cell: len(cell) < 80 and _FULL_NAME.fullmatch(cell) is not None) >= 0.8:
            return ColumnKind.NAME
    return by_cells(cells)


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether cells number the rows, from 0 or 1."""
    return cells[0] in ("0", "1") and all(
        cell == str(int(cells[0]) + place) for place, cell in enumerate(cells)
    )


def are_prose(cells: Sequence[str]) -> bool:
    """Return whether cells hold sentences rather than answers that come back."""
    parts = {part for cell in cells for part in choices(cell)}
    return bool(cells) and (len(parts) > 3 * _MOST_CHOICES or max(map(len, parts), default=0) > 80)


def share_of(cells: Sequence[str], test: Callable[[str], object]) -> float:
    """Return which part of the cells passes a test.

    Parameters
    ----------
    cells : sequence of str
    test : callable

    Returns
    -------
    float
        From 0 to 1; 0 where there are no cells.
    """
    if not cells:
        return 0.0
    often = Counter(cells)  # the same answers come back: each is looked at once
    return sum(count for cell, count in often.items() if test(cell)) / len(cells)
