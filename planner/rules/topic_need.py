"""What groups on a topic need of their members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, SumCost
from planner.model.reports import Finding
from planner.model.text import Message, message
from planner.rules.base import Company, Shape
from planner.rules.limit import AnswerCount


class TopicNeed(AnswerCount):
    """At least, or at most, so many of an answer in every group on a topic."""

    title: ClassVar[Message] = message("What a topic needs")
    help: ClassVar[Message] = message("A minimum or maximum of an answer in the groups on a topic.")

    kind: Literal["topic-need"] = "topic-need"
    topic: str
    topics: tuple[str, ...]

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("{topic}: {need}", topic=self.topic, need=super().label())

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the count with its limits, for groups on the topic only."""
        only = (shape.resources.index("topic"), self.topics.index(self.topic))
        costs = super().compile(roster, shape)
        return [replace(cost, only=only) for cost in costs if isinstance(cost, SumCost)]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups on the topic that are outside the limits."""
        return super().findings(roster, [group for group in groups if group.topic == self.topic])

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say nothing: a place in a group does not tell what it is about."""
        return None

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say nothing to students either."""
        return None
