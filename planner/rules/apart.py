"""These students are not in one group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost
from planner.model.reports import Finding
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.rules.base import Company, Shape
from planner.rules.people import NamedStudents


class Apart(NamedStudents):
    """No two of these students share a group; each pair that does is a unit. No reason is stored."""

    title: ClassVar[Message] = message("Apart")
    help: ClassVar[Message] = message("These students are in different groups. No reason is asked or kept.")

    kind: Literal["apart"] = "apart"

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Apart: {students}", students=self.students)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return every pair."""
        return [self.pairs(roster)]

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say with whom the student would be who are to be apart."""
        those = [one for one in company.others if one in self.students]
        if company.student not in self.students or not those:
            return None
        return message(
            "{name} is with {names}, although they should be apart.",
            name=roster.shown_names[company.student],
            names=shortened(roster.names(those)),
        )

    def no_longer(self, roster: Roster, finding: Finding) -> Message | None:
        """Say who are no longer all together."""
        return message("{names} are no longer all in one group.", names=roster.names(finding.students))

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who should be apart and is not."""
        found, named = [], frozenset(self.students)
        for group in groups:
            here = tuple(student for student in group.members if student in named)
            if len(here) > 1:
                found.append(
                    Finding(
                        message=message("{names} are in one group.", names=shortened(roster.names(here))),
                        group=group.name,
                        students=here,
                        units=len(here) * (len(here) - 1) // 2,
                    )
                )
        return found
