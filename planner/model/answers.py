"""What short answers and questions say: yes or no, free or busy, and whether a question says *not*."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from planner.model.values import normalize_text

YES = frozenset({"ja", "yes", "y", "j", "x", "1", "true", "waar", "v", "✓", "✔"})
NO = frozenset({"nee", "no", "n", "0", "false", "onwaar", "-", "—"})
FREE = frozenset({"vrij", "free", "beschikbaar", "available"})
# Of a poll about moments; who can if need be can.
POLL_YES = frozenset(
    {"ok", "oke", "okay", "(ok)", "(yes)", "(ja)", "if need be", "if needed", "ifneedbe", "(if need be)"}
    | {
        "als het moet",
        "desnoods",
        "zo nodig",
        "indien nodig",
        "kan",
        "i can",
        "ik kan",
        "can",
        "prefer",
        "preferred",
    }
)
_BUSY = """
    bezet, busy, niet beschikbaar, not available, unavailable, niet, not, niet vrij, not free, verhinderd,
    kan niet, ik kan niet, cannot, can not, can't, niet mogelijk, not possible, onmogelijk, impossible,
    afwezig, absent, onbeschikbaar
"""
BUSY = frozenset(word.strip() for word in _BUSY.split(","))
WHOLE = frozenset(
    {"hele dag", "de hele dag", "heel de dag", "all day", "whole day", "the whole day", "alles", "all"}
)

_LONGEST = 400  # letters that are looked at
_CLAUSES = re.compile(r"[.?!;:()\n]|, |\s[-–—]\s")
_SHORT_NOT = re.compile(r"\b(ca|do|does|did|wo|is|are|was|were|could|should|would|have|has|had)n['’`´]?t\b")
_SIGNS = re.compile(r"[^0-9a-z]+")
_LEFT_OPEN = re.compile(r"\b(leave|laat|blank|empty|leeg|open laten)\b")
# Where a "not" says nothing about when somebody cannot.
_BESIDE = re.compile(
    r"\b(or|of|wel|wel of|al dan|whether or|en|and) (not|niet)\b(?! \w)"
    r"|\b(wel|al dan|whether or|wel of) (not|niet)\b"
    r"|\b(not|niet) (only|alleen|just|more|meer|less|minder|later|earlier|eerder|longer|langer|listed|vermeld"
    r"|genoemd|needed|nodig|required|verplicht|necessary|sure|zeker|forget|vergeten|important|belangrijk)\b"
    r"|\b(do not|dont|please not) (select|choose|tick|check|mark|fill|include|count|worry|forget|enter|use)\b"
    r"|\b(vink|kies|vul|tel|kruis|vergeet|selecteer|gebruik) \w* ?niet\b"
    r"|\bniet (aan)?(vinken|kruisen|invullen|kiezen|selecteren|meetellen|aankruisen|aanvinken)\b"
    r"|\b(if|zo|indien|waarom|why) (not|niet)\b|\b(geen|no) (voorkeur|preference)\b"
    r"|\b(werk|werkt|werken) (\w+ )?niet\b|\bniet (werk|werkt|werken|hoeft?)\b"
    r"|\b(geen|no|not have|zonder|without) (les|lessen|college|colleges|werk|afspraken|class|classes|lectures"
    r"|work|commitments|conflicts?|obligations|verplichtingen)\b"
    # "not busy" is free
    r"|\b(not|niet|never|nooit|geen) (\w+ )?(busy|bezet|verhinderd|unavailable|occupied|afwezig|absent|bezig"
    r"|onbeschikbaar)\b"
)
_NOT = re.compile(
    r"\b(not|niet|cannot|unable|unavailab\w*|onbeschikba\w*|non ?availab\w*|no availab\w*|busy|bezet\w*|bezig"
    r"|verhinder\w*|afwezig\w*|absen\w*|blocked|blackout|occupied|impossible|onmogelijk\w*|nooit|never|geen"
    r"|no time|except|behalve|uitgezonderd|commitments?|obligations?|verplichting\w*|conflict\w*|clash\w*)\b"
)


HOW_MANY = re.compile(r"\b(hoeveel|how many|how much|hoe vaak|how often)\b")


@lru_cache(maxsize=1 << 12)
def says_not(text: str) -> bool:
    """Whether a question or an answer is about when somebody can *not*.

    Examples
    --------
    >>> says_not("Wanneer kun je NIET?"), says_not("Times I can't make"), says_not("Bezet [ma]")
    (True, True, True)
    >>> says_not("When are you not busy?"), says_not("Available or not?"), says_not("Beschikbaar")
    (False, False, False)
    """
    text = text[:_LONGEST]
    clauses = [] if HOW_MANY.search(normalize_text(text)) else _CLAUSES.split(text)
    return any(map(_clause_says_not, clauses))


def _clause_says_not(clause: str) -> bool:
    plain = " ".join(_SIGNS.sub(" ", _SHORT_NOT.sub(r"\1 not", normalize_text(clause))).split())
    return not _LEFT_OPEN.search(plain) and _NOT.search(_BESIDE.sub(" ", plain)) is not None


# Answers that are one answer in other words. A letter or a digit is that only beside such a word.
_WORDS: Mapping[str, str] = {
    "yes": "ja yes true waar jawel yep yeah jep",
    "no": "nee neen no false onwaar nope",
    "female": "vrouw vrouwelijk female woman",
    "male": "man mannelijk male",
}
_SHORT: Mapping[str, str] = {"yes": "j y 1 ✓ ✔", "no": "n 0", "female": "v f", "male": "m"}
_GENDERS = frozenset({"female", "male"})
_GENDER = re.compile(r"\b(gender|geslacht|sekse|sex|m ?v|v ?m|man ?vrouw)\b")


def meaning_of(answer: str, heading: str) -> str | None:
    """Return what a short answer means, in whichever words it is given.

    Parameters
    ----------
    answer : str
    heading : str
        Of its column: a gender is one only where the heading asks for it.

    Returns
    -------
    str or None
        "yes", "no", "female" or "male"; None for any other answer.
    """
    return _long(answer, heading) or _short(answer, heading)


def _long(answer: str, heading: str) -> str | None:
    return _looked_up(_WORDS, answer, heading)


def _short(answer: str, heading: str) -> str | None:
    return _looked_up(_SHORT, answer, heading)


def _looked_up(known: Mapping[str, str], answer: str, heading: str) -> str | None:
    found = next(
        (meaning for meaning, words in known.items() if normalize_text(answer) in words.split()), None
    )
    asked = found not in _GENDERS or _GENDER.search(
        " ".join(_SIGNS.sub(" ", normalize_text(heading)).split())
    )
    return found if asked else None


def same_answers(answers: Iterable[str], heading: str) -> Mapping[str, list[str]]:
    """Return the answers of a column that mean the same in other words, by what they mean.

    A letter or a digit counts where the column has the word too, in full, and no other
    letters or digits: "1" is a yes beside "ja", but not beside "2".

    Parameters
    ----------
    answers : iterable of str
        Of a column.
    heading : str
        Of the column.

    Returns
    -------
    mapping of str to list of str
        By meaning, where there is more than one way of writing it.
    """
    once = list({normalize_text(answer): answer for answer in answers if answer.strip()}.values())
    full = {meaning for answer in once if (meaning := _long(answer, heading))}
    kinds = {
        kind: [answer for answer in once if _SHAPES[kind].fullmatch(normalize_text(answer))]
        for kind in _SHAPES
    }
    plain = {
        answer
        for found in kinds.values()
        for answer in found
        if full and all(_short(one, heading) or normalize_text(one) in ("x", "-", "?") for one in found)
    }
    meant: dict[str, list[str]] = {}
    for answer in once:
        meaning = _long(answer, heading) or (_short(answer, heading) if answer in plain else None)
        if meaning is not None:
            meant.setdefault(meaning, []).append(answer)
    return {meaning: found for meaning, found in meant.items() if len(found) > 1}


_SHAPES = {"letter": re.compile(r"[a-z?-]"), "digit": re.compile(r"\d+"), "mark": re.compile(r"[✓✔]")}
