"""The members of a group are free at the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from planner.model.domain import (
    MOST_COLUMNS,
    Finding,
    Group,
    Roster,
    Student,
)
from planner.model.instance import MOST_SLOTS, AnyCost, OverlapCost
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.model.week_order import in_week_order
from planner.model.wording import shortened
from planner.rules.base import Company, Rule, Shape, check_headings, missing_answers
from planner.rules.free import FreeTimes


class Overlap(Rule):
    """At least `at_least` slots that every member has; each slot short is a unit.

    One column holds several answers ("ma ochtend; di middag"), or each slot has a
    column of its own, with yes or no, or with parts of a day. A column may also say when
    people cannot; see `planner.rules.free`.
    """

    title: ClassVar[Message] = message("Free together")
    help: ClassVar[Message] = message("Every group has times when all members are free.")

    kind: Literal["overlap"] = "overlap"
    columns: tuple[str, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    at_least: int = Field(default=1, ge=1, le=MOST_SLOTS)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return plural_message(
            "At least one shared time in {columns}",
            "At least {n} shared times in {columns}",
            self.at_least,
            columns=self.columns,
        )

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the slots."""
        return self.columns

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns and the number of slots; say who counts as always free."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        times = self.times(roster)
        # Far too many are not looked at for every student.
        slots = times.every if len(times.every) > MOST_SLOTS else _slots(times, roster.students)
        if not slots or self.at_least > len(slots) or len(slots) > MOST_SLOTS:
            return [self._slots_problem(len(slots))]
        missing = [s.id for s in roster.students if not times.answered(s)]
        if missing:
            meaning = plural_message(
                "This student counts as free at any time.", "They count as free at any time.", len(missing)
            )
            problems.append(missing_answers(roster, missing, self.columns[0], meaning))
        return problems

    def _slots_problem(self, slots: int) -> Problem:
        return Problem(
            code="slots",
            level=Level.ERROR,
            message=plural_message(
                "Rule “{rule}”: the class list has one time slot in these columns.",
                "Rule “{rule}”: the class list has {n} different time slots in these columns.",
                slots,
                rule=self.label(),
            ),
            hint=message("Combine time slots, so that there are at most {most}.", most=MOST_SLOTS)
            if slots > MOST_SLOTS
            else message("Choose a column with times, or ask for fewer shared times."),
            column=self.columns[0],
        )

    def times(self, roster: Roster) -> FreeTimes:
        """Return who is free when."""
        return FreeTimes(self.columns, roster)

    def slots(self, roster: Roster) -> list[str]:
        """Return every slot that somebody has, as first written, in order of appearance."""
        return _slots(self.times(roster), roster.students)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return one bit per slot; no answer is every bit."""
        times = self.times(roster)
        bits = {normalize_text(slot): 1 << place for place, slot in enumerate(_slots(times, roster.students))}
        every = (1 << len(bits)) - 1
        masks = []
        for student in roster.students:
            free = times.of(student)
            masks.append(
                every if free is None else sum(bits[key] for key in {normalize_text(slot) for slot in free})
            )
        return [
            OverlapCost(
                must=self.must, price=self.price, masks=np.asarray(masks, np.int64), at_least=self.at_least
            )
        ]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as shared moments."""
        return plural_message("1 shared time", "{n} shared times", units)

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Give the moments at which everyone in a group is free."""
        times = self.times(roster)
        slots = in_week_order(_slots(times, roster.students))
        return [self._finding(roster, group, slots, times) for group in groups if group.members]

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say when all members are free then; of who gave no answer nothing is said."""
        times = self.times(roster)
        members = (company.student, *company.others)
        known = all(times.answered(roster.by_id[one]) for one in members)
        for finding in company.found:
            slots = finding.message.values.get("slots")
            if isinstance(slots, tuple):
                shown = shortened([str(one) for one in slots], most=3)
                if not known:
                    return message("all who answered free: {slots}", slots=shown)
                return message("all {size} free: {slots}", size=company.size, slots=shown)
            if finding.units:
                if not known:
                    return message("no time when all who answered are free")
                return message("no time when all {size} are free", size=company.size)
        return None

    def _finding(self, roster: Roster, group: Group, slots: Sequence[str], times: FreeTimes) -> Finding:
        answers = {student: times.of(roster.by_id[student]) for student in group.members}
        given = [
            {normalize_text(slot) for slot in answer} for answer in answers.values() if answer is not None
        ]
        shared = tuple(slot for slot in slots if all(normalize_text(slot) in answer for answer in given))
        silent = [student for student, answer in answers.items() if answer is None]
        sentence = _told(shared, roster.names(silent), len(silent) == len(answers))
        return Finding(message=sentence, group=group.name, units=max(0, self.at_least - len(shared)))


def _told(shared: Sequence[str], silent: Sequence[str], nobody: bool) -> Message:
    """Say when a group is free, and of whom that is not known."""
    if not shared:
        return message("No time when all are free.")
    if nobody:
        return message("Nobody here said when they are free.")
    if silent:
        names = shortened(silent)
        return message(
            "All who answered are free: {slots}; no answer from {names}.", slots=shared, names=names
        )
    return message("All free: {slots}.", slots=shared)


def free_moments(found: Message) -> Message | None:
    """Return what a finding says of moments, without who gave no answer; None where it says of none."""
    slots = found.values.get("slots")
    if not isinstance(slots, tuple):
        return None
    return message("All who answered are free: {slots}.", slots=slots) if "names" in found.values else found


def _slots(times: FreeTimes, students: Iterable[Student]) -> list[str]:
    written = {normalize_text(slot): slot for slot in times.every}
    for student in students:
        for slot in times.of(student) or ():
            written.setdefault(normalize_text(slot), slot)
    return list(written.values())
