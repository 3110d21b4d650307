"""Blackboard: one file that makes the groups, and one that puts people in them."""

from __future__ import annotations

from planner.domain import Plan, Roster
from planner.exports.files import import_csv
from planner.exports.keys import USERNAME, checked_members, group_code, group_problems
from planner.problems import InputError

SYSTEM = "Blackboard"


def blackboard_groups_csv(plan: Plan) -> bytes:
    """Write ``Group Code, Title, Description, Group Set, Self Enroll``; nobody enrols themselves."""
    problems = group_problems((group.name for group in plan.groups), commas_in_names=False)
    if problems:
        raise InputError(problems)
    rows = [(group_code(group.name), group.name, "", "", "N") for group in plan.groups]
    return import_csv([("Group Code", "Title", "Description", "Group Set", "Self Enroll"), *rows])


def blackboard_members_csv(roster: Roster, plan: Plan) -> bytes:
    """Write ``Group Code, User Name``.

    Raises
    ------
    InputError
        Where someone has no user name, or a key or name is not safe.
    """
    members = checked_members(roster, plan, USERNAME, SYSTEM)
    return import_csv([("Group Code", "User Name"), *((group_code(one.group), one.key) for one in members)])
