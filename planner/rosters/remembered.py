"""How the week of a class list is cut, kept with its columns: who leaves takes no moment along."""

from __future__ import annotations

from collections import defaultdict

from planner.model.domain import ColumnKind, Roster
from planner.model.free_times import FreeTimes
from planner.model.moments import family_of
from planner.rosters.busy import Moments


def with_remembered(roster: Roster, seen: Moments) -> Roster:
    """Return a class list whose columns of free moments keep how the week is cut, with what was seen before.

    Parameters
    ----------
    roster : Roster
    seen : mapping
        Moments that the columns had before, by heading.

    Returns
    -------
    Roster
        The same one where no column of free moments tells the time.
    """
    asked: dict[str, list[str]] = defaultdict(list)
    for column in roster.columns:
        if column.kind is ColumnKind.SLOTS:
            asked[family_of(column.heading)].append(column.heading)
    kept = {heading: seen[heading] for family in asked.values() for heading in family if heading in seen}
    before = _keeping(roster, kept)
    found = {family[0]: FreeTimes(family, before).remembered() for family in asked.values()}
    return _keeping(roster, {heading: moments for heading, moments in found.items() if moments})


def _keeping(roster: Roster, moments: Moments) -> Roster:
    if not moments:
        return roster
    columns = tuple(
        column.model_copy(update={"moments": moments[column.heading]})
        if column.heading in moments
        else column
        for column in roster.columns
    )
    return Roster(students=roster.students, columns=columns)
