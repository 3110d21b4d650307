"""Nobody is the only one with an answer in a group."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost, CompanyCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.model.wording import shortened
from planner.rules.base import Company, Shape
from planner.rules.column_rule import ColumnRule
from planner.rules.column_values import as_answered, has, holders_of, in_other_words, unknown_value, values_of

MOST_VALUES = 1_000
FINEST = 20  # a share is taken for the nearest part of so many, so that 0.67 is two thirds


class NeverAlone(ColumnRule):
    """None, or at least two, of each value in a group; whoever is the only one is a unit.

    With `at_least_share` none, or at least that share of the group: two of five are not the only ones, and
    still few (what a share does: Dasgupta, Scircle and Hunsinger, PNAS 2015). Each of them then counts
    the companions who are missing.
    """

    title: ClassVar[Message] = message("Never alone")
    help: ClassVar[Message] = message(
        "Nobody is the only one in a group with an answer: nobody has it, or at least two do."
    )

    kind: Literal["never-alone"] = "never-alone"
    values: tuple[str, ...] | None = Field(default=None, max_length=MOST_VALUES)
    at_least_share: float | None = Field(default=None, gt=0, le=1)

    @property
    def share(self) -> Fraction:
        """The share of a group that those with an answer are at least; 0 where two are enough."""
        return Fraction(self.at_least_share or 0).limit_denominator(FINEST)

    def least(self, size: int) -> int:
        """Return how many with an answer there are at least in a group of a size, unless there are none."""
        return max(2, ceil(self.share * size))

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if self.at_least_share is not None:
            return message("{rule}: none, or {part}", rule=self._plain(), part=part_of_group(self.share))
        return self._plain()

    def _plain(self) -> Message:
        if self.values:
            return message("Never alone on {column} ({values})", column=self.column, values=self.values)
        return message("Never alone on {column}", column=self.column)

    def minded(self, roster: Roster) -> list[str]:
        """Return the answers that nobody is to be alone with, as the class list has them."""
        known = values_of(roster, self.column)
        if self.values is None:
            return known
        values = {normalize_text(as_answered(value, self.column, roster)) for value in self.values}
        return [value for value in known if normalize_text(value) in values]

    def counted(self, roster: Roster) -> int:
        """Return one for each answer."""
        return len(self.minded(roster))

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
        holders = holders_of(roster, self.column)
        for value in self.minded(roster):
            if len(holders[normalize_text(value)]) == 1:
                only = roster.students[holders[normalize_text(value)][0]]
                problems.append(self._only_one(roster, value, only.id))
        return problems + super().check_answers(roster)

    def _only_one(self, roster: Roster, value: str, student: str) -> Problem:
        return Problem(
            code="only-one-in-class",
            level=Level.ERROR if self.must else Level.NOTE,
            message=message(
                "Rule “{rule}”: {name} is the only one in the class with “{value}”, so in every "
                "group {name} is alone in this.",
                rule=self.label(),
                name=roster.shown_names[student],
                value=value,
            ),
            hint=message("Leave this answer out of the rule, or make the rule important instead of required.")
            if self.must
            else None,
            column=self.column,
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return, for each value, company for everyone who has it."""
        costs: list[AnyCost] = []
        places = holders_of(roster, self.column)
        by_size = (self.share.numerator, -1, self.share.denominator) if self.share else (0, 0, 1)
        for value in self.minded(roster):
            holders = np.asarray(places[normalize_text(value)], np.int64)
            if len(holders) < len(roster.students):
                costs.append(
                    CompanyCost(
                        must=self.must, price=self.price, students=holders, others=holders, by_size=by_size
                    )
                )
        return costs

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say whether the student is with too few with the same answer, or keeps somebody from that."""
        value, same = self._alike(roster, company)
        if value is None:
            return None
        if not same:
            return self._only(roster, company, value)
        if len(same) + 1 < self.least(company.size):
            return self._few(company, value, len(same) + 1)
        if len(same) > 1:
            return None
        return message(
            "{student} keeps {name} from being the only one with “{value}” in {group}.",
            student=roster.shown_names[company.student],
            name=roster.shown_names[same[0]],
            value=value,
            group=company.group,
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say that others have the student's answer too, not who, where that tells on nobody."""
        value, same = self._alike(roster, company)
        if value is None:
            return None
        if not company.points_at_nobody(len(same)):
            return message(
                "Where possible, nobody is on their own in a group with their answer in {column}.",
                column=self.column,
            )
        if len(same) + 1 < self.least(company.size):
            return self._few(company, value, len(same) + 1)
        name = roster.shown_names[company.student]
        return message(
            "{name} is not the only one with “{value}” in {column}.",
            name=name,
            value=value,
            column=self.column,
        )

    def no_longer(self, roster: Roster, finding: Finding) -> Message | None:
        """Say who is the only one no more; a share of a group is a matter of the group as a whole."""
        if self.at_least_share is not None:
            return None
        value = finding.message.values.get("value")
        return message(
            "{names} is no longer the only one with “{value}” in {column}.",
            names=roster.names(finding.students),
            value=value if isinstance(value, str) else "",
            column=self.column,
        )

    def _only(self, roster: Roster, company: Company, value: str) -> Message:
        name = roster.shown_names[company.student]
        return message(
            "{name} is the only one with “{value}” in {group}.", name=name, value=value, group=company.group
        )

    def _few(self, company: Company, value: str, count: int) -> Message:
        return message(
            "{count} of the {size} in {group} have “{value}”, fewer than asked for.",
            count=count,
            size=company.size,
            group=company.group,
            value=value,
        )

    def _alike(self, roster: Roster, company: Company) -> tuple[str | None, list[str]]:
        """Return the student's answer, where the rule minds it, and who else in the group has it."""
        key = normalize_text(roster.by_id[company.student].answer(self.column))
        value = next((one for one in self.minded(roster) if normalize_text(one) == key), None)
        if value is None:
            return None, []
        return value, [one for one in company.others if has(roster.by_id[one].answer(self.column), value)]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as students, or with a share as companions who are missing."""
        if self.at_least_share is None:
            return super().natural(units, roster)
        return plural_message("1 student with the same answer", "{n} students with the same answer", units)

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who is the only one in a group, or one of too few."""
        found = []
        holders, few = holders_of(roster, self.column), self._too_few(roster, groups)
        for value in self.minded(roster):
            if len(holders[normalize_text(value)]) == len(roster.students):
                continue
            for group, those in few.get(normalize_text(value), ()):
                short = self.least(len(group.members)) - len(those)
                sentence = self._sentence(roster, group, value, those)
                units = short * len(those)
                found.append(Finding(message=sentence, group=group.name, students=tuple(those), units=units))
        return found

    def _sentence(self, roster: Roster, group: Group, value: str, those: Sequence[str]) -> Message:
        if len(those) == 1:
            return message(
                "{name} is the only one here with “{value}” in {column}.",
                name=roster.shown_names[those[0]],
                value=value,
                column=self.column,
            )
        return message(
            "{names} are {count} of {size} here with “{value}” in {column}; {part} would be {least}.",
            names=shortened(roster.names(those)),
            count=len(those),
            size=len(group.members),
            value=value,
            column=self.column,
            part=part_of_group(self.share),
            least=self.least(len(group.members)),
        )

    def _too_few(self, roster: Roster, groups: Sequence[Group]) -> dict[str, list[tuple[Group, list[str]]]]:
        """Return who are too few in a group with an answer, by the answer."""
        found: dict[str, list[tuple[Group, list[str]]]] = {}
        for group in groups:
            here: dict[str, list[str]] = {}
            for student in (one for one in group.members if one in roster.by_id):
                here.setdefault(normalize_text(roster.by_id[student].answer(self.column)), []).append(student)
            for answer, those in here.items():
                if len(those) < self.least(len(group.members)):
                    found.setdefault(answer, []).append((group, those))
        return found


def part_of_group(share: Fraction) -> Message:
    """Return a share of a group in words: "at least half of the group", "at least 2 of every 5".

    Parameters
    ----------
    share : Fraction

    Returns
    -------
    Message
    """
    if share == Fraction(1, 2):
        return message("at least half of the group")
    if share == 1:
        return message("the whole group")
    return message("at least {n} of every {whole}", n=share.numerator, whole=share.denominator)
