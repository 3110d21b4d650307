"""Every group has one topic, tutor, time and room where these are asked for, and none is taken too often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules.base import Rule, Shape
from planner.rules.resources import PLENTY, Resources

NUMBERS: Mapping[str, Message] = {
    "topic": message("A topic for every group"),
    "tutor": message("A tutor for every group"),
    "moment": message("A time for every group"),
    "room": message("A room for every group"),
}
WITHOUT: Mapping[str, Message] = {
    "topic": message("No topic."),
    "tutor": message("No tutor."),
    "moment": message("No time to meet."),
    "room": message("No room."),
}
UNKNOWN: Mapping[str, Message] = {
    "topic": message("There is no such topic"),
    "tutor": message("There is no such tutor"),
    "moment": message("Groups cannot meet then"),
    "room": message("There is no such room"),
}


class TakenOnce(Rule):
    """Every group has one of a kind, and so many groups have each; one group off is a unit."""

    title: ClassVar[Message] = message("Topics, tutors, times and rooms")
    help: ClassVar[Message] = message(
        "Every group has one of each, and as many groups as you allow share one."
    )

    kind: Literal["taken-once"] = "taken-once"
    importance: Importance = Importance.MUST
    resources: Resources
    of: str

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return NUMBERS[self.of]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as groups."""
        return plural_message("1 group", "{n} groups", units)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return nothing: `Instance` itself carries how often each may be taken."""
        return []

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups that have none, and what too few or too many groups have."""
        names, taken, found = self.resources.names(self.of, roster), dict[str, list[str]](), []
        for group in groups:
            one = group.has(self.of)
            if one in names:
                taken.setdefault(one or "", []).append(group.name)
            elif group.members:
                what = (
                    message("{what}: {name}.", what=UNKNOWN[self.of], name=one) if one else WITHOUT[self.of]
                )
                found.append(Finding(message=what, group=group.name, students=group.members, units=1))
        for name in names:
            found += self._number(name, taken.get(name, []))
        return found

    def _number(self, name: str, groups: Sequence[str]) -> list[Finding]:
        least, most = self.resources.number(self.of, name)
        off = max(0, least - len(groups), len(groups) - most)
        if not off:
            return []
        sentence = plural_message(
            "{name} has one group; asked for: {numbers}.",
            "{name} has {n} groups; asked for: {numbers}.",
            len(groups),
            name=name,
            numbers=numbers(least, most),
        )
        return [Finding(message=sentence, units=off)]


def numbers(least: int, most: int) -> Message:
    """Return a number of groups, at the least and at the most, as people write it.

    Parameters
    ----------
    least, most : int

    Returns
    -------
    Message
    """
    if most >= PLENTY:
        return message("at least {least}", least=least)
    if least == most:
        return message("{most}", most=most)
    return message("{least}–{most}", least=least, most=most)
