"""The cells of a class list as values: numbers, several answers in one, texts to compare.

Dutch and English notation both occur, often in one file; nothing here guesses
from the rest of the column.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache

# A number as people type it: digits with points, commas or spaces between them.
_DIGITS = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)
_SPACED = re.compile(r"(?<=\d)\s(?=\d{3}(?:\D|$))")
_BETWEEN_CHOICES = re.compile(r"[;,|\r\n]+")
_LIST = re.compile(r"\s*\[(.*)\]\s*", re.DOTALL)  # as programs write one: ['00-05', '20-24']
# What people and programs fill in where there is nothing to say.
_NOTHING = frozenset(
    {
        "",
        "-",
        "--",
        "–",
        "—",
        "?",
        "nvt",
        "n.v.t.",
        "n.v.t",
        "n/a",
        "n.a.",
        "na",
        "nan",
        "#n/a",
        "#n/b",
        "#nvt",
        "n.b.",
    }
    | {"null", "none", "<na>", "geen", "onbekend", "unknown", "not applicable", "niet van toepassing"}
)
# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def number(text: str) -> float | None:
    """Read a number in Dutch or English notation.

    Parameters
    ----------
    text : str
        A cell: ``7,5``, ``7.5``, ``1.234,5``, ``1,234.5``, ``1 234``, ``85%``.
        A single point or comma is the decimal sign (``1.234`` is a bit more than
        one); a repeated one separates thousands. A per cent sign is left off, so
        ``85%`` is 85.

    Returns
    -------
    float or None
        None where the text is no finite number.
    """
    plain = text.strip().replace("\u2212", "-").removesuffix("%").rstrip()
    plain = _SPACED.sub("", plain)
    if not _DIGITS.fullmatch(plain):
        return None
    digits = _with_decimal_point(plain)
    if digits is None:
        return None
    try:
        value = float(digits)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _with_decimal_point(digits: str) -> str | None:
    """Drop signs between thousands and make the decimal sign a point."""
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    whole, decimals = digits[:last], digits[last + 1 :]
    sign = digits[last]
    if sign in whole:  # repeated: it separates thousands, all the way
        unsigned = digits.lstrip("+-")
        return digits.replace(sign, "") if _GROUPED.fullmatch(unsigned) else None
    if "." in whole or "," in whole:
        if not _GROUPED.fullmatch(whole.lstrip("+-")):
            return None
        whole = whole.replace(".", "").replace(",", "")
    return f"{whole}.{decimals}"


@lru_cache(maxsize=1 << 15)
def choices(text: str) -> tuple[str, ...]:
    """Return the separate answers in one cell.

    Parameters
    ----------
    text : str
        Answers with ``;``, ``,``, ``|`` or a new line between them, or a list as programs write one.

    Returns
    -------
    tuple of str
        Without spaces around them, empties and repeats, in the order given.
    """
    return tuple(dict.fromkeys(parts_of(text)))


def parts_of(text: str) -> list[str]:
    """Return what stands between the signs of one cell, repeats and all; see `choices`."""
    as_list = _LIST.fullmatch(text)
    if as_list is None:
        parts = (part.strip() for part in _BETWEEN_CHOICES.split(text))
    else:
        parts = (part.strip().strip("'\"").strip() for part in _BETWEEN_CHOICES.split(as_list[1]))
    return [part for part in parts if part]


@lru_cache(maxsize=1 << 15)  # the same answers come back for every student and rule
def normalize_text(text: str) -> str:
    """Return a text as it counts in a comparison: ``"  José  DE Wit"`` is ``"jose de wit"``.

    Small letters, no accents, single spaces; made for comparing, not for showing.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_LETTERS).split())


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no answer: empty, ``n/a``, ``n.v.t.``, ``-`` and the like."""
    return normalize_text(text) in _NOTHING


def cut_short(text: str, longest: int) -> str:
    """Return a text that is no longer than asked, cut between words and with a sign that it was.

    Parameters
    ----------
    text : str
    longest : int
        Signs.

    Returns
    -------
    str

    Examples
    --------
    >>> cut_short("I would like to give a presentation", 20)
    'I would like to …'
    """
    if len(text) <= longest:
        return text
    start = text[: longest - 2]
    between = start.rpartition(" ")[0]
    return (between if len(between) > longest // 2 else start).rstrip(" ,;:-") + " …"
