"""The moments that a student can choose from: those that the class list knows, each by itself."""

from __future__ import annotations

from planner.model.answers import BUSY, FREE, NO, POLL_YES, WHOLE, YES, says_not
from planner.model.domain import Column, ColumnKind, Roster
from planner.model.moments import family_of, listed_once, names_moment
from planner.model.values import normalize_text
from planner.model.week_clock import moments_in
from planner.model.week_order import in_week_order

_SHORT = YES | NO | FREE | BUSY | WHOLE | POLL_YES  # answers that name no moment


def moments_to_choose(column: Column, roster: Roster) -> tuple[str, ...]:
    """Return the moments that an answer in a column can name, in the order of the week.

    Parameters
    ----------
    column : Column
        Of free moments, or of busy ones.
    roster : Roster
        Whose answers are looked at, also those to the same question in other columns of this kind.

    Returns
    -------
    tuple of str
        Each moment once; none where the question is answered with yes or no, and in other kinds of columns.
    """
    if column.kind not in (ColumnKind.SLOTS, ColumnKind.BUSY):
        return ()
    family = family_of(column.heading)
    asked = [one for one in roster.columns if one.kind is column.kind and family_of(one.heading) == family]
    cells = dict.fromkeys(student.answer(one.heading) for one in asked for student in roster.students)
    parts = dict.fromkeys(part for cell in cells for part in moments_in(cell))
    named = [part for part in parts if normalize_text(part) not in _SHORT]
    if parts and not named:
        return ()
    busy = column.kind is ColumnKind.BUSY
    known = [moment for one in asked for moment in one.moments] if busy else []
    free = (part for part in named if busy or not (names_moment(part) and says_not(part)))
    return in_week_order(listed_once(known or free))
