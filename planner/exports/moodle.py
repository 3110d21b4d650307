"""Moodle: one file that makes the groups, and one that puts people in them."""

from __future__ import annotations

from planner.domain import Plan, Roster
from planner.exports.files import import_csv
from planner.exports.keys import EMAIL, checked_members, group_problems
from planner.problems import InputError

SYSTEM = "Moodle"


def moodle_groups_csv(plan: Plan) -> bytes:
    """Write ``groupname``; any heading that Moodle does not know would stop the import."""
    problems = group_problems((group.name for group in plan.groups), commas_in_names=True)
    if problems:
        raise InputError(problems)
    return import_csv([("groupname",), *((_encoded(group.name),) for group in plan.groups)])


def moodle_members_csv(roster: Roster, plan: Plan) -> bytes:
    """Write ``email,group1``.

    Raises
    ------
    InputError
        Where someone has no e-mail address, or a key or name is not safe.
    """
    members = checked_members(roster, plan, EMAIL, SYSTEM, commas_in_names=True)
    return import_csv([("email", "group1"), *((one.key, _encoded(one.group)) for one in members)])


def _encoded(name: str) -> str:
    """Write a comma the way Moodle reads one inside a name; it knows no quotes."""
    return name.replace(",", "&#44")
