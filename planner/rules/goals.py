"""Personal goals: what people want to learn, linked to the learning goals of the course.

The link makes a column that no class list has. Rules can name it like any other:
`Linked` gives them a class list with that column in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Self

from pydantic import Field, field_validator, model_validator

from planner.model.base import MOST_STUDENTS, Frozen
from planner.model.domain import Column, ColumnKind, Group, Roster, Student
from planner.model.instance import AnyCost
from planner.model.problems import Level, Problem
from planner.model.reports import Finding as Found
from planner.model.reports import RuleReport
from planner.model.term_clock import TermClock
from planner.model.text import (
    Language,
    Message,
    message,
    plural_message,
)
from planner.model.values import normalize_text
from planner.model.wording import did_you_mean
from planner.rules.base import Company, Rule, Shape
from planner.rules.column_rule import unknown_heading
from planner.rules.goal_words import suggested_goal
from planner.rules.people import did_you_mean_student
from planner.rules.setting_error import SettingError

HEADINGS: Mapping[Language, str] = {"nl": "Leerdoel van het vak", "en": "Course goal"}
MOST_GOALS = 20
LONGEST_GOAL = 2_000  # signs


class GoalSettings(Frozen):
    """What people want to learn, and the learning goals of the course.

    Attributes
    ----------
    column : str or None
        The column with what people want to learn: their own words, or a choice.
    shareable : bool
        Whether their own words may stand on the card of their group.
    course : tuple of str
        The learning goals of the course.
    links : dict
        Learning goal by student id, as set by hand; an empty text is no goal. Who
        is not in it is linked by the words that they share with a goal.
    name : str or None
        Heading of the column with the linked goals; None is "Leerdoel van het vak"
        or "Course goal".
    """

    column: str | None = Field(default=None, min_length=1)
    shareable: bool = False
    course: tuple[Annotated[str, Field(max_length=LONGEST_GOAL)], ...] = ()
    links: dict[str, str] = Field(default_factory=dict, max_length=MOST_STUDENTS)
    name: str | None = Field(default=None, min_length=1, max_length=LONGEST_GOAL)

    @field_validator("course")
    @classmethod
    def _once_each(cls, course: tuple[str, ...]) -> tuple[str, ...]:
        folded = [normalize_text(goal) for goal in course]
        if len(set(folded)) < len(folded) or not all(folded):
            raise SettingError("goal-twice")
        if len(folded) > MOST_GOALS:
            raise SettingError("goals-many")
        return course

    @model_validator(mode="after")
    def _links_to_goals(self) -> GoalSettings:
        if any(goal and goal not in self.course for goal in self.links.values()):
            raise SettingError("goal-link")
        return self

    def heading(self, language: Language) -> str:
        """Return the heading of the column with the linked goals."""
        return self.name or HEADINGS[language]

    def words(self, student: Student) -> str:
        """Return what a student wants to learn, in their own words."""
        return " ".join(student.answer(self.column).split()) if self.column else ""

    def goal(self, student: Student) -> str:
        """Return the learning goal of a student: set by hand, else suggested; empty where there is none."""
        if student.id in self.links:
            return self.links[student.id]
        return suggested_goal(self.words(student), self.course)


def check_goals(goals: GoalSettings, roster: Roster) -> list[Problem]:
    """Refuse links of nobody; say where people's own words are not there: their cards do without them.

    Parameters
    ----------
    goals : GoalSettings
    roster : Roster

    Returns
    -------
    list of Problem
    """
    return check_links(goals, roster) or _check_words(goals, roster)


def _check_words(goals: GoalSettings, roster: Roster) -> list[Problem]:
    heading = goals.column
    if not goals.shareable or heading is None or heading in roster.headings:
        return []
    return [
        Problem(
            code="goals-column",
            level=Level.ASSUMED,
            message=message(
                "The class list has no column “{heading}”; the cards leave room to write instead.",
                heading=heading,
            ),
            hint=did_you_mean(heading, roster.headings),
            column=heading,
        )
    ]


def check_links(goals: GoalSettings, roster: Roster) -> list[Problem]:
    """Refuse links of students who are not in the class list.

    Parameters
    ----------
    goals : GoalSettings
    roster : Roster

    Returns
    -------
    list of Problem
    """
    return [_unknown_link(one, roster) for one in goals.links if one not in roster.by_id]


def _unknown_link(wanted: str, roster: Roster) -> Problem:
    hint = message("Under [goals.links], write the student number as it is in the class list.")
    return Problem(
        code="unknown-student",
        level=Level.ERROR,
        message=message("Links of learning goals: {wanted} is not in the class list.", wanted=wanted),
        hint=did_you_mean_student(wanted, roster, hint),
    )


def links_here(goals: GoalSettings, roster: Roster) -> GoalSettings:
    """Return the goals with only the links of students who are in the class list.

    Parameters
    ----------
    goals : GoalSettings
    roster : Roster

    Returns
    -------
    GoalSettings
    """
    links = {one: goal for one, goal in goals.links.items() if one in roster.by_id}
    return goals if links == goals.links else goals.model_copy(update={"links": links})


def with_goals(roster: Roster, goals: GoalSettings, language: Language) -> Roster:
    """Return a class list with a column of linked learning goals.

    Parameters
    ----------
    roster : Roster
    goals : GoalSettings
    language : Language
        Of the heading, where the course did not name it.

    Returns
    -------
    Roster
        The column of that heading is replaced, not doubled.
    """
    heading = goals.heading(language)
    students = tuple(
        student.model_copy(update={"answers": {**student.answers, heading: goals.goal(student)}})
        for student in roster.students
    )
    others = tuple(column for column in roster.columns if column.heading != heading)
    return Roster(students=students, columns=(*others, Column(heading=heading, kind=ColumnKind.CATEGORY)))


class Linked(Rule):
    """A rule about the linked learning goals: the rule itself, on a class list that has them."""

    title: ClassVar[Message] = message("Learning goals")
    help: ClassVar[Message] = message(
        "What students want to learn, linked to the learning goals of the course."
    )

    rule: Rule
    goals: GoalSettings
    language: Language

    @classmethod
    def of(cls, rule: Rule, goals: GoalSettings, language: Language) -> Rule:
        """Wrap a rule where it names the column of linked goals; return any other as it is.

        Parameters
        ----------
        rule : Rule
        goals : GoalSettings
            Of the course.
        language : Language
            Of the course.

        Returns
        -------
        Rule
        """
        if goals.column is None or goals.heading(language) not in rule.headings():
            return rule
        return cls(kind=rule.kind, importance=rule.importance, rule=rule, goals=goals, language=language)

    def _seen(self, roster: Roster) -> Roster:
        return with_goals(roster, self.goals, self.language)

    def label(self) -> Message:
        """Return the rule as the coordinator would name it."""
        return self.rule.label()

    def headings(self) -> tuple[str, ...]:
        """Return the headings this rule reads: people's own words instead of the linked goals."""
        linked = self.goals.heading(self.language)
        own = self.goals.column or ""
        return tuple(dict.fromkeys(own if heading == linked else heading for heading in self.rule.headings()))

    def on_clock(self, clock: TermClock) -> Self:
        """Return the same about the rule on a clock."""
        return self.model_copy(update={"rule": self.rule.on_clock(clock)})

    def check(self, roster: Roster) -> list[Problem]:
        """Check that there are words to link, and say how many links nobody has looked at."""
        if self.goals.column not in roster.headings:
            return [unknown_heading(self, self.goals.column or "", roster.columns)]
        suggested = sum(
            student.id not in self.goals.links and bool(self.goals.goal(student))
            for student in roster.students
        )
        problems = self.rule.check(self._seen(roster))
        return [*problems, self._suggested(suggested)] if suggested else problems

    def _suggested(self, suggested: int) -> Problem:
        return Problem(
            code="goals-suggested",
            level=Level.ASSUMED,
            message=plural_message(
                "Rule “{rule}”: one student is linked to a learning goal by the words they share.",
                "Rule “{rule}”: {n} students are linked to a learning goal by the words they share.",
                suggested,
                rule=self.label(),
            ),
            hint=message("Check the links on the page Cards, or write them under [goals.links]."),
            column=self.goals.column,
        )

    def compile(self, roster: Roster, shape: Shape) -> list[AnyCost]:
        """Return the costs of the rule itself."""
        return self.rule.compile(self._seen(roster), shape)

    def counted(self, roster: Roster) -> int:
        """Return how many numbers the rule itself keeps."""
        return self.rule.counted(self._seen(roster))

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as the rule itself says them."""
        return self.rule.natural(units, self._seen(roster))

    def shortfall(self, short: int, groups: int, units: int, roster: Roster) -> Message:
        """Say it as the rule itself does."""
        return self.rule.shortfall(short, groups, units, self._seen(roster))

    def slight(self, units: int, roster: Roster) -> bool:
        """Whether the rule itself finds it less than people would put into figures."""
        return self.rule.slight(units, self._seen(roster))

    def in_company(self, roster: Roster, company: Company) -> Message | None:
        """Say what the rule itself says."""
        return self.rule.in_company(self._seen(roster), company)

    def for_student(self, roster: Roster, company: Company) -> Message | None:
        """Say what the rule itself says."""
        return self.rule.for_student(self._seen(roster), company)

    def no_longer(self, roster: Roster, finding: Found) -> Message | None:
        """Say what the rule itself says."""
        return self.rule.no_longer(self._seen(roster), finding)

    def findings(self, roster: Roster, groups: Sequence[Group]) -> list[Found]:
        """Return what the rule itself finds."""
        return self.rule.findings(self._seen(roster), groups)

    def told(self, roster: Roster, groups: Sequence[Group]) -> Message | None:
        """Say what the rule itself says."""
        return self.rule.told(self._seen(roster), groups)

    @property
    def price(self) -> int:
        """Return what one unit of the rule itself costs."""
        return self.rule.price

    def report(self, roster: Roster, groups: Sequence[Group]) -> RuleReport:
        """Return the account of the rule itself."""
        return self.rule.report(self._seen(roster), groups)
