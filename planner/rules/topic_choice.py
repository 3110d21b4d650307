"""Students get a topic that they chose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, ResourceCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.model.wording import did_you_mean, shortened
from planner.rules.base import Rule, Shape
from planner.rules.column_rule import check_headings
from planner.rules.topic_settings import Topics
from planner.rules.topic_values import TopicSteps, topic_steps

# A choice by its place in the list of somebody.
PLACES: Mapping[int, Message] = {
    0: message("first choice"),
    1: message("second choice"),
    2: message("third choice"),
    3: message("fourth choice"),
    4: message("fifth choice"),
    5: message("sixth choice"),
}


def said_step(step: int, *, scored: bool) -> Message:
    """Return how much a topic is somebody's choice.

    Parameters
    ----------
    step : int
        Down from what they like best.
    scored : bool
        Whether topics were scored, instead of chosen in an order.

    Returns
    -------
    Message
    """
    if not scored:
        return PLACES.get(step, message("choice {place}", place=step + 1))
    if step == 0:
        return message("best score")
    return plural_message("1 step below the best score", "{n} steps below the best score", step)


class TopicRule(Rule):
    """A rule about who chose which topic."""

    topics: Topics
    names: tuple[str, ...]

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the choices or the scores."""
        return self.topics.headings(self.names)

    def steps(self, roster: Roster) -> TopicSteps:
        """Return what students chose."""
        return topic_steps(self.topics, self.names, roster)

    def cost(self, units: Mapping[tuple[str, str], int], roster: Roster, shape: Shape) -> ResourceCost:
        """Return the cost of students on topics.

        Parameters
        ----------
        units : mapping
            By student and topic; 0 where there is none.
        roster : Roster
        shape : Shape

        Returns
        -------
        ResourceCost
        """
        counts = [[units.get((student.id, name), 0) for name in self.names] for student in roster.students]
        return ResourceCost(
            must=self.must,
            price=self.price,
            kind=shape.resources.index("topic"),
            units=np.asarray(counts, np.int64).reshape(len(roster.students), len(self.names)),
        )


class TopicChoice(TopicRule):
    """Everyone on a topic that they like best; each step down from that is a unit."""

    title: ClassVar[Message] = message("Topic of choice")
    help: ClassVar[Message] = message("Students get the topic that they would like best, or one near it.")

    kind: Literal["topic-choice"] = "topic-choice"

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Topic of choice")

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns; name the choices that are no topic, and who chose nothing."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        steps = self.steps(roster)
        found = [self._unknown(*one, roster) for one in steps.unknown]
        missing = [student.id for student in roster.students if student.id not in steps.of]
        return [*found, self._no_choice(missing, roster)] if missing else found

    def _unknown(self, student: str, heading: str, written: str, roster: Roster) -> Problem:
        name = roster.shown_names[student]
        return Problem(
            code="unknown-choice",
            level=Level.ASSUMED,
            message=message(
                "{name}'s choice “{written}” is no topic, or no score of one; it does not count.",
                name=name,
                written=written,
            ),
            hint=message("Write a number.")
            if self.topics.scores is not None
            else did_you_mean(written, self.names, message("Topics: {names}.", names=shortened(self.names))),
            column=heading,
            item=message("{name} (“{wish}”)", name=name, wish=written),
            together=message(
                "Choices that are no topic, or no score of one, do not count: {items}.", items=()
            ),
        )

    def _no_choice(self, missing: Sequence[str], roster: Roster) -> Problem:
        return Problem(
            code="no-choice",
            level=Level.ASSUMED,
            message=plural_message(
                "One student chose no topic and can get any: {names}.",
                "{n} students chose no topic and can get any: {names}.",
                len(missing),
                names=shortened(roster.names(missing)),
            ),
            column=self.headings()[0] if self.headings() else None,
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the steps down of every student on every topic."""
        steps = self.steps(roster)
        units = {(one, name): steps.between(one, name) for one in steps.of for name in self.names}
        return [self.cost(units, roster, shape)]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as steps down from what people would like best."""
        return plural_message("1 step down from a first choice", "{n} steps down from first choices", units)

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say in how many groups somebody has another topic than they like best."""
        return plural_message(
            "in one of {groups} groups someone has another topic than their first choice",
            "in {n} of {groups} groups someone has another topic than their first choice",
            short,
            groups=groups,
        )

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who has another topic than their first choice, in each group that has a topic."""
        steps, found = self.steps(roster), []
        for group in groups:
            if group.topic in self.names:
                off = {s: steps.between(s, group.topic) for s in group.members}
                if any(off.values()):
                    found.append(self._finding(group, group.topic, off, steps, roster))
        return found

    def _finding(
        self, group: Group, topic: str, off: Mapping[str, int], steps: TopicSteps, roster: Roster
    ) -> Finding:
        short = tuple(one for one, down in off.items() if down)
        parts = []
        for step in sorted({off[one] for one in short}):
            what = self._said(step) if step < steps.beyond else message("not among the choices")
            names = roster.names(one for one in short if off[one] == step)
            parts.append(message("{what} of {names}", what=what, names=names))
        return Finding(
            message=message("{topic}: {parts}.", topic=topic, parts=parts),
            group=group.name,
            students=short,
            units=sum(off.values()),
        )

    def _said(self, step: int) -> Message:
        return said_step(step, scored=self.topics.scores is not None)

    def told(self, roster: Roster, groups: Sequence[Group]) -> Message | None:
        """Say how many have which choice."""
        steps = self.steps(roster)
        had = [(one, group.topic) for group in groups if group.topic in self.names for one in group.members]
        chose = [(one, topic) for one, topic in had if one in steps.of and topic is not None]
        if not chose:
            return None
        outside = sum(steps.outside(*one) for one in chose)
        counts = Counter(steps.between(*one) for one in chose if not steps.outside(*one))
        parts = [_first(counts[0], len(chose))]
        parts += [
            message("{n} × {what}", n=counts[step], what=self._said(step)) for step in sorted(counts) if step
        ]
        return message("{parts}; {outside}.", parts=parts, outside=_outside(outside))


def _first(count: int, of: int) -> Message:
    return plural_message(
        "1 of {of} students who chose has their first choice",
        "{n} of {of} students who chose have their first choice",
        count,
        of=of,
    )


def _outside(count: int) -> Message:
    if not count:
        return message("nobody has a topic outside their choices")
    return plural_message(
        "1 student has a topic outside their choices",
        "{n} students have a topic outside their choices",
        count,
    )


class TopicChosen(TopicRule):
    """Nobody on a topic that they did not choose; whoever is, is a unit."""

    title: ClassVar[Message] = message("Only topics of choice")
    help: ClassVar[Message] = message("Nobody gets a topic that they did not choose.")

    kind: Literal["topic-chosen"] = "topic-chosen"
    importance: Importance = Importance.MUST

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("No topic outside someone's choices")

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a unit for every student on every topic that they did not choose."""
        steps = self.steps(roster)
        outside = {(one, name): 1 for one in steps.of for name in self.names if steps.outside(one, name)}
        return [self.cost(outside, roster, shape)]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who has a topic that they did not choose."""
        steps, found = self.steps(roster), []
        for group in groups:
            topic = group.topic
            if topic not in self.names or topic is None:
                continue
            outside = tuple(one for one in group.members if steps.outside(one, topic))
            if outside:
                found.append(
                    Finding(
                        message=message(
                            "{topic} is not among the choices of {names}.",
                            topic=topic,
                            names=roster.names(outside),
                        ),
                        group=group.name,
                        students=outside,
                        units=len(outside),
                    )
                )
        return found
