"""The command `compare`: what a learning platform has after an import, beside the plan."""

from __future__ import annotations

import argparse
from pathlib import Path

from planner.cli import imports
from planner.cli.plan_folder import course_of, of_plan
from planner.cli.speak import Speaker
from planner.exports import TARGETS, target
from planner.files.private_files import write_files
from planner.model.text import message
from planner.rules import Rules
from planner.services.read_back import ReadBack, read_back
from planner.services.reading import source

SYSTEMS = tuple(one.key for one in TARGETS if one.keeps_groups)


def register(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command.

    Parameters
    ----------
    actions : argparse action
        The commands that there are.
    """
    one = actions.add_parser("compare", help="see whether a learning platform has the groups of a plan")
    of_plan(one)
    one.add_argument(
        "export", type=Path, metavar="GROUPS", help="groups as the learning platform exports them"
    )
    one.add_argument("--system", choices=SYSTEMS, required=True, help="which learning platform")
    one.add_argument(
        "--out", type=Path, default=None, metavar="DIR", help="folder for the imports that put it right"
    )
    imports.register(one)
    one.set_defaults(run=compare)


def compare(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Say who is missing, elsewhere or extra, and write what puts it right."""
    course, _ = course_of(options.plan)
    found = read_back(course, source(options.export), target(options.system), imports.elsewhere(options))
    speaker.problems(found.problems)
    _tell(found, speaker)
    if options.out is not None and found.files:
        write_files(options.out, {file.name: file.content for file in found.files})
        speaker.say(message("The imports that put it right are in {folder}.", folder=str(options.out)))
    return found.agrees


def _tell(found: ReadBack, speaker: Speaker) -> None:
    speaker.say(found.summary)
    for one in found.misplaced:
        speaker.say(one.told)
    for renamed in found.told_renamed:
        speaker.say(renamed)
    if found.extra:
        speaker.say(found.told_extra)
