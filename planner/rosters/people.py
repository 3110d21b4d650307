"""Names of people: full, to be called by, and to be sorted on.

Dutch names are sorted on the surname without its infix: Noor van der Berg stands
under B, as "Berg, Noor van der".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_INFIXES = """
    van von vom der den de het 't ’t 's ’s ten ter te op in uit aan bij voor onder over tot toe d' d’
    zu zum zur da das do dos di del della des du la le les
"""
_INFIX_WORDS = frozenset(_INFIXES.split())
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.[ -]?)+|[A-Z](?: [A-Z])*")
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")


@dataclass(frozen=True)
class PersonName:
    """A name as people say it, as fellow students say it, and as lists are sorted."""

    full: str
    call: str
    sort: str


def from_parts(first: str, infix: str, last: str, *, whole_call_name: bool = False) -> PersonName:
    """Return a name from its parts, each of which may be empty.

    An infix may also stand before the last name ("van der Berg") or after it
    ("Berg, van der"). With `whole_call_name` the first name is what people say,
    as in a column "Roepnaam"; else its first word is.

    Parameters
    ----------
    first : str
        First names.
    infix : str
        Such as "van der".
    last : str
        Surname, with or without an infix.
    whole_call_name : bool, default False
        Whether people are called by all of `first`.

    Returns
    -------
    PersonName
    """
    first, infix, last = _tidy(first), _tidy(infix), _tidy(last)
    if not last:
        return from_full(" ".join(part for part in (first, infix) if part))
    if "," in last:
        last, _, behind = last.partition(",")
        last, infix = last.strip(), infix or behind.strip()
    if not infix:
        infix, last = split_infix(last)
    full = " ".join(part for part in (first, infix, last) if part)
    return PersonName(full, _call_name(first, full, whole_call_name), _sort_name(first, infix, last))


def from_full(text: str) -> PersonName:
    """Return a name from one cell: "Noor van der Berg" or "Berg, Noor van der"."""
    text = _tidy(text)
    bare, aside = _without_aside(text)
    if "," in bare:
        name = _from_sortable(bare)
    else:
        words = bare.split()
        start = next(
            (n for n, word in enumerate(words) if n and _is_infix(word) and n + 1 < len(words)), None
        )
        if start is None:
            start = max(len(words) - 1, 0)
        infix, last = split_infix(" ".join(words[start:]))
        first = " ".join(words[:start])
        name = PersonName(bare, _call_name(first or bare, bare, False), _sort_name(first, infix, last))
    if aside:
        return PersonName(_with_call_name(name, aside), aside, name.sort)
    return name


def _from_sortable(text: str) -> PersonName:
    """Read "Berg, Noor van der", "van der Berg, Noor" or "Berg, van der, Noor"."""
    last, *others = [piece.strip() for piece in text.split(",") if piece.strip()] or [text]
    if not others:
        return from_full(last) if "," not in last else PersonName(last, last, last)
    first, infixes = [], []
    for piece in others:
        words = piece.split()
        end = len(words)
        while end and _is_infix(words[end - 1]):
            end -= 1
        first += words[:end]
        infixes += words[end:]
    return from_parts(" ".join(first), " ".join(infixes), last)


def split_infix(last: str) -> tuple[str, str]:
    """Return the infix before a surname, and the surname: "van der Berg" -> "van der", "Berg"."""
    words = last.split()
    end = 0
    while end + 1 < len(words) and _is_infix(words[end]):
        end += 1
    return " ".join(words[:end]), " ".join(words[end:])


def _is_infix(word: str) -> bool:
    return word.casefold() in _INFIX_WORDS


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _without_aside(text: str) -> tuple[str, str]:
    """Take off what stands in brackets at the end; a first name there is the one people say."""
    aside = _ASIDE.search(text)
    if aside is None or not text[: aside.start()].strip():
        return text, ""
    inside = aside[1].strip()
    is_name = inside.isalpha() and inside[:1].isupper() and inside[1:].islower()
    bare = text[: aside.start()].strip()
    starts_with_initials = any(_INITIALS.fullmatch(word) for word in bare.replace(",", " ").split())
    return bare, inside if is_name and starts_with_initials else ""


def _with_call_name(name: PersonName, call: str) -> str:
    words = name.full.split()
    rest = [word for word in words if not _INITIALS.fullmatch(word)]
    return " ".join([call, *rest]) if rest else name.full


def _call_name(first: str, full: str, whole: bool) -> str:
    if not first or _INITIALS.fullmatch(first):
        return full
    if whole:
        return first
    return next((word for word in first.split() if not _INITIALS.fullmatch(word)), full)


def _sort_name(first: str, infix: str, last: str) -> str:
    behind = " ".join(part for part in (first, infix) if part)
    return f"{last}, {behind}" if behind else last
