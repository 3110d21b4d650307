"""Columns whose cells name people of the same list: wishes, whatever their heading says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.model.answers import says_not
from planner.model.domain import ColumnKind
from planner.model.mentions import mentions, name_words
from planner.model.text import message
from planner.rosters.column_inference import Meaning
from planner.rosters.heading_vocabulary import spaced
from planner.rosters.name_columns import names
from planner.rosters.people_headings import asked_of_people
from planner.rosters.table import ClassTable

_OPEN = frozenset({ColumnKind.TEXT, ColumnKind.CATEGORY, ColumnKind.SLOTS, ColumnKind.TOPIC_CHOICE})
_MOSTLY = 0.6  # of what a column says names people
_FEWEST = 2
_LONGEST = 200  # signs of a cell with names
_LOOKED_AT = 300  # cells that decide


def with_named(table: ClassTable, found: Sequence[Meaning]) -> list[Meaning]:
    """Return what columns mean; those that name people of this list, by first and last name, are wishes.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means by heading and cells, in the order of the table.

    Returns
    -------
    list of Meaning
    """
    people = [name_words(person.full) for person in names(table, found)]
    known = {name: name for name in people if " " in name}
    settled = list(found)
    for place, meaning in enumerate(found):
        if known and meaning.kind in _OPEN and not meaning.corrected:
            filled = zip(people, table.column(place), strict=True)
            said = [(own, cell) for own, cell in filled if 0 < len(cell) <= _LONGEST][:_LOOKED_AT]
            kind = _kind(table.headings[place], said, known)
            if kind is not None:
                settled[place] = replace(
                    meaning, kind=kind, reason=message("The cells name students of this list.")
                )
    return settled


def _kind(heading: str, said: Sequence[tuple[str, str]], known: dict[str, str]) -> ColumnKind | None:
    found = [(own, mention.student) for own, cell in said for mention in mentions(cell, known)]
    others = sum(student is not None and student != own for own, student in found)
    if others < _FEWEST or others < _MOSTLY * len(found):
        return None
    asked = asked_of_people(spaced(heading), heading)
    avoided = asked is ColumnKind.NOT_WITH or says_not(heading)
    return ColumnKind.NOT_WITH if avoided else ColumnKind.PEER
