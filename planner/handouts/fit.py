"""How small the sides of a card are printed from a browser, so that each fits on a page.

A page cannot measure itself without a script, and these have none. So lines are counted
as a browser with wide letters would break them, on paper that is as wide as it is; what
is printed as PDF is measured in earnest (`templates/theme.typ`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import ceil
from typing import Any

STEPS = (1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55, 0.5)
_LETTERS = 82.0  # in a line as wide as the page, of the size of most texts
_LINES = 49.0  # on a page
_HEADING = 2.2  # lines, with the room around it
_NAMES, _ROLES = 0.27, 0.68  # parts of the width, for the columns of a table


def steps_of(card: Mapping[str, Any], texts: Mapping[str, Any]) -> tuple[float, float]:
    """Return how large the front and the back of a card are printed.

    Parameters
    ----------
    card, texts : mapping of str to Any
        As the template is given them.

    Returns
    -------
    tuple of float
        Of the size in which there is room for an ordinary card.
    """
    front = _largest(lambda width: _front(card, texts, width))
    return front, _largest(lambda width: _back(card, texts, width))


def _largest(lines: Callable[[float], float]) -> float:
    """Return the first step at which the lines that there are then fit on a page."""
    return next((step for step in STEPS if lines(_LETTERS / step) <= _LINES / step), STEPS[-1])


def _lines(text: str, letters: float) -> int:
    """Return how many lines a text takes, with room for words that go to the next one whole."""
    return max(1, ceil(1.1 * len(text) / letters)) if text else 0


def _sum(texts: Iterable[str], letters: float) -> float:
    return sum(_lines(text, letters) + 0.25 for text in texts)


def _front(card: Mapping[str, Any], texts: Mapping[str, Any], width: float) -> float:
    agreements = texts["agreement"]
    beside = min(len(agreements), 3)
    columns = [
        _lines(one["title"], width / beside * 0.85) + _lines(one["text"], width / beside * 0.9)
        for one in agreements
    ]
    return (
        2.5 + 1.6 * _lines(card["group"], width * 0.4)
        + (2.2 + _lines(card["welcome"], width * 0.9) if card["welcome"] else 0)
        + _HEADING + 1.5 + sum(_person(one, width) for one in card["people"])
        + _HEADING + 1.4 * _lines("    ".join(card["moments"]) or texts["no_moment"], width)
        + 3.6 + 1.4 * _lines(card["weeks"][0]["ask"], width * 0.72)
        + _HEADING + 0.5 + sum(max(columns[at : at + beside]) + 0.8 for at in range(0, len(columns), beside))
        + _HEADING + _sum(texts["first_steps"], width * 0.92)
    )  # fmt: skip


def _person(one: Mapping[str, Any], width: float) -> float:
    new = 14 if one["is_new"] else 0  # letters of the words that say so
    role = "   ".join(one["roles"]) + (f" {one['minds_text']}" if one["minds"] else "")
    said = 1.25 * _lines(role, width * _ROLES * 0.85) + _lines(" ".join(one["what"]), width * _ROLES)
    said += _lines(one["starts"], width * _ROLES)
    return max(_lines(one["called"] + " " * new, width * _NAMES * 0.85), said) + 0.5


def _back(card: Mapping[str, Any], texts: Mapping[str, Any], width: float) -> float:
    goals = sum(
        max(_lines(one["called"], width * _NAMES * 0.85), _lines(one["words"], width * _ROLES) + 1.6) + 0.5
        for one in card["people"]
    )
    columns = max(1, len(card["roles"]))
    weeks = sum(
        max((_lines(name, width * 0.86 / columns * 0.85) for name in one["turns"]), default=0)
        + _lines(one["ask"], width * 0.95) + (1.0 if card["roles"] else 0.5)
        for one in card["weeks"]
    )  # fmt: skip
    roles = max((_lines(role, width * 0.8 / columns) for role in card["roles"]), default=1)
    return (
        _HEADING + 1.5 + goals
        + (1.3 + 1.4 * _lines("    ".join(card["goals"]), width) if card["goals"] else 0)
        + _HEADING + 1.5 * roles + weeks
        + _HEADING + _sum(texts["help"], width * 0.92)
    )  # fmt: skip
