"""These students are in one group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import ClassVar, Literal

from planner.model.domain import Group, Roster, group_of
from planner.model.instance import AnyCost
from planner.model.reports import Finding
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.rules.base import Company, Shape
from planner.rules.people import NamedStudents


class Together(NamedStudents):
    """These students share a group; each pair that does not is a unit. No reason is stored."""

    title: ClassVar[Message] = message("Together")
    help: ClassVar[Message] = message("These students are in one group. No reason is asked or kept.")

    kind: Literal["together"] = "together"

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Together: {students}", students=self.students)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return every pair."""
        return [replace(self.pairs(roster), together=True)]

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say who is there of those the student is to be with, or else who is not."""
        if company.student not in self.students:
            return None
        others = [one for one in self.students if one != company.student]
        those = [one for one in others if one in company.others]
        if those:
            return message(
                "{name} is with {names}, as asked.",
                name=roster.shown_names[company.student],
                names=shortened(roster.names(those)),
            )
        return message(
            "{name} is not with {names}, although that was asked.",
            name=roster.shown_names[company.student],
            names=shortened(roster.names(others)),
        )

    def no_longer(self, roster: Roster, finding: Finding) -> Message | None:
        """Say who are together now."""
        return message("{names} are in one group, as asked.", names=roster.names(finding.students))

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the pairs that should be together and are not."""
        home = group_of(groups)
        found = []
        for first, second in combinations(self.students, 2):
            if home.get(first) != home.get(second):
                found.append(
                    Finding(
                        message=message(
                            "{first} is in {first_group}, {second} in {second_group}.",
                            first=roster.shown_names[first],
                            second=roster.shown_names[second],
                            first_group=home.get(first, "—"),
                            second_group=home.get(second, "—"),
                        ),
                        students=(first, second),
                        units=1,
                    )
                )
        return found
