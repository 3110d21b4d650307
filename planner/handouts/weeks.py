"""Which groups there are in a week, until when, and who is new in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.domain import Block, Group
from planner.model.handover import came_and_went
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.plans.course import Course, Version
from planner.plans.weeks import last_groups


def first_week(course: Course) -> int:
    """Return the first week of the groups of a plan."""
    return course.plan.from_week


def last_week(course: Course) -> int:
    """Return the last week of the term."""
    return max(course.plan.from_week, course.rules.term.weeks)


def check_week(course: Course, week: int) -> None:
    """Refuse a week that is past, or not in the term.

    Parameters
    ----------
    course : Course
    week : int

    Raises
    ------
    InputError
    """
    first, last = first_week(course), last_week(course)
    if not first <= week <= last:
        raise InputError(
            [
                Problem(
                    code="week-outside-plan",
                    level=Level.ERROR,
                    message=message(
                        "These groups run from week {first} to week {last}; week {week} is outside that.",
                        first=first,
                        last=last,
                        week=week,
                    ),
                    hint=message("Choose a week in between."),
                )
            ]
        )


def groups_in(course: Course, week: int) -> tuple[Group, ...]:
    """Return the groups of a week.

    Parameters
    ----------
    course : Course
    week : int

    Returns
    -------
    tuple of Group
    """
    return course.plan.block_of(week).groups


def block_end(course: Course, week: int) -> int:
    """Return the last week in which the groups of a week are there.

    Parameters
    ----------
    course : Course
    week : int

    Returns
    -------
    int
    """
    later = (block.from_week for block in course.plan.blocks if block.from_week > week)
    return min(later, default=last_week(course) + 1) - 1


def all_labels(course: Course) -> tuple[str, ...]:
    """Return the names of all groups of the term that are still to come, each once."""
    return tuple(dict.fromkeys(group.name for block in course.plan.blocks for group in block.groups))


def versions_held(course: Course) -> list[Version | Block]:
    """Return the groups of the term, without those that were replaced before their week came."""
    held: list[Version | Block] = []
    versions: list[Version | Block] = [*course.history, *course.plan.blocks]
    for version in versions:
        held = [one for one in held if one.from_week < version.from_week]
        held.append(version)
    return held


def groups_before(course: Course, week: int) -> Sequence[Group]:
    """Return the groups that held just before a week; before the first one those it was made from, if any.

    Parameters
    ----------
    course : Course
    week : int

    Returns
    -------
    sequence of Group
    """
    before = [version.groups for version in versions_held(course) if version.from_week < week]
    return before[-1] if before else last_groups(course)


def came_since(course: Course, group: Group, week: int) -> frozenset[str]:
    """Return who is in a group and was not before a week.

    Parameters
    ----------
    course : Course
    group : Group
    week : int

    Returns
    -------
    frozenset of str
        Ids.
    """
    before = {old.name: old.members for old in groups_before(course, week)}
    return frozenset(group.members) - frozenset(before.get(group.name, ()))


def among_others(new: frozenset[str], group: Group) -> frozenset[str]:
    """Return who is new in a group; nobody where everybody is.

    Parameters
    ----------
    new : frozenset of str
        Ids of who is new.
    group : Group

    Returns
    -------
    frozenset of str
    """
    return frozenset() if len(new) == len(group.members) else new


def have_met(course: Course, week: int) -> bool:
    """Return whether groups of this course met before a week, be it others than those of the week.

    Parameters
    ----------
    course : Course
    week : int

    Returns
    -------
    bool
    """
    return any(version.from_week < week for version in versions_held(course))


def changed_since(course: Course, week: int) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """Return which groups of a week are other than those that held before their first week.

    Parameters
    ----------
    course : Course
    week : int

    Returns
    -------
    mapping of str to tuple of (frozenset, frozenset)
        Ids of who came and of who went, by the label of the group; of those groups only in which
        somebody did. None where no groups held before.
    """
    block = course.plan.block_of(week)
    held = [version for version in versions_held(course) if version.from_week < block.from_week]
    return came_and_went(held[-1].groups, block.groups) if held else {}


def newcomers(course: Course, group: Group, week: int) -> frozenset[str]:
    """Return who comes to a group that was already there, where its block begins in this week.

    Parameters
    ----------
    course : Course
    group : Group
    week : int

    Returns
    -------
    frozenset of str
        Ids.
    """
    if week != course.plan.block_of(week).from_week:
        return frozenset()
    return among_others(came_since(course, group, week), group)
