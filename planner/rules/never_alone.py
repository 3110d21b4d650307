"""Nobody is the only one with an answer in a group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from planner.model.domain import Finding, Group, Roster
from planner.model.instance import AnyCost, CompanyCost
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.rules.base import ColumnRule, Shape
from planner.rules.column_values import as_answered, has, in_other_words, unknown_value, values_of

MOST_VALUES = 1_000


class NeverAlone(ColumnRule):
    """None, or at least two, of each value in a group; whoever is the only one is a unit."""

    title: ClassVar[Message] = message("Never alone")
    help: ClassVar[Message] = message(
        "Nobody is the only one in a group with an answer: none, or at least two."
    )

    kind: Literal["never-alone"] = "never-alone"
    values: tuple[str, ...] | None = Field(default=None, max_length=MOST_VALUES)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if self.values:
            return message("Never alone on {column} ({values})", column=self.column, values=self.values)
        return message("Never alone on {column}", column=self.column)

    def minded(self, roster: Roster) -> list[str]:
        """Return the answers that nobody is to be alone with, as the class list has them."""
        known = values_of(roster, self.column)
        if self.values is None:
            return known
        values = [as_answered(value, self.column, roster) for value in self.values]
        return [value for value in known if any(has(value, wanted) for wanted in values)]

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Refuse unknown values; say who is the only one in the whole class."""
        known = values_of(roster, self.column)
        problems = [
            unknown_value(self, value, self.column, roster)
            for value in self.values or ()
            if not any(has(answer, as_answered(value, self.column, roster)) for answer in known)
        ]
        for value in self.values or ():
            problems += in_other_words(self, value, self.column, roster)
        for value in self.minded(roster):
            holders = [s.id for s in roster.students if has(s.answer(self.column), value)]
            if len(holders) == 1:
                problems.append(self._only_one(roster, value, holders[0]))
        return problems + super().check_answers(roster)

    def _only_one(self, roster: Roster, value: str, student: str) -> Problem:
        return Problem(
            code="only-one-in-class",
            level=Level.ERROR if self.must else Level.NOTE,
            message=message(
                "Rule “{rule}”: {name} is the only one in the class with “{value}”, "
                "so nobody can keep {name} company on this.",
                rule=self.label(),
                name=roster.shown_names[student],
                value=value,
            ),
            hint=message("Leave this answer out of the rule, or make the rule important instead of must.")
            if self.must
            else None,
            column=self.column,
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return, for each value, company for everyone who has it."""
        costs: list[AnyCost] = []
        for value in self.minded(roster):
            marks = [has(student.answer(self.column), value) for student in roster.students]
            holders = np.flatnonzero(np.asarray(marks)).astype(np.int64)
            if len(holders) < len(marks):
                costs.append(CompanyCost(must=self.must, price=self.price, students=holders, others=holders))
        return costs

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who is the only one in a group."""
        found = []
        for value in self.minded(roster):
            holders = {s.id for s in roster.students if has(s.answer(self.column), value)}
            if len(holders) == len(roster.students):
                continue
            for group in groups:
                here = [student for student in group.members if student in holders]
                if len(here) == 1:
                    found.append(
                        Finding(
                            message=message(
                                "{name} is the only one here with “{value}” in {column}.",
                                name=roster.shown_names[here[0]],
                                value=value,
                                column=self.column,
                            ),
                            group=group.name,
                            students=tuple(here),
                            units=1,
                        )
                    )
        return found
