"""Options that cannot be read, told in the language of the run.

The parser of Python speaks English alone and words its errors itself, so what it says is
told apart by its words; what it may say one day in others is shown as it is.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from planner.cli.plan_folder import language_of_plan
from planner.files import safe_toml as toml
from planner.files.bounded import read_at_most
from planner.model.text import (
    LANGUAGES,
    Language,
    Message,
    message,
)
from planner.model.wording import nearest
from planner.rules import language_of

DEFAULT: Language = "nl"
OF_PLAN = ("plan", "groups", "previous")  # options and arguments that name a plan
WHOLE = re.compile(r"\s*[+-]?\d{1,10}\s*", re.ASCII)


class Misused(Exception):  # noqa: N818 - a thing that was typed, not a failure of ours
    """Options that cannot be read.

    Parameters
    ----------
    usage : str
        How the command is used.
    message : Message
        What is wrong.
    """

    def __init__(self, usage: str, message: Message) -> None:
        super().__init__(message.text("en"))
        self.usage, self.message = usage, message


class NotRead(argparse.ArgumentTypeError):
    """A value that an option does not take, with what it does take."""

    def __init__(self, wanted: Message) -> None:
        super().__init__("")
        self.wanted = wanted


class Parser(argparse.ArgumentParser):
    """A parser that raises what is wrong, where that of Python prints it in English."""

    def error(self, message: str) -> NoReturn:
        """Raise what is wrong.

        Raises
        ------
        Misused
        """
        raise Misused(self.format_usage(), _worded(message, _options_of(self)))

    def _get_value(self, action: argparse.Action, arg_string: str) -> object:
        if action.type is Path and not arg_string.strip():  # it would be the folder where one happens to be
            raise self._not_read(action, arg_string, message("the name of a file or a folder"))
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as error:
            refused = error.__context__
            wanted = refused.wanted if isinstance(refused, NotRead) else message("a number")
            raise self._not_read(action, arg_string, wanted) from error

    def _not_read(self, action: argparse.Action, value: str, wanted: Message) -> Misused:
        told = message(
            "{option}: “{value}” cannot be read. It takes {wanted}.",
            option="/".join(action.option_strings) or str(action.metavar or action.dest),
            value=value,
            wanted=wanted,
        )
        return Misused(self.format_usage(), told)


def _options_of(parser: argparse.ArgumentParser) -> list[str]:
    """Return every option of a command, or of all where the command is not known."""
    found = [one for one in parser._option_string_actions if one.startswith("--")]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [one for command in action.choices.values() for one in _options_of(command)]
    return found


def whole_number(least: int, most: int) -> Message:
    """Return that an option takes whole numbers, and which.

    Parameters
    ----------
    least : int
    most : int
        Both included.

    Returns
    -------
    Message
    """
    return message("a whole number from {least} to {most}", least=least, most=most)


def as_float(text: str) -> float:
    """Return a number, or one that no option takes where it is none."""
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _required(found: re.Match[str], _known: Sequence[str]) -> Message:
    return message("Still needed: {names}.", names=tuple(found[1].split(", ")))


def _unknown(found: re.Match[str], known: Sequence[str]) -> Message:
    name = found[1].split()[0].partition("=")[0]
    if name in known:  # of another command
        return message("This command has no option {name}.", name=name)
    near = nearest(name, known) if name.startswith("-") else None
    if near is not None:
        return message("There is no option {name}. Did you mean “{near}”?", name=name, near=near)
    return message(
        "This was not understood: {what}. Are there spaces in a name? Then put quotes around it.",
        what=found[1],
    )


def _several(found: re.Match[str], _known: Sequence[str]) -> Message:
    return message(
        "{name} could mean several options: {known}.", name=found[1], known=tuple(found[2].split(", "))
    )


def _no_choice(found: re.Match[str], _known: Sequence[str]) -> Message:
    known = [one.strip("'\"") for one in found[3].split(", ")]
    near, value = nearest(found[2], known), found[2]
    told = message(
        "{option}: “{value}” is not one of these: {known}.", option=found[1], value=value, known=known
    )
    return told if near is None else message("{told} Did you mean “{near}”?", told=told, near=near)


def _needs_value(found: re.Match[str], _known: Sequence[str]) -> Message:
    return message("{option} needs a value.", option=found[1])


def _needs_many(found: re.Match[str], _known: Sequence[str]) -> Message:
    return message("{option} needs {n} values.", option=found[1], n=int(found[2]))


def _takes_none(found: re.Match[str], _known: Sequence[str]) -> Message:
    return message("{option} takes no value, and here it has “{value}”.", option=found[1], value=found[2])


SAID: Sequence[tuple[str, Callable[[re.Match[str], Sequence[str]], Message]]] = (
    (r"the following arguments are required: (.*)", _required),
    (r"unrecognized arguments: (.*)", _unknown),
    (r"ambiguous option: (\S+) could match (.*)", _several),
    (r"argument (.*?): invalid choice: (?:'|\")(.*)(?:'|\") \(choose from (.*)\)", _no_choice),
    (r"argument (.*?): expected (?:one|at least one) argument", _needs_value),
    (r"argument (.*?): expected (\d+) arguments?", _needs_many),
    (r"argument (.*?): ignored explicit argument (?:'|\")(.*)(?:'|\")", _takes_none),
)


def _worded(said: str, known: Sequence[str]) -> Message:
    """Return what the parser says as a message of ours."""
    for pattern, told in SAID:
        found = re.fullmatch(pattern, said, re.DOTALL)
        if found is not None:
            return told(found, known)
    return message("{message}", message=said)


def usage(misused: Misused) -> Message:
    """Return how a command is used."""
    return message("Usage: {how}", how=misused.usage.removeprefix("usage: ").rstrip())


def language_asked(arguments: Sequence[str]) -> Language:
    """Return the language of a run of which the options cannot be read, as far as they say it."""
    options, places = _lenient(arguments)
    for language in LANGUAGES:
        if options.get("language") == language:
            return language
    plans = [*(Path(options[name]) for name in OF_PLAN if name in options), *map(Path, places)]
    spoken = (_tried(language_of_plan, place) for place in plans)
    written = _tried(_language_of_rules, Path(options["rules"])) if "rules" in options else None
    return written or next(filter(None, spoken), None) or DEFAULT


def _lenient(arguments: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    options, places = {}, []
    for place, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if not word.startswith("--"):
            places.append(word)
        elif equals or place + 1 < len(arguments):
            options[name[2:]] = value if equals else arguments[place + 1]
    return options, places


def _language_of_rules(path: Path) -> Language | None:
    return language_of(read_at_most(path, toml.LARGEST))


def _tried(read: Callable[[Path], Language | None], path: Path) -> Language | None:
    """Return what a file says, if it can be read at all: nothing is told of it here."""
    try:
        return read(path)
    except (OSError, ValueError):
        return None
