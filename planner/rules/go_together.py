"""Tutors, topics, times and rooms that a group has go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules.base import Rule, Shape
from planner.rules.resources import Resources

PAIRS: Mapping[tuple[str, str], Message] = {
    ("topic", "tutor"): message("Tutors have topics of their own"),
    ("tutor", "moment"): message("Tutors are there, for one group at a time"),
    ("moment", "room"): message("Rooms are free"),
}


class GoTogether(Rule):
    """Two kinds go together in every group, and no more groups than can have the same two of them.

    Each group more is a unit.
    """

    title: ClassVar[Message] = message("What goes with what")
    help: ClassVar[Message] = message(
        "Tutors, topics, times and rooms that go together, and how often at once."
    )

    kind: Literal["go-together"] = "go-together"
    importance: Importance = Importance.MUST
    resources: Resources
    pair: tuple[str, str]

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return PAIRS[self.pair]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as groups."""
        return plural_message("1 group", "{n} groups", units)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return nothing: `Instance` itself carries what goes with what."""
        return []

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name what does not go together, and the groups that are too many at once."""
        allowed, both = self.resources.at_once(self.pair, roster), dict[tuple[str, str], list[str]]()
        for group in groups:
            taken = (group.has(self.pair[0]) or "", group.has(self.pair[1]) or "")
            if taken in allowed:
                both.setdefault(taken, []).append(group.name)
        return [
            self._finding(taken, names, allowed[taken])
            for taken, names in both.items()
            if len(names) > allowed[taken]
        ]

    def _finding(self, taken: tuple[str, str], groups: Sequence[str], most: int) -> Finding:
        first, second = taken
        if most:
            sentence = message(
                "{first}, {second}: {groups} at once; possible: {most}.",
                first=first,
                second=second,
                groups=tuple(groups),
                most=most,
            )
        else:
            sentence = message(
                "{first} and {second} do not go together ({groups}).",
                first=first,
                second=second,
                groups=tuple(groups),
            )
        return Finding(message=sentence, units=len(groups) - most)
