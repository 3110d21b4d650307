"""What a long heading is called where people read it: files and rules keep the heading itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from planner.model.text import Message
from planner.model.values import normalize_text

LONGEST = 36  # signs; a longer heading gets a short name
_LEAST = 3  # letters that a name has
_WORDS = 3  # of a question that say what it is about

_BRACKETS = re.compile(r"\[([^\[\]]+)\]\s*$")
_ASIDE = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_NUMBERED = re.compile(r"^\s*(?:(?:q|v|vraag|question)\s*\d+|\d+)\s*[.):-]\s*", re.IGNORECASE)
_END = re.compile(r"(?<=\w)[?!:;.](?=\s|$)|\s[-–—|]\s|\r|\n")
_WORD = re.compile(r"[^\s,;:?!.…\"“”]+")
# Words that make a question of it, and say nothing of what it is about.
_ASKING_WORDS = """
hoe wat welk welke waar wie wanneer waarom is ben bent zijn was heb hebt heeft hebben kan kun kunt kunnen
zou zouden wil wilt willen ga gaat zal zult doe doet vind vindt geef kies beschrijf omschrijf omschrijven
beoordeel je jij jou jouw jezelf u uw ik mijn de het een er dat die dit deze met in op van voor aan bij om
te en of als al ook graag liefst momenteel like how what which where who when why are am were have has had
do does did can could would will should may might please rate describe choose indicate you your yourself i
my me the a an of to for on at with about and or as that this these most best currently
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def short_names(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Return the names of headings that have another one to show, each different from all others.

    A long heading is called by what stands in brackets at its end, else by its words before any
    explanation, as far as they say what it is about.

    Parameters
    ----------
    headings : sequence of str
        Of one class list.
    chosen : mapping of str to str
        Names that somebody gave, by heading.

    Returns
    -------
    dict of str to str
        By heading; a heading that is shown as it is, is not there.

    Examples
    --------
    >>> question = "Hoe zou je je ervaring met programmeren omschrijven? (1 = geen, 5 = veel)"
    >>> short_names([question, "Opleiding"], {})[question]
    'Ervaring programmeren'
    """
    found: dict[str, str] = {}
    taken = {normalize_text(heading) for heading in headings if not _has_other(heading, chosen)}
    # What somebody chose comes first: a name that was made up gives way.
    for heading in sorted(dict.fromkeys(headings), key=lambda one: one not in chosen):
        if _has_other(heading, chosen):
            name = _free(chosen.get(heading) or derived(heading), taken)
            taken.add(normalize_text(name))
            found[heading] = name
    return {heading: name for heading, name in found.items() if name != heading}


def _has_other(heading: str, chosen: Mapping[str, str]) -> bool:
    return bool(chosen.get(heading)) or len(heading) > LONGEST


def derived(heading: str) -> str:
    """Return a short name for a heading, which may be that of others too.

    Parameters
    ----------
    heading : str

    Returns
    -------
    str
        At most `LONGEST` signs.
    """
    brackets = _BRACKETS.search(heading)
    if brackets is not None and len(brackets[1].strip()) >= _LEAST:
        return _cut(brackets[1].strip())
    bare = _ASIDE.sub("", heading).strip() or heading
    asked = _END.split(_NUMBERED.sub("", bare).strip(), maxsplit=1)[0].strip()
    asked = asked if len(asked) >= _LEAST else bare
    return asked if len(asked) <= LONGEST else _cut(_about(asked))


def _about(question: str) -> str:
    """Return the words of a question that say what it is about."""
    words = _WORD.findall(question)
    telling = [word for word in words if normalize_text(word) not in _ASKING and not word.isdecimal()]
    said = " ".join((telling or words)[:_WORDS])
    return said[:1].upper() + said[1:]


def _cut(name: str) -> str:
    """Return as many whole words as fit; the first one always, as far as it fits."""
    words = " ".join(name.split()).split(" ")
    kept = words[:1]
    for word in words[1:]:
        if len(" ".join([*kept, word])) > LONGEST:
            break
        kept.append(word)
    said = " ".join(kept)
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _free(name: str, taken: Iterable[str]) -> str:
    found, number = name, 2
    while normalize_text(found) in taken:
        found, number = f"{name} ({number})", number + 1
    return found


def called(message: Message, names: Mapping[str, str]) -> Message:
    """Return a message in which every heading that fills a gap has its short name.

    Parameters
    ----------
    message : Message
    names : mapping of str to str
        By heading.

    Returns
    -------
    Message
        The same one where there is nothing to call otherwise.
    """
    if not names or not message.values:
        return message
    values = {gap: _called(value, names) for gap, value in message.values.items()}
    return message if values == message.values else message.model_copy(update={"values": values})


def _called(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Message):
        return called(value, names)
    return tuple(_called(one, names) for one in value) if isinstance(value, tuple) else value
