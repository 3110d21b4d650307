"""Every group can fill its roles, whoever rather has none of some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import ClassVar, Literal

import numpy as np

from planner.model.domain import Group, Roster, Student
from planner.model.instance import AnyCost, SumCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.role_catalogue import place_of
from planner.model.text import Message, message, plural_message
from planner.model.values import choices, normalize_text
from planner.model.wording import did_you_mean
from planner.rules.base import Rule, Shape
from planner.rules.column_rule import check_headings

EVERY_ROLE = frozenset({"geen", "geen rol", "liever geen rol", "ja", "yes", "none", "no role", "alle", "all"})
NO_ROLE = frozenset({"nee", "no", "-", "—", "geen voorkeur", "no preference"})


class RoleCoverage(Rule):
    """A group can fill its first roles: for every set of them enough members can take one (Hall 1935).

    A group of `size` fills the first `size` roles of the list. Each member short for
    a set of roles is a unit.
    """

    title: ClassVar[Message] = message("Roles can be filled")
    help: ClassVar[Message] = message(
        "Every group has someone for each role, even if some would rather not have one."
    )

    kind: Literal["role-coverage"] = "role-coverage"
    roles: tuple[str, ...]
    opt_out: str

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("Every group can fill its roles")

    def headings(self) -> tuple[str, ...]:
        """Return the heading with the roles that people would rather not have."""
        return (self.opt_out,)

    def check(self, roster: Roster) -> list[Problem]:
        """Check the column; name answers that are no role."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        no_role = EVERY_ROLE | NO_ROLE
        return [
            self._unknown_role(student, answer, roster)
            for student in roster.students
            for answer in choices(student.answer(self.opt_out))
            if normalize_text(answer) not in no_role and place_of(self.roles, answer) is None
        ]

    def _unknown_role(self, student: Student, answer: str, roster: Roster) -> Problem:
        return Problem(
            code="unknown-role",
            level=Level.ASSUMED,
            message=message(
                "{name} would rather not be “{role}”, but this course does not have that role; it "
                "does not count.",
                name=roster.shown_names[student.id],
                role=answer,
            ),
            hint=did_you_mean(answer, self.roles, message("Roles: {roles}.", roles=self.roles)),
            column=self.opt_out,
            item=message("“{role}”", role=answer),
            together=message(
                "Some students would rather not have a role that this course does not have; that does not "
                "count: {items}.",
                items=(),
            ),
        )

    def can_take(self, student: Student) -> frozenset[int]:
        """Return the roles a student can take, as places in `roles`."""
        answers = choices(student.answer(self.opt_out))
        if not EVERY_ROLE.isdisjoint(map(normalize_text, answers)):
            return frozenset()
        return frozenset(range(len(self.roles))).difference(
            place_of(self.roles, answer) for answer in answers
        )

    def _scarce(self, roster: Roster) -> Iterator[tuple[tuple[int, ...], list[bool]]]:
        """Sets of roles that at least one student can take none of, with who can take one."""
        able = [self.can_take(student) for student in roster.students]
        for size in range(1, len(self.roles) + 1):
            for chosen in combinations(range(len(self.roles)), size):
                takers = [bool(mine & set(chosen)) for mine in able]
                if not all(takers):
                    yield chosen, takers

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return a count of possible takers for every set of roles that somebody leaves to others."""
        return [
            SumCost(
                must=self.must,
                price=self.price,
                weights=np.asarray(takers, np.int64),
                low=len(chosen),
                from_size=max(chosen) + 1,
            )
            for chosen, takers in self._scarce(roster)
            if max(chosen) < shape.largest
        ]

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name the roles for which a group has too few people."""
        found = []
        for group in groups:
            able = [self.can_take(roster.by_id[student]) for student in group.members]
            filled = range(min(len(self.roles), len(able)))
            for size in range(1, len(filled) + 1):
                for chosen in combinations(filled, size):
                    short = size - sum(any(role in mine for role in chosen) for mine in able)
                    if short > 0:
                        found.append(self._finding(group, chosen, short))
        return found

    def _finding(self, group: Group, chosen: tuple[int, ...], short: int) -> Finding:
        return Finding(
            message=plural_message(
                "One person short for {roles}.",
                "{n} people short for {roles}.",
                short,
                roles=tuple(self.roles[place] for place in chosen),
            ),
            group=group.name,
            units=short,
        )
