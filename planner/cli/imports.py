"""What the files for learning systems need to be told on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.exports import Elsewhere
from planner.exports.moodle import check_course
from planner.jobs.reader import READERS
from planner.rosters import SourceFile, read_group_codes


def register(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--moodle-course",
        default="",
        metavar="NAME",
        help="short name of the course in Moodle, for the file with members",
    )
    parser.add_argument(
        "--blackboard-groups",
        type=Path,
        default=None,
        metavar="FILE",
        help="export of the groups that Blackboard has already",
    )
    parser.add_argument(
        "--number-is-username",
        action="store_true",
        help="people without a user name in the class list sign in with their student number",
    )


def elsewhere(options: argparse.Namespace) -> Elsewhere:
    """Return what was told.

    Raises
    ------
    InputError
        Where it cannot be used.
    """
    course = options.moodle_course.strip()
    if course:
        check_course(course)
    path: Path | None = options.blackboard_groups
    groups = (
        None
        if path is None
        else READERS.read(read_group_codes, SourceFile(path.name, path.read_bytes()), file=path.name)
    )
    numbers = options.number_is_username
    return Elsewhere(moodle_course=course, blackboard=groups, numbers_are_usernames=numbers)
