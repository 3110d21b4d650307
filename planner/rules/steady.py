"""A group can lose any one member and still hold every `must` rule, so that nobody has to move.

Each `must` rule has its own way to be one dropout away from broken:

================  ================================================================
size              a group of the smallest size
never alone       one or two of a value: when one of two leaves, the other is alone
limit             exactly `at_least` of the value
wish              a student with one wished peer here and more elsewhere
mix               as few of a value (or of the others) as its share rounded down allows
balance           a member without whom the others are too far from the class
================  ================================================================

At most so many, shared moments, one answer per group, apart and together cannot break
when somebody leaves. For a balance "whoever leaves" takes a pair of costs for every
student: above `MOST_BALANCED` students it is told of every group, and costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import floor, lcm
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import PrivateAttr, field_validator

from planner.model.domain import (
    Finding,
    Group,
    Importance,
    Roster,
)
from planner.model.instance import (
    ANY_LOW,
    AnyCost,
    CompanyCost,
    SumCost,
)
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.rules.balance import DECIMALS, Balance, numbers
from planner.rules.base import Rule, Shape
from planner.rules.column_values import has, values_of
from planner.rules.goals import Linked, with_goals
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.people import lookup
from planner.rules.setting_error import SettingError
from planner.rules.size import Size
from planner.rules.wish import Wish

MOST_BALANCED = 60  # students; with more, costs of a balance would slow down every engine

Reason = tuple[Group, Message, int]  # what would break there, and units


class Steady(Rule):
    """Groups that can lose anyone; a unit for each member whose leaving would break a `must` rule.

    For a spread (`mix`) the unit is one student short of being able to lose one.
    It reads the other rules of the course, which `beside` hands to it.
    """

    title: ClassVar[Message] = message("Can spare a member")
    help: ClassVar[Message] = message(
        "Prefers groups that can lose any one member without breaking a required rule, so that nobody has "
        "to move."
    )

    importances: ClassVar[tuple[Importance, ...]] = (Importance.IMPORTANT, Importance.NICE)

    kind: Literal["steady"] = "steady"
    _others: tuple[Rule, ...] = PrivateAttr(default=())

    @field_validator("importance")
    @classmethod
    def _never_a_must(cls, importance: Importance) -> Importance:
        if importance not in cls.importances:
            raise SettingError("steady-must")
        return importance

    def beside(self, rules: Iterable[Rule]) -> Steady:
        """Return this rule for a course with these rules; only the `must` ones count."""
        aware = self.model_copy()
        aware._others = tuple(rule for rule in rules if rule.must)
        return aware

    def _read(self, roster: Roster) -> Iterator[tuple[Rule, Roster]]:
        """Yield the other rules, each with the class list that it reads."""
        for rule in self._others:
            if isinstance(rule, Linked):
                yield rule.rule, with_goals(roster, rule.goals, rule.language)
            else:
                yield rule, roster

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Groups can spare a member")

    def check(self, roster: Roster) -> list[Problem]:
        """Say where no group can lose anyone, whatever the plan, and what plans are not chosen by."""
        one_size = [
            self._one_size(r) for r in self._others if isinstance(r, Size) and r.smallest == r.largest
        ]
        if len(roster.students) <= MOST_BALANCED:
            return one_size
        balances = [rule for rule, _ in self._read(roster) if isinstance(rule, Balance)]
        return one_size + [self._only_reported(rule) for rule in balances]

    def _one_size(self, rule: Size) -> Problem:
        return Problem(
            code="steady-one-size",
            level=Level.NOTE,
            message=message(
                "Rule “{rule}”: with groups of exactly {size}, a group that loses someone is too small.",
                rule=self.label(),
                size=rule.smallest,
            ),
            hint=message("Allow groups of {size} to {more}.", size=rule.smallest, more=rule.smallest + 1),
        )

    def _only_reported(self, rule: Balance) -> Problem:
        return Problem(
            code="steady-balance",
            level=Level.NOTE,
            message=message(
                "Rule “{rule}”: for “{other}” you see which groups can lose a member. With more than "
                "{most} students, this does not influence how groups are made.",
                rule=self.label(),
                other=rule.label(),
                most=MOST_BALANCED,
            ),
            column=rule.column,
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return, for each other `must` rule, a cost of being one dropout away from broken."""
        return [
            replace(cost, must=False, price=self.price)
            for rule, seen in self._read(roster)
            if type(rule) in COSTS
            for cost in COSTS[type(rule)](rule, seen, shape)
        ]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Count the groups that can lose anyone; say of the others what would break."""
        filled = [group for group in groups if group.members]
        many = len(roster.students) > MOST_BALANCED
        found = [
            Finding(
                message=sentence,
                group=group.name,
                students=group.members,
                units=0 if many and type(rule) is Balance else units,
            )
            for rule, seen in self._read(roster)
            if type(rule) in REASONS
            for group, sentence, units in REASONS[type(rule)](rule, seen, filled)
            if units
        ]
        unsteady = {finding.group for finding in found}
        steady = sum(group.name not in unsteady for group in filled)
        summary = plural_message(
            "One of {groups} groups can spare any member without breaking a required rule.",
            "{n} of {groups} groups can spare any member without breaking a required rule.",
            steady,
            groups=len(groups),
        )
        return [Finding(message=summary), *found]


# Compiled: prices are filled in later.


def _size_costs(rule: Size, roster: Roster, _shape: Shape) -> list[AnyCost]:
    ones = np.full(len(roster.students), rule.smallest, np.int64)
    return [SumCost(must=False, price=1, weights=ones, low=rule.smallest * (rule.smallest + 1))]


def _company_costs(rule: NeverAlone, roster: Roster, shape: Shape) -> list[AnyCost]:
    return [
        replace(cost, at_least=2) for cost in rule.compile(roster, shape) if isinstance(cost, CompanyCost)
    ]


def _limit_costs(rule: Limit, roster: Roster, shape: Shape) -> list[AnyCost]:
    least = rule.at_least or 0
    return [
        replace(cost, weights=cost.weights * least, low=least * (least + 1), high=1 << 60)
        for cost in rule.compile(roster, shape)
        if isinstance(cost, SumCost) and least
    ]


def _wish_costs(rule: Wish, roster: Roster, shape: Shape) -> list[AnyCost]:
    """Company of two; the only wish of somebody goes with the peer who leaves."""
    return [
        replace(cost, at_least=2)
        for cost in rule.compile(roster, shape)
        if isinstance(cost, CompanyCost) and len(cost.others) > 1
    ]


def _mix_costs(rule: Mix, roster: Roster, shape: Shape) -> list[AnyCost]:
    """A count one above the share, rounded down, of a class and a group that are one smaller.

    With n students, of whom t have the value, a group of s that loses one of its c
    holders has c - 1 >= floor((s - 1)(t - 1) / (n - 1)), which is linear once it is
    multiplied by n - 1. It asks something only of sizes for which the floor is not zero.
    """
    n = len(roster.students)
    costs: list[AnyCost] = []
    for value in values_of(roster, rule.column):
        mark = np.asarray([has(s.answer(rule.column), value) for s in roster.students], np.int64)
        if mark.all():
            continue
        for holds in (mark, 1 - mark):
            left = int(holds.sum()) - 1
            sizes = [size for size in range(1, shape.largest + 1) if (size - 1) * left >= n - 1]
            if sizes:
                weights = (n - 1) * holds - left
                costs.append(
                    SumCost(
                        must=False, price=1, weights=weights, low=1 - left, step=n - 1, from_size=sizes[0]
                    )
                )
    return costs


def _balance_costs(rule: Balance, roster: Roster, _shape: Shape) -> list[AnyCost]:
    """For each student a cost that is only alive in their own group, on either side.

    Without student j the class mean moves by c_j / (K - 1), with c the distances from
    the mean and K the students with a number. What the others in the group of j then
    add up to, less what `within` allows each, is linear; a weight on j that nobody
    else reaches makes it count in no other group.
    """
    values = numbers(roster, rule.column)
    known = [value for value in values.values() if value is not None]
    if len(set(known)) < 2 or rule.within is None or len(values) > MOST_BALANCED:
        return []
    mean = sum(known, Fraction(0)) / len(known)
    far = [Fraction(0) if value is None else value - mean for value in values.values()]
    counts = [value is not None for value in values.values()]
    within = Fraction(rule.within).limit_denominator(DECIMALS)
    costs: list[AnyCost] = []
    for j, distance in enumerate(far):
        shift = distance / (len(known) - 1) if counts[j] else Fraction(0)
        without_j = [c + shift * there for c, there in zip(far, counts, strict=True)]
        for side in (1, -1):
            weights = [side * one - within for one in without_j]
            scale = lcm(*(weight.denominator for weight in weights))
            whole = [int(weight * scale) for weight in weights]
            only_here = sum(map(abs, whole)) + 1
            whole[j] = only_here
            costs.append(
                SumCost(
                    must=False,
                    price=1,
                    weights=np.asarray(whole, np.int64),
                    low=ANY_LOW,
                    high=only_here,
                    step=2 * only_here,
                )
            )
    return costs


COSTS: Mapping[type[Rule], Callable[[Any, Roster, Shape], list[AnyCost]]] = {
    Size: _size_costs,
    NeverAlone: _company_costs,
    Limit: _limit_costs,
    Wish: _wish_costs,
    Mix: _mix_costs,
    Balance: _balance_costs,
}


# Audited: counted on names and answers.


def _size_reasons(rule: Size, _roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    for group in groups:
        short = max(0, rule.smallest + 1 - len(group.members))
        yield group, message("If someone leaves, this group is too small."), rule.smallest * short


def _company_reasons(rule: NeverAlone, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    for value in rule.minded(roster):
        holders = _holders(roster, rule.column, value)
        if len(holders) == len(roster.students):
            continue
        sentence = message(
            "If one with “{value}” in {column} leaves, someone is the only one.",
            value=value,
            column=rule.column,
        )
        for group in groups:
            here = len(holders & set(group.members))
            yield group, sentence, here * max(0, 3 - here)


def _limit_reasons(rule: Limit, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    least, holders = rule.at_least or 0, _holders(roster, rule.column, rule.wanted(roster))
    sentence = message(
        "If one with {column} = {value} leaves, there are too few.", column=rule.column, value=rule.value
    )
    for group in groups:
        yield group, sentence, least * max(0, least + 1 - len(holders & set(group.members)))


def _wish_reasons(rule: Wish, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    ids = lookup(roster)
    for group in groups:
        for student in group.members:
            wished = rule._peers(roster.by_id[student], ids)
            if len(wished) > 1:
                name = roster.shown_names[student]
                sentence = message("{name} has just one person from their wishes here.", name=name)
                yield group, sentence, max(0, 2 - len(wished & set(group.members)))


def _mix_reasons(rule: Mix, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    class_size = len(roster.students)
    for value in values_of(roster, rule.column):
        holders = _holders(roster, rule.column, value)
        if len(holders) == class_size:
            continue
        sentence = message("{value}: if one leaves, the spread is no longer even.", value=value)
        for group in groups:
            here, size = len(holders & set(group.members)), len(group.members)
            short = 0
            for count, total in ((here, len(holders)), (size - here, class_size - len(holders))):
                share = Fraction((size - 1) * (total - 1), class_size - 1)
                short += max(0, floor(share) + 1 - count) if share >= 1 else 0
            yield group, sentence, short


def _balance_reasons(rule: Balance, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    """Take each member out of the class, and hold the others against the mean of who is left."""
    values = numbers(roster, rule.column)
    total = sum((value for value in values.values() if value is not None), Fraction(0))
    known = sum(value is not None for value in values.values())
    within = Fraction(rule.within or 0).limit_denominator(DECIMALS)
    for group in groups:
        needed = []
        for leaver in group.members:
            gone = values[leaver]
            left = known - (gone is not None)
            mean = (total - (gone or 0)) / left if left else Fraction(0)
            others = [values[student] for student in group.members if student != leaver]
            distance = abs(sum((value - mean for value in others if value is not None), Fraction(0)))
            needed += [leaver] if distance > len(others) * within else []
        sentence = message(
            "{column} stays within {within} of the class as long as these stay: {names}.",
            column=rule.column,
            within=float(within),
            names=shortened(roster.names(needed)),
        )
        yield group, sentence, len(needed)


def _holders(roster: Roster, column: str, value: str) -> set[str]:
    return {student.id for student in roster.students if has(student.answer(column), value)}


REASONS: Mapping[type[Rule], Callable[[Any, Roster, Sequence[Group]], Iterator[Reason]]] = {
    Size: _size_reasons,
    NeverAlone: _company_reasons,
    Limit: _limit_reasons,
    Wish: _wish_reasons,
    Mix: _mix_reasons,
    Balance: _balance_reasons,
}
