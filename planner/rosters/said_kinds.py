"""What somebody says that columns mean: one thing of a column, and of columns that are there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planner.model.domain import ColumnKind
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.model.values import normalize_text
from planner.model.wording import did_you_mean


class SaidColumns(NamedTuple):
    """What columns mean, by heading, and the order of scales from low to high."""

    kinds: dict[str, ColumnKind]
    orders: dict[str, tuple[str, ...]]


def said_columns(said: Iterable[tuple[str, ColumnKind | str]]) -> SaidColumns:
    """Return what columns mean, by heading.

    Parameters
    ----------
    said : iterable of (str, ColumnKind or str)
        A heading, and what its column means; behind "scale:" its answers from low to high, with "<" between.

    Returns
    -------
    SaidColumns

    Raises
    ------
    InputError
        Where there is no such meaning, or a column has two.

    Examples
    --------
    >>> said_columns([("Level", "scale: low < high")]).orders
    {'Level': ('low', 'high')}
    """
    kinds: dict[str, ColumnKind] = {}
    orders: dict[str, tuple[str, ...]] = {}
    for heading, kind in said:
        meant, order = _kind(kind)
        if kinds.setdefault(heading, meant) is not meant:
            raise InputError([_two_meanings(heading, kinds[heading], meant)])
        if order:
            orders[heading] = order
    return SaidColumns(kinds, orders)


def require_headings(said: Iterable[str], known: Sequence[str]) -> None:
    """Refuse to correct columns that no file has.

    Parameters
    ----------
    said, known : sequence of str
        Headings; where none are known, there is no class list to speak of.

    Raises
    ------
    InputError
    """
    there = {normalize_text(heading) for heading in known}
    unknown = [heading for heading in said if normalize_text(heading) not in there]
    if known and unknown:
        raise InputError([_no_column(heading, known) for heading in unknown])


def _kind(kind: ColumnKind | str) -> tuple[ColumnKind, tuple[str, ...]]:
    known = [one.value for one in ColumnKind]
    word, colon, behind = str(kind).partition(":")
    order = tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in behind.split("<")))))
    if word.strip() not in known or (colon and (word.strip() != ColumnKind.SCALE or len(order) < 2)):
        raise InputError([_no_kind(str(kind), known)])
    return ColumnKind(word.strip()), order


def _no_kind(text: str, known: Sequence[str]) -> Problem:
    return Problem(
        code="unknown-column-kind",
        level=Level.ERROR,
        message=message("“{text}” does not say what a column means.", text=text),
        hint=did_you_mean(text, known, message("Choose one of these: {known}.", known=tuple(known))),
    )


def _two_meanings(heading: str, one: ColumnKind, other: ColumnKind) -> Problem:
    return Problem(
        code="two-meanings",
        level=Level.ERROR,
        message=message(
            "The column “{heading}” is given two meanings: {one} and {other}.",
            heading=heading,
            one=one.value,
            other=other.value,
        ),
        hint=message("Give each column one meaning."),
    )


def _no_column(heading: str, known: Sequence[str]) -> Problem:
    return Problem(
        code="unknown-column",
        level=Level.ERROR,
        message=message("There is no column “{heading}” to correct.", heading=heading),
        hint=did_you_mean(heading, known, message("Possible: {known}.", known=known)),
    )
