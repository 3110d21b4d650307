"""Everybody is free when their group meets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, ResourceCost
from planner.model.problems import Problem
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules.base import Rule, Shape
from planner.rules.column_rule import check_headings, missing_answers
from planner.rules.resources import Resources
from planner.rules.whose_clock import check_clock


class MeetingTime(Rule):
    """Each group meets when all of its members are free; whoever is not is a unit."""

    title: ClassVar[Message] = message("Free when the group meets")
    help: ClassVar[Message] = message("Every group meets at a time when all of its members are free.")

    kind: Literal["meeting-time"] = "meeting-time"
    importance: Importance = Importance.MUST
    resources: Resources

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Free when the group meets ({columns})", columns=self.headings())

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the times."""
        return () if self.resources.meetings is None else self.resources.meetings.columns

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns; say who counts as always free, and whose clock it is."""
        problems = check_headings(self, roster)
        times = None if problems else self.resources.times(roster)
        if times is None:
            return problems
        missing = [student.id for student in roster.students if not times.answered(student)]
        if missing:
            meaning = plural_message(
                "This student counts as free at any time.", "They count as free at any time.", len(missing)
            )
            problems.append(missing_answers(roster, missing, self.headings()[0], meaning))
        return [*problems, *check_clock(times, roster, self.headings()[0], self.resources.clock)]

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a unit for every student at every time when they are not free."""
        times = self.resources.times(roster)
        if times is None:
            return []
        places = [times.every.index(moment) for moment in self.resources.moments(roster)]
        units = 1 - times.free(roster.students)[:, places].astype(np.int64)
        kind = shape.resources.index("moment")
        return [ResourceCost(must=self.must, price=self.price, kind=kind, units=units)]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who is not free when their group meets."""
        times, found = self.resources.times(roster), []
        for group in groups:
            if times is None or group.moment not in times.every:
                continue
            said = {one: times.of(roster.by_id[one]) for one in group.members}
            busy = tuple(one for one, free in said.items() if free is not None and group.moment not in free)
            if busy:
                found.append(
                    Finding(
                        message=plural_message(
                            "{moment}: {names} is not free then.",
                            "{moment}: {names} are not free then.",
                            len(busy),
                            moment=group.moment,
                            names=roster.names(busy),
                        ),
                        group=group.name,
                        students=busy,
                        units=len(busy),
                    )
                )
        return found
