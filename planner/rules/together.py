"""These students are in one group."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from planner.domain import Finding, Group, Importance, Roster
from planner.instance import AnyCost, PairCost
from planner.problems import Problem
from planner.rules.base import Rule, Shape
from planner.rules.people import check_students
from planner.text import Message, say


class Together(Rule):
    """These students share a group; each pair that does not is a unit. No reason is stored."""

    title: ClassVar[Message] = say("Together")
    help: ClassVar[Message] = say("These students are in one group. No reason is asked or kept.")

    kind: Literal["together"] = "together"
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
        return say("Together: {students}", students=self.students)

    def check(self, roster: Roster) -> list[Problem]:
        """Refuse students who are not in the class list."""
        return check_students(self, self.students, roster)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return every pair."""
        places = [roster.position[student] for student in self.students]
        pairs = np.asarray(list(combinations(places, 2)), np.int64)
        ones = np.ones(len(pairs), np.int64)
        return [PairCost(must=self.must, price=self.price, pairs=pairs, weights=ones, together=True)]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the pairs that should be together and are not."""
        group_of = {student: group.name for group in groups for student in group.members}
        found = []
        for first, second in combinations(self.students, 2):
            if group_of.get(first) != group_of.get(second):
                found.append(
                    Finding(
                        message=say(
                            "{first} is in {first_group}, {second} in {second_group}.",
                            first=roster.shown_names[first],
                            second=roster.shown_names[second],
                            first_group=group_of.get(first, "—"),
                            second_group=group_of.get(second, "—"),
                        ),
                        students=(first, second),
                        units=1,
                    )
                )
        return found
