"""The members of a group are free at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, Self

from pydantic import Field, PrivateAttr

from planner.model.base import MOST_COLUMNS
from planner.model.clock_words import HOUR
from planner.model.domain import Group, Roster
from planner.model.free_times import FreeTimes
from planner.model.instance import AnyCost, OverlapCost, packed
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.term_clock import TermClock
from planner.model.text import Message, message, plural_message
from planner.model.timetable import Slot, starts_of
from planner.model.wording import shortened
from planner.rules.base import Company, Rule, Shape
from planner.rules.column_rule import check_headings, missing_answers
from planner.rules.whose_clock import check_clock

MOST_TIMES = 2_016  # a week in pieces of five minutes


class TimedRule(Rule):
    """A rule that tells times on the clock of the course."""

    _clock: TermClock = PrivateAttr(default=TermClock())

    def __eq__(self, other: object) -> bool:
        """Whether the same is asked; whose clock it is told on is asked of the term."""
        return type(other) is type(self) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """Return a number that is the same where the same is asked."""
        return hash(tuple(self.__dict__.values()))

    def on_clock(self, clock: TermClock) -> Self:
        """Return the rule for a course with a time zone and dates."""
        if clock == self._clock:
            return self
        rule = self.model_copy()
        rule._clock = clock
        return rule


class Overlap(TimedRule):
    """At least `at_least` slots that every member has; each slot short is a unit.

    One column holds several answers ("ma ochtend; di middag"), or each slot has a
    column of its own, with yes or no, or with parts of a day. A column may also say when
    people cannot; see `planner.model.free_times`. With `together` a slot counts only where that many
    hours begin with it at which everyone is free, in one piece.
    """

    title: ClassVar[Message] = message("Free together")
    help: ClassVar[Message] = message("Every group has times when all members are free.")

    kind: Literal["overlap"] = "overlap"
    columns: tuple[str, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    at_least: int = Field(default=1, ge=1, le=MOST_TIMES)
    together: float | None = Field(default=None, gt=0, le=24)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if self.together is not None:
            return plural_message(
                "At least one shared time of {hours} in one piece in {columns}",
                "At least {n} shared times of {hours} in one piece in {columns}",
                self.at_least,
                hours=hours(self.together),
                columns=shortened(self.columns),
            )
        return plural_message(
            "At least one shared time in {columns}",
            "At least {n} shared times in {columns}",
            self.at_least,
            columns=shortened(self.columns),
        )

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the slots."""
        return self.columns

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns and the number of slots; say who counts as always free, and whose clock it is."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        times = self.times(roster)
        count = len(times.every) if self.together is None else len(self._starts(times))
        if self.together is not None and times.every and not count:
            return [self._no_hours()]
        if not count or self.at_least > count or len(times.every) > MOST_TIMES:
            return [self._slots_problem(count)]
        missing = [s.id for s in roster.students if not times.answered(s)]
        if missing:
            meaning = plural_message(
                "This student counts as free at any time.", "They count as free at any time.", len(missing)
            )
            problems.append(missing_answers(roster, missing, self.columns[0], meaning))
        return [*problems, *check_clock(times, roster, self.columns[0], self._clock)]

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
            hint=message("Combine time slots, so that there are at most {most}.", most=MOST_TIMES)
            if slots > MOST_TIMES
            else message("Choose a column with times, or ask for fewer shared times."),
            column=self.columns[0],
        )

    def _no_hours(self) -> Problem:
        return Problem(
            code="slots",
            level=Level.ERROR,
            message=message(
                "Rule “{rule}”: the times in these columns are never that long in one piece, or do not say "
                "from when to when they last.",
                rule=self.label(),
            ),
            hint=message("Ask for a shorter time in one piece, or for shared times without it."),
            column=self.columns[0],
        )

    def times(self, roster: Roster) -> FreeTimes:
        """Return who is free when."""
        return FreeTimes.known(self.columns, roster, self._clock)

    def slots(self, roster: Roster) -> list[str]:
        """Return every slot that somebody has, as first written, in order of appearance."""
        return list(self.times(roster).every)

    def _starts(self, times: FreeTimes) -> list[int]:
        """Return the moments that are asked for in one piece, each as the bits of its moments."""
        place = {slot: bit for bit, slot in enumerate(times.slots)}
        found = starts_of(times.slots, self._minutes)
        return [sum(1 << place[slot] for slot in slots) for slots in found]

    @property
    def _minutes(self) -> int:
        return round((self.together or 0) * HOUR)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return one bit per slot, or per place where long enough a time begins; no answer is every bit."""
        times = self.times(roster)
        free = times.free(roster.students, None if self.together is None else self._starts(times))
        masks = packed(free, self.at_least)
        return [OverlapCost(must=self.must, price=self.price, masks=masks, at_least=self.at_least)]

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as shared moments."""
        return plural_message("1 shared time", "{n} shared times", units)

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say how many groups have too few moments."""
        if self.together is not None:
            return plural_message(
                "one of {groups} groups has too few of these times",
                "{n} of {groups} groups have too few of these times",
                short,
                groups=groups,
            )
        if self.at_least == 1:
            return plural_message(
                "one of {groups} groups has no shared time",
                "{n} of {groups} groups have no shared time",
                short,
                groups=groups,
            )
        return plural_message(
            "one of {groups} groups has fewer than {at_least} shared times",
            "{n} of {groups} groups have fewer than {at_least} shared times",
            short,
            groups=groups,
            at_least=self.at_least,
        )

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Give the moments at which everyone in a group is free."""
        times = self.times(roster)
        return [self._finding(roster, group, times) for group in groups if group.members]

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
                    return message(
                        "All in {group} who answered are free: {slots}.", group=company.group, slots=shown
                    )
                return message(
                    "All {size} in {group} are free: {slots}.",
                    size=company.size,
                    group=company.group,
                    slots=shown,
                )
            if finding.units and self.together is not None:
                long = hours(self.together)
                if not known:
                    return message(
                        "{group} has no {hours} in one piece when all who answered are free.",
                        group=company.group,
                        hours=long,
                    )
                return message(
                    "{group} has no {hours} in one piece when all {size} are free.",
                    group=company.group,
                    hours=long,
                    size=company.size,
                )
            if finding.units:
                if not known:
                    return message("{group} has no time when all who answered are free.", group=company.group)
                return message(
                    "{group} has no time when all {size} are free.", group=company.group, size=company.size
                )
        return None

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say when all are free, as the cards of the groups do; in a pair only what is asked of every group.

        That two are never free together tells a student when the other is not. So a pair is told
        the same whatever both answered: where times are told, having none would tell as much.
        """
        return self._asked_of_groups() if company.is_pair else self.in_company(roster, company)

    def _finding(self, roster: Roster, group: Group, times: FreeTimes) -> Finding:
        answers = {student: times.of(roster.by_id[student]) for student in group.members}
        given = [set(answer) for answer in answers.values() if answer is not None]
        shared = [slot for slot in times.every if all(slot in answer for answer in given)]
        silent = roster.names([student for student, answer in answers.items() if answer is None])
        counted, count = self._counted(shared, times)
        if shared and not count and self.together is not None:
            sentence = _too_short(self.together, times.ranges(shared))
        else:
            sentence = _told(times.ranges(counted), silent, len(silent) == len(answers))
        return Finding(message=sentence, group=group.name, units=max(0, self.at_least - count))

    def shared(self, roster: Roster, group: Group) -> Sequence[str]:
        """Return the moments that count at which everyone in a group is free.

        Parameters
        ----------
        roster : Roster
        group : Group

        Returns
        -------
        sequence of str
        """
        times = self.times(roster)
        given = [answer for one in group.members if (answer := times.of(roster.by_id[one])) is not None]
        alike = set(times.every).intersection(*given)
        return self._counted([slot for slot in times.every if slot in alike], times)[0]

    def _counted(self, shared: Sequence[str], times: FreeTimes) -> tuple[Sequence[str], int]:
        """Return the shared moments that count, and how often what is asked for begins with one of them."""
        if self.together is None:
            return shared, len(shared)
        pieces = [(piece, self._begins(piece)) for piece in times.pieces(shared)]
        counted = [slot.text for piece, often in pieces if often for slot in piece]
        return counted, sum(often for _, often in pieces)

    def _begins(self, piece: Sequence[Slot]) -> int:
        left = [sum(slot.minutes for slot in piece[at:]) for at in range(len(piece))]
        return sum(minutes >= self._minutes for minutes in left)


def hours(number: float) -> Message:
    """Return a number of hours in words."""
    if number.is_integer():
        return plural_message("1 hour", "{n} hours", int(number))
    return message("{hours} hours", hours=number)


def _too_short(together: float, shared: Sequence[str]) -> Message:
    return message(
        "No {hours} in one piece when all are free; shorter: {shorter}.",
        hours=hours(together),
        shorter=shared,
    )


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
