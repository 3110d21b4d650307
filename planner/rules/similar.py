"""People with the same answer together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import ANY_LABEL, AnyCost, PairCost
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.rules.base import Company, Shape
from planner.rules.column_rule import ColumnRule


class Similar(ColumnRule):
    """One answer per group; each pair in a group that differs is a unit."""

    title: ClassVar[Message] = message("Similar")
    help: ClassVar[Message] = message("Students with the same answer together, such as a learning goal.")

    kind: Literal["similar"] = "similar"

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Same {column} together", column=self.column)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the answers as labels; whoever gave none goes with everyone."""
        answers = [normalize_text(student.answer(self.column)) for student in roster.students]
        names = {answer: place for place, answer in enumerate(sorted(set(answers) - {""}))}
        if len(names) < 2:
            return []
        labels = np.asarray([names.get(answer, ANY_LABEL) for answer in answers], np.int64)
        return [PairCost(must=self.must, price=self.price, labels=labels)]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as pairs of students."""
        return plural_message("1 pair", "{n} pairs", units)

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say how many of the others gave the same answer."""
        answer = normalize_text(roster.by_id[company.student].answer(self.column))
        given = [normalize_text(roster.by_id[one].answer(self.column)) for one in company.others]
        if not answer or not company.others:
            return None
        if answer not in given:
            return message(
                "Nobody else in {group} has the answer of {name} in {column}.",
                group=company.group,
                name=roster.shown_names[company.student],
                column=self.column,
            )
        return plural_message(
            "{name} has the same answer in {column} as the other one in {group}.",
            "{name} has the same answer in {column} as {same} of the {n} others in {group}.",
            len(given),
            name=roster.shown_names[company.student],
            column=self.column,
            same=given.count(answer),
            group=company.group,
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say the same, or what the rule is for, where the number would tell on others."""
        told = self.in_company(roster, company)
        answer = normalize_text(roster.by_id[company.student].answer(self.column))
        alike = sum(normalize_text(roster.by_id[one].answer(self.column)) == answer for one in company.others)
        if told is None or company.points_at_nobody(alike):
            return told
        return message(
            "Where possible, students with the same answer in {column} are together.", column=self.column
        )

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Give the different answers in each group that has more than one."""
        found = []
        for group in groups:
            answers = [roster.by_id[student].answer(self.column).strip() for student in group.members]
            given = [answer for answer in answers if normalize_text(answer)]
            differing = sum(normalize_text(a) != normalize_text(b) for a, b in combinations(given, 2))
            if differing:
                different = tuple({normalize_text(answer): answer for answer in given}.values())
                found.append(
                    Finding(
                        message=message("{column}: {answers}.", column=self.column, answers=different),
                        group=group.name,
                        students=group.members,
                        units=differing,
                    )
                )
        return found
