"""The command `why`: why a student is in their group, and what another place would mean."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import cast

from planner.cli.plan_folder import changes_in, course_of
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.model.text import LANGUAGES, Language, message
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
    one.add_argument("plan", type=Path, metavar="DIR", help="folder of a plan")
    one.add_argument("student", metavar="STUDENT", help="number, name or e-mail address")
    one.add_argument("--week", type=whole, default=None, metavar="W", help="week of the groups")
    one.add_argument("--language", choices=LANGUAGES, default=None, help="default: that of the plan")
    one.set_defaults(run=why, rules=None)


def why(options: argparse.Namespace, _rules: Rules, _speaker: Speaker) -> bool:
    """Say what can be sent to the student, and then what is for the coordinator alone.

    Parameters
    ----------
    options : Namespace
        What was typed.
    _rules : Rules
        Not looked at.
    _speaker : Speaker
        Not needed: the language is that of the plan.

    Returns
    -------
    bool
        Whether the command ends well.
    """
    course, folder = course_of(options.plan)
    language = cast(Language, options.language or course.plan.language)
    found = why_here(PlacesRequest(course, options.student, options.week), changes_in(folder))
    put(found.text(language))
    heading = message("What another place would mean, for you alone")
    put(f"\n{heading.text(language)}")
    for line in found.elsewhere:
        put(f"- {line.text(language)}")
    return True
