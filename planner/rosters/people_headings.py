"""Headings that ask for fellow students: whom with, whom rather not, and with whom before."""

from __future__ import annotations

import re

from planner.model.answers import HOW_MANY, says_not
from planner.model.domain import ColumnKind

_TEAM = (
    r"(?:(?:project|leer)?teams?|(?:project|studie|study|lab|work|werk|tutor|leer)?"
    r"(?:groups?|groep(?:en)?|groeps?(?:nummer|nr|naam)))"
)
_PEER = re.compile(
    r"^(\w+ )?wens(en)?( \d+)?$|^wens \d|^(\w+ )?wish(es)?( \d+)?$|^wish \d"
    r"|gewenste (partner|groepsgenoot|student)|mede ?student|studiemaatje|maatje|buddy|\bpeers?\b"
    r"|(samen ?werk\w*|work(ing)?|together) (met|with)"
    r"|(met|with) (wie|whom?)\b|\bwho\b.*\b(work|group|team|together)\b.*\bwith\b"
    r"|\bwie\b.*\b(samen|groep|team)\b|(prefer|voorkeur)\w*( \w+)* (student|persoon|person|partner)"
    r"|groepsgenoot|groepsgenoten|klasgeno(o)?t(en)?|classmates?|team ?mates?|group ?mates?"
    rf"|\b(people|persons?|students?|friends?|mensen|personen|studenten|vrienden|who)\b.*\b(on|in|for|van)\b.*\b{_TEAM}\b"
)
_AVOID = re.compile(
    r"\b(avoid\w*|vermijd\w*|vermijden|rather not|liever niet|prefer not|do not (work|want|pair|put)"
    r"|keep apart|unwanted|ongewenste?)\b"
)
_NOT_WITH = re.compile(
    r"\b(not|niet|never|nooit) (\w+ ){0,3}(with|met|together|samen)\b"
    r"|\b(people|persons?|students?|classmates?|team ?mates?|mensen|personen|(mede)?studenten|wie|whom?)"
    r" (\w+ ){0,4}(to avoid|avoid|vermijd\w*|te vermijden|rather not|liever niet|prefer not)"
    r"|^(avoid|vermijd\w*|(i (would|d) )?rather not|liever niet|prefer not)( (with|met)( \w+)?)?( \d+)?$"
)
_SPAN = (
    r"(?:terms?|semesters?|blocks?|periods?|quarters?|trimesters?|years?|sprints?|rounds?|courses?|modules?|projects?"
    r"|q|blok|blokken|periode|kwartaal|jaar|ronde|vak|opdracht)"
)
_BEFORE = (
    r"(?:previous|earlier|former|prior|past|old|vorige?|eerdere?|oude|voorgaande?|eerste|tweede|afgelopen)"
)
_EARLIER = re.compile(
    rf"\b{_BEFORE}(?: \w+)? {_TEAM}\b|\b(?:last|previous|vorige?|first|second) {_SPAN} (?:s )?{_TEAM}\b"
    rf"|\b{_SPAN} ?\d+ {_TEAM}\b|\b{_TEAM} (?:\w+ ){{0,3}}{_SPAN} ?\d+\b"
    rf"|\b{_TEAM} (?:\w+ ){{0,2}}(?:last|previous|vorige?|voorgaande?|afgelopen) {_SPAN}\b"
    rf"|\b{_TEAM} (?:before|earlier|eerder|hiervoor|daarvoor)\b"
    rf"|\b{_TEAM} (?:\w+ ){{0,2}}20\d\d\b|\b20\d\d (?:\d+ )?{_TEAM}\b"
)


def asked_of_people(words: str, heading: str) -> ColumnKind | None:
    """Return the kind of a heading that is about fellow students or earlier groups.

    Parameters
    ----------
    words : str
        The heading as plain words.
    heading : str
        As it stands, with the signs that part its clauses.

    Returns
    -------
    ColumnKind or None
        ``PEER``, ``NOT_WITH`` or ``EARLIER_GROUP``.
    """
    if HOW_MANY.search(words):
        return None
    if _NOT_WITH.search(words):
        return ColumnKind.NOT_WITH
    if _PEER.search(words):
        return ColumnKind.NOT_WITH if says_not(heading) or _AVOID.search(words) else ColumnKind.PEER
    return ColumnKind.EARLIER_GROUP if _EARLIER.search(words) else None
