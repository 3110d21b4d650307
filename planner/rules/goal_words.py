"""The learning goal that a text shares most words with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Prefix

from planner.model.values import normalize_text

_WORD = re.compile(r"[^\W\d_]+")
# Words that say nothing about a goal; they are too common to link anything by.
_EMPTY = """
    aan al als ben bij dat de deze die dit door een en er graag heb het hoe ik iets in is je kan kunnen leer
    leren maar me meer met mij mijn na naar niet nog of om ook op over te tot uit van veel voor waar wat we
    weer wel wil willen worden zijn zo zelf beter goed goede graag vak a about an and are as at be better
    can do for from get good have how i in into is it learn learning like me more my of on or so some that
    the this to want what with would you course
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())
_LEAST_START = 4  # letters that two forms of a word begin with
_LARGEST_END = 0.4  # of the shorter word may differ at the end: "presenteren", "presentaties"
_ALIKE = 86  # of 100: a slip of the pen


@lru_cache(maxsize=8192)
def suggested_goal(words: str, goals: tuple[str, ...]) -> str:
    """Return the learning goal that shares most words with a text.

    Empty where no goal shares any, or where two goals share as much: that is for
    people to decide.

    Parameters
    ----------
    words : str
        What somebody wants to learn, in their own words.
    goals : tuple of str
        Of the course.

    Returns
    -------
    str

    Examples
    --------
    >>> suggested_goal("rustiger leren presenteren", ("Presentaties geven", "Onderzoek doen"))
    'Presentaties geven'
    """
    said = _telling(words)
    exact = [goal for goal in goals if normalize_text(goal) == normalize_text(words)]
    if exact or not said:
        return exact[0] if exact else ""
    shares = {goal: _share(said, _telling(goal)) for goal in goals}
    best = max(shares.values(), default=0.0)
    found = [goal for goal, share in shares.items() if share == best]
    return found[0] if best > 0 and len(found) == 1 else ""


def _telling(text: str) -> tuple[str, ...]:
    """Return the words of a text that tell what it is about."""
    words = (
        word for word in _WORD.findall(normalize_text(text)) if word not in _EMPTY_WORDS and len(word) > 2
    )
    return tuple(dict.fromkeys(words))


def _share(said: Sequence[str], goal: Sequence[str]) -> float:
    """Return which part of a goal's words a text has, in the same or nearly the same form."""
    met = sum(any(_same(one, other) for one in said) for other in goal)
    return met / len(goal) if goal else 0.0


def _same(one: str, other: str) -> bool:
    """Whether two words are forms of one word: they begin alike, or differ by a slip of the pen."""
    alike = Prefix.similarity(one, other)
    shorter = min(len(one), len(other))
    return alike >= max(_LEAST_START, (1 - _LARGEST_END) * shorter) or fuzz.ratio(one, other) >= _ALIKE
