"""Names with signs that nobody can see or read: refused where they come in.

Groups, roles and goals are written into files and onto cards, and the files are read
again. What is read there has no control characters and no marks that take no room.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planner.model.invisible import is_plain_line, made_visible
from planner.model.problems import Level, Problem
from planner.model.text import message

_NAMES = (
    *(("groups", "names"), ("roles", "names"), ("goals", "course"), ("goals", "name"), ("goals", "links")),
    *(("topic", "name"), ("tutor", "name"), ("room", "name"), ("tutor", "moments"), ("room", "moments")),
    ("meetings", "moments"),
)


def unseen_names(data: Mapping[str, Any]) -> Iterator[tuple[str, int, str, str]]:
    """Yield section, its place among those of that name, key and text of every name nobody can read whole."""
    for section, key in _NAMES:
        found = data.get(section, {})
        for place, one in enumerate(found if isinstance(found, list) else [found]):
            for text in _texts(one.get(key)):
                if not is_plain_line(text):
                    yield section, place, key, text


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for text in (*value, *value.values()) if isinstance(text, str)]
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)]


def unseen_problem(text: str) -> Problem:
    """Return the error for a name with signs that nobody can see or read."""
    return Problem(
        code="unseen-signs",
        level=Level.ERROR,
        message=message(
            "“{text}” contains a character that cannot be seen or read.", text=made_visible(text)[:80]
        ),
        hint=message("Type it again, on one line, instead of pasting it."),
    )
