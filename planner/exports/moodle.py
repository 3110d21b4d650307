"""Moodle: one file that makes the groups, and files that put people in them.

*Upload users* (for site administrators) looks at a group only beside the short name of a
course. Teachers have plug-ins that are opened within a course and ask for less.
"""

from __future__ import annotations

import re
from typing import Literal

from planner.exports.files import import_csv
from planner.exports.keys import EMAIL, USERNAME, Key, checked_members, missing_key
from planner.exports.names import Names, group_problems, is_safe_name
from planner.model.domain import Plan, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message

SYSTEM = "Moodle"
# "0" counts as empty and stops the import of groups, a number is that of a group there is;
# older versions read "&#44" as a comma.
NAMES = Names(
    longest=254, unread=re.compile(r"^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|&#44", re.ASCII | re.IGNORECASE)
)


def moodle_groups_csv(plan: Plan) -> bytes:
    """Write ``groupname``; any heading that Moodle does not know would stop the import.

    Parameters
    ----------
    plan : Plan

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where a name is not safe.
    """
    problems = group_problems((group.name for group in plan.groups), SYSTEM, NAMES)
    if problems:
        raise InputError(problems)
    return import_csv([("groupname",), *((group.name,) for group in plan.groups)])


def moodle_members_csv(roster: Roster, plan: Plan, course: str) -> bytes:
    """Write ``username`` or ``email``, ``course1`` and ``group1``, for *Upload users*.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    course : str
        Short name of the course in Moodle.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where no key is known for every student, or a key or name is not safe.
    """
    check_course(course)
    key = _key(roster)
    members = checked_members(roster, plan, key, SYSTEM, NAMES)
    return import_csv(
        [(key.heading, "course1", "group1"), *((one.key, course, one.group) for one in members)]
    )


def moodle_plugin_csv(roster: Roster, plan: Plan, group: Literal["group", "group1"]) -> bytes:
    """Write ``email`` and the group, under the heading that a plug-in for teachers asks for.

    Parameters
    ----------
    roster : Roster
        The class list.
    plan : Plan
    group : {'group', 'group1'}
        The heading that the plug-in asks for.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        Where someone has no e-mail address, or a key or name is not safe.
    """
    members = checked_members(roster, plan, EMAIL, SYSTEM, NAMES)
    return import_csv([("email", group), *((one.key, one.group) for one in members)])


def missing(roster: Roster) -> Message | None:
    """Return why Moodle cannot recognise this class, or None where it can."""
    return missing_key(roster, min((EMAIL, USERNAME), key=lambda key: key.lacking(roster)), SYSTEM)


def check_course(course: str) -> None:
    """Refuse a short name of a course that cannot go into an import file.

    Raises
    ------
    InputError
    """
    if not is_safe_name(course) or course == "0":
        raise InputError([_unsafe_course(course)])


def needs_course() -> Problem:
    """Say that the file of members is not there, and what it takes."""
    return Problem(
        code="moodle-needs-course",
        level=Level.SKIPPED,
        message=message(
            "There is no file with members for Moodle yet: Moodle puts people in groups only if "
            "the short name of the course is given."
        ),
        hint=message("Choose Moodle under “Where do the groups go next?” and fill in that name."),
    )


def _key(roster: Roster) -> Key:
    """Return what to recognise students by: all versions know the user name, newer ones the address too."""
    return min((USERNAME, EMAIL), key=lambda key: key.lacking(roster))


def _unsafe_course(course: str) -> Problem:
    return Problem(
        code="export-unsafe-course",
        level=Level.ERROR,
        message=message("“{course}” cannot be the short name of a course in Moodle.", course=course),
        hint=message("Write it as in the settings of the course, without commas."),
    )
