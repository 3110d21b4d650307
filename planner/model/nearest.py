"""The nearest valid name, for whoever made a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import process

from planner.model.text import Message, message
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
