"""Answers that have an order: agreement, how often, how well, letter grades, levels of a language.

A scale is known by its words, in Dutch and English, or by the numbers in front of its
answers ("4. I have done this before"). From the lowest to the highest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from functools import lru_cache

from planner.model.values import is_nothing, normalize_text

_AGREEMENT = """
    strongly disagree, completely disagree, totally disagree, fully disagree, disagree strongly
    helemaal oneens, helemaal mee oneens, zeer oneens, zeer mee oneens, sterk mee oneens, volledig oneens
    volledig mee oneens, helemaal niet mee eens, helemaal niet eens, sterk oneens, geheel oneens
    geheel mee oneens
> disagree, oneens, mee oneens, niet mee eens, tend to disagree, niet eens
> somewhat disagree, slightly disagree, disagree somewhat, enigszins oneens, enigszins mee oneens
    een beetje oneens, een beetje mee oneens, beetje oneens, deels oneens
> neutral, neutraal, neither agree nor disagree, neither, niet eens niet oneens, noch eens noch oneens
    niet mee eens niet mee oneens, undecided, onbeslist
> somewhat agree, slightly agree, agree somewhat, enigszins eens, enigszins mee eens, een beetje eens
    een beetje mee eens, beetje eens, deels eens
> agree, eens, mee eens, tend to agree
> strongly agree, completely agree, totally agree, fully agree, agree strongly, helemaal eens
    helemaal mee eens, zeer eens, zeer mee eens, sterk mee eens, volledig eens, volledig mee eens, sterk eens
    geheel eens, geheel mee eens
"""
_HOW_OFTEN = """
never, nooit > almost never, hardly ever, bijna nooit > rarely, seldom, zelden
> sometimes, occasionally, now and then, soms, af en toe, once in a while > regularly, regelmatig
> often, frequently, vaak, dikwijls > usually, mostly, meestal, most of the time > almost always, bijna altijd
> always, altijd
"""
_SKILL = """
none, no experience, geen, geen ervaring, no knowledge, geen kennis, nothing yet, nog niets
> novice, beginner, beginnend, beginners, starter, starting, beginnende, basic, basis, basiskennis, elementary
    little experience, a little experience, weinig ervaring, a bit of experience, basisniveau, beginneling
> some experience, enige ervaring, wat ervaring, lower intermediate
> intermediate, gemiddeld, average, redelijk, halfgevorderd, half gevorderd, moderate, gemiddelde
    tussenniveau
> upper intermediate, competent, bekwaam, ervaren, experienced
> advanced, gevorderd, gevorderde, a lot of experience, much experience, veel ervaring, gevorderden
    proficient
> very advanced, zeer gevorderd, very experienced, zeer ervaren, ver gevorderd > expert, deskundig, master
    pro
"""
_QUALITY = """
very poor, very bad, terrible, zeer slecht, heel slecht, erg slecht > poor, bad, slecht, weak, zwak
> insufficient, onvoldoende, unsatisfactory, below average, onder gemiddeld
> fair, moderate, mediocre, matig, so so, twijfelachtig
> sufficient, satisfactory, average, ok, okay, voldoende, redelijk, gemiddeld, neutral, neutraal
> more than sufficient, ruim voldoende, above average, boven gemiddeld > good, goed
> very good, zeer goed, heel goed, erg goed > excellent, uitstekend, outstanding, uitmuntend
"""
_AMOUNT = """
not, not at all, helemaal niet, niet, totaal niet, absoluut niet, geen, none, no
> hardly, barely, nauwelijks, amper
> a little, slightly, a bit, little, een beetje, weinig, beetje, een klein beetje, not very, niet zo, niet erg
> somewhat, moderately, enigszins, matig, redelijk, some, neutral, neutraal, gemiddeld
> fairly, quite, quite a bit, tamelijk, behoorlijk, best, best wel, vrij, wel
> very, very much, a lot, much, zeer, veel, heel, erg, heel erg, heel veel, zeer veel, in hoge mate
> extremely, completely, fully, totally, volledig, uiterst, ontzettend, enorm, buitengewoon, helemaal
"""
_HEIGHT = """
none, geen > very low, zeer laag, heel laag > low, laag
> medium, middle, average, moderate, midden, middel, gemiddeld
    middelmatig, normal, normaal
