"""One named peer granted where possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from planner.model.base import MOST_COLUMNS
from planner.model.domain import Group, Roster, Student
from planner.model.instance import AnyCost, CompanyCost
from planner.model.mentions import Mention, mentions
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.rules.base import Company, Rule, Shape
from planner.rules.column_rule import check_headings
from planner.rules.people import did_you_mean_student, lookup


class Wish(Rule):
    """Everyone who named peers has at least one of them in the group; whoever has none is a unit."""

    title: ClassVar[Message] = message("Wish")
    help: ClassVar[Message] = message("Everyone who named fellow students is with at least one of them.")

    kind: Literal["wish"] = "wish"
    columns: tuple[str, ...] = Field(min_length=1, max_length=MOST_COLUMNS)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return message("One wish granted ({columns})", columns=self.columns)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the wishes."""
        return self.columns

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns; name the wishes that fit nobody in the class list."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        ids = lookup(roster)
        return [
            self._unknown_wish(student, heading, wish.written, roster)
            for student in roster.students
            for heading, wish in self._written(student, ids)
            if wish.student in (None, student.id)
        ]

    def _unknown_wish(self, student: Student, heading: str, wish: str, roster: Roster) -> Problem:
        hint = message("Write a student number instead.")
        return Problem(
            code="unknown-wish",
            level=Level.ASSUMED,
            message=message(
                "{name}'s wish “{wish}” does not point to exactly one other student; it does not count.",
                name=roster.shown_names[student.id],
                wish=wish,
            ),
            hint=did_you_mean_student(wish, roster, hint, but=student.id),
            column=heading,
            item=message("{name} (“{wish}”)", name=roster.shown_names[student.id], wish=wish),
            together=message(
                "Wishes that do not point to exactly one other student do not count: {items}.", items=()
            ),
        )

    def written(self, roster: Roster) -> frozenset[str]:
        """Return all that anybody wrote as a wish."""
        ids = lookup(roster)
        return frozenset(
            wish.written for student in roster.students for _, wish in self._written(student, ids)
        )

    def _written(self, student: Student, ids: Mapping[str, str]) -> list[tuple[str, Mention]]:
        return [
            (heading, wish) for heading in self.columns for wish in mentions(student.answer(heading), ids)
        ]

    def _peers(self, student: Student, ids: Mapping[str, str]) -> set[str]:
        found = {wish.student for _, wish in self._written(student, ids)}
        return {peer for peer in found if peer is not None and peer != student.id}

    def wished(self, student: Student, roster: Roster) -> tuple[str, ...]:
        """Return the ids of whom a student named, in their order.

        Parameters
        ----------
        student : Student
        roster : Roster

        Returns
        -------
        tuple of str
            Only wishes that point to exactly one other student.
        """
        found = (wish.student for _, wish in self._written(student, lookup(roster)))
        return tuple(dict.fromkeys(one for one in found if one is not None and one != student.id))

    def wishers(self, roster: Roster) -> tuple[str, ...]:
        """Return the ids of those whose wishes point to at least one other student."""
        ids = lookup(roster)
        return tuple(one.id for one in roster.students if self._peers(one, ids))

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the company that each student wishes for."""
        ids = lookup(roster)
        costs: list[AnyCost] = []
        for place, student in enumerate(roster.students):
            peers = sorted(roster.position[peer] for peer in self._peers(student, ids))
            if peers:
                costs.append(
                    CompanyCost(
                        must=self.must,
                        price=self.price,
                        students=np.asarray([place], np.int64),
                        others=np.asarray(peers, np.int64),
                    )
                )
        return costs

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say how many of those who wished are with nobody they wished for."""
        return plural_message(
            "one of {wishers} students with a wish is with nobody they wished for",
            "{n} of {wishers} students with a wish are with nobody they wished for",
            units,
            wishers=len(self.wishers(roster)),
        )

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say with whom of their wishes the student is."""
        one, name = roster.by_id[company.student], roster.shown_names[company.student]
        wished = self.wished(one, roster)
        here = [peer for peer in wished if peer in company.others]
        if here:
            return message("{name} is with {names}, as wished.", name=name, names=roster.names(here))
        if not wished:
            return None
        return message("No one {name} asked for is in {group}.", name=name, group=company.group)

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say the same: a wish of one's own is no secret."""
        return self.in_company(roster, company)

    def no_longer(self, roster: Roster, finding: Finding) -> Message | None:
        """Say whose wish is granted now."""
        return message("A wish of {names} is granted.", names=roster.names(finding.students))

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who is with none of the peers they wished for."""
        ids = lookup(roster)
        found = []
        for group in groups:
            for student in group.members:
                peers = self._peers(roster.by_id[student], ids)
                if peers and not peers & set(group.members):
                    found.append(
                        Finding(
                            message=message(
                                "No one {name} asked for is in this group.",
                                name=roster.shown_names[student],
                            ),
                            group=group.name,
                            students=(student,),
                            units=1,
                        )
                    )
        return found
