"""Who would rather not be with whom, as students wrote it: pairs for the coordinator to decide on.

No rule reads these columns. A pair becomes a rule (`apart`) only where the coordinator takes it over, and
holds no more than two names: not who asked, and not whether both did.
"""

from __future__ import annotations

from planner.model.domain import ColumnKind, Roster
from planner.model.mentions import says_nobody
from planner.model.problems import Level, Problem
from planner.model.reports import Importance
from planner.model.text import message
from planner.rules.apart import Apart
from planner.rules.column_values import usable
from planner.rules.wish import Wish


def rather_apart(roster: Roster) -> tuple[Apart, ...]:
    """Return a rule for each pair of whom one would rather not be with the other, none of them a `must`.

    Parameters
    ----------
    roster : Roster

    Returns
    -------
    tuple of Apart
        Each pair once, in the order of the class list.
    """
    names = _names(roster)
    if names is None:
        return ()
    found = {
        tuple(sorted((student.id, other), key=roster.position.__getitem__))
        for student in roster.students
        for other in names.wished(student, roster)
    }
    in_order = sorted(found, key=lambda pair: [roster.position[one] for one in pair])
    return tuple(Apart(kind="apart", students=pair, importance=Importance.IMPORTANT) for pair in in_order)


def unread_names(roster: Roster) -> list[Problem]:
    """Return what was written about somebody who cannot be told from it; for the coordinator alone.

    Parameters
    ----------
    roster : Roster

    Returns
    -------
    list of Problem
    """
    names = _names(roster)
    problems = [] if names is None else names.check(roster)
    return [
        Problem(
            code="unread-name",
            level=Level.ASSUMED,
            message=message(
                "“{written}” in “{column}” does not point to exactly one other student; nobody is kept apart "
                "for it.",
                written=problem.message.values["wish"],
                column=problem.column or "",
            ),
            hint=problem.hint,
            column=problem.column,
        )
        for problem in problems
        if not says_nobody(str(problem.message.values["wish"]))
    ]


def _names(roster: Roster) -> Wish | None:
    """Return what reads the names in these columns, as it does where people wish for each other."""
    columns = tuple(usable(roster.columns, ColumnKind.NOT_WITH))
    return Wish(kind="wish", columns=columns) if columns else None
