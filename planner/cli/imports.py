"""What the files for learning systems need to be told on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.exports import Elsewhere
from planner.jobs.reader import READERS
from planner.rosters import GroupCodes, SourceFile, read_group_codes
from planner.services.elsewhere import known_elsewhere
from planner.services.reading import source


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
    path: Path | None = options.blackboard_groups
    file = None if path is None else source(path)
    return known_elsewhere(
        options.moodle_course, file, _read_apart, numbers_are_usernames=options.number_is_username
    )


def _read_apart(file: SourceFile) -> GroupCodes:
    return READERS.read(read_group_codes, file, file=file.name)
