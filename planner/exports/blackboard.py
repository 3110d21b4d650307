"""Blackboard: one file that makes the groups, and one that puts people in them.

It knows a group by its code alone: the one of the file that made the group, or one of its
own where somebody made it by hand. Those stand in the groups that it exports.
"""

from __future__ import annotations

from planner.exports.files import import_csv
from planner.exports.keys import USERNAME, checked_members, group_code
from planner.exports.names import group_problems, is_safe_name, visible
from planner.model.domain import Group, Plan, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Language, Message, message
from planner.rosters.group_codes import GroupCodes

SYSTEM = "Blackboard"
GROUP_SET: Message = message("Study groups")
NONE_YET = GroupCodes({})


def new_groups(plan: Plan, there: GroupCodes) -> Plan:
    """Return the plan with only the groups that Blackboard does not have yet.

    Parameters
    ----------
    plan : Plan
    there : GroupCodes
        The groups that Blackboard has.

    Returns
    -------
    Plan
    """
    return plan.model_copy(update={"groups": tuple(g for g in plan.groups if there.code(g.name) is None)})


def blackboard_groups_csv(plan: Plan, there: GroupCodes = NONE_YET) -> bytes:
    """Write ``Group Code, Title, Description, Group Set, Self Enroll``; nobody enrols themselves.

    Parameters
    ----------
    plan : Plan
    there : GroupCodes
        What the system has already.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where a name or code is not safe.
    """
    codes = _codes(plan.groups, there)
    group_set = _group_set(there, plan.language)
    rows = [(codes[group.name], group.name, "", group_set, "N") for group in plan.groups]
    return import_csv([("Group Code", "Title", "Description", "Group Set", "Self Enroll"), *rows])


def blackboard_members_csv(roster: Roster, plan: Plan, there: GroupCodes = NONE_YET) -> bytes:
    """Write ``Group Code, User Name``.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    there : GroupCodes, default NONE_YET
        The groups that Blackboard has, with their codes.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where someone has no user name, or a key, name or code is not safe.
    """
    members = checked_members(roster, plan, USERNAME, SYSTEM)
    codes = _codes(plan.groups, there)
    return import_csv([("Group Code", "User Name"), *((codes[one.group], one.key) for one in members)])


def _codes(groups: tuple[Group, ...], there: GroupCodes) -> dict[str, str]:
    """Return the code of every group: as Blackboard has it, else one of our own.

    Raises
    ------
    InputError
        Where a name or code is not safe, or a code of our own is one that another group has there.
    """
    problems = group_problems((group.name for group in groups), SYSTEM)
    taken, codes = set(there.codes.values()), {}
    for group in groups:
        known = there.code(group.name)
        codes[group.name] = known or group_code(group.name)
        if not is_safe_name(codes[group.name]) or (known is None and codes[group.name] in taken):
            problems.append(_unusable(group.name, codes[group.name]))
    if problems:
        raise InputError(problems)
    return codes


def _group_set(there: GroupCodes, language: Language) -> str:
    return there.group_set if is_safe_name(there.group_set) else GROUP_SET.text(language)


def _unusable(name: str, code: str) -> Problem:
    return Problem(
        code="export-group-code",
        level=Level.ERROR,
        message=message(
            "{group} cannot be imported into Blackboard with the code “{code}”.",
            group=visible(name),
            code=visible(code),
        ),
        hint=message("Give the group another name here, or delete the group with this code in Blackboard."),
    )
