"""The rules: one file per kind, compiled together here."""

from __future__ import annotations

from dataclasses import replace

from planner.model.domain import Roster
from planner.model.instance import Instance
from planner.model.term import TermSettings
from planner.rules.base import IMPORTANCES, Rule, Shape
from planner.rules.file import language_of, placed, read_rules, write_rules
from planner.rules.group_settings import GroupSizes
from planner.rules.resources import compiled
from planner.rules.role_settings import RoleSettings
from planner.rules.settings import KINDS, Rules

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
    "placed",
    "read_rules",
    "write_rules",
]


def build_instance(rules: Rules, roster: Roster, groups: int) -> Instance:
    """Compile every active rule for a class list and a number of groups.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : int
        How many groups the plan is to have.

    Returns
    -------
    Instance
        Costs in the order of `rules.active()`, each with the position of its rule there.
    """
    shape = rules.shape(groups)
    costs = tuple(
        replace(cost, rule=place)
        for place, rule in enumerate(rules.active())
        for cost in rule.compile(roster, shape)
    )
    students = len(roster.students)
    # No group is larger than the class: engines make room for every size that is allowed.
    largest = min(shape.largest, max(shape.smallest, students))
    kinds, links = compiled(rules.resources, roster)
    return Instance(students, groups, shape.smallest, largest, costs, resources=kinds, links=links)
