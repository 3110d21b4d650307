"""Every group about the same on a number."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, lcm
from statistics import pstdev
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from planner.model.domain import Column, Group, Roster
from planner.model.instance import (
    ANY_HIGH,
    ANY_LOW,
    AnyCost,
    SumCost,
)
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.rules.base import CROWD, Company, Shape
from planner.rules.column_rule import ColumnRule, missing_answers
from planner.rules.column_values import number_in
from planner.rules.setting_error import SettingError

DECIMALS = 1000  # numbers count to three decimals
UNNOTICED = 10  # units for each member that people would not notice
LARGEST = 1_000_000  # beyond this it is no grade, distance or age; sums stay within 64 bits
SMALLEST_SAID = 0.01  # points of group mean
TICKS = 100  # one unit is a hundredth of the class's standard deviation


class Balance(ColumnRule):
    """Group sums near size times the class mean; as `must`, group means within `within`."""

    title: ClassVar[Message] = message("Balance")
    help: ClassVar[Message] = message(
        "Every group has about the same average on a number, such as the entry grade."
    )
    unit: ClassVar[int] = 1

    kind: Literal["balance"] = "balance"
    within: float | None = Field(default=None, gt=0, le=LARGEST)

    @model_validator(mode="after")
    def _must_has_a_limit(self) -> Balance:
        if self.must and self.within is None:
            raise SettingError("within")
        return self

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if self.must and self.within is not None:
            return message("Balance on {column}, within {within}", column=self.column, within=self.within)
        return message("Balance on {column}", column=self.column)

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Say who counts as the class mean, and refuse answers that are no numbers."""
        found = numbers(roster, self.column)
        unknown = [s for s in roster.students if found[s.id] is None]
        empty = [s.id for s in unknown if not s.answer(self.column).strip()]
        odd = [s.id for s in unknown if s.answer(self.column).strip()]
        if len(unknown) == len(roster.students):
            return [self._not_numbers(roster, odd, Level.ERROR)]
        problems = []
        if odd:
            problems.append(self._not_numbers(roster, odd, Level.ASSUMED))
        if empty:
            problems.append(missing_answers(roster, empty, self.column, self.without_answer(len(empty))))
        return problems

    def without_answer(self, missing: int) -> Message:
        """Return what a missing number means, where so many have none."""
        return plural_message(
            "For the balance this student counts as the class average.",
            "For the balance they count as the class average.",
            missing,
        )

    def _not_numbers(self, roster: Roster, odd: Sequence[str], level: Level) -> Problem:
        return Problem(
            code="not-a-number" if odd else "no-numbers",
            level=level,
            message=message(
                "Column “{column}” has answers that cannot be used as a number, for {names}.",
                column=self.column,
                names=shortened(roster.names(odd)),
            )
            if odd
            else message("Column “{column}” has no numbers.", column=self.column),
            hint=message("Choose a column with numbers.")
            if level is Level.ERROR
            else self.without_answer(len(odd)),
            column=self.column,
        )

    def counted(self, roster: Roster) -> int:
        """Return one, or two limits."""
        return 2 if self.must else 1

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return centred numbers whose sum in a group should be near zero."""
        values = numbers(roster, self.column)
        known = [value for value in values.values() if value is not None]
        if len(set(known)) < 2:
            return []
        mean = sum(known, Fraction(0)) / len(known)
        centred = [Fraction(0) if value is None else value - mean for value in values.values()]
        tick = _tick(known)
        limit = Fraction(self.within).limit_denominator(DECIMALS) if self.must and self.within else None
        scale = lcm(*(part.denominator for part in (*centred, tick, *([limit] if limit else []))))
        weights = np.asarray([int(part * scale) for part in centred], np.int64)
        step = int(tick * scale)
        if limit is None:
            return [SumCost(must=False, price=self.price, weights=weights, low=0, high=0, step=step)]
        slack = int(limit * scale)
        return [
            SumCost(must=True, price=self.price, weights=weights - slack, low=ANY_LOW, high=0, step=step),
            SumCost(must=True, price=self.price, weights=weights + slack, low=0, high=ANY_HIGH, step=step),
        ]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Give each group's mean beside that of the class."""
        values = numbers(roster, self.column)
        known = [value for value in values.values() if value is not None]
        if len(set(known)) < 2:
            return []
        mean = sum(known, Fraction(0)) / len(known)
        tick = _tick(known)
        return [self._finding(group, values, mean, tick) for group in groups if group.members]

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say what the mean of the group becomes, beside that of the class."""
        for finding in company.found:
            known = {name: finding.message.values.get(name) for name in ("group_mean", "class_mean")}
            if isinstance(known["group_mean"], float) and isinstance(known["class_mean"], float):
                return message(
                    "{group}: {column} {group_mean} on average; the class has {class_mean}.",
                    group=company.group,
                    column=self.column,
                    group_mean=known["group_mean"],
                    class_mean=known["class_mean"],
                )
        return None

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say that the average is close to that of the class; never how much it is.

        From an average, whoever knows their own number could work out that of others. In a small group
        that it is close says too much already, so there it is told what the rule is for.
        """
        if len(company.others) < 2 * CROWD:
            return (
                message(
                    "Groups are made to differ as little as possible in their average on {column}.",
                    column=self.column,
                )
                if company.found
                else None
            )
        if all(one.units > UNNOTICED * company.size for one in company.found):
            return None
        return message(
            "The average of {group} is close to that of the class on {column}.",
            group=company.group,
            column=self.column,
        )

    def slight(self, units: int, roster: Roster) -> bool:
        """Return whether the distance is less than a hundredth of a point."""
        return 0 < self._points(units, roster) < SMALLEST_SAID

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as distance of group means from that of the class, on average over all students."""
        if self.slight(units, roster):
            return message("a tiny bit (under {points} points on the group average)", points=SMALLEST_SAID)
        return message("{points} points on the group average", points=self._points(units, roster))

    def _points(self, units: int, roster: Roster) -> float:
        return natural(units, roster, self.column) / len(roster.students)

    def _finding(
        self, group: Group, values: dict[str, Fraction | None], mean: Fraction, tick: Fraction
    ) -> Finding:
        own = [values.get(student) for student in group.members]
        total = sum((mean if value is None else value for value in own), Fraction(0))
        distance = abs(total - len(own) * mean)
        if self.must and self.within is not None:
            distance -= len(own) * Fraction(self.within).limit_denominator(DECIMALS)
        return Finding(
            message=message(
                "{column}: {group_mean} on average; the class has {class_mean}.",
                column=self.column,
                group_mean=float(total / len(own)),
                class_mean=float(mean),
            ),
            group=group.name,
            units=max(0, ceil(distance / tick)),
        )


def numbers(roster: Roster, column: str) -> dict[str, Fraction | None]:
    """Return the numbers in a column by student id, exact to three decimals.

    Parameters
    ----------
    roster : Roster
    column : str
        Heading.

    Returns
    -------
    dict of str to Fraction or None
        On a scale the place of the answer; None for one that is no number or is beyond `LARGEST`.
    """
    kept: dict[str, Fraction | None] | None = roster.worked_out.get(("numbers", column))
    if kept is not None:
        return kept
    about = roster.column(column)
    found = {student.id: _number(student.answer(column), about) for student in roster.students}
    exact = {
        student: None if value is None else Fraction(round(value * DECIMALS), DECIMALS)
        for student, value in found.items()
    }
    roster.worked_out["numbers", column] = exact
    return exact


def _number(answer: str, column: Column | None) -> float | None:
    value = number_in(answer, column)
    return None if value is None or abs(value) > LARGEST else value


def _tick(known: Sequence[Fraction]) -> Fraction:
    """Return the size of one unit in the column's own units.

    Pricing by the spread lets one rule hold for grades and for minutes of travel.
    It is rounded to a multiple of the finest difference that sums can have.
    """
    finest = Fraction(1, DECIMALS * len(known))
    spread = Fraction(pstdev(float(value) for value in known)) / TICKS
    return finest * max(1, round(spread / finest))


def natural(units: int, roster: Roster, column: str) -> float:
    """Return a number of units in the column's own units.

    Parameters
    ----------
    units : int
        Hundredths of the class's standard deviation.
    roster : Roster
    column : str
        Heading of the number.

    Returns
    -------
    float
        In the column's own units: points, minutes, years.
    """
    tick: Fraction | None = roster.worked_out.get(("tick", column))
    if tick is None:
        tick = _tick([value for value in numbers(roster, column).values() if value is not None])
        roster.worked_out["tick", column] = tick
    return float(units * tick)
