"""The teacher's sheet of a week: whom to sit with, what to ask, what to say, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.handouts.content import CheckIn, Content, Words
from planner.handouts.moments import all_answered, moments_of
from planner.handouts.people import called
from planner.handouts.pulse import Pulse, drawing
from planner.handouts.visits import Visit, VisitReason, course_visits
from planner.handouts.weeks import (
    among_others,
    came_since,
    check_week,
    groups_before,
    groups_in,
)
from planner.model.base import Frozen
from planner.model.domain import Group, group_of
from planner.model.handover import Change
from planner.model.text import Language, Message, message
from planner.plans.course import Course
from planner.reporting.reasons import PLACED

EACH_WEEK = 3  # groups to sit with, unless the teacher says otherwise
WORDS_A_WEEK = 2

WHY: Mapping[VisitReason, Message] = {
    VisitReason.TURN: message("It is time for their visit."),
    VisitReason.CHANGED: message("Someone left this group."),
    VisitReason.NEWCOMERS: message("This group has a new member."),
}


class SheetVisit(Frozen):
    """A group to sit with this week.

    `people` has who is new marked in `new`; `answered` says whether all of them told when they are free.
    """

    group: str
    why: str
    people: tuple[str, ...]
    new: tuple[str, ...]
    moments: tuple[str, ...]
    answered: bool


class SheetChange(Frozen):
    """Somebody whose place changed, and why."""

    name: str
    way: str
    reason: str


class SheetPulse(Frozen):
    """How a group is: as a drawing of the weeks, and in words."""

    group: str
    drawing: str
    text: str
    first: bool


class TeacherSheet(Frozen):
    """All that a teacher needs in a week.

    Attributes
    ----------
    visits : tuple of SheetVisit
        The groups to sit with, most wanted first.
    coming : tuple
        Every week from this one on with the groups to sit with, where that is not all of them.
    check_in : CheckIn
        For the whole class.
    sentence : str
        One sentence to show that learning can be hard.
    words : tuple of Words
        What leaves room, and when to say it.
    changes : tuple of SheetChange
        What changed this week.
    pulse : tuple of SheetPulse
        Empty where no pulse was read.
    """

    week: int
    visits: tuple[SheetVisit, ...]
    coming: tuple[tuple[int, tuple[str, ...]], ...]
    check_in: CheckIn
    sentence: str
    words: tuple[Words, ...]
    changes: tuple[SheetChange, ...]
    pulse: tuple[SheetPulse, ...] = ()


def sheet_of(
    course: Course,
    week: int,
    texts: Content,
    language: Language,
    *,
    each_week: int = EACH_WEEK,
    changes: Sequence[Change] = (),
    pulse: Pulse | None = None,
) -> TeacherSheet:
    """Return the sheet of a week.

    Parameters
    ----------
    course : Course
    week : int
        That the sheet is for.
    texts : Content
    language : Language
    each_week : int
        Groups that the teacher can sit with; the same all term, or visits that have been would change.
    changes : sequence of Change
        What the last rerun changed; shown in the first week of its groups.
    pulse : Pulse, optional
        What the groups said of themselves; None leaves it out.

    Returns
    -------
    TeacherSheet

    Raises
    ------
    InputError
        Where these groups do not exist in that week.
    """
    check_week(course, week)
    term = course_visits(course, each_week)
    groups = {group.name: group for group in groups_in(course, week)}
    this_week = term[week - 1] if week <= len(term) else ()
    return TeacherSheet(
        week=week,
        visits=tuple(_visit(course, groups[visit.group], visit, language) for visit in this_week),
        coming=tuple(
            (number, tuple(visit.group for visit in visits))
            for number, visits in enumerate(term, start=1)
            if number >= week and len(visits) < len(groups_in(course, number))
        ),
        check_in=texts.check_in_of(week),
        sentence=texts.sentence_of(week),
        words=texts.words_of(week, WORDS_A_WEEK),
        changes=tuple(_change(one, language) for one in _in_week(course, week, changes)),
        pulse=_pulse(pulse, week, language),
    )


def _in_week(course: Course, week: int, changes: Sequence[Change]) -> Sequence[Change]:
    """Return what changes in a week: by the last rerun, or by a refresh."""
    block = course.plan.block_of(week)
    if week != block.from_week:
        return ()
    if week == course.plan.from_week:
        return changes
    was = group_of(groups_before(course, week))
    return [
        Change(member, course.roster.shown_names[member], was.get(member), group.name, PLACED["refresh"])
        for group in block.groups
        for member in group.members
        if was.get(member) != group.name
    ]


def _visit(course: Course, group: Group, visit: Visit, language: Language) -> SheetVisit:
    names = called([course.roster.by_id[member] for member in group.members])
    came = frozenset() if visit.since is None else came_since(course, group, visit.since)
    gone_again = visit.why is VisitReason.NEWCOMERS and not came
    new = among_others(came, group)
    return SheetVisit(
        group=group.name,
        why=WHY[VisitReason.CHANGED if gone_again else visit.why].text(language),
        people=tuple(names[member] for member in group.members),
        new=tuple(names[member] for member in group.members if member in new),
        moments=moments_of(course, group),
        answered=all_answered(course, group),
    )


def _change(one: Change, language: Language) -> SheetChange:
    if one.from_group is None:
        way = message("new in {group}", group=one.to_group or "")
    elif one.to_group is None:
        way = message("left {group}", group=one.from_group)
    else:
        way = message("{old} → {new}", old=one.from_group, new=one.to_group)
    return SheetChange(name=one.name, way=way.text(language), reason=one.reason.text(language))


def _pulse(pulse: Pulse | None, week: int, language: Language) -> tuple[SheetPulse, ...]:
    if pulse is None:
        return ()
    first = pulse.go_first(week)
    ordered = sorted(
        pulse.lines, key=lambda line: first.index(line.group) if line.group in first else len(first)
    )
    return tuple(
        SheetPulse(
            group=line.group,
            drawing=drawing(line, week),
            text=line.describe(week).text(language),
            first=line.group in first,
        )
        for line in ordered
    )
