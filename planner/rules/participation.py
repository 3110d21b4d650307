"""Nobody is the only one online, or the only one on site; or each of both has times to meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from planner.model.base import MOST_COLUMNS
from planner.model.domain import Group, Roster
from planner.model.free_times import FreeTimes
from planner.model.instance import AnyCost, CompanyCost, OverlapCost, packed
from planner.model.participation import Mode, modes_of
from planner.model.problems import Level, Problem
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.rules.base import Company, Shape
from planner.rules.column_rule import check_headings, missing_answers
from planner.rules.overlap import MOST_TIMES, Overlap, TimedRule

SAID: Mapping[Mode, Message] = {Mode.ONLINE: message("online"), Mode.ON_SITE: message("on site")}


class Participation(TimedRule):
    """Whoever only takes part online, or only on site, has company there; whoever has none is a unit.

    Who does both keeps either company and needs none. With `columns` it is about times instead: those who
    are online in a group share at least `at_least`, and so do those on site; each time short is a unit.
    Who does both counts with either.
    """

    title: ClassVar[Message] = message("Online and on site")
    help: ClassVar[Message] = message(
        "Nobody is the only one online in a group, or the only one on site. Or, with times: those online can "
        "meet, and those on site can."
    )

    kind: Literal["participation"] = "participation"
    column: str = Field(min_length=1)
    columns: tuple[str, ...] = Field(default=(), max_length=MOST_COLUMNS)
    at_least: int = Field(default=1, ge=1, le=MOST_TIMES)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        if not self.columns:
            return message("Nobody alone online or on site ({column})", column=self.column)
        return plural_message(
            "At least one shared time for those online and for those on site ({columns})",
            "At least {n} shared times for those online and for those on site ({columns})",
            self.at_least,
            columns=shortened(self.columns),
        )

    def headings(self) -> tuple[str, ...]:
        """Return the heading of how people take part, and those of the times."""
        return (self.column, *self.columns)

    def check(self, roster: Roster) -> list[Problem]:
        """Check the columns; name whose answer does not tell, and who is the only one in the class."""
        problems = check_headings(self, roster)
        if problems:
            return problems
        unread = [s.id for s in roster.students if not modes_of(s.answer(self.column))]
        if len(unread) == len(roster.students):
            return [self._tells_nothing()]
        if unread:
            meaning = plural_message(
                "The rule leaves this student free.", "The rule leaves them free.", len(unread)
            )
            problems.append(self._unread(roster, unread, meaning))
        if self.columns:
            return [*problems, *map(self._as_own, self._overlap.check(roster))]
        return [*problems, *self._only_ones(roster)]

    def _as_own(self, problem: Problem) -> Problem:
        """Return what is said of the times as said of this rule."""
        told = problem.message
        if "rule" not in told.values:
            return problem
        own = told.model_copy(update={"values": {**told.values, "rule": self.label()}})
        return problem.model_copy(update={"message": own})

    def _tells_nothing(self) -> Problem:
        return Problem(
            code="no-participation",
            level=Level.ERROR,
            message=message(
                "Rule “{rule}”: no answer in “{heading}” says online or on site.",
                rule=self.label(),
                heading=self.column,
            ),
            hint=message("Choose the column in which students say how they take part."),
            column=self.column,
        )

    def _unread(self, roster: Roster, unread: Sequence[str], meaning: Message) -> Problem:
        if not any(roster.by_id[one].answer(self.column).strip() for one in unread):
            return missing_answers(roster, unread, self.column, meaning)
        return Problem(
            code="unread-participation",
            level=Level.ASSUMED,
            message=plural_message(
                "For one student “{heading}” does not say online or on site: {names}. {meaning}",
                "For {n} students “{heading}” does not say online or on site: {names}. {meaning}",
                len(unread),
                heading=self.column,
                names=shortened(roster.names(unread)),
                meaning=meaning,
            ),
            column=self.column,
        )

    def _only_ones(self, roster: Roster) -> Iterator[Problem]:
        for mode in Mode:
            only, able = self._only(roster, mode), self._able(roster, mode)
            if len(only) == len(able) == 1:
                yield Problem(
                    code="only-one-in-class",
                    level=Level.ERROR if self.must else Level.NOTE,
                    message=message(
                        "Rule “{rule}”: {name} is the only one in the class who takes part {mode}.",
                        rule=self.label(),
                        name=roster.shown_names[roster.students[only[0]].id],
                        mode=SAID[mode],
                    ),
                    hint=message("Make the rule important instead of required.") if self.must else None,
                    column=self.column,
                )

    def _able(self, roster: Roster, mode: Mode) -> list[int]:
        """Return the places of those who take part in a way, or in either."""
        return [place for place, s in enumerate(roster.students) if mode in modes_of(s.answer(self.column))]

    def _only(self, roster: Roster, mode: Mode) -> list[int]:
        return [place for place, s in enumerate(roster.students) if modes_of(s.answer(self.column)) == {mode}]

    @property
    def _overlap(self) -> Overlap:
        """What reads the times, on the same clock."""
        return Overlap(columns=self.columns, at_least=self.at_least).on_clock(self._clock)

    def _times(self, roster: Roster) -> FreeTimes:
        return self._overlap.times(roster)

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return company for those of each mode; or their slots, with everybody else free at any time."""
        if self.columns:
            return self._shared_times(roster)
        costs: list[AnyCost] = []
        for mode in Mode:
            only = np.asarray(self._only(roster, mode), np.int64)
            if len(only):
                able = np.asarray(self._able(roster, mode), np.int64)
                costs.append(CompanyCost(must=self.must, price=self.price, students=only, others=able))
        return costs

    def _shared_times(self, roster: Roster) -> list[AnyCost]:
        free = self._times(roster).free(roster.students)
        costs: list[AnyCost] = []
        for mode in Mode:
            theirs = np.ones_like(free)
            able = self._able(roster, mode)
            theirs[able] = free[able]
            masks = packed(theirs, self.at_least)
            costs.append(OverlapCost(must=self.must, price=self.price, masks=masks, at_least=self.at_least))
        return costs

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as students, or as shared moments."""
        if self.columns:
            return plural_message("1 shared time", "{n} shared times", units)
        return super().natural(units, roster)

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say whether the student would be the only one in a mode."""
        mode = self._one_mode(roster, company.student)
        if mode is None or any(
            mode in modes_of(roster.by_id[one].answer(self.column)) for one in company.others
        ):
            return None
        return message(
            "{name} is the only one in {group} who takes part {mode}.",
            name=roster.shown_names[company.student],
            group=company.group,
            mode=SAID[mode],
        )

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say what is asked of every group: who is the only one learns how all others take part."""
        mode = self._one_mode(roster, company.student)
        if mode is None:
            return None
        return message(
            "Where possible, nobody is the only one in a group who takes part {mode}.", mode=SAID[mode]
        )

    def _one_mode(self, roster: Roster, student: str) -> Mode | None:
        """Return how a student takes part, where that is always in one way and the rule is about it."""
        mine = modes_of(roster.by_id[student].answer(self.column))
        return next(iter(mine)) if len(mine) == 1 and not self.columns else None

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Name who is the only one in a mode; or say when those of each mode are free."""
        told = self._when_free if self.columns else self._alone
        return [finding for group in groups for mode in Mode for finding in told(roster, group, mode)]

    def alone(self, roster: Roster, group: Group, mode: Mode) -> tuple[list[str], list[str]]:
        """Return who only takes part in a way in a group, and all who are company for them.

        Parameters
        ----------
        roster : Roster
        group : Group
        mode : Mode

        Returns
        -------
        tuple of list of str
            Ids.
        """
        modes = {one: modes_of(roster.by_id[one].answer(self.column)) for one in group.members}
        return [one for one in modes if modes[one] == {mode}], [one for one in modes if mode in modes[one]]

    def _alone(self, roster: Roster, group: Group, mode: Mode) -> Iterator[Finding]:
        only, able = self.alone(roster, group, mode)
        if only and len(able) == 1:
            sentence = message(
                "{name} is the only one here who takes part {mode}.",
                name=roster.shown_names[only[0]],
                mode=SAID[mode],
            )
            yield Finding(message=sentence, group=group.name, students=tuple(only), units=1)

    def _when_free(self, roster: Roster, group: Group, mode: Mode) -> Iterator[Finding]:
        _, able = self.alone(roster, group, mode)
        times = self._times(roster)
        answers = [answer for one in able if (answer := times.of(roster.by_id[one])) is not None]
        if not answers:
            return
        shared = [slot for slot in times.every if all(slot in answer for answer in answers)]
        names = shortened(roster.names(able))
        sentence = (
            message(
                "{names}, {mode}: free at {times}.", names=names, mode=SAID[mode], times=times.ranges(shared)
            )
            if shared
            else message("{names}, {mode}: no time when all are free.", names=names, mode=SAID[mode])
        )
        units = max(0, self.at_least - len(shared))
        yield Finding(message=sentence, group=group.name, students=tuple(able), units=units)
