"""Spread a category over the groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, SumCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.rules.base import Company, Shape
from planner.rules.column_rule import ColumnRule
from planner.rules.column_values import has, values_of

MOST_VALUES = 40


class Mix(ColumnRule):
    """Each value's count in a group is its proportional share, rounded down or up."""

    title: ClassVar[Message] = message("Mix")
    help: ClassVar[Message] = message("Spread the answers in a column evenly over the groups.")

    kind: Literal["mix"] = "mix"

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Mix {column}", column=self.column)

    def counted(self, roster: Roster) -> int:
        """Return one for each answer; more than are counted are refused."""
        return min(len(values_of(roster, self.column)), MOST_VALUES)

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Refuse a column with a different answer for nearly everyone."""
        values = len(values_of(roster, self.column))
        if values > MOST_VALUES:
            return [
                Problem(
                    code="too-many-values",
                    level=Level.ERROR,
                    message=message(
                        "Rule “{rule}”: the column has {values} different answers, too many to spread.",
                        rule=self.label(),
                        values=values,
                    ),
                    hint=message("Choose a column with at most {most} answers.", most=MOST_VALUES),
                    column=self.column,
                )
            ]
        return super().check_answers(roster)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return, for each value, n x count - size x total: within n - 1 of zero is floor or ceiling."""
        n = len(roster.students)
        costs: list[AnyCost] = []
        for value in values_of(roster, self.column):
            mark = np.asarray([has(s.answer(self.column), value) for s in roster.students], np.int64)
            total = int(mark.sum())
            if total < n:
                weights = n * mark - total
                costs.append(
                    SumCost(must=self.must, price=self.price, weights=weights, low=1 - n, high=n - 1, step=n)
                )
        return costs

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups with more or fewer of a value than its share."""
        found = []
        sizes = {len(group.members) for group in groups}
        for value in values_of(roster, self.column):
            holders = {s.id for s in roster.students if has(s.answer(self.column), value)}
            share = Fraction(len(holders), len(roster.students))
            even = {size: (floor(share * size), ceil(share * size)) for size in sizes}
            for group in groups:
                here = tuple(student for student in group.members if student in holders)
                least, most = even[len(group.members)]
                off = max(least - len(here), len(here) - most, 0)
                if off:
                    found.append(self._finding(group, value, here, least, most, off))
        return found

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say how many have the answer of the student then."""
        value = roster.by_id[company.student].answer(self.column).strip()
        if not value:
            return None
        return message(
            "{column}: {count} in {group} with “{value}”, {name} included.",
            column=self.column,
            count=self._alike(roster, company) + 1,
            group=company.group,
            value=value,
            name=roster.shown_names[company.student],
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say the same, or that answers are spread, where the number would tell on others."""
        told = self.in_company(roster, company)
        if told is None or company.points_at_nobody(self._alike(roster, company)):
            return told
        return message(
            "The answers in {column} are spread over the groups as evenly as possible.", column=self.column
        )

    def _alike(self, roster: Roster, company: Company) -> int:
        """Return how many of the others have the answer of the student."""
        value = roster.by_id[company.student].answer(self.column).strip()
        return sum(has(roster.by_id[one].answer(self.column), value) for one in company.others)

    def _finding(
        self, group: Group, value: str, here: tuple[str, ...], least: int, most: int, off: int
    ) -> Finding:
        sentence = (
            plural_message(
                "“{value}” in “{column}”: {count} here, an even spread has one.",
                "“{value}” in “{column}”: {count} here, an even spread has {n}.",
                least,
                value=value,
                column=self.column,
                count=len(here),
            )
            if least == most
            else message(
                "“{value}” in “{column}”: {count} here, an even spread has {least} or {most}.",
                value=value,
                column=self.column,
                count=len(here),
                least=least,
                most=most,
            )
        )
        return Finding(message=sentence, group=group.name, students=here, units=off)
