"""The weeks of a course: which groups held when, where it stands in a week, and other names for groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from planner.model.domain import Group, Plan, Turn
from planner.model.labels import alike, as_named
from planner.plans.course import Course, Version


def versions_of(course: Course) -> tuple[Version, ...]:
    """Return every version of the groups up to those of the plan, each from the week in which it began.

    A rerun in which nothing changed begins no version: the groups go on.
    """
    *before, last = [*course.history, Version(from_week=course.plan.from_week, groups=course.plan.groups)]
    if before and alike(before[-1].groups, last.groups):
        went_on = before.pop()
        last = Version(from_week=min(went_on.from_week, last.from_week), groups=last.groups)
    return (*before, last)


def history_of(versions: Sequence[Version], plan: Plan) -> tuple[Version, ...]:
    """Return the history of a course with a new plan.

    Parameters
    ----------
    versions : sequence of Version
        Every version up to the groups that the plan was made from, oldest first.
    plan : Plan

    Returns
    -------
    tuple of Version
        Those that held in some week before the plan, and the one that it was made from; that
        one only where the plan changes it, or where it held as well.
    """
    week = plan.from_week
    held = [one for one, after in pairwise(versions) if one.from_week < min(after.from_week, week)]
    last = versions[-1]
    if last.from_week >= week and alike(last.groups, plan.groups):
        return tuple(held)
    return (*held, Version(from_week=min(last.from_week, week), groups=last.groups))


def last_groups(course: Course) -> tuple[Group, ...]:
    """Return the groups of the week before a plan; before the first week those that it was made from.

    A rerun made anew in the same week changes what people were in the week before, not what the
    rerun before it would have made of that. None where the plan is the first one.
    """
    held = [version for version in course.history if version.from_week < course.plan.from_week]
    return (held or course.history)[-1].groups if course.history else ()


def at_week(course: Course, week: int) -> Course:
    """Return a course as it stands in a week: blocks that are over go into its history.

    Roles of later blocks are left out: a rerun plans those anew, and their roles.

    Parameters
    ----------
    course : Course
    week : int
        A week of the plan; for one before it the plan as it begins.

    Returns
    -------
    Course
    """
    plan = course.plan
    now = plan.block_of(week)
    over = [block for block in plan.blocks if block.from_week < now.from_week]
    ahead = [block.from_week for block in plan.blocks if block.from_week > now.from_week]
    current = plan.but(
        from_week=now.from_week,
        groups=now.groups,
        later=(),
        turns=tuple(turn for turn in plan.turns if not ahead or turn.week < ahead[0]),
    )
    if not over:
        return course.model_copy(update={"plan": current})
    past = (*versions_of(course), *(Version(from_week=b.from_week, groups=b.groups) for b in over[1:]))
    return course.model_copy(update={"plan": current, "history": past, "placed": {}})


def block_at(course: Course, week: int) -> Course:
    """Return a course as it stands in a week, with the blocks that come after it; see `at_week`.

    Parameters
    ----------
    course : Course
    week : int
        A week of the plan; for one before it the plan as it begins.

    Returns
    -------
    Course
    """
    now = at_week(course, week)
    ahead = tuple(block for block in course.plan.later if block.from_week > max(week, now.plan.from_week))
    return now.model_copy(update={"plan": now.plan.but(later=ahead)})


def begun_in(course: Course, week: int) -> Course:
    """Return a course whose groups begin in a week: what the plan had for the weeks before never was.

    Parameters
    ----------
    course : Course
        Groups that nobody has been told of yet.
    week : int
        A week of the plan; for its first one, or one before that, the course itself.

    Returns
    -------
    Course
    """
    if week <= course.plan.from_week:
        return course
    now = block_at(course, week)
    turns = tuple(turn for turn in course.plan.turns if turn.week >= week)
    return now.model_copy(update={"plan": now.plan.but(from_week=week, turns=turns), "history": ()})


def labels_of(course: Course) -> dict[str, None]:
    """Return every label that a group has or had in this term."""
    versions = (*(version.groups for version in course.history), *(b.groups for b in course.plan.blocks))
    return dict.fromkeys(group.name for groups in versions for group in groups)


def relabelled(course: Course, called: Mapping[str, str]) -> Course:
    """Return the course with other labels for groups, in all weeks: past, present and to come.

    What the rules found is told with the labels of before.

    Parameters
    ----------
    course : Course
    called : mapping
        The new label by the one of before.

    Returns
    -------
    Course
    """
    plan, locks = course.plan, course.locks

    def turn(one: Turn) -> Turn:
        return one.model_copy(update={"group": called[one.group]}) if one.group in called else one

    named = plan.but(
        groups=as_named(plan.groups, called),
        later=tuple(
            block.model_copy(update={"groups": as_named(block.groups, called)}) for block in plan.later
        ),
        turns=tuple(map(turn, plan.turns)),
    )
    history = tuple(
        Version(from_week=one.from_week, groups=as_named(one.groups, called)) for one in course.history
    )
    held = tuple(sorted(called.get(name, name) for name in locks.groups))
    return course.model_copy(
        update={"plan": named, "history": history, "locks": locks.model_copy(update={"groups": held})}
    )
