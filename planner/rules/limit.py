"""At least, or at most, so many of an answer in a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from planner.model.base import MOST_STUDENTS
from planner.model.domain import Group, Roster
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    AnyCost,
    SumCost,
)
from planner.model.problems import Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.rules.base import Company, Shape
from planner.rules.column_rule import ColumnRule
from planner.rules.column_values import as_answered, has, in_other_words, unknown_value, values_of
from planner.rules.topic_settings import check_limits


class AnswerCount(ColumnRule):
    """The count of one answer stays within `at_least` to `at_most`; each student outside is a unit."""

    value: str = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=0, le=MOST_STUDENTS)
    at_most: int | None = Field(default=None, ge=0, le=MOST_STUDENTS)

    @model_validator(mode="after")
    def _has_a_limit(self) -> Self:
        check_limits(self.at_least, self.at_most)
        return self

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if self.at_least is None:
            return message(
                "At most {most} × {column} = {value}",
                most=self.at_most or 0,
                column=self.column,
                value=self.value,
            )
        if self.at_most is None:
            return message(
                "At least {least} × {column} = {value}",
                least=self.at_least,
                column=self.column,
                value=self.value,
            )
        if self.at_least == self.at_most:
            return message(
                "Exactly {most} × {column} = {value}",
                most=self.at_most,
                column=self.column,
                value=self.value,
            )
        return message(
            "{least} to {most} × {column} = {value}",
            least=self.at_least,
            most=self.at_most,
            column=self.column,
            value=self.value,
        )

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Refuse a value that nobody has."""
        problems = super().check_answers(roster)
        if not any(has(answer, self.wanted(roster)) for answer in values_of(roster, self.column)):
            problems.append(unknown_value(self, self.value, self.column, roster))
        return [*problems, *in_other_words(self, self.value, self.column, roster)]

    def wanted(self, roster: Roster) -> str:
        """Return the value as the class list has it."""
        return as_answered(self.value, self.column, roster)

    def without_answer(self, missing: int) -> Message:
        """Return what a missing answer means, where so many have none."""
        return plural_message(
            "The limit does not count this student.", "The limit does not count them.", missing
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a count with the limits as its range."""
        wanted = self.wanted(roster)
        marks = [has(student.answer(self.column), wanted) for student in roster.students]
        low = ANY_LOW if self.at_least is None else self.at_least
        high = ANY_HIGH if self.at_most is None else self.at_most
        weights = np.asarray(marks, np.int64)
        return [SumCost(must=self.must, price=self.price, weights=weights, low=low, high=high)]

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say how many have the answer then, where the student does."""
        if not has(roster.by_id[company.student].answer(self.column), self.wanted(roster)):
            return None
        return message(
            "{group} has {count} × {column} = {value}, {name} included.",
            group=company.group,
            count=self._alike(roster, company) + 1,
            column=self.column,
            value=self.value,
            name=roster.shown_names[company.student],
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say the same, or what is asked of every group, where the number would tell on others."""
        told = self.in_company(roster, company)
        if told is None or company.points_at_nobody(self._alike(roster, company)):
            return told
        return self._asked_of_groups()

    def _alike(self, roster: Roster, company: Company) -> int:
        """Return how many of the others have the answer that is counted."""
        wanted = self.wanted(roster)
        return sum(has(roster.by_id[one].answer(self.column), wanted) for one in company.others)

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the groups outside the limits."""
        found, wanted = [], self.wanted(roster)
        for group in groups:
            here = tuple(s for s in group.members if has(roster.by_id[s].answer(self.column), wanted))
            short = max(0, (self.at_least or 0) - len(here)) if group.members else 0
            over = 0 if self.at_most is None else max(0, len(here) - self.at_most)
            if short or over:
                found.append(
                    Finding(
                        message=message(
                            "{column} = {value}: {count} here.",
                            column=self.column,
                            value=self.value,
                            count=len(here),
                        ),
                        group=group.name,
                        students=here,
                        units=short + over,
                    )
                )
        return found


class Limit(AnswerCount):
    """At least, or at most, so many of an answer in every group."""

    title: ClassVar[Message] = message("Limit")
    help: ClassVar[Message] = message(
        "A minimum or maximum number of students with an answer in every group."
    )

    kind: Literal["limit"] = "limit"
