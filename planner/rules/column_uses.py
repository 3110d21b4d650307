"""What a column can do for groups, as far as its heading and its answers tell, the likeliest first."""

from __future__ import annotations

import re
from collections import Counter

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.values import normalize_text
from planner.rules.column_values import usable, values_of

ROLE_WORDS = ("rol", "role")
FEW_VALUES = 12  # a category with more answers is spread badly over small groups
MOST_WAYS = 6  # to take part: on campus, online, now and then

# No rule is suggested on these: they say something of a person or of a survey that groups are not made of.
_ASIDE_WORDS = """
mail email telefoon telefoonnummer phone mobiel mobile gsm whatsapp note notes notitie notities opmerking
opmerkingen remark remarks comment comments toelichting bijzonderheden explanation timestamp tijdstempel
datum date duration consent toestemming akkoord agree agreement privacy permission gdpr avg team teams
group groups groep groepen rol role rollen roles
"""
_ASIDE = frozenset(_ASIDE_WORDS.split())
_ASIDE_PARTS = re.compile(
    r"\be-mail|\b(?:start|completion|submit\w*) time|\b(?:begin|start|voltooiings)tijd|\binlever|\bsubmitted"
)
_COMPANY = ("gender", "geslacht", "sex", "m/v", "v/m")
_PRESENCE = re.compile(r"\bonline|\bremote|\bop afstand|\bcampus|\bhybri")
_LEVEL = re.compile(
    r"cijfer|grade|\bgpa\b|score|niveau|level|ervaring|experience|gemiddelde|average|vaardig|skill|kennis"
    r"|knowledge|toets|\btest\b|exam|\bmarks?\b"
)
_STUDY = re.compile(
    r"opleiding|program|\bstud(?:ie|y)|\bmajor|richting|disciplin|facult|profiel|\btrack|background|achtergrond"
)
_WORD = re.compile(r"[^\W\d_]+")
_STEM = re.compile(r"^(?P<stem>.*\S)\s*(?:\[[^\[\]]+\]|:\s*\S.*)$")
_COUNTED = re.compile(r"^(?P<stem>.*\D)\d+$")
_FEWEST_CHOICES = 3


def role_column(roster: Roster) -> str | None:
    """Return the column in which people say which role they would rather leave, if there is one."""
    return next(
        (
            column.heading
            for column in roster.columns
            if any(word in normalize_text(column.heading).split() for word in ROLE_WORDS)
        ),
        None,
    )


def levels(roster: Roster) -> list[str]:
    """Return the columns with a number or a scale that says how far somebody is, what says so first."""
    numbers = _open(roster, ColumnKind.NUMBER, ColumnKind.SCALE)
    return sorted(numbers, key=lambda heading: _LEVEL.search(normalize_text(heading)) is None)


def company(roster: Roster) -> list[str]:
    """Return the columns in which it matters not to be the only one: gender, and how people take part."""
    return [heading for heading in _open(roster, *_CATEGORIES) if _is_company(roster, heading)]


def mixable(roster: Roster) -> list[str]:
    """Return the columns with few answers that can be spread over the groups, studies first."""
    found = [
        heading
        for heading in _open(roster, *_CATEGORIES)
        if not _is_company(roster, heading) and 2 <= len(values_of(roster, heading)) <= FEW_VALUES
    ]
    return sorted(found, key=lambda heading: _STUDY.search(normalize_text(heading)) is None)


def moments(roster: Roster) -> list[str]:
    """Return the columns that say when people can, or cannot."""
    role = role_column(roster)
    return [h for h in usable(roster.columns, ColumnKind.SLOTS, ColumnKind.BUSY) if h != role]


def wishes(roster: Roster) -> list[str]:
    """Return the columns in which people name fellow students."""
    return usable(roster.columns, ColumnKind.PEER)


def sections(roster: Roster) -> list[str]:
    """Return the columns with the parts that a cohort is taught in."""
    return [heading for heading in _open(roster, ColumnKind.SECTION) if len(values_of(roster, heading)) > 1]


def participation(roster: Roster) -> list[str]:
    """Return the columns that say how people take part."""
    return usable(roster.columns, ColumnKind.PARTICIPATION)


def earlier_groups(roster: Roster) -> list[str]:
    """Return the columns with groups of earlier terms, the latest last as they stand in the class list."""
    return usable(roster.columns, ColumnKind.EARLIER_GROUP)


_CATEGORIES = (ColumnKind.CATEGORY, ColumnKind.SECTION)


def _open(roster: Roster, *kinds: ColumnKind) -> list[str]:
    """Return the columns of some kinds that a suggestion may read."""
    aside = {role_column(roster), *_matrices(roster.columns)}
    return [h for h in usable(roster.columns, *kinds) if h not in aside and not _is_aside(h)]


def _is_aside(heading: str) -> bool:
    folded = normalize_text(heading)
    return not _ASIDE.isdisjoint(_WORD.findall(folded)) or _ASIDE_PARTS.search(folded) is not None


def _is_company(roster: Roster, heading: str) -> bool:
    folded = normalize_text(heading)
    if any(word in folded for word in _COMPANY):
        return True
    values = values_of(roster, heading)
    return 2 <= len(values) <= MOST_WAYS and any(_PRESENCE.search(normalize_text(one)) for one in values)


def _matrices(columns: tuple[Column, ...]) -> set[str]:
    """Return the columns that are one question asked of several topics, such as a score or a choice each."""
    scores = [
        _stem(_STEM, c) for c in columns if c.kind in (ColumnKind.NUMBER, ColumnKind.SCALE, *_CATEGORIES)
    ]
    choices = [_stem(_COUNTED, c) for c in columns if c.kind in (ColumnKind.TEXT, *_CATEGORIES)]
    found: set[str] = set()
    for stems, fewest in ((scores, 2), (choices, _FEWEST_CHOICES)):
        counted = Counter(stem for _, stem in stems if stem)
        found |= {heading for heading, stem in stems if stem and counted[stem] >= fewest}
    return found


def _stem(pattern: re.Pattern[str], column: Column) -> tuple[str, str]:
    found = pattern.match(column.heading)
    return column.heading, "" if found is None else normalize_text(found["stem"])
