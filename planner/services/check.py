"""What a class list holds and whether rules fit it, as one result for people and for scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from planner.model.domain import ColumnKind, Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Language
from planner.rosters import ColumnGuess, Reading
from planner.rules import Rules
from planner.rules.demand import time_demand, topic_demand
from planner.rules.suggest import suggestions
from planner.services.plan import check as check_rules

VERSION = 1  # of the JSON; a key that is renamed or goes makes it one more
PERSONAL = frozenset(
    {
        ColumnKind.STUDENT_NUMBER,
        ColumnKind.EMAIL,
        ColumnKind.USERNAME,
        ColumnKind.LMS_KEY,
        ColumnKind.NAME,
        ColumnKind.FIRST_NAME,
        ColumnKind.INFIX,
        ColumnKind.LAST_NAME,
        ColumnKind.PEER,
        ColumnKind.NOT_WITH,
        ColumnKind.TEXT,
        ColumnKind.SENSITIVE,
    }
)


@dataclass(frozen=True)
class CheckResult:
    """A class list as it was read, and what rules say of it.

    Attributes
    ----------
    reading : Reading
    rules : Rules
    of_rules : tuple of Problem
        What the rules assume of the list, and what is wrong with them for it.
    no_plan : NoPlan or None
        Where counting alone shows that the rules cannot hold.
    """

    reading: Reading
    rules: Rules
    of_rules: tuple[Problem, ...] = ()
    no_plan: NoPlan | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything worth saying, of the files first."""
        known = () if self.no_plan is None else self.no_plan.problems
        return (*self.reading.problems, *self.of_rules, *known)

    @property
    def fits(self) -> bool:
        """Whether the list can be read and nothing shows that the rules cannot hold."""
        return self.no_plan is None and all(one.level is not Level.ERROR for one in self.problems)

    def require(self) -> None:
        """Refuse a class list that cannot be read, and rules that do not fit it.

        Raises
        ------
        InputError
            With what is in the way.
        """
        self.reading.require()
        errors = [one for one in self.of_rules if one.level is Level.ERROR]
        if errors:
            raise InputError(errors)

    def as_dict(self, language: Language) -> dict[str, Any]:
        """Return the result with keys that stay, for JSON; texts are in a language.

        Parameters
        ----------
        language : {"nl", "en"}

        Returns
        -------
        dict
        """
        roster = self.reading.roster
        ideas = suggestions(roster) if roster is not None else None
        return {
            "version": VERSION,
            "language": language,
            "fits": self.fits,
            "source": self.reading.source.text(language),
            "students": None if roster is None else len(roster.students),
            "columns": [_column(one, language) for one in self.reading.columns],
            "problems": [_problem(one, language) for one in self.problems],
            "suggestions": []
            if ideas is None
            else [
                {
                    "on": rule in ideas.on,
                    "title": rule.label().text(language),
                    "rule": rule.model_dump(mode="json", exclude_none=True),
                }
                for rule in (*ideas.on, *ideas.ideas)
                if rule.kind != "apart"  # pairs of names are for the coordinator alone
            ],
            "unanswered": len(self.reading.unanswered),
            **({} if roster is None or not self.fits else _demand(self.rules, roster)),
            "personal_data": ["columns[].examples", "problems[].message", "problems[].way_out"],
        }


def check_list(reading: Reading, rules: Rules) -> CheckResult:
    """Hold rules against a class list that was read; nothing is raised.

    Parameters
    ----------
    reading : Reading
    rules : Rules

    Returns
    -------
    CheckResult
    """
    if reading.roster is None:
        return CheckResult(reading, rules)
    try:
        return CheckResult(reading, rules, check_rules(rules, reading.roster))
    except InputError as error:
        return CheckResult(reading, rules, tuple(error.problems))
    except NoPlan as error:
        return CheckResult(reading, rules, no_plan=error)


def _demand(rules: Rules, roster: Roster) -> dict[str, Any]:
    """Return how many want each topic and can meet when; nothing where that is not asked for."""
    topics, times = topic_demand(rules, roster), time_demand(rules, roster)
    found: dict[str, Any] = {}
    if topics:
        found["topics"] = [
            {"name": one.name, "choices": list(one.by_step), "groups": list(one.groups)} for one in topics
        ]
    if times:
        found["times"] = [{"moment": one.moment, "free": one.free} for one in times]
    return found


def _column(column: ColumnGuess, language: Language) -> dict[str, Any]:
    return {
        "heading": column.heading,
        "file": column.file,
        "meaning": column.kind.value,
        "reason": None if column.reason is None else column.reason.text(language),
        "corrected": column.corrected,
        "examples": list(column.examples),
        "personal": column.kind in PERSONAL,
    }


def _problem(problem: Problem, language: Language) -> dict[str, Any]:
    return {
        "code": problem.code,
        "level": problem.level.value,
        "message": problem.message.text(language),
        "way_out": None if problem.hint is None else problem.hint.text(language),
        "file": problem.file,
        "row": problem.row,
        "column": problem.column,
    }
