"""Whom an answer names: "A and B", "Berg, Noor van der", a first name, a name in a sentence.

Names are compared by their words, without signs, accents and capitals. What names exactly one
student is that student; anything else is nobody, and is for people to settle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.model.values import is_nothing, normalize_text, parts_of

if TYPE_CHECKING:
    from planner.model.domain import Student

_LONGEST_RUN = 6  # words of a name in a sentence
_AND = re.compile(r"\s+(?:and|en|und|et|&|\+)\s+", re.IGNORECASE)
_LINES = re.compile(r"[;|\r\n]+")
_POINTS = re.compile(r"[^\w@+-]+")
_NUMBER_IN_FRONT = re.compile(r"^(?:\d{1,2}[.)]|[-*•–])\s+")
_NOBODY = frozenset(
    {
        "nobody",
        "no one",
        "niemand",
        "no preference",
        "geen voorkeur",
        "anyone",
        "anybody",
        "everyone",
        "iedereen",
        "maakt niet uit",
        "maakt me niet uit",
        "does not matter",
        "doesn't matter",
        "i don't mind",
        "n/a",
        "no",
        "nee",
    }
)
Known = Mapping[str, str]


class Mention(NamedTuple):
    """What was written, and the id of the one student whom it names; None where it names no one student."""

    written: str
    student: str | None


def name_words(text: str) -> str:
    """Return a text as names are compared: ``"Berg,  Noor van der"`` is ``"berg noor van der"``."""
    plain = normalize_text(text)
    return plain if "@" in plain else " ".join(_POINTS.sub(" ", plain).split())


def known_people(students: Iterable[Student]) -> dict[str, str]:
    """Return ids by everything that names exactly one student.

    That is an id, an e-mail address or a key, a full name in either order, a first name, a
    surname with or without its infix.

    Parameters
    ----------
    students : iterable of Student

    Returns
    -------
    dict of str to str
        By the words, see `name_words`. An id always means its owner, also where somebody else's key
        reads the same; a full name of several words means whoever has it.
    """
    whole: dict[str, set[str]] = {}
    parts: dict[str, set[str]] = {}
    owners: dict[str, str] = {}
    for student in students:
        owners[name_words(student.id)] = student.id
        for text in (
            student.id,
            student.email or "",
            *student.keys.values(),
            student.name,
            student.sort_name,
        ):
            whole.setdefault(name_words(text), set()).add(student.id)
        for text in (*_parts(student.name), student.call_name):
            parts.setdefault(name_words(text), set()).add(student.id)
    found = {}
    for key in whole.keys() | parts.keys():
        full = whole.get(key, set())
        ids = full if len(full) == 1 and " " in key else full | parts.get(key, set())
        if key and len(ids) == 1:
            found[key] = next(iter(ids))
    return found | owners


def _parts(name: str) -> list[str]:
    """Return what a name begins and ends with, and its surname in front."""
    words = name.split()
    cuts = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    initials = [f"{words[0]} {words[-1][0]}"] if len(words) > 1 else []
    return [part for front, back in cuts for part in (front, back, f"{back} {front}")] + initials


def mentions(answer: str, known: Known) -> list[Mention]:
    """Return whom an answer names, and what in it names no one student.

    Parameters
    ----------
    answer : str
        A cell: names or ids with commas, semicolons, line ends, "and", "en", "&" or "+" between them.
    known : mapping of str to str
        Of the class, see `known_people`.

    Returns
    -------
    list of Mention
        Each once, in the order of the cell.

    Examples
    --------
    >>> known = {"noor prins": "1", "noor": "1", "sanders": "2", "bart simpson": "3", "simpson bart": "3"}
    >>> [one.student for one in mentions("Noor en Sanders; Simpson, Bart", known)]
    ['1', '2', '3']
    """
    found: dict[tuple[str, str | None], Mention] = {}
    for chunk in _chunks(answer):
        for mention in _in_chunk(chunk, known):
            found.setdefault((mention.student or name_words(mention.written), mention.student), mention)
    return list(found.values())


def mentioned(answer: str, known: Known) -> tuple[str, ...]:
    """Return the ids of the students whom an answer names; see `mentions`.

    Parameters
    ----------
    answer : str
    known : mapping of str to str

    Returns
    -------
    tuple of str
    """
    return tuple(one.student for one in mentions(answer, known) if one.student is not None)


@lru_cache(maxsize=1 << 15)
def _chunks(answer: str) -> tuple[str, ...]:
    """Return what stands between semicolons and line ends; of a list as programs write one, its parts."""
    parts = parts_of(answer) if answer.strip().startswith("[") else _LINES.split(answer)
    plain = (_NUMBER_IN_FRONT.sub("", part.strip()) for part in parts)
    return tuple(part for part in plain if not says_nobody(part))


def says_nobody(text: str) -> bool:
    """Whether an answer asks for nobody in particular."""
    return is_nothing(text) or normalize_text(text).rstrip(".!") in _NOBODY


def _in_chunk(chunk: str, known: Known) -> list[Mention]:
    whole = known.get(name_words(chunk))
    if whole is not None:
        return [Mention(chunk, whole)]
    found = []
    for piece in _AND.split(chunk):
        tokens = [token.strip() for token in piece.split(",") if token.strip()]
        at = 0
        while at < len(tokens):
            pair = ", ".join(tokens[at : at + 2])
            if at + 1 < len(tokens) and (both := known.get(name_words(pair))) is not None:
                found.append(Mention(pair, both))  # "Simpson, Bart" is one name
                at += 2
                continue
            if not says_nobody(tokens[at]):
                found += _in_token(tokens[at], known)
            at += 1
    return found


def _in_token(token: str, known: Known) -> list[Mention]:
    student = known.get(name_words(token))
    if student is not None:
        return [Mention(token, student)]
    return _in_sentence(token, known) or [Mention(token, None)]


def _in_sentence(text: str, known: Known) -> list[Mention]:
    """Return the names in "I would like to be with Noor": none where another name stands beside them."""
    words, found, at = text.split(), [], 0
    while at < len(words):
        for length in range(min(_LONGEST_RUN, len(words) - at), 0, -1):
            run = " ".join(words[at : at + length])
            student = known.get(name_words(run))
            if student is not None and (length > 1 or run[0].isupper() or not run.isalpha()):
                found.append(Mention(run.strip(".,!?()"), student))
                at += length
                break
        else:
            beside = at + 1 < len(words) and name_words(words[at + 1]) in known
            if _is_name(words[at]) and (at or beside):
                return []
            at += 1
    return found


def _is_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 1
