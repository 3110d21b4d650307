"""Walks through the XML of a workbook, piece by piece: nothing of it is kept but what is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

Attributes = Mapping[str, str]
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class Broken(Exception):  # noqa: N818 - the name says what a part is
    """A part that is no XML, or has places that no sheet has."""


class Unsafe(Exception):  # noqa: N818 - the name says what a part is
    """A part that declares entities, or a type of its own."""


def walk(
    part: bytes,
    start: Callable[[str, Attributes], Any],
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Call back for every element, by its name without a prefix, and for the text between.

    Parameters
    ----------
    part : bytes
        XML.
    start : callable
        Gets name and attributes of an element that begins.
    end : callable, optional
        Gets the name of an element that ends.
    text : callable, optional
        Gets the text in between, in pieces.

    Raises
    ------
    Broken
    Unsafe
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, about: start(name.rpartition(":")[2], about)
    if end is not None:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, ValueError, LookupError) as error:  # an encoding that is not known
        raise Broken from error


def _refuse(*_: object) -> None:
    raise Unsafe


def elements(part: bytes, name: str) -> Iterator[dict[str, str]]:
    """Return the attributes of every element with a name, in order.

    Parameters
    ----------
    part : bytes
        XML.
    name : str
        Without its prefix.

    Returns
    -------
    iterator of dict of str to str
    """
    found: list[dict[str, str]] = []
    walk(part, lambda this, about: found.append(dict(about)) if this == name else None)
    return iter(found)


@dataclass(frozen=True)
class Cell:
    """A cell as a sheet has it: its place, counted from 1, its attributes and what it holds.

    `text` is what stands between the tags: of a shared text its number in the list of these.
    """

    row: int
    column: int
    about: Attributes
    text: str


class _Sheet:
    """Where in a sheet the parser is."""

    def __init__(self, found: Callable[[Cell], Any]) -> None:
        self._found = found
        self._row = self._own_row = self._column = 0
        self._about: Attributes | None = None
        self._filled = False
        self._chunks: list[str] = []

    def start(self, name: str, about: Attributes) -> None:
        if name == "c":
            self._begin(about)
        elif self._about is not None:
            self._filled = True
        elif name == "row":
            self._row, self._column = int(about["r"]) if "r" in about else self._row + 1, 0

    def _begin(self, about: Attributes) -> None:
        self._about, self._filled, self._own_row = about, False, self._row
        self._chunks.clear()
        if "r" not in about:
            self._column += 1
            return
        place = _PLACE.fullmatch(about["r"])
        if place is None:
            raise Broken
        # The next cell without a place of its own stands beside this one, in the row that was begun.
        self._own_row, self._column = int(place[2]), number_of(place[1])

    def end(self, name: str) -> None:
        if name == "c" and self._about is not None:
            if self._filled:
                self._found(Cell(self._own_row, self._column, self._about, "".join(self._chunks)))
            self._about = None

    def text(self, text: str) -> None:
        if self._about is not None:
            self._chunks.append(text)


def each_cell(part: bytes, found: Callable[[Cell], Any]) -> None:
    """Call back for every cell of a sheet that holds something, in the order of the file.

    Parameters
    ----------
    part : bytes
        XML of a sheet.
    found : callable
        Gets the cells.

    Raises
    ------
    Broken
    Unsafe
    """
    sheet = _Sheet(found)
    walk(part, sheet.start, sheet.end, sheet.text)


def text_lengths(part: bytes) -> list[int]:
    """Return how long each of the shared texts of a workbook is.

    Raises
    ------
    Broken
    Unsafe
    """
    lengths: list[int] = []

    def start(name: str, _: Attributes) -> None:
        if name == "si":
            lengths.append(0)

    def text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    walk(part, start, text=text)
    return lengths


def number_of(letters: str) -> int:
    """Return the number of a column, counted from 1: 28 for AB."""
    number = 0
    for sign in letters.upper():
        number = number * 26 + ord(sign) - ord("A") + 1
    return number
