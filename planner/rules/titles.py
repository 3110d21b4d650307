"""Rules by name, people by their names."""

from __future__ import annotations

from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.rules.apart import Apart
from planner.rules.base import Rule
from planner.rules.together import Together


def title(rule: Rule, roster: Roster) -> Message:
    """Name a rule as the coordinator would, and the people in it by their names.

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
    return rule.label()
