"""How people take part: on site, online, or both, as they say it in either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from planner.model.values import normalize_text


class Mode(StrEnum):
    """A way of taking part."""

    ONLINE = "online"
    ON_SITE = "on-site"


EITHER = frozenset(Mode)
NOWHERE: frozenset[Mode] = frozenset()
# Whole answers.
_EXACT: Mapping[frozenset[Mode], str] = {
    frozenset({Mode.ON_SITE}): """
        on site, onsite, on campus, campus, in person, inperson, in the classroom, classroom
        face to face, f2f, physical, physically, live, live on campus, op locatie, locatie
        op school, school, fysiek, in de klas
        in het lokaal, lokaal, op de campus, at school, on location, offline, fysiek aanwezig, aanwezig
        ter plaatse, in the room
    """,
    frozenset({Mode.ONLINE}): """
        online, remote, remotely, distance, at a distance, op afstand, afstand, thuis, vanuit huis, from home
        home, at home, virtual, virtually, virtueel, digitaal, digital, zoom, teams, via zoom, via teams
        video, afstandsonderwijs, via internet, fully online, volledig online, alleen online, only online
        online only, livestream, online student
    """,
    EITHER: """
        mixed, mix, hybrid, hybride, blended, gemengd, wisselend, afwisselend, both, beide, allebei, varies
        flexible, flexibel, hyflex, sometimes online, soms online, deels online, partly online, half half
        online and on campus, on campus and online, online en op locatie, op locatie en online, it depends
        wisselt, either, no preference, geen voorkeur, maakt niet uit
    """,
}
_MODES = {
    " ".join(word.split()): mode
    for mode, words in _EXACT.items()
    for word in re.split(r"[,\n]", words)
    if word.strip()
}
_SIGNS = re.compile(r"[^0-9a-z]+")
_AROUND = re.compile(
    r"^(?:i (?:am|will be|join|attend|follow)|ik (?:ben|volg|doe mee)|mostly|meestal|always|altijd) "
)
# What longer answers have in them.
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
def mode_of(answer: str) -> frozenset[Mode]:
    """Return how somebody takes part whose whole answer is no more than that; none where there is more in it.

    Parameters
    ----------
    answer : str

    Returns
    -------
    frozenset of Mode

    Examples
    --------
    >>> [sorted(mode_of(answer)) for answer in ("Op locatie", "via Zoom", "campus Utrecht")]
    [[<Mode.ON_SITE: 'on-site'>], [<Mode.ONLINE: 'online'>], []]
    """
    words = " ".join(_SIGNS.sub(" ", normalize_text(answer)).split())
    return _MODES.get(words) or _MODES.get(_AROUND.sub("", words)) or NOWHERE


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
    if whole := mode_of(answer):
        return whole
    words = normalize_text(answer).replace("-", " ")
    if _BOTH.search(words):
        return EITHER
    said: set[Mode] = set()
    denied: set[Mode] = set()
    for clause in _CLAUSE.split(words):
        found = {mode for mode, pattern in _WORDS.items() if pattern.search(clause)}
        (denied if _NOT.search(clause) else said).update(found)
    return frozenset((said or (EITHER if denied else set())) - denied)
