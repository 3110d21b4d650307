"""The command `away`: groups for one session in which some are away; the plan stays as it is."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from planner.cli.plan_folder import course_of, of_plan, suffix_of
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.files.private_files import write_files
from planner.handouts.away import session_csv, session_of, session_text
from planner.model.text import message
from planner.rules import Rules


def register(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], whole: Callable[[str], int]
) -> None:
    """Add the command.

    Parameters
    ----------
    actions : argparse action
        The commands that there are.
    whole : callable
        Reads a number.
    """
    one = actions.add_parser("away", help="groups for one session in which some are away")
    of_plan(one)
    one.add_argument(
        "--absent",
        action="extend",
        nargs="+",
        required=True,
        metavar="ID",
        help="students who are away: numbers, names or e-mail addresses",
    )
    one.add_argument("--week", type=whole, default=None, metavar="W", help="week of the session")
    one.add_argument(
        "--out",
        type=Path,
        default=None,
        metavar="FILE",
        help=".txt: a page; .csv: a table; default: only told",
    )
    one.set_defaults(run=away)


def away(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Say who works with whom, or write it down."""
    if options.out is not None:
        suffix_of(options.out, ".txt", ".csv")
    course, _ = course_of(options.plan)
    session = session_of(course, options.absent, options.week)
    text = session_text(session, speaker.language)
    if options.out is None:
        put(text, end="")
        return True
    as_table = options.out.suffix.lower() == ".csv"
    written = session_csv(session, speaker.language) if as_table else text.encode("utf-8-sig")
    write_files(options.out.parent, {options.out.name: written})
    speaker.say(message("The groups for one session are in {file}.", file=str(options.out)))
    return True
