"""Names of groups that can go into an import file as they are, system by system."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from planner.model.cells import neutralise
from planner.model.problems import Level, Problem
from planner.model.text import Message, message

LONGEST = 255  # letters; longer ones fit in no system that we know
_SEPARATORS = re.compile(r'[,;"\s]')
_START = 40  # letters of a long name that are shown


@dataclass(frozen=True)
class Names:
    """What a system takes as the name of a group.

    Attributes
    ----------
    longest : int
        Letters.
    unread : pattern or None
        What it reads as something else than a name.
    """

    longest: int = LONGEST
    unread: re.Pattern[str] | None = None


ANY = Names()


def is_safe(text: str) -> bool:
    """Whether a text has no separator, quote, space, invisible character or start of a formula."""
    visible = not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in text)
    return bool(text) and visible and not _SEPARATORS.search(text) and neutralise(text) == text


def is_safe_name(text: str) -> bool:
    """Whether a text is safe but for single spaces inside it."""
    return text == " ".join(text.split()) and is_safe(text.replace(" ", ""))


def group_problems(names: Iterable[str], system: str = "", taken: Names = ANY) -> list[Problem]:
    """Return what is the matter with group names, in their order, for a system or for any import.

    Parameters
    ----------
    names : iterable of str
        Labels.
    system : str, default ''
        Its name; empty for any import.
    taken : Names, default ANY
        Names of groups that the system takes.

    Returns
    -------
    list of Problem
    """
    names = list(names)
    counts = Counter(name.casefold() for name in names)
    problems = []
    for name in names:
        if not is_safe_name(name):
            problems.append(_unsafe(name, system))
        elif counts[name.casefold()] > 1:
            problems.append(_twice(name))
        elif len(name) > taken.longest:
            problems.append(_long(name, system, taken))
        elif taken.unread is not None and taken.unread.search(name):
            problems.append(_unread(name, system))
    return problems


def visible(text: str) -> str:
    """Return a text with a sign in place of what cannot be seen."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _unsafe(name: str, system: str) -> Problem:
    sentence = message("The group name “{group}” cannot go into an import file.", group=visible(name))
    if system:
        sentence = message(
            "The group name “{group}” cannot go into a file for {system}.",
            group=visible(name),
            system=system,
        )
    return _problem(
        "export-unsafe-group",
        sentence,
        message(
            "Choose group names without commas, semicolons, quotation marks or double spaces, "
            "and with none of = + - @ in front."
        ),
    )


def _twice(name: str) -> Problem:
    return _problem(
        "export-group-twice",
        message("More than one group is called “{group}”.", group=visible(name)),
        message("Give every group its own name; capitals alone make no difference."),
    )


def _long(name: str, system: str, taken: Names) -> Problem:
    return _problem(
        "export-group-long",
        message(
            "The group name “{start}…” has {letters} characters, and {system} takes at most {most}.",
            start=name[:_START],
            letters=len(name),
            system=system,
            most=taken.longest,
        ),
        message("Choose shorter group names."),
    )


def _unread(name: str, system: str) -> Problem:
    return _problem(
        "export-group-unread",
        message("{system} does not read “{group}” as the name of a group.", group=name, system=system),
        message("Choose group names with a word in them, such as “Group 1”."),
    )


def _problem(code: str, message: Message, hint: Message) -> Problem:
    return Problem(code=code, level=Level.ERROR, message=message, hint=hint)
