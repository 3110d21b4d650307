"""How somebody takes part: on site, online, or now this and then that."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from planner.model.values import normalize_text

How = Literal["on-site", "online", "mixed"]
_WORDS: dict[How, str] = {
    "on-site": """
        on site, onsite, on campus, campus, in person, inperson, in the classroom, classroom
        face to face, f2f, physical, physically, live, live on campus, op locatie, locatie
        op school, school, fysiek, in de klas
        in het lokaal, lokaal, op de campus, at school, on location, offline, fysiek aanwezig, aanwezig
        ter plaatse, in the room
    """,
    "online": """
        online, remote, remotely, distance, at a distance, op afstand, afstand, thuis, vanuit huis, from home
        home, at home, virtual, virtually, virtueel, digitaal, digital, zoom, teams, via zoom, via teams
        video, afstandsonderwijs, via internet, fully online, volledig online, alleen online, only online
        online only, livestream, online student
    """,
    "mixed": """
        mixed, mix, hybrid, hybride, blended, gemengd, wisselend, afwisselend, both, beide, allebei, varies
        flexible, flexibel, hyflex, sometimes online, soms online, deels online, partly online, half half
        online and on campus, on campus and online, online en op locatie, op locatie en online, it depends
        wisselt, either, no preference, geen voorkeur, maakt niet uit
    """,
}
_MODES = {
    " ".join(word.split()): mode
    for mode, words in _WORDS.items()
    for word in re.split(r"[,\n]", words)
    if word.strip()
}
_SIGNS = re.compile(r"[^0-9a-z]+")
_AROUND = re.compile(
    r"^(?:i (?:am|will be|join|attend|follow)|ik (?:ben|volg|doe mee)|mostly|meestal|always|altijd) "
)


@lru_cache(maxsize=1 << 12)
def mode_of(answer: str) -> How | None:
    """Return how somebody takes part who gives this answer, or None where it is something else.

    Examples
    --------
    >>> [mode_of(answer) for answer in ("Op locatie", "via Zoom", "wisselend", "campus Utrecht")]
    [<"on-site": 'on-site'>, <"online": 'online'>, <"mixed": 'mixed'>, None]
    """
    words = " ".join(_SIGNS.sub(" ", normalize_text(answer)).split())
    found = _MODES.get(words) or _MODES.get(_AROUND.sub("", words))
    return found if words else None
