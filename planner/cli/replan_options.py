"""What a rerun on the command line is asked, beside the fewest moves."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from planner.cli.speak import Speaker
from planner.model.domain import Roster
from planner.model.replan_options import ReplanOptions
from planner.model.text import message
from planner.plans.previous import Previous
from planner.services.replan_wishes import require_known, require_once


def options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what becomes of a group, and what is told besides."""
    parser.add_argument(
        "--keep-group",
        "--leave",
        action="append",
        default=[],
        metavar="GROUP",
        help="keep it as it is: nobody leaves or joins it",
    )
    parser.add_argument(
        "--keep-student", action="append", default=[], metavar="ID", help="student who stays in any case"
    )
    parser.add_argument(
        "--unlock", action="store_true", help="unlock what was locked by hand in the previous plan"
    )
    parser.add_argument(
        "--top-up",
        action="append",
        default=[],
        metavar="GROUP",
        help="someone joins it, nobody leaves it",
    )
    parser.add_argument(
        "--dissolve",
        action="append",
        default=[],
        metavar="GROUP",
        help="everyone in it goes to another group",
    )
    parser.add_argument(
        "--merge",
        action="append",
        default=[],
        nargs=2,
        metavar="GROUP",
        help="all of the first group join the second",
    )
    parser.add_argument("--volunteers", action="store_true", help="say who could have moved instead")
    parser.add_argument(
        "--curve", action="store_true", help="say how much better the groups get with a few extra moves"
    )


def tell_locked(locked: ReplanOptions, lost: Sequence[str], roster: Roster, speaker: Speaker) -> None:
    """Say what was locked by hand and stays so, and what is locked no more.

    Parameters
    ----------
    locked : ReplanOptions
        What stays so.
    lost : sequence of str
        Names of what is locked no more.
    roster : Roster
        For the names of students.
    speaker : Speaker
        Says what there is to say.
    """
    if lost:
        speaker.say(message("Locked in the previous plan and no longer there: {what}.", what=tuple(lost)))
    if locked.bind:
        what = locked.describe(roster.shown_names)
        speaker.say(message("Locked in the previous plan: {what}. Use --unlock to unlock.", what=what))


def asked_of(options: argparse.Namespace, locked: ReplanOptions) -> ReplanOptions:
    """Return what is asked, what was locked before included.

    Parameters
    ----------
    options : Namespace
        What was typed.
    locked : ReplanOptions
        What was locked before.

    Returns
    -------
    ReplanOptions

    Raises
    ------
    InputError
        Where two things are asked of a group that cannot both be.
    """
    asked = ReplanOptions(
        from_week=options.from_week,
        extra_moves=options.extra_moves,
        closed=frozenset(options.keep_group) | locked.closed,
        locked=frozenset(options.keep_student) | locked.locked,
        topped_up=frozenset(options.top_up),
        dissolved=frozenset(options.dissolve),
        merged=tuple(dict.fromkeys((one, other) for one, other in options.merge)),
    )
    require_once(asked)
    return asked


def check_wishes(options: argparse.Namespace, previous: Previous, roster: Roster) -> None:
    """Refuse a group or a student that does not exist.

    Parameters
    ----------
    options : Namespace
        What was typed.
    previous : Previous
        The plan that is replanned.
    roster : Roster
        The class list of now.
    """
    pairs = [one for pair in options.merge for one in pair]
    groups = [*options.keep_group, *options.top_up, *options.dissolve, *pairs]
    require_known(groups, options.keep_student, previous, roster)
