"""These students are not in one group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from planner.domain import Finding, Group, Importance, Roster
from planner.instance import AnyCost, PairCost
from planner.problems import Problem
from planner.rules.base import Rule, Shape, shortened
from planner.rules.people import check_students
from planner.text import Message, say


class Apart(Rule):
    """No two of these students share a group; each pair that does is a unit. No reason is stored."""

    title: ClassVar[Message] = say("Apart")
    help: ClassVar[Message] = say("These students are in different groups. No reason is asked or kept.")

    kind: Literal["apart"] = "apart"
    importance: Importance = Importance.MUST
    students: tuple[str, ...] = Field(min_length=2)

    @field_validator("students")
    @classmethod
    def _once_each(cls, students: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(students)) < len(students):
            raise ValueError("student-twice")
        return students

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return say("Apart: {students}", students=self.students)

    def check(self, roster: Roster) -> list[Problem]:
        """Refuse students who are not in the class list."""
        return check_students(self, self.students, roster)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return every pair."""
        places = [roster.position[student] for student in self.students]
        pairs = np.asarray(list(combinations(places, 2)), np.int64)
        return [
            PairCost(must=self.must, price=self.price, pairs=pairs, weights=np.ones(len(pairs), np.int64))
        ]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who should be apart and is not."""
        found = []
        for group in groups:
            here = tuple(student for student in group.members if student in self.students)
            if len(here) > 1:
                found.append(
                    Finding(
                        message=say("{names} are in one group.", names=shortened(roster.names(here))),
                        group=group.name,
                        students=here,
                        units=len(here) * (len(here) - 1) // 2,
                    )
                )
        return found
