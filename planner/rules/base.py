"""What every rule is: words for the coordinator, costs for the engines, findings for the audit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from pydantic import Field

from planner.model.base import Frozen
from planner.model.domain import Group, Roster
from planner.model.instance import AnyCost
from planner.model.problems import Problem
from planner.model.reports import Finding, Importance, RuleReport
from planner.model.term_clock import TermClock
from planner.model.text import Message, message, plural_message

PRICES: Mapping[Importance, int] = {Importance.MUST: 1, Importance.IMPORTANT: 5, Importance.NICE: 1}
STUDENT = 100  # the weight of one unit that is a student, a pair or a slot
CROWD = 2  # of the others, with an answer as well as without it: then a number of them points at nobody

IMPORTANCES: Mapping[Importance, Message] = {
    Importance.MUST: message("required"),
    Importance.IMPORTANT: message("important"),
    Importance.NICE: message("nice to have"),
}


class Shape(Frozen):
    """How many groups there are, how large they may be, and what else each has: kinds of `RESOURCES`."""

    groups: int
    smallest: int
    largest: int
    resources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Company:
    """A student among others.

    Attributes
    ----------
    student : str
        Id.
    others : tuple of str
        Ids of the other members of the group.
    found : tuple of Finding
        What a rule finds in this group, with the student in it.
    group : str
        Its name.
    """

    student: str
    others: tuple[str, ...]
    found: tuple[Finding, ...] = ()
    group: str = ""

    @property
    def size(self) -> int:
        """How many are in the group, the student included."""
        return len(self.others) + 1

    def points_at_nobody(self, alike: int) -> bool:
        """Return whether the student may be told how many of the others are alike.

        From none or all of them follows what everybody answered, and one is easily guessed, as is
        everybody but one. In a group of up to four nothing is told of the others.

        Parameters
        ----------
        alike : int
            Of the others, those who gave the same answer.

        Returns
        -------
        bool
        """
        return CROWD <= alike <= len(self.others) - CROWD

    @property
    def is_pair(self) -> bool:
        """Whether there is just one other: what holds of the group then tells on this one."""
        return len(self.others) == 1


class Rule(Frozen, ABC):
    """Something the coordinator wants.

    A rule is written once, in one file, and speaks three languages: `compile`
    for the engines, `findings` for people, `check` for what is wrong or assumed
    in the class list. `findings` counts with its own arithmetic on names and
    answers, never with the compiled costs, so that one can check the other.
    """

    title: ClassVar[Message]
    help: ClassVar[Message]
    unit: ClassVar[int] = STUDENT
    importances: ClassVar[tuple[Importance, ...]] = tuple(Importance)  # that it can have

    kind: str
    importance: Importance = Field(default=Importance.IMPORTANT)

    @property
    def must(self) -> bool:
        """Whether no plan may break this rule."""
        return self.importance is Importance.MUST

    @property
    def price(self) -> int:
        """Return what one unit costs."""
        return PRICES[self.importance] * self.unit

    @abstractmethod
    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""

    def headings(self) -> tuple[str, ...]:
        """Return the headings this rule reads."""
        return ()

    def on_clock(self, clock: TermClock) -> Self:
        """Return the rule for a course with a time zone and dates; most rules know no time.

        Parameters
        ----------
        clock : TermClock

        Returns
        -------
        Rule
        """
        return self

    def check(self, roster: Roster) -> list[Problem]:
        """Return what is wrong with this rule for a class list, and what it assumes.

        Parameters
        ----------
        roster : Roster
            The class list, which need not have the columns that the rule reads.

        Returns
        -------
        list of Problem
            Errors for what no plan could hold or what the class list does not have, with the nearest valid
            name; an assumption for every answer that is missing or read on a guess. Empty where all is well.
        """
        return []

    @abstractmethod
    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Compile the rule to costs, the only form in which engines see it.

        Parameters
        ----------
        roster : Roster
            The class list; a student is known to engines by the position here.
        shape : Shape
            How many groups there will be, and how large.

        Returns
        -------
        list of AnyCost
            In total they count the same units, in every plan, as `findings` does. They are priced at `price`
            and `must` where the rule is; the position of the rule is filled in by `build_instance`.
        """

    @abstractmethod
    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Finding]:
        """Audit finished groups on names and answers, without the compiled costs.

        Parameters
        ----------
        roster : Roster
            The class list.
        groups : sequence of Group
            All groups of a plan; nobody in them is unknown to the class list.

        Returns
        -------
        list of Finding
            What there is to say of each group that is not as the rule wants it, with the units that it is
            off by.
        """

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say what it means for a student to be in a group, in a sentence of its own.

        Parameters
        ----------
        roster : Roster
            The class list, with the student in it.
        company : Company
            The student, the others in the group, and what the rule finds there then.

        Returns
        -------
        Message or None
            None where there is nothing to say of it, or where no words are kept for it.
        """
        return None

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say what a student has in a group, in a sentence that can be sent to this student.

        No answer of anybody else by name is in it, nor anything from which one could be worked out
        (`Company.points_at_nobody`): where a number would give one away it says what the rule asks
        for, in words that are the same whatever the others answered.

        Parameters
        ----------
        roster : Roster
        company : Company
            As for `in_company`.

        Returns
        -------
        Message or None
            None where there is nothing to say, and for rules of which nothing is said to students.
        """
        return None

    def _asked_of_groups(self) -> Message:
        """Return what the rule asks of every group: it tells nothing of what anyone answered."""
        return message("Where possible, every group has this: “{rule}”.", rule=self.label())

    def no_longer(self, roster: Roster, finding: Finding) -> Message | None:
        """Say that something found of some people is so no more.

        Parameters
        ----------
        roster : Roster
        finding : Finding
            Of this rule, with units.

        Returns
        -------
        Message or None
            A sentence that names them; None for rules that speak of groups as a whole.
        """
        return None

    def counted(self, roster: Roster) -> int:
        """Return how many numbers are kept for each student and each group to count this rule."""
        return 1

    def slight(self, units: int, roster: Roster) -> bool:
        """Return whether so many units are less than people would put into figures.

        Parameters
        ----------
        units : int
            As `findings` counts them.
        roster : Roster
            The class list, where its spread gives a unit its size.

        Returns
        -------
        bool
        """
        return False

    def natural(self, units: int, roster: Roster) -> Message:
        """Put a number of units into words: students, unless a rule counts something else.

        Parameters
        ----------
        units : int
            As `findings` counts them.
        roster : Roster
            The class list, where its spread gives a unit its size.

        Returns
        -------
        Message
            A quantity with its noun, to use inside a sentence.
        """
        return plural_message("1 student", "{n} students", units)

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say in how many groups the rule is not met, and by how much in all.

        Parameters
        ----------
        short : int
            Groups in which it is not met.
        groups : int
            Of the plan.
        units : int
            As `findings` counts them, in all groups together.
        roster : Roster

        Returns
        -------
        Message
            A clause, to use inside a sentence.
        """
        return plural_message(
            "not met in one of {groups} groups ({amount})",
            "not met in {n} of {groups} groups ({amount})",
            short,
            groups=groups,
            amount=self.natural(units, roster),
        )

    def told(self, roster: Roster, groups: Sequence[Group]) -> Message | None:
        """Say how finished groups stand by this rule as a whole; None where its findings say all of it.

        Parameters
        ----------
        roster : Roster
        groups : sequence of Group
            As for `findings`.

        Returns
        -------
        Message or None
            A sentence of its own.
        """
        return None

    def report(self, roster: Roster, groups: Sequence[Group]) -> RuleReport:
        """Report on finished groups: the findings, their units and what they cost.

        Parameters
        ----------
        roster : Roster
        groups : sequence of Group
            As for `findings`.

        Returns
        -------
        RuleReport
            Its cost is 0 for a `must` rule, else units times `price`.
        """
        findings = tuple(self.findings(roster, groups))
        units = sum(finding.units for finding in findings)
        return RuleReport(
            kind=self.kind,
            title=self.label(),
            importance=self.importance,
            cost=0 if self.must else units * self.price,
            units=units,
            findings=findings,
            told=self.told(roster, groups),
        )
