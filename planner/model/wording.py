"""Wordings that many sentences share: the nearest valid name, and a list that fits on a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import process

from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like another one, whatever its case and accents.

    Parameters
    ----------
    word : str
    known : iterable of str

    Returns
    -------
    str or None
        None where none comes close.
    """
    found = process.extractOne(word, list(known), processor=normalize_text, score_cutoff=60)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], otherwise: Message | None = None) -> Message | None:
    """Ask whether the nearest known word is meant.

    Parameters
    ----------
    word : str
        As written.
    known : iterable of str
        What can be meant.
    otherwise : Message, optional
        The hint where nothing comes close.

    Returns
    -------
    Message or None
    """
    near = nearest(word, known)
    return otherwise if near is None else message("Did you mean “{near}”?", near=near)


def shortened(names: Sequence[str | Message], most: int = 8) -> tuple[str | Message, ...]:
    """Shorten a list of names to what fits on a line: the first ones, and how many more.

    Parameters
    ----------
    names : sequence of str or Message
    most : int, default 8
        How many are named where more than one has to be left out.

    Returns
    -------
    tuple of str or Message
        To fill a gap of a message.
    """
    if len(names) <= most + 1:
        return tuple(names)
    rest = len(names) - most
    return (*names[:most], plural_message("one more", "{n} more", rest))
