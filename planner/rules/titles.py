"""Rules by name, people by their names, and sections as what they are."""

from __future__ import annotations

from planner.model.domain import ColumnKind, Roster
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.rules.apart import Apart
from planner.rules.base import Rule
from planner.rules.mix import Mix
from planner.rules.similar import Similar
from planner.rules.together import Together


def title(rule: Rule, roster: Roster) -> Message:
    """Name a rule as the coordinator would, and the people in it by their names; a section is one.

    Parameters
    ----------
    rule : Rule
    roster : Roster

    Returns
    -------
    Message
    """
    if isinstance(rule, Apart | Together):
        names = shortened(roster.names(rule.students), most=3)
        if isinstance(rule, Apart):
            return message("Apart: {students}", students=names)
        return message("Together: {students}", students=names)
    if isinstance(rule, Similar | Mix) and roster.kind(rule.column) is ColumnKind.SECTION:
        if isinstance(rule, Similar):
            return message("Within a section ({column})", column=rule.column)
        return message("Across sections ({column})", column=rule.column)
    return rule.label()
