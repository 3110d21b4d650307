"""Brightspace: the import of group enrolments, in the two forms that institutions use."""

from __future__ import annotations

from collections.abc import Mapping

from planner.exports.files import import_csv
from planner.exports.keys import USERNAME, Member, checked_members, checked_previous, group_code
from planner.exports.names import Names, is_safe
from planner.model.domain import Plan, Roster

SYSTEM = "Brightspace"
NAMES = Names(longest=125)  # where students enrol themselves; elsewhere a few more
MOST_GROUPS, MOST_ROWS = 200, 500  # in a category and in a file, at some institutions
HEADINGS = ("Action", "Username", "Organisation Defined ID", "Group Name", "Group Code")


def brightspace_csv(roster: Roster, plan: Plan, previous: Mapping[str, str] | None = None) -> bytes:
    """Write ``Action, Username, Organisation Defined ID, Group Name, Group Code`` with headings.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    previous : mapping or None
        Group name by student id, as Brightspace has them now. Given, the file holds changes only: someone
        who moves leaves the old group first, and someone who stays is left out, as one line that Brightspace
        objects to stops the whole import.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where someone has no user name, or a key or name is not safe.
    """
    rows = [
        (action, one.key, _org_defined_id(one), group, group_code(group))
        for action, one, group in _actions(roster, plan, previous)
    ]
    return import_csv([HEADINGS, *rows])


def brightspace_short_csv(roster: Roster, plan: Plan, previous: Mapping[str, str] | None = None) -> bytes:
    """Write ``Action, Username, Group Code`` without headings; see `brightspace_csv`.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    previous : mapping of str to str, optional
        Group name by student id, as Brightspace has them now.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        As `brightspace_csv` does.
    """
    return import_csv(
        (action, one.key, group_code(group)) for action, one, group in _actions(roster, plan, previous)
    )


def _actions(roster: Roster, plan: Plan, previous: Mapping[str, str] | None) -> list[tuple[str, Member, str]]:
    """Return action, member and group, in the order in which they must happen."""
    members = checked_members(roster, plan, USERNAME, SYSTEM, NAMES)
    old_groups = checked_previous(previous or {}, members, SYSTEM, NAMES)
    actions = []
    for one in members:
        old = old_groups.get(one.student.id)
        if old == one.group:
            continue
        if old is not None:
            actions.append(("UNENROLL", one, old))
        actions.append(("ENROLL", one, one.group))
    # Room is made before anybody comes: a group may be full.
    return sorted(actions, key=lambda one: one[0] != "UNENROLL")


def _org_defined_id(member: Member) -> str:
    """Return the second key where Brightspace itself gave it; it may be left empty."""
    value = member.student.keys.get("org_defined_id", "")
    return value if is_safe(value) else ""
