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

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import PrivateAttr, field_validator

from planner.model.domain import Group, Roster
from planner.model.instance import (
    AnyCost,
)
from planner.model.problems import Level, Problem
from planner.model.reports import Finding, Importance
from planner.model.text import Message, message, plural_message
from planner.rules.balance import Balance
from planner.rules.base import Rule, Shape
from planner.rules.goals import Linked, with_goals
from planner.rules.setting_error import SettingError
from planner.rules.size import Size
from planner.rules.steady_costs import COSTS, MOST_BALANCED
from planner.rules.steady_reasons import REASONS


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
