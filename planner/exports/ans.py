"""Ans: groups by student number, and by nothing else.

Ans joins accounts when two keys of one row belong to two people, so a row here
never has a second key.
"""

from __future__ import annotations

from planner.exports.files import import_csv
from planner.exports.keys import STUDENT_NUMBER, checked_members
from planner.model.domain import Plan, Roster

SYSTEM = "Ans"


def ans_csv(roster: Roster, plan: Plan) -> bytes:
    """Write ``Group name, Student number``.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where someone has no student number, or a key or name is not safe.
    """
    members = checked_members(roster, plan, STUDENT_NUMBER, SYSTEM)
    return import_csv([("Group name", "Student number"), *((one.group, one.key) for one in members)])
