"""TOML from elsewhere, read within limits; where it cannot be read, the row is known."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any, Literal

LARGEST = 1_000_000  # bytes
DEEPEST = 20  # brackets within each other
MOST_PARTS = 10  # of one name, with dots between them
LONGEST_NUMBER = 100  # signs

Reason = Literal["encoding", "large", "deep", "parts", "number", "twice", "syntax"]

_TOKENS = re.compile(
    r'''
    (?P<text> """(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}|\Z)
            | \'\'\'(?:[^']++|'(?!''))*+(?:'{3,5}|\Z)
            | "(?:[^"\\\n]++|\\[^\n])*+"?
            | '[^'\n]*+'?
    )
    | (?P<comment> \#[^\n]*+)
    | (?P<opens> [\[{])
    | (?P<closes> [\]}])
    | (?P<row> \n)
    | (?P<dot> \.)
    | (?P<space> [ \t\r]++)
    | (?P<number> [-+0-9][-+\w]*+)
    | (?P<word> [^"'\#\[\]{}\n. \t\r=,]++)
    | (?P<between> [=,])
    ''',
    re.VERBOSE | re.DOTALL,
)


class NotToml(Exception):  # noqa: N818 - the name says what a file is not
    """A file that cannot be read.

    Parameters
    ----------
    reason : str
        Why, as a word that others have sentences for.
    row : int or None
        Where that is known.
    """

    def __init__(self, reason: Reason, row: int | None = None) -> None:
        super().__init__(reason, row)
        self.reason: Reason = reason
        self.row = row


def parse(content: bytes) -> dict[str, Any]:
    """Return what a TOML file says.

    Raises
    ------
    NotToml
    """
    if len(content) > LARGEST:
        raise NotToml("large")
    text = decoded(content)
    _look_through(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        said = str(error)
        row = re.search(r"line (\d+)", said)
        twice = "twice" in said or "overwrite" in said
        last = max(1, len(text.splitlines()))
        raise NotToml("twice" if twice else "syntax", int(row.group(1)) if row else last) from error


def decoded(content: bytes) -> str:
    """Return the text of a file.

    Raises
    ------
    NotToml
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotToml("encoding") from error


@dataclass
class _Place:
    """Where in a file somebody is, who looks only at what may take too much."""

    row: int = 1
    depth: int = 0
    dots: int = 0

    def step(self, kind: str, token: str) -> None:
        if kind == "opens":
            self.depth += 1
        elif kind == "closes":
            self.depth = max(0, self.depth - 1)
        self.dots = self.dots + 1 if kind == "dot" else self.dots * (kind in _WITHIN_NAMES)
        self.row += token.count("\n")

    def refused(self, kind: str, token: str) -> Reason | None:
        if self.depth > DEEPEST:
            return "deep"
        if self.dots >= MOST_PARTS:
            return "parts"
        return "number" if kind == "number" and len(token) > LONGEST_NUMBER else None


_WITHIN_NAMES = frozenset({"dot", "word", "number", "space", "text"})


def _look_through(text: str) -> None:
    """Refuse what takes a parser far more time or memory than it takes room in the file."""
    place = _Place()
    for token in _TOKENS.finditer(text):
        kind = str(token.lastgroup)
        row = place.row
        place.step(kind, token[0])
        reason = place.refused(kind, token[0])
        if reason is not None:
            raise NotToml(reason, row)
