"""Rules by name, people by their names."""

from __future__ import annotations

from planner.domain import Roster
from planner.rules.apart import Apart
from planner.rules.base import Rule, shortened
from planner.rules.together import Together
from planner.text import Message, say


def title(rule: Rule, roster: Roster) -> Message:
    """Return a rule as the coordinator would name it, people by their names."""
    if isinstance(rule, Apart | Together):
        names = shortened(roster.names(rule.students), most=3)
        if isinstance(rule, Apart):
            return say("Apart: {students}", students=names)
        return say("Together: {students}", students=names)
    return rule.label()
