"""Canvas: the import of a group set."""

from __future__ import annotations

from planner.exports.files import import_csv
from planner.exports.keys import CANVAS_KEYS, Key, checked_members, missing_key
from planner.model.domain import Plan, Roster
from planner.model.text import Message, message, plural_message

SYSTEM = "Canvas"


def canvas_csv(roster: Roster, plan: Plan) -> bytes:
    """Write one Canvas key and ``group_name``; Canvas makes groups it does not know yet.

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
        Where no key is known for every student, or a key or name is not safe.
    """
    key = _key(roster)
    members = checked_members(roster, plan, key, SYSTEM)
    return import_csv([(key.heading, "group_name"), *((one.key, one.group) for one in members)])


def missing(roster: Roster) -> Message | None:
    """Return why Canvas cannot recognise this class, or None where it can."""
    key = _key(roster)
    lacking = key.lacking(roster)
    if lacking < len(roster.students):
        mended = message("Add it to the class list, or use a newer class list from Canvas.")
        return missing_key(roster, key, SYSTEM, mended)
    return plural_message(
        "1 student has no {key}, and Canvas recognises students by it. Use a class list from Canvas.",
        "{n} students have no {key}, and Canvas recognises students by it. Use a class list from Canvas.",
        lacking,
        key=key.label,
    )


def _key(roster: Roster) -> Key:
    """Return the first key that every student has, or else the one that fewest lack."""
    return min(CANVAS_KEYS, key=lambda key: key.lacking(roster))
