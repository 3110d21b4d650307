"""The rules: one file per kind, compiled together here."""

from __future__ import annotations

from dataclasses import replace

from planner.model.domain import Roster
from planner.model.instance import Instance
from planner.rules.base import IMPORTANCES, Rule, Shape
from planner.rules.file import language_of, read_rules, write_rules
from planner.rules.settings import KINDS, GroupSizes, RoleSettings, Rules, TermSettings

__all__ = [
    "IMPORTANCES",
    "KINDS",
    "GroupSizes",
    "RoleSettings",
    "Rule",
    "Rules",
    "Shape",
    "TermSettings",
    "build_instance",
    "language_of",
    "read_rules",
    "write_rules",
]


def build_instance(rules: Rules, roster: Roster, groups: int) -> Instance:
    """Compile every active rule for a class list and a number of groups."""
    shape = rules.shape(groups)
    costs = tuple(
        replace(cost, rule=place)
        for place, rule in enumerate(rules.active())
        for cost in rule.compile(roster, shape)
    )
    students = len(roster.students)
    # No group is larger than the class: engines make room for every size that is allowed.
    largest = min(shape.largest, max(shape.smallest, students))
    return Instance(students, groups, shape.smallest, largest, costs)
