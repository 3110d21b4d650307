"""The command `why`: why a student is in their group, and what another place would mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from planner.cli.plan_folder import changes_in, course_of, of_plan
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.model.text import message
from planner.rules import Rules
from planner.services.places import PlacesRequest
from planner.services.why import why_here


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
    one = actions.add_parser("why", help="why a student is in their group, and what another place means")
    of_plan(one)
    one.add_argument("student", metavar="STUDENT", help="number, name or e-mail address")
    one.add_argument("--week", type=whole, default=None, metavar="W", help="week of the groups")
    one.set_defaults(run=why)


def why(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Say what can be sent to the student, and then what is for the coordinator alone."""
    course, folder = course_of(options.plan)
    found = why_here(PlacesRequest(course, options.student, options.week), changes_in(folder))
    put(found.text(speaker.language))
    heading = message("What another place would mean, for you alone")
    put(f"\n{heading.text(speaker.language)}")
    for line in found.elsewhere:
        put(f"- {line.text(speaker.language)}")
    return True
