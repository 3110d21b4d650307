"""Rules about one column, and what is told of a column that is not there or not filled in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import Field

from planner.model.domain import Column, Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import did_you_mean, shortened
from planner.rules.base import Rule


class ColumnRule(Rule):
    """A rule about one column of the class list."""

    column: str = Field(min_length=1)

    def headings(self) -> tuple[str, ...]:
        """Return the one heading this rule reads."""
        return (self.column,)

    def check(self, roster: Roster) -> list[Problem]:
        """Check that the column exists and name who has no answer in it."""
        problems = check_headings(self, roster)
        return problems or self.check_answers(roster)

    def check_answers(self, roster: Roster) -> list[Problem]:
        """Say who has no answer in the column and what that means here."""
        missing = [s.id for s in roster.students if not s.answer(self.column).strip()]
        return (
            [missing_answers(roster, missing, self.column, self.without_answer(len(missing)))]
            if missing
            else []
        )

    def without_answer(self, missing: int) -> Message:
        """Return what a missing answer means for this rule, where so many have none."""
        return plural_message("The rule leaves this student free.", "The rule leaves them free.", missing)


def check_headings(rule: Rule, roster: Roster) -> list[Problem]:
    """Return an error for each heading that a rule reads and the class list does not have.

    Parameters
    ----------
    rule : Rule
    roster : Roster

    Returns
    -------
    list of Problem
    """
    return [
        unknown_heading(rule, heading, roster.columns)
        for heading in rule.headings()
        if heading not in roster.headings
    ]


def unknown_heading(rule: Rule, heading: str, columns: Iterable[Column]) -> Problem:
    """Return the error for a column that is not in the class list, with the nearest one.

    Parameters
    ----------
    rule : Rule
    heading : str
        What was asked for.
    columns : iterable of Column
        What there is to choose from.

    Returns
    -------
    Problem
    """
    known = [column.heading for column in columns]
    otherwise = (
        message("Columns you can use: {known}.", known=known)
        if known
        else message("This class list has no columns that a rule can use.")
    )
    return Problem(
        code="unknown-column",
        level=Level.ERROR,
        message=message(
            "Rule “{rule}”: the class list has no column “{heading}”.", rule=rule.label(), heading=heading
        ),
        hint=did_you_mean(heading, known, otherwise),
        column=heading,
    )


def missing_answers(roster: Roster, missing: Sequence[str], heading: str, meaning: Message) -> Problem:
    """Return the line that lists who has no answer in a column, and what that means.

    Parameters
    ----------
    roster : Roster
    missing : sequence of str
        Ids.
    heading : str
    meaning : Message
        A sentence of its own: what the rule does with them.

    Returns
    -------
    Problem
    """
    return Problem(
        code="missing-answers",
        level=Level.ASSUMED,
        message=plural_message(
            "One student has no answer in “{heading}”: {names}. {meaning}",
            "{n} students have no answer in “{heading}”: {names}. {meaning}",
            len(missing),
            heading=heading,
            names=shortened(roster.names(missing)),
            meaning=meaning,
        ),
        column=heading,
    )
