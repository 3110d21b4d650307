"""Columns that go together: a choice out of topics in ranks, or what each topic scores."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from planner.model.domain import ColumnKind
from planner.model.values import choices, normalize_text
from planner.rosters.heading_vocabulary import spaced

_OPEN = frozenset(
    {ColumnKind.TEXT, ColumnKind.CATEGORY, ColumnKind.NUMBER, ColumnKind.SCALE, ColumnKind.SLOTS}
)
_TOPIC = (
    r"(?:topics?|onderwerp(?:en)?|thema s?|themes?|projects?|projecten|projectkeuze|cases?|casus(?:sen)?"
    r"|opdracht(?:en)?|assignments?|modules?|casestud(?:y|ies)|vraagstuk(?:ken)?)"
)
_CHOICE = (
    r"(?:choices?|keuzes?|keus|preferences?|preferred|pref|voorkeur(?:en|s)?|voorkeurs\w+|priority|prioriteit|rank(?:ing)?"
    r"|rangschik\w*|rang|\w*keuze)"
)
_ORDINAL = re.compile(
    r"\b(?:(?:nr |no |number |nummer )?\d{1,2}(?: ?(?:st|nd|rd|th|e|de|ste))?"
    r"|first|second|third|fourth|fifth|sixth|eerste|tweede|derde|vierde|vijfde|zesde)\b"
)
_RANKED = re.compile(rf"\b(?:{_CHOICE}|{_TOPIC})\b")
_CHOSEN = re.compile(rf"\b{_CHOICE}\b")
_SCORED = re.compile(rf"\b(?:{_TOPIC}|{_CHOICE}|interest\w*|interesse\w*|belangstelling)\b")
_OTHER = re.compile(r"\b(?:cijfer\w*|grade\w*|score|toets|exam\w*|tests?|marks?|punten|points)\b")
_ONE_COLUMN = re.compile(
    rf"\b(?:rank|rangschik\w*)\b.*\b{_TOPIC}\b|\b{_TOPIC}\b.*\b(?:order|volgorde) (?:of|van)\b"
    rf"|\b{_TOPIC} ?(?:of )?{_CHOICE}\b|\b{_CHOICE} (?:of |voor |for |van )?(?:een |a |het |the )?{_TOPIC}\b"
    rf"|\b(?:choose|pick|kies) (?:\w+ ){{0,2}}{_TOPIC}\b"
    rf"|\b(?:which|welke?) {_TOPIC}\b|\bvolgorde van voorkeur\b|\border of preference\b"
)
_LABELLED = re.compile(r"^(?P<stem>.*\S)\s*(?:\[[^\[\]]+\]|:\s*\S.*)$", re.DOTALL)
_MOST_WORDS = 20
_FEWEST = 2  # columns


def topic_columns(
    headings: Sequence[str], kinds: Sequence[ColumnKind], columns: Sequence[Sequence[str]]
) -> set[int]:
    """Return the places of columns in which people choose topics, or score them.

    Parameters
    ----------
    headings : sequence of str
    kinds : sequence of ColumnKind
        What each column means by itself.
    columns : sequence of sequence of str
        The filled cells of each.

    Returns
    -------
    set of int
    """
    families: dict[str, list[int]] = defaultdict(list)
    found: set[int] = set()
    for place, (heading, kind) in enumerate(zip(headings, kinds, strict=True)):
        if kind not in _OPEN:
            continue
        words = spaced(heading)
        stem = _stem(heading, words, kind)
        if stem:
            families[stem].append(place)
        elif kind is not ColumnKind.NUMBER and _ONE_COLUMN.search(words) and _come_back([columns[place]]):
            found.add(place)
    for places in families.values():
        if len(places) >= _FEWEST and _come_back([columns[place] for place in places]):
            found.update(places)
    return found


def _stem(heading: str, words: str, kind: ColumnKind) -> str:
    """Return what the heading shares with those of the other ranks or topics; nothing where it is no such."""
    if len(words.split()) > _MOST_WORDS or _OTHER.search(words):
        return ""
    labelled = _LABELLED.match(heading)
    if labelled is not None and _SCORED.search(spaced(labelled["stem"])):
        return f"matrix {normalize_text(labelled['stem'])}"
    if kind is ColumnKind.NUMBER and not _CHOSEN.search(words):
        return ""
    if _ORDINAL.search(words) and _RANKED.search(words):
        return " ".join(_ORDINAL.sub(" ", words).split())
    return ""


def _come_back(columns: Sequence[Sequence[str]]) -> bool:
    """Whether answers come back, in one column or in another of the same question."""
    cells = [normalize_text(part) for column in columns for cell in column for part in choices(cell)]
    return len(set(cells)) < len(cells)
