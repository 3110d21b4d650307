"""Zoom: breakout rooms made before the meeting."""

from __future__ import annotations

from planner.exports.files import import_csv
from planner.exports.keys import EMAIL, checked_members
from planner.model.domain import Plan, Roster

SYSTEM = "Zoom"


def zoom_csv(roster: Roster, plan: Plan) -> bytes:
    """Write ``Pre-assign Room Name, Email Address``.

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
        Where someone has no e-mail address, or a key or name is not safe.
    """
    members = checked_members(roster, plan, EMAIL, SYSTEM)
    headings = ("Pre-assign Room Name", "Email Address")
    return import_csv([headings, *((one.group, one.key) for one in members)])
