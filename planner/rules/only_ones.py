"""Who is the only one in the class with an answer that rules read, before anything is planned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planner.model.domain import ColumnKind, Roster
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.rules.base import Rule
from planner.rules.column_values import has, holders_of, values_of
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.similar import Similar

_READ = (ColumnKind.CATEGORY, ColumnKind.SECTION, ColumnKind.PARTICIPATION, ColumnKind.SCALE)


class OnlyOne(NamedTuple):
    """Somebody who is the only one with an answer."""

    student: str
    name: str
    value: str
    column: str

    @property
    def said(self) -> Message:
        """Say it, with what follows."""
        return message(
            "{name} is the only one with “{value}” in {column}; no group can have a second one.",
            name=self.name,
            value=self.value,
            column=self.column,
        )


def only_ones(rules: Iterable[Rule], roster: Roster) -> tuple[OnlyOne, ...]:
    """Return who is the only one with an answer that some rules read.

    Parameters
    ----------
    rules : iterable of Rule
        Those in use. What they read that is no choice out of a few answers (numbers, times,
        wishes) is nothing that people have in common; sensitive columns are never read at all.
    roster : Roster

    Returns
    -------
    tuple of OnlyOne
        Each person and answer once, in the order of the rules.
    """
    found: dict[tuple[str, str], OnlyOne] = {}
    for rule in rules:
        if not isinstance(rule, Mix | NeverAlone | Similar | Limit) or roster.kind(rule.column) not in _READ:
            continue
        holders = holders_of(roster, rule.column)
        for value in _minded(rule, roster):
            places = holders.get(normalize_text(value), [])
            if len(places) == 1:
                student = roster.students[places[0]].id
                only = OnlyOne(student, roster.shown_names[student], value, rule.column)
                found.setdefault((student, rule.column), only)
    return tuple(found.values())


def _minded(rule: Mix | NeverAlone | Similar | Limit, roster: Roster) -> list[str]:
    """Return the answers that a rule counts apart."""
    if isinstance(rule, NeverAlone):
        return rule.minded(roster)
    known = values_of(roster, rule.column)
    if isinstance(rule, Limit):
        return [value for value in known if has(value, rule.wanted(roster))]
    return known
