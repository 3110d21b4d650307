"""What groups are to be good for, and what serves it with the columns of a class list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from planner.model.base import Frozen
from planner.model.domain import Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.reports import Importance
from planner.model.term import TermSettings
from planner.model.text import Message, message
from planner.rules.base import Rule
from planner.rules.column_uses import mixable
from planner.rules.never_alone import NeverAlone
from planner.rules.replan_settings import RerunSettings
from planner.rules.settings import Rules
from planner.rules.steady import Steady
from planner.rules.suggest import with_company, with_even_levels, with_mix, with_times, with_wishes

CALM_WEEKS = 2  # that a role stays with somebody in a calm term, at the least


class Purpose(StrEnum):
    """Something that a coordinator wants of groups, before any rule is named."""

    TIME = "time"
    COMPANY = "company"
    LEVEL = "level"
    WISHES = "wishes"
    MIX = "mix"
    CALM = "calm"


class PurposeWords(NamedTuple):
    """What a purpose is called, and what column would serve it."""

    name: Message
    needs: Message


WORDS: Mapping[Purpose, PurposeWords] = {
    Purpose.TIME: PurposeWords(
        message("Time to meet"),
        message("a column with the times at which students can, or cannot, such as “Availability”"),
    ),
    Purpose.COMPANY: PurposeWords(
        message("Nobody on their own"),
        message("a column with a few different answers, such as programme, or online and on campus"),
    ),
    Purpose.LEVEL: PurposeWords(
        message("Even in level"), message("a column with a number for each student, such as an entry grade")
    ),
    Purpose.WISHES: PurposeWords(
        message("With someone they asked for"),
        message("a column in which students name a classmate, such as “Wish 1”"),
    ),
    Purpose.MIX: PurposeWords(
        message("A good mix"), message("a column with a few different answers, such as programme")
    ),
    Purpose.CALM: PurposeWords(message("A calm term"), message("no column at all")),
}


class CourseSettings(Frozen):
    """The settings of a course that a purpose can change.

    Attributes
    ----------
    term : TermSettings
    rerun : RerunSettings
    rotate_every : int
        Weeks that a role stays with somebody; 0 as long as the groups stay.
    """

    term: TermSettings = TermSettings()
    rerun: RerunSettings = RerunSettings()
    rotate_every: int = 1

    @classmethod
    def of(cls, rules: Rules) -> CourseSettings:
        """Return those of a course."""
        return cls(term=rules.term, rerun=rules.rerun, rotate_every=rules.roles.rotate_every)

    def serving(self, purpose: Purpose) -> CourseSettings:
        """Return the settings as a purpose wants them, the others as they are."""
        if purpose is not Purpose.CALM:
            return self
        every = self.rotate_every
        return CourseSettings(
            term=self.term.model_copy(update={"refresh_after": ()}),
            rerun=RerunSettings(),
            rotate_every=every if every == 0 else max(every, CALM_WEEKS),
        )

    def changes_to(self, other: CourseSettings) -> tuple[Message, ...]:
        """Say in which settings another course differs.

        Parameters
        ----------
        other : CourseSettings

        Returns
        -------
        tuple of Message
            Each as a part of a list: "no refresh of the groups".
        """
        found = []
        if other.term.refresh_after != self.term.refresh_after:
            found.append(message("no refresh of the groups"))
        if other.rotate_every != self.rotate_every:
            found.append(message("a role stays {n} weeks", n=other.rotate_every))
        if other.rerun != self.rerun:
            found.append(message("new students do not join a group on their own"))
        return tuple(found)


def serving(purpose: Purpose, roster: Roster) -> tuple[Rule, ...]:
    """Return the rules that serve a purpose with the columns of a class list, none of them a `must`.

    Parameters
    ----------
    purpose : Purpose
    roster : Roster

    Returns
    -------
    tuple of Rule
        Empty where no column fits: `WORDS` has what would.
    """
    return tuple(_SERVE[purpose](roster))


def _all_company(roster: Roster) -> list[Rule]:
    """Return company on each column where it matters; else on the first that people can be told apart by."""
    found = with_company(roster)
    first = [NeverAlone(kind="never-alone", column=heading) for heading in mixable(roster)[:1]]
    return found or list(first)


def _calm(_roster: Roster) -> list[Rule]:
    return [Steady(kind="steady", importance=Importance.NICE)]


_SERVE: Mapping[Purpose, Callable[[Roster], Sequence[Rule]]] = {
    Purpose.TIME: with_times,
    Purpose.COMPANY: _all_company,
    Purpose.LEVEL: lambda roster: with_even_levels(roster)[:1],
    Purpose.WISHES: with_wishes,
    Purpose.MIX: lambda roster: with_mix(roster)[:1],
    Purpose.CALM: _calm,
}


def same(one: Rule, other: Rule) -> bool:
    """Whether two rules ask the same of the same columns, however much they matter.

    Parameters
    ----------
    one : Rule
    other : Rule

    Returns
    -------
    bool
    """
    return (one.kind, one.headings()) == (other.kind, other.headings())


def with_purpose(rules: Rules, purpose: Purpose | str, roster: Roster) -> Rules:
    """Return the rules of a course with those that serve a purpose, and its settings.

    A rule on the same columns stays as it is.

    Parameters
    ----------
    rules : Rules
    purpose : Purpose or str
        ``"time"``, ``"company"``, ``"level"``, ``"wishes"``, ``"mix"`` or ``"calm"``.
    roster : Roster
        The class list, whose columns tell which rules serve it.

    Returns
    -------
    Rules

    Raises
    ------
    InputError
        Where no column of the class list serves it; the text says which would.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.with_purpose(planner.Rules(language="en"), "time", roster)
    >>> [rule.label().text("en") for rule in rules.rule]
    ['At least one shared time in Beschikbaar']
    """
    wanted = Purpose(purpose)
    found = serving(wanted, roster)
    if not found:
        raise InputError([_without_column(wanted)])
    new = tuple(rule for rule in found if not any(same(rule, there) for there in rules.rule))
    settings = CourseSettings.of(rules).serving(wanted)
    return Rules(
        language=rules.language,
        groups=rules.groups,
        rule=(*rules.rule, *new),
        roles=rules.roles.model_copy(update={"rotate_every": settings.rotate_every}),
        term=settings.term,
        goals=rules.goals,
        rerun=settings.rerun,
    )


def needs(purpose: Purpose) -> Message:
    """Say which column would serve a purpose."""
    words = WORDS[purpose]
    return message("“{purpose}” needs {column}.", purpose=words.name, column=words.needs)


def _without_column(purpose: Purpose) -> Problem:
    hint = message("Add it to the class list, or add the answers to a survey.")
    return Problem(code="purpose-without-column", level=Level.ERROR, message=needs(purpose), hint=hint)
