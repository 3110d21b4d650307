"""What a learning system has after an import, held against the plan, and the files that mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planner.exports import Elsewhere, ExportFile, Target
from planner.model.domain import Roster, group_of
from planner.model.handover import Handover
from planner.model.labels import renamed
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.plans.course import Course
from planner.plans.edited_groups import as_planned
from planner.plans.weeks import relabelled
from planner.rosters import GroupList, SourceFile
from planner.services.reading import read_groups

MOST_NAMED = 20
TOLD = frozenset({"unknown-student", "not-in-groups"})  # said here, in the words of an import


@dataclass(frozen=True)
class Misplaced:
    """Somebody whom a learning system has elsewhere than the plan.

    Attributes
    ----------
    student : str
        Their id.
    name : str
    there : str or None
        Their group in the learning system; None for none.
    planned : str
        Their group in the plan, by its name there.
    """

    student: str
    name: str
    there: str | None
    planned: str

    @property
    def told(self) -> Message:
        """What differs, for the coordinator."""
        if self.there is None:
            return message(
                "{name} is in no group there; the plan: {group}.", name=self.name, group=self.planned
            )
        return message(
            "{name} is in {there} there; the plan: {group}.",
            name=self.name,
            there=self.there,
            group=self.planned,
        )


@dataclass(frozen=True)
class ReadBack:
    """How the groups in a learning system compare with the plan.

    Attributes
    ----------
    placed : int
        Students who are in the group of the plan there.
    misplaced : tuple of Misplaced
        All others of the plan.
    extra : tuple of str
        Who is in a group there and not in the plan, as the learning system has them.
    renamed : mapping
        The name of a group there by its name in the plan, where its members say that it is the same.
    problems : tuple of Problem
        What stood out while reading.
    files : tuple of ExportFile
        Imports that mend what differs; none where nothing does.
    """

    placed: int
    misplaced: tuple[Misplaced, ...]
    extra: tuple[str, ...]
    renamed: Mapping[str, str]
    problems: tuple[Problem, ...]
    files: tuple[ExportFile, ...]

    @property
    def agrees(self) -> bool:
        """Whether everybody is where the plan has them, and nobody else is there."""
        return not self.misplaced and not self.extra

    @property
    def summary(self) -> Message:
        """How many are in the right group."""
        if not self.misplaced:
            return plural_message(
                "The one student of the plan is in the right group there.",
                "All {n} students of the plan are in the right group there.",
                self.placed,
            )
        return plural_message(
            "One student is in the right group there, {others} not.",
            "{n} students are in the right group there, {others} not.",
            self.placed,
            others=len(self.misplaced),
        )

    @property
    def told_extra(self) -> Message:
        """Who is in a group there and not in the plan."""
        return plural_message(
            "In a group there, and not in the plan: {names}. Remove them there if that is not right.",
            "In a group there, and not in the plan ({n}): {names}. Remove them there if that is not right.",
            len(self.extra),
            names=shortened(self.extra, most=MOST_NAMED),
        )

    @property
    def told_renamed(self) -> tuple[Message, ...]:
        """Which groups are called otherwise there."""
        return tuple(
            message("{old} is called {new} there; it is the same group.", old=old, new=new)
            for old, new in self.renamed.items()
        )


def read_back(
    course: Course,
    file: SourceFile,
    target: Target,
    there: Elsewhere | None = None,
    read: Callable[[SourceFile, Roster], GroupList] = read_groups,
) -> ReadBack:
    """Hold a learning system's own list of groups against the plan.

    Parameters
    ----------
    course : Course
    file : SourceFile
        Export of the groups, made after the import.
    target : Target
        The learning system.
    there : Elsewhere, optional
        What only the coordinator knows of it.
    read : callable, optional
        Reads the file.

    Returns
    -------
    ReadBack

    Raises
    ------
    InputError
        Where the file cannot be read, or an import that mends it cannot be made.
    """
    listed = read(file, course.roster)
    groups = as_planned(listed.groups, course)
    called = renamed(course.plan.groups, groups)
    if called:
        course = relabelled(course, called)
    found, planned = group_of(groups), course.plan.group_of
    misplaced = tuple(
        Misplaced(one, course.roster.shown_names[one], found.get(one), group)
        for one, group in planned.items()
        if found.get(one) != group
    )
    return ReadBack(
        placed=len(planned) - len(misplaced),
        misplaced=misplaced,
        extra=listed.unknown,
        renamed=called,
        problems=tuple(
            one for one in listed.problems if one.code not in TOLD and one.level is not Level.ERROR
        ),
        files=_mending(course, target, found, there) if misplaced else (),
    )


def _mending(
    course: Course, target: Target, found: Mapping[str, str], there: Elsewhere | None
) -> tuple[ExportFile, ...]:
    """Return the files that change something: those that a first import would not have as they are."""
    roster, plan = course.roster, course.plan
    now = Handover(week=plan.from_week, previous=dict(found))
    written = target.write(roster, plan, now, there)
    first = {file.name: file.content for file in target.write(roster, plan, None, there)}
    changed = tuple(file for file in written if first.get(file.name) != file.content)
    return changed if found else written
