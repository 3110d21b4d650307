"""All that a coordinator can ask of one course: group sizes, rules, roles and the term."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from planner.model import role_catalogue
from planner.model.domain import (
    LARGEST_GROUP,
    LONGEST_TERM,
    MOST_STUDENTS,
    Frozen,
    Group,
    Roster,
    RuleReport,
)
from planner.model.problems import Level, Problem
from planner.model.text import Language, message
from planner.rules.apart import Apart
from planner.rules.balance import Balance
from planner.rules.base import Rule, Shape, nearest
from planner.rules.blocks import refresh_outlook
from planner.rules.goals import GoalSettings, Linked, check_links
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.overlap import Overlap
from planner.rules.people import NamedStudents
from planner.rules.replan_settings import RerunSettings
from planner.rules.role_checks import check_roles
from planner.rules.role_coverage import RoleCoverage
from planner.rules.setting_error import SettingError
from planner.rules.similar import Similar
from planner.rules.size import PreferredSize, Size
from planner.rules.steady import Steady
from planner.rules.together import Together
from planner.rules.wish import Wish

MOST_RULES = 1_000
LONGEST_LABEL = 500  # signs in the name of a group or a role
MOST_PAIRS = 100_000  # that rules name by student

AnyRule = Annotated[
    Balance | Mix | Similar | NeverAlone | Overlap | Limit | Apart | Together | Wish | Steady,
    Field(discriminator="kind"),
]
KINDS: dict[str, type[Rule]] = {
    "balance": Balance,
    "mix": Mix,
    "similar": Similar,
    "never-alone": NeverAlone,
    "overlap": Overlap,
    "limit": Limit,
    "apart": Apart,
    "together": Together,
    "wish": Wish,
    "steady": Steady,
}


class GroupSizes(Frozen):
    """Sizes, number and names of the groups.

    `names` holds ``{n}`` where the number goes; None is "Groep {n}" or "Group {n}".
    """

    size: tuple[int, int] = (3, 5)
    prefer: int | None = Field(default=None, ge=1, le=LARGEST_GROUP)
    count: int | None = Field(default=None, ge=1, le=MOST_STUDENTS)
    names: str | None = Field(default=None, max_length=LONGEST_LABEL)

    @field_validator("size")
    @classmethod
    def _in_order(cls, size: tuple[int, int]) -> tuple[int, int]:
        if not 1 <= size[0] <= size[1]:
            raise SettingError("size-order")
        if size[1] > LARGEST_GROUP:
            raise SettingError("size-large")
        return size

    @field_validator("names")
    @classmethod
    def _numbered(cls, names: str | None) -> str | None:
        if names is not None and names.count("{n}") != 1:
            raise SettingError("names-number")
        return names

    @model_validator(mode="after")
    def _prefer_an_allowed_size(self) -> GroupSizes:
        if self.prefer is not None and not self.size[0] <= self.prefer <= self.size[1]:
            raise SettingError("prefer-outside")
        return self

    @property
    def preferred(self) -> int:
        """The size that groups rather have: as asked, or the middle of the range."""
        return self.prefer if self.prefer is not None else (self.size[0] + self.size[1]) // 2


class RoleSettings(Frozen):
    """Which roles there are; `names` None takes the first four of the catalogue.

    `opt_out` and `wish` are columns: the roles that somebody rather leaves to others,
    and those they like to have. `rotate_every` counts weeks; with 0 a role stays with
    the same person as long as the groups stay, as in a project.
    """

    names: tuple[Annotated[str, Field(max_length=LONGEST_LABEL)], ...] | None = None
    opt_out: str | None = None
    wish: str | None = None
    rotate_every: int = Field(default=1, ge=0, le=LONGEST_TERM)

    @field_validator("names")
    @classmethod
    def _once_each(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if names is not None and len({name.strip().casefold() for name in names}) < len(names):
            raise SettingError("role-twice")
        if names is not None and (len(names) > 8 or any(not name.strip() for name in names)):
            raise SettingError("role-names")
        return names


class TermSettings(Frozen):
    """Weeks of the term, when groups are refreshed, and what a refresh is for.

    With `meet` "familiar" everyone keeps `keep_familiar` of their group members and at
    most `max_moved` of the class moves. With "new" every block has other groups, in
    which as few as can be meet for a second time.
    """

    weeks: int = Field(default=10, ge=1, le=LONGEST_TERM)
    refresh_after: tuple[Annotated[int, Field(ge=0, le=LONGEST_TERM)], ...] = Field(
        default=(), max_length=LONGEST_TERM
    )
    keep_familiar: int = Field(default=1, ge=0, le=LARGEST_GROUP)
    max_moved: float = Field(default=0.25, ge=0, le=1)
    meet: Literal["familiar", "new"] = "familiar"

    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Return the first and the last week of every block."""
        firsts = [1, *(week + 1 for week in sorted(set(self.refresh_after)) if 1 <= week < self.weeks)]
        return tuple(zip(firsts, [*(week - 1 for week in firsts[1:]), self.weeks], strict=True))


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
        ) -> None: ...

    @model_validator(mode="before")
    @classmethod
    def _rules_of_a_script(cls, given: Any) -> Any:
        """Take `rules` for `rule`; in a file that name is refused before, as every unknown one is."""
        if not isinstance(given, dict) or "rules" not in given or "rule" in given:
            return given
        return {("rule" if name == "rules" else name): value for name, value in given.items()}

    @field_validator("rule")
    @classmethod
    def _not_too_many_pairs(cls, rules: tuple[AnyRule, ...]) -> tuple[AnyRule, ...]:
        named = (len(rule.students) for rule in rules if isinstance(rule, NamedStudents))
        if sum(count * (count - 1) // 2 for count in named) > MOST_PAIRS:
            raise SettingError("pairs-many")
        return rules

    @property
    def role_names(self) -> tuple[str, ...]:
        """The roles of this course, in the coordinator's order."""
        return role_catalogue.default_names(self.language) if self.roles.names is None else self.roles.names

    def shape(self, groups: int) -> Shape:
        """Return the shape of a plan with so many groups."""
        return Shape(groups=groups, smallest=self.groups.size[0], largest=self.groups.size[1])

    def active(self) -> tuple[Rule, ...]:
        """Return every rule a plan is held against, the ones from settings included.

        Sizes come first, then the rules in the coordinator's order, then roles. Where
        one size is allowed, there is none to prefer.
        """
        smallest, largest = self.groups.size
        before: tuple[Rule, ...] = (Size(smallest=smallest, largest=largest),)
        if smallest < largest:
            before = (*before, PreferredSize(prefer=self.groups.preferred))
        names = self.role_names
        coverage: tuple[Rule, ...] = ()
        if names and self.roles.opt_out:
            coverage = (RoleCoverage(roles=names, opt_out=self.roles.opt_out),)
        asked = (Linked.of(rule, self.goals, self.language) for rule in self.rule)
        every = (*before, *asked, *coverage)
        return tuple(rule.beside(every) if isinstance(rule, Steady) else rule for rule in every)

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
        problems = [problem for rule in self.active() for problem in rule.check(roster)]
        problems += [*self._check_term(), *check_roles(self, roster), *self._check_goals(roster)]
        if any(problem.level is Level.ERROR for problem in problems):
            return problems
        return [*problems, *refresh_outlook(self, len(roster.students))]

    def _check_term(self) -> list[Problem]:
        late = [week for week in self.term.refresh_after if not 1 <= week < self.term.weeks]
        if not late:
            return []
        return [
            Problem(
                code="refresh-outside-term",
                level=Level.ERROR,
                message=message(
                    "The term has {weeks} weeks; week {week} is no moment to refresh after.",
                    weeks=self.term.weeks,
                    week=late[0],
                ),
                hint=message("Choose a week before the last one."),
            )
        ]

    def _check_goals(self, roster: Roster) -> list[Problem]:
        """Refuse links of nobody; say where people's own words are not there: their cards do without them."""
        unknown = check_links(self.goals, roster)
        return unknown if unknown else self._check_words(roster)

    def _check_words(self, roster: Roster) -> list[Problem]:
        heading = self.goals.column
        if not self.goals.shareable or heading is None or heading in roster.headings:
            return []
        near = nearest(heading, roster.headings)
        return [
            Problem(
                code="goals-column",
                level=Level.ASSUMED,
                message=message(
                    "The class list has no column “{heading}”; the cards leave room to write instead.",
                    heading=heading,
                ),
                hint=message("Did you mean “{near}”?", near=near) if near else None,
                column=heading,
            )
        ]

    def audit(self, roster: Roster, groups: Sequence[Group]) -> tuple[RuleReport, ...]:
        """Return every rule's account of finished groups."""
        return tuple(rule.report(roster, groups) for rule in self.active())
