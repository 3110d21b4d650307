"""All that a coordinator can ask of one course: group sizes, rules, roles and the term."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from planner.model import role_catalogue
from planner.model.base import Frozen
from planner.model.domain import Group, Roster, Student
from planner.model.problems import Level, Problem
from planner.model.reports import Importance, RuleReport
from planner.model.term import TermSettings
from planner.model.text import Language, message
from planner.model.values import normalize_text
from planner.rules.apart import Apart
from planner.rules.balance import Balance
from planner.rules.base import Rule, Shape
from planner.rules.class_settings import Classes
from planner.rules.goals import GoalSettings, Linked, check_goals
from planner.rules.group_settings import GroupSizes
from planner.rules.limit import Limit
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces
from planner.rules.overlap import Overlap
from planner.rules.participation import Participation
from planner.rules.people import NamedStudents
from planner.rules.refresh_outlook import refresh_outlook
from planner.rules.replan_settings import RerunSettings
from planner.rules.resource_checks import check_resources
from planner.rules.resource_rules import resource_rules
from planner.rules.resources import Resources
from planner.rules.role_checks import check_roles
from planner.rules.role_coverage import RoleCoverage
from planner.rules.role_settings import RoleSettings
from planner.rules.setting_error import SettingError
from planner.rules.similar import Similar
from planner.rules.size import PreferredSize, Size
from planner.rules.steady import Steady
from planner.rules.term_checks import check_term
from planner.rules.together import Together
from planner.rules.topic_settings import Topic, Topics
from planner.rules.tutor_settings import Tutor
from planner.rules.wish import Wish

MOST_RULES = 1_000
MOST_RESOURCES = 2_000  # topics, tutors or rooms
MOST_PAIRS = 100_000  # that rules name by student
MOST_COUNTED = 20_000_000  # students times what rules count apart: numbers that every search keeps

AnyRule = Annotated[
    Balance
    | Mix
    | Similar
    | NeverAlone
    | Participation
    | Overlap
    | Limit
    | Apart
    | Together
    | Wish
    | NewFaces
    | Steady,
    Field(discriminator="kind"),
]
AnyNamed = Topic | Tutor | Room
KINDS: dict[str, type[Rule]] = {
    "balance": Balance,
    "mix": Mix,
    "similar": Similar,
    "never-alone": NeverAlone,
    "participation": Participation,
    "overlap": Overlap,
    "limit": Limit,
    "apart": Apart,
    "together": Together,
    "wish": Wish,
    "new-faces": NewFaces,
    "steady": Steady,
}


SECTIONS_BESIDE = ("classes", "topics", "topic", "tutor", "meetings", "room")  # what groups may have more


class Rules(Frozen):
    """Everything asked for one course; what a rules file holds.

    The rules themselves are `rule`, as in a file, where each begins with ``[[rule]]``; who makes
    them in Python may say `rules`.

    Examples
    --------
    >>> import planner
    >>> rules = planner.Rules(
    ...     language="en",
    ...     groups=planner.GroupSizes(size=(3, 5), prefer=4),
    ...     rules=[planner.Balance(column="Grade"), planner.Mix(column="Programme")],
    ... )
    >>> [rule.label().text("en") for rule in rules.rule]
    ['Balance on Grade', 'Mix Programme']
    """

    language: Language = "nl"
    groups: GroupSizes = GroupSizes()
    rule: tuple[AnyRule, ...] = Field(default=(), max_length=MOST_RULES)
    roles: RoleSettings = RoleSettings()
    term: TermSettings = TermSettings()
    goals: GoalSettings = GoalSettings()
    rerun: RerunSettings = RerunSettings()
    classes: Classes | None = None
    topics: Topics | None = None
    topic: tuple[Topic, ...] = Field(default=(), max_length=MOST_RESOURCES)
    tutor: tuple[Tutor, ...] = Field(default=(), max_length=MOST_RESOURCES)
    meetings: Meetings | None = None
    room: tuple[Room, ...] = Field(default=(), max_length=MOST_RESOURCES)

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            language: Language = "nl",
            groups: GroupSizes = ...,
            rules: Sequence[Rule] = ...,
            rule: Sequence[Rule] = ...,
            roles: RoleSettings = ...,
            term: TermSettings = ...,
            goals: GoalSettings = ...,
            rerun: RerunSettings = ...,
            classes: Classes | None = None,
            topics: Topics | None = None,
            topic: Sequence[Topic] = ...,
            tutor: Sequence[Tutor] = ...,
            meetings: Meetings | None = None,
            room: Sequence[Room] = ...,
        ) -> None: ...

    @model_serializer(mode="wrap")
    def _only_what_is_asked(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        """Leave out topics, tutors, meetings and classes that nobody asked for."""
        written: dict[str, object] = write(self)
        return {key: value for key, value in written.items() if value or key not in SECTIONS_BESIDE}

    @model_validator(mode="before")
    @classmethod
    def _rules_of_a_script(cls, given: Any) -> Any:
        """Take `rules` for `rule`; in a file that name is refused before, as every unknown one is."""
        if not isinstance(given, dict) or "rules" not in given or "rule" in given:
            return given
        return {("rule" if name == "rules" else name): value for name, value in given.items()}

    @model_validator(mode="after")
    def _on_the_clock_of_the_term(self) -> Rules:
        """Let rules about moments know the zone and the dates of the course."""
        placed = tuple(rule.on_clock(self.term.clock) for rule in self.rule)
        if any(one is not other for one, other in zip(placed, self.rule, strict=True)):
            self.__dict__["rule"] = placed
        return self

    @field_validator("rule")
    @classmethod
    def _not_too_many_pairs(cls, rules: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
        named = (len(rule.students) for rule in rules if isinstance(rule, NamedStudents))
        if sum(count * (count - 1) // 2 for count in named) > MOST_PAIRS:
            raise SettingError("pairs-many")
        return rules

    @field_validator("topic", "tutor", "room")
    @classmethod
    def _once_each(cls, listed: tuple[AnyNamed, ...], info: ValidationInfo) -> tuple[AnyNamed, ...]:
        if len({normalize_text(one.name) for one in listed}) < len(listed):
            raise SettingError(f"{info.field_name}-twice")
        return listed

    @property
    def resources(self) -> Resources:
        """What groups have besides members, as far as it is asked for."""
        return Resources(
            topics=self.topics,
            topic=self.topic,
            tutor=self.tutor,
            meetings=self.meetings,
            room=self.room,
            clock=self.term.clock,
        )

    @property
    def role_names(self) -> tuple[str, ...]:
        """The roles of this course, in the coordinator's order."""
        return role_catalogue.default_names(self.language) if self.roles.names is None else self.roles.names

    def shape(self, groups: int) -> Shape:
        """Return the shape of a plan with so many groups."""
        smallest, largest = self.groups.size
        return Shape(groups=groups, smallest=smallest, largest=largest, resources=self.resources.kinds)

    def active(self) -> tuple[Rule, ...]:
        """Return every rule a plan is held against, the ones from settings included.

        Sizes come first, then the rules in the coordinator's order, then roles, then what groups have
        besides members. Where one size is allowed, there is none to prefer.
        """
        smallest, largest = self.groups.size
        before: tuple[Rule, ...] = (Size(smallest=smallest, largest=largest),)
        if smallest < largest:
            before = (*before, PreferredSize(prefer=self.groups.preferred))
        names = self.role_names
        coverage: tuple[Rule, ...] = ()
        if names and self.roles.opt_out:
            coverage = (RoleCoverage(roles=names, opt_out=self.roles.opt_out),)
        asked, beside = (
            tuple(Linked.of(rule, self.goals, self.language) for rule in some)
            for some in (self.rule, (*self.within_classes, *resource_rules(self.resources)))
        )
        every = (*before, *asked, *coverage, *beside)
        return tuple(rule.beside(every) if isinstance(rule, Steady) else rule for rule in every)

    @property
    def beside_members(self) -> tuple[str, ...]:
        """What every group has besides members: those of `planner.model.domain.BESIDE_MEMBERS` asked for."""
        classes = () if self.classes is None else ("class",)
        return (*classes, *self.resources.kinds)

    @property
    def within_classes(self) -> tuple[Similar, ...]:
        """The rule that a group stays within a class, where there are classes."""
        if self.classes is None:
            return ()
        return (Similar(column=self.classes.column, importance=Importance.MUST),)

    def class_of(self, students: Iterable[Student]) -> str | None:
        """Return the class that some students of a group are in; None where there are no classes."""
        answers = (one.answer(self.classes.column).strip() for one in students) if self.classes else ()
        return next(filter(None, answers), None)

    def headings(self) -> tuple[str, ...]:
        """Return the headings that the rules and the cards read, each once."""
        read = [heading for rule in self.active() for heading in rule.headings()]
        own_words = [self.goals.column] if self.goals.column and self.goals.shareable else []
        wished = [self.roles.wish] if self.roles.wish and self.role_names else []
        return tuple(dict.fromkeys([*read, *wished, *own_words]))

    def group_names(self, count: int) -> tuple[str, ...]:
        """Return the labels of `count` groups, numbered from 1."""
        pattern = self.groups.names or {"nl": "Groep {n}", "en": "Group {n}"}[self.language]
        return tuple(pattern.replace("{n}", str(number)) for number in range(1, count + 1))

    def check(self, roster: Roster) -> list[Problem]:
        """Return what is wrong with the rules for a class list, and what they assume."""
        too_many = self._check_counted(roster)
        if too_many:
            return too_many
        problems = [problem for rule in self.active() for problem in rule.check(roster)]
        problems += check_term(self.term, beside_members=bool(self.resources.kinds))
        problems += check_resources(self.resources, roster)
        problems += check_roles(self.role_names, self.roles, self.groups, roster)
        problems += check_goals(self.goals, roster)
        if any(problem.level is Level.ERROR for problem in problems):
            return problems
        return [*problems, *refresh_outlook(self.term, self.groups.size, len(roster.students))]

    def _check_counted(self, roster: Roster) -> list[Problem]:
        """Refuse more to count than there is memory for, before anything of that size is made."""
        counted = [(rule.counted(roster), rule) for rule in self.active()]
        total = sum(count for count, _ in counted)
        if total * len(roster.students) <= MOST_COUNTED:
            return []
        _, largest = max(counted, key=lambda one: one[0])
        return [
            Problem(
                code="too-much-to-count",
                level=Level.ERROR,
                message=message(
                    "With {students} students the rules can count {most} different answers together; "
                    "these are {n}, most of them in “{rule}”.",
                    students=len(roster.students),
                    most=MOST_COUNTED // len(roster.students),
                    n=total,
                    rule=largest.label(),
                ),
                hint=message("Leave that rule out, or choose a column with fewer different answers."),
            )
        ]

    def audit(self, roster: Roster, groups: Sequence[Group]) -> tuple[RuleReport, ...]:
        """Report on finished groups, rule by rule.

        Parameters
        ----------
        roster : Roster
        groups : sequence of Group
            With nobody who is not in the class list.

        Returns
        -------
        tuple of RuleReport
            In the order of `active`.
        """
        return tuple(rule.report(roster, groups) for rule in self.active())
