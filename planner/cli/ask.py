"""The command `ask`: questions to students that answer the rules, and who has not answered."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from planner.cli.inputs import list_of, said_of_column
from planner.cli.speak import Speaker
from planner.cli.terminal import put
from planner.exports.forms import FORMS
from planner.exports.forms.questions import ASKABLE
from planner.files.private_files import write_files
from planner.model.domain import ColumnKind
from planner.model.text import message, plural_message
from planner.model.values import choices
from planner.rules import Rules
from planner.services.ask import NOT_ANSWERED, AskResult
from planner.services.ask import ask as questions_of


def register(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    inputs: Callable[[argparse.ArgumentParser], None],
) -> None:
    """Add the command.

    Parameters
    ----------
    actions : argparse action
        The commands that there are.
    inputs : callable
        Adds the class list, the rules and what goes with them.
    """
    one = actions.add_parser("ask", help="questions to students that answer the rules, as forms")
    inputs(one)
    one.add_argument("--out", type=Path, default=None, metavar="DIR", help="folder for the forms")
    one.add_argument(
        "--again", action="store_true", help="ask what the class list answers as well, as for next year"
    )
    one.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="HEADING=KIND",
        help="one question more, such as 'Project=topic-choice: bees, bridges'; may be repeated",
    )
    one.set_defaults(run=ask)


def ask(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Say what students are asked and who has not answered, and write the forms."""
    reading = list_of(options)
    found = questions_of(reading, rules, also=dict(map(_besides, options.question)), again=options.again)
    speaker.problems(found.problems)
    _say_questions(found, speaker)
    if options.survey:
        _say_waiting(found, speaker)
    if options.out is not None:
        files = found.files()
        if options.survey:
            files[NOT_ANSWERED] = found.mail_list(speaker.language).content
        write_files(options.out, files)
        speaker.say(message("Written to {folder}.", folder=str(options.out)))
        for form in FORMS if found.questions(speaker.language) else ():
            speaker.say(message("{title}: {use}", title=form.title, use=form.use), indent=2)
    return True


def _besides(text: str) -> tuple[str, tuple[ColumnKind, tuple[str, ...]]]:
    """Return a question that somebody typed: its heading, what it means and what to choose from."""
    heading, said = said_of_column(text, [one.value for one in ASKABLE])
    kind, _, behind = said.partition(":")
    return heading.strip(), (ColumnKind(kind.strip()), choices(behind))


def _say_questions(found: AskResult, speaker: Speaker) -> None:
    asked = len(found.questions(speaker.language))
    if asked:
        speaker.say(
            plural_message("One question for the students:", "{n} questions for the students:", asked)
        )
    for line in found.told(speaker.language):
        speaker.say(line, indent=2 if asked else 0)


def _say_waiting(found: AskResult, speaker: Speaker) -> None:
    speaker.say(found.headline)
    if found.addresses:
        put("  " + "; ".join(found.addresses))
    without = len(found.waiting) - len(found.addresses)
    if without:
        speaker.say(
            plural_message("One of them has no address.", "{n} of them have no address.", without), indent=2
        )
