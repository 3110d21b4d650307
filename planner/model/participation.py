"""How people take part: on site, online, or both, as they say it in either language."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from planner.model.values import normalize_text


class Mode(StrEnum):
    """A way of taking part."""

    ONLINE = "online"
    ON_SITE = "on-site"


EITHER = frozenset(Mode)
_BOTH = re.compile(
    r"\b(hybrid\w*|hybride|blended|mixed|gemengd|both|beide|allebei|either|wisselend|afwisselend|varies"
    r"|flexib\w*|maakt (me |mij )?niet uit|geen voorkeur|no preference)\b"
)
_ONLINE = re.compile(
    r"\b(online|remote\w*|op afstand|afstand|distance|digita\w*|virtue\w*|virtual\w*|zoom"
    r"|(ms |microsoft )teams|vanuit huis|thuis|from home|at home)\b"
)
_ON_SITE = re.compile(
    r"\b(on ?site|on ?campus|campus|op locatie|fysiek|in person|face to face|f2f|in (de )?(klas|les|zaal)"
    r"|in (the )?class(room)?|op school|at school|ter plaatse|ter plekke|aanwezig|in real life)\b"
)
_WORDS = {Mode.ONLINE: _ONLINE, Mode.ON_SITE: _ON_SITE}
_CLAUSE = re.compile(r"[,;.()&/]|\b(?:maar|but|en|and)\b")
_NOT = re.compile(r"\b(niet|not|nooit|never|geen|no)\b")


@lru_cache(maxsize=1 << 12)
def modes_of(answer: str) -> frozenset[Mode]:
    """Return the ways in which somebody takes part; none where the answer does not tell.

    Parameters
    ----------
    answer : str

    Returns
    -------
    frozenset of Mode

    Examples
    --------
    >>> sorted(modes_of("Op locatie")), sorted(modes_of("Hybride")), sorted(modes_of("weet nog niet"))
    ([<Mode.ON_SITE: 'on-site'>], [<Mode.ON_SITE: 'on-site'>, <Mode.ONLINE: 'online'>], [])
    """
    words = normalize_text(answer).replace("-", " ")
    if _BOTH.search(words):
        return EITHER
    said: set[Mode] = set()
    denied: set[Mode] = set()
    for clause in _CLAUSE.split(words):
        found = {mode for mode, pattern in _WORDS.items() if pattern.search(clause)}
        (denied if _NOT.search(clause) else said).update(found)
    return frozenset((said or (EITHER if denied else set())) - denied)
