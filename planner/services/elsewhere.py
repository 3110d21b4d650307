"""What only the coordinator knows of a course in a learning system, checked."""

from __future__ import annotations

from collections.abc import Callable

from planner.exports import Elsewhere
from planner.exports.moodle import check_course
from planner.rosters import GroupCodes, SourceFile, read_group_codes


def known_elsewhere(
    moodle_course: str = "",
    blackboard_groups: SourceFile | None = None,
    read: Callable[[SourceFile], GroupCodes] = read_group_codes,
    *,
    numbers_are_usernames: bool = False,
) -> Elsewhere:
    """Return what is known of it.

    Parameters
    ----------
    moodle_course : str
        Short name of the course in Moodle; empty where that was not told.
    blackboard_groups : SourceFile, optional
        Export of the groups that Blackboard has.
    read : callable, optional
        How that file is read.
    numbers_are_usernames : bool
        Whether people sign in with their student number, where the class list has no user name.

    Returns
    -------
    Elsewhere

    Raises
    ------
    InputError
        Where it cannot be used.
    """
    course = moodle_course.strip()
    if course:
        check_course(course)
    groups = None if blackboard_groups is None else read(blackboard_groups)
    return Elsewhere(course, groups, numbers_are_usernames)