> high, hoog > very high, zeer hoog, heel hoog
"""
_SATISFACTION = """
very dissatisfied, very unsatisfied, zeer ontevreden > dissatisfied, unsatisfied, ontevreden
> neutral, neutraal, neither satisfied nor dissatisfied, niet tevreden niet ontevreden
> satisfied, tevreden > very satisfied, zeer tevreden
"""
_YEARS = """
freshman, first year, 1st year, 1st, eerstejaars, eerste jaar, 1e jaar, 1e jaars, 1e, bachelor 1, first
> sophomore, second year, 2nd year, 2nd, tweedejaars, tweede jaar, 2e jaar, 2e jaars, 2e, bachelor 2, second
> junior, third year, 3rd year, 3rd, derdejaars, derde jaar, 3e jaar, 3e jaars, 3e, bachelor 3, third
> senior, fourth year, 4th year, 4th, vierdejaars, vierde jaar, 4e jaar, 4e jaars, 4e, fourth
> fifth year, 5th year, 5th, vijfdejaars, vijfde jaar, 5e jaar, 5e > graduate, grad student, master
"""
_RHYTHM = """
never, nooit > yearly, once a year, jaarlijks, eens per jaar, less often, minder vaak
> monthly, once a month, maandelijks, elke maand, every month, eens per maand
> weekly, once a week, wekelijks, elke week, every week, eens per week
> several times a week, few times a week, a few times a week, meerdere keren per week, paar keer per week
    een paar keer per week
