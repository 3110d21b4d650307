"""A term in stages, and one student's steps through it: as values, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.audit.stability import (
    BlockChange,
    Stability,
    blocks_of,
    stability,
)
from planner.exports.tables import roles_of
from planner.model.domain import Block, Group, group_of
from planner.model.text import Message, message
from planner.plans.course import Course


@dataclass(frozen=True)
class StoryStage:
    """A block of the term, those that are over included.

    Attributes
    ----------
    first, last : int
        Weeks.
    groups : sequence of Group
    change : BlockChange or None
        What changed at its start; None for the first one.
    block : Block or None
        Of the plan; None for a block that is over.
    """

    first: int
    last: int
    groups: Sequence[Group]
    change: BlockChange | None
    block: Block | None


@dataclass(frozen=True)
class StoryStep:
    """Where one student is in a stage.

    Attributes
    ----------
    stage : StoryStage
    group : str
    known, new : tuple of str
        Ids of group members, those met earlier in the term and the others.
    roles : tuple of (int, str)
        Week and role.
    moved : bool
        Whether the group is another one than before.
    """

    stage: StoryStage
    group: str
    known: tuple[str, ...]
    new: tuple[str, ...]
    roles: tuple[tuple[int, str], ...]
    moved: bool


@dataclass(frozen=True)
class Story:
    """The stages of a course's term and how stable it is."""

    course: Course
    stages: tuple[StoryStage, ...]
    stability: Stability

    @classmethod
    def of(cls, course: Course) -> Story:
        """Tell the term of a course."""
        weeks = course.rules.term.weeks
        past = [(version.from_week, version.groups) for version in course.history]
        blocks = blocks_of(course.plan, past)
        measured = stability(course.plan, course.roster, weeks, past)
        lasts = [*(first - 1 for first, _ in blocks[1:]), max(weeks, blocks[-1][0])]
        planned = {block.from_week: block for block in course.plan.blocks}
        stages = tuple(
            StoryStage(first, last, groups, change, planned.get(first))
            for (first, groups), last, change in zip(blocks, lasts, (None, *measured.changes), strict=True)
        )
        return cls(course, stages, measured)

    def steps(self, student: str) -> tuple[StoryStep, ...]:
        """Return one student's way through the term; stages in which they had no group are left out."""
        found: list[StoryStep] = []
        met: set[str] = set()
        for stage in self.stages:
            group = next((group for group in stage.groups if student in group.members), None)
            if group is None:
                continue
            mates = [mate for mate in group.members if mate != student]
            roles = tuple(
                (week, role)
                for week in range(stage.first, stage.last + 1)
                if (role := roles_of(self.course.plan, week).get(student))
            )
            known = tuple(mate for mate in mates if mate in met)
            new = tuple(mate for mate in mates if mate not in met)
            moved = bool(found) and found[-1].group != group.name
            found.append(StoryStep(stage, group.name, known, new, roles, moved))
            met.update(mates)
        return tuple(found)

    def movers(self, stage: StoryStage) -> list[tuple[str, str, str]]:
        """Return who moves at the start of a stage: id, old and new group, by new group."""
        if stage.change is None:
            return []
        before = self.stages[self.stages.index(stage) - 1]
        was = group_of(before.groups)
        moved = set(stage.change.moved)
        return [
            (student, was[student], group.name)
            for group in stage.groups
            for student in group.members
            if student in moved
        ]


@dataclass(frozen=True)
class WayPart:
    """Some weeks of one student's way through the term, in words.

    Attributes
    ----------
    heading : Message
        The weeks and the group.
    people, roles : tuple of Message
        With whom the student is then, and as what.
    """

    heading: Message
    people: tuple[Message, ...]
    roles: tuple[Message, ...]


def describe_way(course: Course, student: str) -> tuple[WayPart, ...]:
    """Return one student's way through the term, those weeks that are over included.

    Weeks in which the student has the same group with the same people are one part.

    Parameters
    ----------
    course : Course
    student : str
        Id.

    Returns
    -------
    tuple of WayPart
        Empty where they are in no group.
    """
    steps = joined(Story.of(course).steps(student))
    only = len(steps) == 1
    return tuple(
        WayPart(_where(step), tuple(_people(course, step, only=only)), role_weeks(step)) for step in steps
    )


def joined(steps: Sequence[StoryStep]) -> list[StoryStep]:
    """Return the steps with those as one between which nothing changes for the student.

    Parameters
    ----------
    steps : sequence of StoryStep
        Of one student, in the order of the weeks.

    Returns
    -------
    list of StoryStep
    """
    found: list[StoryStep] = []
    for step in steps:
        last = found[-1] if found else None
        if last is None or not _goes_on(last, step):
            found.append(step)
            continue
        stage = replace(last.stage, last=step.stage.last)
        found[-1] = replace(last, stage=stage, roles=(*last.roles, *step.roles))
    return found


def _goes_on(last: StoryStep, step: StoryStep) -> bool:
    same = last.group == step.group and {*last.known, *last.new} == {*step.known, *step.new}
    return same and step.stage.first == last.stage.last + 1


def weeks_of(stage: StoryStage) -> Message:
    """Return the weeks of a stage: 1–4, or 5."""
    if stage.first == stage.last:
        return message("{first}", first=stage.first)
    return message("{first}–{last}", first=stage.first, last=stage.last)


def role_weeks(step: StoryStep) -> tuple[Message, ...]:
    """Return the roles of a step, each with its weeks, in the order in which the student first has them."""
    weeks: dict[str, list[str]] = {}
    for week, role in step.roles:
        weeks.setdefault(role, []).append(str(week))
    return tuple(
        message("{role} (week {weeks})", role=role, weeks=", ".join(some)) for role, some in weeks.items()
    )


def _where(step: StoryStep) -> Message:
    weeks = weeks_of(step.stage)
    if step.moved:
        return message("Weeks {weeks}: moves to {group}", weeks=weeks, group=step.group)
    return message("Weeks {weeks}: {group}", weeks=weeks, group=step.group)


def _people(course: Course, step: StoryStep, *, only: bool) -> list[Message]:
    """Return with whom a student is: who was met before, and who is new; just who where nothing changes."""
    known, new = course.names(step.known), course.names(step.new)
    if only and new:
        return [message("With {names}", names=new)]
    lines = [message("With people met before: {names}", names=known)] if known else []
    return [*lines, message("With new people: {names}", names=new)] if new else lines
