"""Who shared an earlier group meets others now; or everyone keeps somebody from before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from planner.model.base import MOST_COLUMNS
from planner.model.domain import Group, Roster, Student
from planner.model.instance import AnyCost, CompanyCost, PairCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.model.values import is_nothing, normalize_text
from planner.model.wording import shortened
from planner.rules.base import PRICES, Company, Rule, Shape
from planner.rules.column_rule import check_headings, missing_answers
from planner.rules.column_values import has
from planner.rules.setting_error import SettingError

FULL = 4  # what the latest term counts where older ones count less: then 2, then 1
MOST_MET = 100_000  # pairs who shared a group
NO_GROUP = frozenset({"nieuw", "new", "geen groep", "no group", "nee", "no"})


class NewFaces(Rule):
    """No two who shared an earlier group share one again; each pair that does is a unit.

    Columns are earlier groups, one a term, the latest last. With `half_after` a pair counts half as much
    when so many terms have passed since they last shared one, and a quarter after twice as many; units are
    then quarters of a pair. With `keep_one` it is the other way round: everyone is with at least one
    person from an earlier group, and whoever has nobody is a unit.
    """

    title: ClassVar[Message] = message("New faces")
    help: ClassVar[Message] = message(
        "Students who shared an earlier group meet others now; or the other way round, "
        "everyone keeps someone they know."
    )

    kind: Literal["new-faces"] = "new-faces"
    columns: tuple[str, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    half_after: int | None = Field(default=None, ge=1, le=MOST_COLUMNS)
    keep_one: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if self.keep_one and self.half_after is not None:
            raise SettingError("faces-half")
        return self

    @property
    def price(self) -> int:
        """Return what one unit costs: a pair who met last, or a student, is as much as in any rule."""
        return PRICES[self.importance] * self.unit // self._full

    @property
    def _full(self) -> int:
        return 1 if self.half_after is None else FULL

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        columns = shortened(self.columns)
        if self.keep_one:
            return message("Someone from an earlier group ({columns})", columns=columns)
        return message("New faces ({columns})", columns=columns)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the earlier groups."""
        return self.columns

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns; say who was in no earlier group, and refuse groups of half a year."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        if self.met_at_most(roster) > MOST_MET:
            return [self._too_many()]
        missing = [s.id for s in roster.students if not any(_group(s, one) for one in self.columns)]
        if missing:
            meaning = plural_message(
                "The rule leaves this student free.", "The rule leaves them free.", len(missing)
            )
            problems.append(missing_answers(roster, missing, self.columns[-1], meaning))
        return problems

    def _too_many(self) -> Problem:
        return Problem(
            code="faces-many",
            level=Level.ERROR,
            message=message(
                "Rule “{rule}”: the earlier groups are so large that nearly everyone has met.",
                rule=self.label(),
            ),
            hint=message("Choose columns with small groups; a class or a year is no group."),
            column=self.columns[-1],
        )

    def met_at_most(self, roster: Roster) -> int:
        """Return how many pairs shared a group, who did so twice counted twice."""
        sizes = (len(those) for heading in self.columns for those in groups_of(roster, heading).values())
        return sum(size * (size - 1) // 2 for size in sizes)

    def weight(self, heading: str) -> int:
        """Return the units of a pair who last shared a group in a column."""
        if self.half_after is None:
            return 1
        terms = len(self.columns) - 1 - self.columns.index(heading)
        return max(1, FULL >> (terms // self.half_after))

    def met(self, roster: Roster) -> dict[tuple[int, int], int]:
        """Return the pairs who shared a group, as places in the class list, with their units."""
        found: dict[tuple[int, int], int] = {}
        for heading in self.columns:  # a later one takes the place of an earlier one
            weight = self.weight(heading)
            for those in groups_of(roster, heading).values():
                found |= dict.fromkeys(combinations(those, 2), weight)
        return found

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the pairs who met; or for everyone who met somebody the company of one of them."""
        met = self.met(roster)
        if not met:
            return []
        if not self.keep_one:
            pairs, weights = np.asarray(list(met), np.int64), np.asarray(list(met.values()), np.int64)
            return [PairCost(must=self.must, price=self.price, pairs=pairs, weights=weights)]
        knows: dict[int, set[int]] = {}
        for one, other in met:
            knows.setdefault(one, set()).add(other)
            knows.setdefault(other, set()).add(one)
        return [
            CompanyCost(
                must=self.must,
                price=self.price,
                students=np.asarray([place], np.int64),
                others=np.asarray(sorted(knows[place]), np.int64),
            )
            for place in sorted(knows)
        ]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as students, as pairs, or as so many pairs of the latest term."""
        if self.keep_one:
            return super().natural(units, roster)
        if units % self._full:
            return message("as much as {pairs} pairs from last time", pairs=units / self._full)
        return plural_message("1 pair", "{n} pairs", units // self._full)

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say whom of an earlier group the student would be with."""
        student = roster.by_id[company.student]
        known = [one for one in company.others if self._last_shared(student, roster.by_id[one])]
        if known:
            return message(
                "{name} is with {names} from an earlier group.",
                name=roster.shown_names[student.id],
                names=shortened(roster.names(known), most=3),
            )
        others = (one for one in roster.students if one.id != student.id)
        if not self.keep_one or not any(self._last_shared(student, one) for one in others):
            return None
        return message(
            "Nobody from an earlier group of {name} is in {group}.",
            name=roster.shown_names[student.id],
            group=company.group,
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say the same: who was in a group with whom is known to both."""
        return self.in_company(roster, company)

    def _last_shared(self, one: Student, other: Student) -> str | None:
        """Return the latest column in which two students were in one group."""
        return next(
            (h for h in reversed(self.columns) if _group(one, h) and has(other.answer(h), one.answer(h))),
            None,
        )

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who met before; or who is with nobody from before."""
        if self.keep_one:
            return [*self._without_anybody(roster, groups)]
        return [finding for group in groups for finding in self._again(roster, group)]

    def _again(self, roster: Roster, group: Group) -> Iterator[Finding]:
        students = [roster.by_id[one] for one in group.members]
        pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for one, other in combinations(students, 2):
            heading = self._last_shared(one, other)
            if heading is not None:
                pairs.setdefault((heading, _group(one, heading)), []).append((one.id, other.id))
        for (heading, _), those in pairs.items():
            ids = tuple(dict.fromkeys(one for pair in those for one in pair))
            sentence = message(
                "{names} were in one group before: “{group}” in {column}.",
                names=shortened(roster.names(ids)),
                group=roster.by_id[ids[0]].answer(heading).strip(),
                column=heading,
            )
            units = len(those) * self.weight(heading)
            yield Finding(message=sentence, group=group.name, students=ids, units=units)

    def _without_anybody(self, roster: Roster, groups: Sequence[Group]) -> Iterator[Finding]:
        met = met_before(roster, self.columns)
        for group in groups:
            for student in group.members:
                known = met.get(student, frozenset())
                if known and not known & set(group.members):
                    sentence = message(
                        "{name} is with nobody from an earlier group.", name=roster.shown_names[student]
                    )
                    yield Finding(message=sentence, group=group.name, students=(student,), units=1)


def _group(student: Student, heading: str) -> str:
    """Return the earlier group of a student as it counts in a comparison; empty for none."""
    answer = normalize_text(student.answer(heading))
    return "" if answer in NO_GROUP or is_nothing(answer) else answer


def groups_of(roster: Roster, heading: str) -> Mapping[str, list[int]]:
    """Return the earlier groups in a column, each with the places of its members in the class list.

    Parameters
    ----------
    roster : Roster
    heading : str

    Returns
    -------
    mapping of str to list of int
    """
    found: dict[str, list[int]] = {}
    for place, student in enumerate(roster.students):
        name = _group(student, heading)
        if name:
            found.setdefault(name, []).append(place)
    return found


def met_before(roster: Roster, columns: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return whom everyone met in an earlier group, by id: told from the answers, one column at a time.

    Parameters
    ----------
    roster : Roster
    columns : sequence of str

    Returns
    -------
    dict of str to frozenset of str
        Without those who were in none.
    """
    met: dict[str, frozenset[str]] = {}
    for heading in columns:
        answers: dict[str, set[str]] = {}
        for student in roster.students:
            if _group(student, heading):
                answers.setdefault(_group(student, heading), set()).add(student.id)
        for those in answers.values():
            for one in those:
                met[one] = met.get(one, frozenset()) | (those - {one})
    return met