> daily, every day, dagelijks, elke dag
"""
_WORDED = (_AGREEMENT, _HOW_OFTEN, _SKILL, _QUALITY, _AMOUNT, _HEIGHT, _SATISFACTION, _YEARS, _RHYTHM)


def _levels(text: str) -> dict[str, float]:
    return {
        " ".join(word.split()): place
        for place, level in enumerate(text.split(">"))
        for word in re.split(r"[,\n]", level)
        if word.strip()
    }


_SCALES = tuple(map(_levels, _WORDED))
_SIGNS = re.compile(r"[^0-9a-z]+")
_NUMBERED = re.compile(r"\(?(\d{1,2})(?:\s*[.):=–—-]+\s*|\s+\()(?=\D).+|(\d{1,2})", re.DOTALL)
_NUMBER_BEHIND = re.compile(r"\D.*\((\d{1,2})\)")
# What tells a scale from a list of topics with numbers in front.
_OF_DEGREE = re.compile(
    r"\b(how|hoe|rate|rating|mate|scale|schaal|level|niveau|ervaring\w*|experience\w*|skills?|vaardig\w*"
    r"|confiden\w*|zeker\w*|comfort\w*|agree|disagree|eens|oneens|i (have|am|can|know)|ik (heb|ben|kan|weet)"
    r"|never|nooit|always|altijd|often|vaak|none|geen|niet|not|very|zeer|little|beetje|kennis|knowledge"
    r"|goed|good)\b"
)
_COUNTED = re.compile(r"(level|niveau|lvl|stage|fase|trede|tier|year|jaar|leerjaar) ?(\d{1,2})")
_GRADE = re.compile(r"([a-f])([+-]?)(?:\s*\(.*\))?", re.DOTALL)
_OF_GRADES = re.compile(r"cijfer|grade|\bgpa\b|\bletter|\bmarks?\b|beoordeling|resulta|result|score")
_CEFR = re.compile(r"(?:erk|cefr|ecfr|niveau|level)?\s*([abc])([012])(\+?)(?:\W.*)?", re.DOTALL)
_NATIVE = frozenset({"native", "native speaker", "moedertaal", "moedertaalspreker", "mother tongue"})
_BELOW = frozenset({"none", "geen", "a0", "nothing", "niets"})
_LOWEST = frozenset({"none", "geen"})  # of some scales; beside others they are no answer
_FEWEST = 2  # levels
_MOST = 60  # different answers; more are no scale


def levels_of(answers: Iterable[str], heading: str = "") -> tuple[tuple[str, ...], ...]:
    """Return the levels of a scale from low to high, each with the ways in which it is written.

    Parameters
    ----------
    answers : iterable of str
        Of a column; those that say nothing ("n/a") are left out.
    heading : str
        Of the column.

    Returns
    -------
    tuple of tuple of str
        Nothing where the answers have no order that is known by their words or numbers.

    Examples
    --------
    >>> levels_of(["Gevorderd", "Beginner", "expert"])
    (('Beginner',), ('Gevorderd',), ('expert',))
    >>> levels_of(["Biology", "Law"])
    ()
    """
    written = tuple(dict.fromkeys(answer.strip() for answer in answers if answer.strip()))
    if len(written) > _MOST:
        return ()
    said = tuple(answer for answer in written if not is_nothing(answer))
    lowest = tuple(one for one in written if one in said or normalize_text(one) in _LOWEST)
    return _found(lowest, heading) or _found(said, heading)


@lru_cache(maxsize=1 << 8)
def _found(written: tuple[str, ...], heading: str) -> tuple[tuple[str, ...], ...]:
    ways = (_by_number, _by_count, _by_cefr, _by_grade, *_BY_WORDS)
    for way in ways:
        places = way(written, normalize_text(heading))
        if None not in places and len(set(places)) >= _FEWEST:
            levels: dict[float, list[str]] = {}
            for answer, place in zip(written, places, strict=True):
                levels.setdefault(place or 0.0, []).append(answer)
            return tuple(tuple(levels[place]) for place in sorted(levels))
    return ()


Places = Sequence[float | None]


def _by_number(written: Sequence[str], heading: str) -> Places:
    found = [_NUMBERED.fullmatch(answer) for answer in written]
    places: list[float | None] = [None if one is None else float(one[1] or one[2]) for one in found]
    if None in places:
        behind = [_NUMBER_BEHIND.fullmatch(answer) for answer in written]
        places = [None if one is None else float(one[1]) for one in behind]
    worded = any(not answer.isdigit() for answer in written)
    told = _OF_DEGREE.search(" ".join((heading, *map(normalize_text, written))))
    return places if worded and told else [None]


def _by_count(written: Sequence[str], _heading: str) -> Places:
    found = [_COUNTED.fullmatch(_plain(answer)) for answer in written]
    words = {one[1] for one in found if one is not None}
    return [None if one is None or len(words) > 1 else float(one[2]) for one in found]


def _by_cefr(written: Sequence[str], _heading: str) -> Places:
    places: list[float | None] = []
    for answer in written:
        text = normalize_text(answer)
        code = _CEFR.fullmatch(text)
        if code is not None:
            places.append(" abc".index(code[1]) * 10.0 + int(code[2]) + (0.5 if code[3] else 0.0))
        else:
            places.append(99.0 if text in _NATIVE else 0.0 if text in _BELOW else None)
    return places


def _by_grade(written: Sequence[str], heading: str) -> Places:
    found = [_GRADE.fullmatch(normalize_text(answer).replace("\u2212", "-")) for answer in written]
    signs = any(one is not None and one[2] for one in found)
    if not (signs or _OF_GRADES.search(heading)):
        return [None]
    steps = {"-": -1.0, "": 0.0, "+": 1.0}
    return [None if one is None else steps[one[2]] - 10.0 * ord(one[1]) for one in found]


def _by_words(scale: dict[str, float]) -> Callable[[Sequence[str], str], Places]:
    def places(written: Sequence[str], _heading: str) -> Places:
        texts = [[_plain(part) for part in (answer, *answer.split("/"))] for answer in written]
        own = _own_word([whole for whole, *_ in texts], scale)
        return [
            next(
                (scale[word] for part in parts for word in (part, _without(part, own)) if word in scale), None
            )
            for parts in texts
        ]

    return places


_BY_WORDS = tuple(map(_by_words, _SCALES))


def _plain(text: str) -> str:
    return " ".join(_SIGNS.sub(" ", normalize_text(text)).split())


def _own_word(texts: Iterable[str], scale: Container[str]) -> str:
    """Return the word that answers share, such as "confident" in "not confident", "very confident"."""
    counts = Counter(word for text in texts for word in set(text.split()) if word not in scale)
    word, count = max(counts.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    return word if count >= _FEWEST else ""


def _without(text: str, own: str) -> str:
    return " ".join(word for word in text.split() if word != own)
