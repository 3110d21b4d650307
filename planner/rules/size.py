"""Every group has an allowed number of members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, SumCost
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules.base import Rule, Shape


def sizes(smallest: int, largest: int) -> Message:
    """Return a range of sizes as people write it: 3–5, or 4.

    Parameters
    ----------
    smallest : int
    largest : int

    Returns
    -------
    Message
    """
    if smallest == largest:
        return message("{size}", size=largest)
    return message("{smallest}–{largest}", smallest=smallest, largest=largest)


class Size(Rule):
    """Groups of `smallest` to `largest` students; always a `must`."""

    title: ClassVar[Message] = message("Group size")
    help: ClassVar[Message] = message("How many students a group may have.")

    kind: Literal["size"] = "size"
    importance: Importance = Importance.MUST
    smallest: int
    largest: int

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Groups of {sizes}", sizes=sizes(self.smallest, self.largest))

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return nothing: `Instance` itself carries the allowed sizes."""
        return []

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups that are too small or too large."""
        found = []
        for group in groups:
            size = len(group.members)
            off = max(self.smallest - size, size - self.largest, 0)
            if off:
                found.append(
                    Finding(
                        message=plural_message(
                            "One student; asked for: {sizes}.",
                            "{n} students; asked for: {sizes}.",
                            size,
                            sizes=sizes(self.smallest, self.largest),
                        ),
                        group=group.name,
                        students=group.members,
                        units=off,
                    )
                )
        return found


class PreferredSize(Rule):
    """Groups near the size the coordinator likes best."""

    title: ClassVar[Message] = message("Preferred group size")
    help: ClassVar[Message] = message("The size that groups have where that is possible.")

    kind: Literal["preferred-size"] = "preferred-size"
    prefer: int

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Preferably groups of {prefer}", prefer=self.prefer)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a count of members with one comfortable value."""
        ones = np.ones(len(roster.students), np.int64)
        return [SumCost(must=self.must, price=self.price, weights=ones, low=self.prefer, high=self.prefer)]

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say how many groups have another size."""
        return plural_message(
            "one of {groups} groups has another size",
            "{n} of {groups} groups have another size",
            short,
            groups=groups,
        )

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups of another size."""
        return [
            Finding(
                message=plural_message(
                    "One student; preferably {prefer}.",
                    "{n} students; preferably {prefer}.",
                    len(group.members),
                    prefer=self.prefer,
                ),
                group=group.name,
                units=abs(len(group.members) - self.prefer),
            )
            for group in groups
            if group.members and len(group.members) != self.prefer
        ]
