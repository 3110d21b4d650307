"""What a rerun on the page is about: the lists compared, what is asked, and what was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from planner.changes import Changes
from planner.choices import troubled
from planner.course import Course
from planner.domain import Plan, Roster
from planner.exports import Change, ExportFile, Handover, target
from planner.folder import with_presence
from planner.problems import Level, Problem
from planner.reasons import changes_of
from planner.repair import Earlier, next_course
from planner.rules import Rules
from planner.volunteers import Volunteer, volunteers
from planner.wishes import Wishes


@dataclass(frozen=True)
class Compared:
    """The new class list beside the previous plan, and how the rules fit it."""

    rules: Rules  # with the ids of now
    given: Rules  # as the coordinator has them
    roster: Roster
    changes: Changes
    fit: tuple[Problem, ...] = ()

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What has to be put right first."""
        return tuple(one for one in (*self.changes.problems, *self.fit) if one.level is Level.ERROR)

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What the rules assume."""
        return tuple(problem for problem in self.fit if problem.level is not Level.ERROR)


@dataclass(frozen=True)
class Asked:
    """All that a rerun is asked."""

    rules: Rules
    roster: Roster
    earlier: Earlier
    wishes: Wishes
    left: Mapping[str, str]

    def but_for_moves(self, other: Asked) -> bool:
        """Whether another asks the same, except for the extra moves: a point on the same curve."""
        same = (self.rules, self.roster, self.earlier) == (other.rules, other.roster, other.earlier)
        return same and replace(self.wishes, extra_moves=0) == replace(other.wishes, extra_moves=0)


@dataclass(frozen=True, eq=False)
class Made:
    """A plan that a rerun made, and what it changes."""

    asked: Asked
    course: Course
    changed: tuple[Change, ...]
    instead: Mapping[str, tuple[Volunteer, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: Asked, plan: Plan) -> Made:
        """Return the course with the new plan, the groups of before in its history."""
        earlier = asked.earlier
        course = next_course(asked.rules, asked.roster, earlier, plan, locked=asked.wishes)
        instead = volunteers(asked.rules, asked.roster, earlier, asked.wishes, plan)
        changed = changes_of(asked.roster, earlier.groups, plan, asked.left, instead)
        return cls(asked, course, changed, instead)

    @cached_property
    def troubled(self) -> tuple[str, ...]:
        """Groups that lost somebody, or that broke a must rule."""
        return troubled(self.asked.rules, self.asked.roster, self.asked.earlier)

    @property
    def handover(self) -> Handover:
        """What the files for people and for learning systems need to know."""
        return Handover(
            week=self.course.plan.from_week, previous=self.asked.earlier.group_of, changes=self.changed
        )

    @cached_property
    def files(self) -> tuple[ExportFile, ...]:
        """The files of groups, roles and changes.

        Raises
        ------
        InputError
            Where the plan cannot be written.
        """
        now = with_presence(self.course, self.handover)
        return target("groups").write(self.course.roster, self.course.plan, now)
