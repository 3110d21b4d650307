"""What a place in a group would mean for a student, in words that can be said to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.audit.what_if import RuleChange, worst_first
from planner.edit.best_places import PlaceInGroup
from planner.model.domain import Roster
from planner.model.reports import Finding
from planner.model.text import Language, Message, message, plural_message
from planner.reporting.describe import placed_finding
from planner.rules import Rule, Rules
from planner.rules.base import Company

SIZES = ("size", "preferred-size")  # rules of which the size of a group says enough
DEGREES = ("balance",)  # rules that are hardly ever met to the last bit: a little less well met is no loss

_LAST = (2, False, 0)  # of what gets no worse, the order of the rules says enough
Weight = tuple[bool, bool, bool]  # how bad a line is: of a required rule, no longer met, worse at all


def describe_size(place: PlaceInGroup) -> Message:
    """Return how large the group is then, and why it cannot be joined just like that."""
    size = plural_message("a group of one", "a group of {n}", place.size)
    if place.locked:
        return message("{size}; the group is locked", size=size)
    if place.full:
        return message("{size}, more than the largest size", size=size)
    return size


@dataclass(frozen=True)
class PlaceLine:
    """What a place means for one rule, in a few words.

    Attributes
    ----------
    text : Message
    worse : bool
        Whether a group meets the rule less well then.
    """

    text: Message
    worse: bool = False


def describe_place(place: PlaceInGroup, rules: Rules, roster: Roster) -> tuple[PlaceLine, ...]:
    """Return what a place means, rule by rule: what breaks, what gets worse, then in the order of the rules.

    Within that order a line about a group that would not meet a rule any more comes before others.

    Parameters
    ----------
    place : PlaceInGroup
    rules : Rules
    roster : Roster
        With the student in it.

    Returns
    -------
    tuple of PlaceLine
        Each a few words, without a full stop.
    """
    broken = tuple(message("“{rule}”", rule=change.rule) for change in place.effect.broken)
    first = [PlaceLine(message("breaks {rules}", rules=broken), worse=True)] if broken else []
    found: list[tuple[Message, Weight]] = []
    every = zip(rules.active(), place.effect.changes, strict=True)
    for rule, change in sorted(every, key=lambda one: worst_first(one[1]) if one[1].worse else _LAST):
        for text, group in _lines(place, rule, change, roster):
            if all(text != said for said, _ in found):
                found.append((text, _weight(rule, change, group)))
    found.sort(key=lambda one: one[1], reverse=True)
    return (*first, *(PlaceLine(text, worse=any(more)) for text, more in found))


def costs_nothing(place: PlaceInGroup, rules: Rules) -> bool:
    """Return whether rules are met as well as before, all in all, and each that is met stays so.

    Parameters
    ----------
    place : PlaceInGroup
    rules : Rules

    Returns
    -------
    bool
        False where a required rule breaks.
    """
    seen = list(zip(rules.active(), place.effect.changes, strict=True))
    lost = any(_lost(rule, change, group) for rule, change in seen for group in _of(place))
    cost = sum(change.cost for _, change in seen if not change.slight)
    return not lost and not place.breaks and cost <= 0


def _weight(rule: Rule, change: RuleChange, group: str) -> Weight:
    worse = _more(change, group) > 0
    return rule.must and worse, _lost(rule, change, group), worse and not change.slight


def _lost(rule: Rule, change: RuleChange, group: str) -> bool:
    """Whether a group meets a rule now and would not any more."""
    return rule.kind not in DEGREES and not _units(change.was, group) and _units(change.becomes, group) > 0


def _of(place: PlaceInGroup) -> tuple[str, ...]:
    """Return the groups that a place touches."""
    return (place.group,) if place.home is None else (place.group, place.home)


def _more(change: RuleChange, group: str) -> int:
    """Return by how many units a group is further from what a rule asks; all of them where it is none."""
    if not group:
        return change.after - change.before
    return _units(change.becomes, group) - _units(change.was, group)


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


def _lines(
    place: PlaceInGroup, rule: Rule, change: RuleChange, roster: Roster
) -> Iterator[tuple[Message, str]]:
    """Yield what one rule says with its group: of the student, of the partner, of those who stay behind."""
    if rule.kind in SIZES:
        return
    own = rule.in_company(roster, _company(place.student, place.members, place.group, change))
    other = None
    if own is not None:
        yield own, place.group
    if place.partner is not None and place.home is not None:
        partner = place.partner
        other = rule.in_company(roster, _company(partner, place.left, place.home, change))
        if other is not None:
            name = roster.shown_names[partner]
            yield message("{name} in {group}: {what}", name=name, group=place.home, what=other), place.home
    elif place.home is not None:
        left = [one for one in change.new if one.group == place.home and one.units]
        for one in left if _more(change, place.home) > 0 else ():
            yield placed_finding(one), place.home
    if own is None and other is None and change.after != change.before:
        yield message("{rule}: {change}", rule=change.rule, change=change.description), ""


def _units(found: Iterable[Finding], group: str) -> int:
    return sum(one.units for one in found if one.group == group)


def _company(student: str, members: tuple[str, ...], group: str, change: RuleChange) -> Company:
    found = tuple(one for one in change.becomes if one.group == group)
    return Company(student, tuple(one for one in members if one != student), found)
