"""Students and tutors who do not go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, ResourceCost
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message
from planner.rules.base import Rule, Shape
from planner.rules.tutor_settings import Tutor


class TutorApart(Rule):
    """Nobody has a tutor who is not to be theirs; whoever has is a unit."""

    title: ClassVar[Message] = message("Tutors and students apart")
    help: ClassVar[Message] = message("Some students are not in a group of some tutor.")

    kind: Literal["tutor-apart"] = "tutor-apart"
    importance: Importance = Importance.MUST
    tutors: tuple[Tutor, ...]

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Tutors and students who are kept apart")

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a unit for each of these students with that tutor."""
        units = np.zeros((len(roster.students), len(self.tutors)), np.int64)
        for place, tutor in enumerate(self.tutors):
            units[[roster.position[one] for one in tutor.not_with if one in roster.by_id], place] = 1
        kind = shape.resources.index("tutor")
        return [ResourceCost(must=self.must, price=self.price, kind=kind, units=units)]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who has a tutor that is not to be theirs."""
        apart = {tutor.name: set(tutor.not_with) for tutor in self.tutors}
        found = []
        for group in groups:
            those = tuple(one for one in group.members if one in apart.get(group.tutor or "", ()))
            if those:
                found.append(
                    Finding(
                        message=message(
                            "{tutor} is not to be the tutor of {names}.",
                            tutor=group.tutor or "",
                            names=roster.names(those),
                        ),
                        group=group.name,
                        students=those,
                        units=len(those),
                    )
                )
        return found
