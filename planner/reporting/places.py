"""What a place in a group would mean for a student, in words that can be said to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.audit.what_if import RuleChange, worst_first
from planner.edit.best_places import PlaceInGroup
from planner.model.domain import Finding, Roster
from planner.model.text import Language, Message, message, plural_message
from planner.reporting.describe import placed_finding
from planner.rules import Rule, Rules
from planner.rules.base import Company

SIZES = ("size", "preferred-size")  # rules of which `describe_size` says enough


def describe_size(place: PlaceInGroup) -> Message:
    """Return how large the group is then, and why it cannot be joined just like that."""
    size = plural_message("a group of one", "a group of {n}", place.size)
    if place.locked:
        return message("{size}; the group is locked", size=size)
    if place.full:
        return message("{size}, more than the largest size", size=size)
    return size


def describe_place(place: PlaceInGroup, rules: Rules, roster: Roster) -> tuple[Message, ...]:
    """Return what a place means, rule by rule: what breaks, what gets worse, what gets better, what stays.

    Parameters
    ----------
    place : PlaceInGroup
    rules : Rules
    roster : Roster
        With the student in it.

    Returns
    -------
    tuple of Message
        Each a few words, without a full stop.
    """
    broken = tuple(message("“{rule}”", rule=change.rule) for change in place.effect.broken)
    said = [message("breaks {rules}", rules=broken)] if broken else []
    every = zip(rules.active(), place.effect.changes, strict=True)
    for rule, change in sorted(every, key=lambda one: worst_first(one[1])):
        if rule.kind in SIZES:
            continue
        said += [line for line in _lines(place, rule, change, roster) if line not in said]
    return tuple(said)


def in_one_line(lines: tuple[Message, ...], language: Language) -> str:
    """Return what a place means on one line.

    Parameters
    ----------
    lines : tuple of Message
    language : {"en", "nl"}

    Returns
    -------
    str
    """
    return "; ".join(line.text(language).rstrip(".") for line in lines)


def _lines(place: PlaceInGroup, rule: Rule, change: RuleChange, roster: Roster) -> Iterator[Message]:
    """Yield what one rule says: of the student, of whoever goes the other way, of the group that is left."""
    own = rule.in_company(roster, _company(place.student, place.members, place.group, change))
    other = None
    if own is not None:
        yield own
    if place.partner is not None and place.home is not None:
        partner = place.partner
        other = rule.in_company(roster, _company(partner, place.left, place.home, change))
        if other is not None:
            name = roster.shown_names[partner]
            yield message("{name} in {group}: {what}", name=name, group=place.home, what=other)
    elif place.home is not None:
        was, now = (_units(found, place.home) for found in (change.was, change.becomes))
        left = [one for one in change.new if one.group == place.home and one.units]
        yield from map(placed_finding, left if now > was else ())
    if own is None and other is None and change.after != change.before:
        yield message("{rule}: {change}", rule=change.rule, change=change.description)


def _units(found: Iterable[Finding], group: str) -> int:
    return sum(one.units for one in found if one.group == group)


def _company(student: str, members: tuple[str, ...], group: str, change: RuleChange) -> Company:
    found = tuple(one for one in change.becomes if one.group == group)
    return Company(student, tuple(one for one in members if one != student), found)
