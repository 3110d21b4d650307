"""What a place in a group would mean for a student, in words that can be said to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from planner.audit.what_if import RuleChange, worst_first
from planner.edit.best_places import PlaceInGroup
from planner.model.domain import Roster
from planner.model.reports import Finding
from planner.model.text import Language, Message, message, plural_message
from planner.reporting.describe import placed_finding
from planner.rules import Rule, Rules
from planner.rules.base import Company

DEGREES = ("balance",)  # rules that are hardly ever met to the last bit: a little less well met is no loss

_LAST = (2, False, 0)  # of what gets no worse, the order of the rules says enough


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
    """What a place means for one rule and some people or a group.

    Attributes
    ----------
    text : Message
        A sentence.
    worse, better : bool
        Whether they are less well, or better, served by the rule then.
    lost : bool
        Whether they do not have any more what the rule asks for.
    breaks : Message or None
        The required rule that would not be met any more, by its name.
    """

    text: Message
    worse: bool = False
    better: bool = False
    lost: bool = False
    breaks: Message | None = None

    @property
    def said(self) -> Message:
        """The sentence, with whether that is worse or better."""
        if self.breaks is not None:
            return message("Breaks “{rule}”: {line}", rule=self.breaks, line=self.text)
        if self.worse:
            return message("Worse: {line}", line=self.text)
        return message("Better: {line}", line=self.text) if self.better else self.text


def describe_place(place: PlaceInGroup, rules: Rules, roster: Roster) -> tuple[PlaceLine, ...]:
    """Return what a place means, rule by rule: what breaks, what gets worse, what better, then the rest.

    Whoever a rule is about is told, also who neither moves nor swaps. Within that order a line about
    what would not be met any more comes before others, and what counts most first.

    Parameters
    ----------
    place : PlaceInGroup
    rules : Rules
    roster : Roster
        With the student in it.

    Returns
    -------
    tuple of PlaceLine
        Each a sentence of its own.
    """
    found: dict[str, PlaceLine] = {}
    every = zip(rules.active(), place.effect.changes, strict=True)
    for rule, change in sorted(every, key=lambda one: worst_first(one[1]) if one[1].worse else _LAST):
        for line in _lines(place, rule, change, roster):
            one = replace(line, breaks=change.rule) if line.worse and change.breaks else line
            found.setdefault(one.said.text("en"), one)
    return tuple(sorted(found.values(), key=_weight))


def costs_nothing(place: PlaceInGroup, rules: Rules, roster: Roster) -> bool:
    """Return whether rules are met as well as before, all in all, and nobody loses what they have.

    Parameters
    ----------
    place : PlaceInGroup
    rules : Rules
    roster : Roster
        With the student in it.

    Returns
    -------
    bool
        False where a required rule breaks.
    """
    if place.breaks or noticed_cost(place) > 0:
        return False
    return not any(one.lost for one in describe_place(place, rules, roster))


def noticed_cost(place: PlaceInGroup) -> int:
    """Return how much the penalty goes up, differences left out that nobody would put into figures."""
    return sum(change.cost for change in place.effect.changes if not change.slight)


def _weight(line: PlaceLine) -> tuple[bool, ...]:
    return line.breaks is None, not line.lost, not line.worse, not line.better


def _of(place: PlaceInGroup) -> tuple[str, ...]:
    """Return the groups that a place touches."""
    return (place.group,) if place.home is None else (place.group, place.home)


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


def _lines(place: PlaceInGroup, rule: Rule, change: RuleChange, roster: Roster) -> list[PlaceLine]:
    """Return what changes by one rule, and of whoever moves also what stays as it is."""
    short = (one for one in (*change.was, *change.becomes) if one.units)
    of_people = any(rule.no_longer(roster, one) is not None for one in short)
    told = [*(_of_people(place, rule, change, roster) if of_people else _of_groups(place, rule, change))]
    groups = {group for _, group in told}
    lines = [line for line, _ in told]
    if not lines and change.before != change.after and not change.slight:
        text = message("{rule}: {change}.", rule=change.rule, change=change.description)
        lines.append(PlaceLine(text, worse=change.worse, better=change.better))
    for group in _of(place):
        mover = place.student if group == place.group else place.partner
        if mover is not None and group not in groups:
            same = rule.in_company(roster, _company(place, mover, group, change))
            lines += [] if same is None else [PlaceLine(same)]
    return lines


def _of_people(
    place: PlaceInGroup, rule: Rule, change: RuleChange, roster: Roster
) -> Iterator[tuple[PlaceLine, str]]:
    """Yield who loses what a rule about people asks for and who gets it, with the group they are in then."""
    before, after = (
        {one.students: one for one in found if one.units} for found in (change.was, change.becomes)
    )
    to = {place.student: place.group} | ({} if place.partner is None else {place.partner: place.home or ""})
    for those, one in after.items():
        if not any(set(those) <= set(some) for some in before):
            group = one.group or ""
            alone = rule.in_company(roster, _company(place, those[0], group, change)) if group else None
            yield PlaceLine(alone or placed_finding(one), worse=True, lost=True), group
    for those, one in before.items():
        text = rule.no_longer(roster, one)
        if text is not None and not any(set(those) <= set(some) for some in after):
            yield PlaceLine(text, better=True), to.get(those[0], one.group or "")


def _of_groups(place: PlaceInGroup, rule: Rule, change: RuleChange) -> Iterator[tuple[PlaceLine, str]]:
    """Yield what a rule finds in a group that meets it less well, or better, than before."""
    for group in () if change.slight else _of(place):
        was, becomes = (_units(found, group) for found in (change.was, change.becomes))
        new = [one for one in change.new if one.group == group and (one.units or becomes < was)]
        gone = [one for one in change.gone if one.group == group and one.units]
        texts = [placed_finding(one) for one in new] or [
            message("{group}, no longer the case: {finding}", group=group, finding=one.message)
            for one in gone
        ]
        lost = becomes > was == 0 and rule.kind not in DEGREES
        for text in texts if was != becomes else ():
            yield PlaceLine(text, worse=becomes > was, better=becomes < was, lost=lost), group


def _units(found: Iterable[Finding], group: str) -> int:
    return sum(one.units for one in found if one.group == group)


def _company(place: PlaceInGroup, student: str, group: str, change: RuleChange) -> Company:
    members = place.members if group == place.group else place.left
    return company_of(student, members, group, change.becomes)


def company_of(student: str, members: Iterable[str], group: str, found: Iterable[Finding]) -> Company:
    """Return a student among the members of a group, with what a rule finds there.

    Parameters
    ----------
    student : str
        Id.
    members : iterable of str
        Of the group, the student included or not.
    group : str
        Its name.
    found : iterable of Finding
        Of the rule, in this group and others.

    Returns
    -------
    Company
    """
    here = tuple(one for one in found if one.group == group)
    return Company(student, tuple(one for one in members if one != student), here, group)
