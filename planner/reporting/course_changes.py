"""What changed when the groups of a course began, whatever it came of: a replan, edits by hand, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from planner.model.domain import Group
from planner.model.handover import Change
from planner.plans.course import Course
from planner.plans.weeks import last_groups
from planner.reporting.news import GroupNews, news
from planner.reporting.reasons import changes_of


def changes_in(course: Course, left: Mapping[str, str], known: Sequence[Change] = ()) -> tuple[Change, ...]:
    """Return what changed when the groups of a course began; `left` has the names of who left, by id.

    Parameters
    ----------
    course : Course
    left : mapping of str to str
        Names of who left, by id.
    known : sequence of Change, optional
        What the last plan changed, with its reasons: they count where people are still there.

    Returns
    -------
    tuple of Change
    """
    if not course.history:
        return tuple(known)
    before = last_groups(course)
    gone = {
        member: left.get(member) or course.names([member])[0]
        for group in before
        for member in group.members
        if member not in course.roster.by_id
    }
    why = {(one.student_id, one.to_group): one.reason for one in known}
    return tuple(
        replace(one, reason=why.get((one.student_id, one.to_group), one.reason))
        for one in changes_of(course.roster, before, course.plan, gone, placed=course.placed)
    )


def course_news(
    course: Course, known: Sequence[Change] = (), before: Sequence[Group] = ()
) -> tuple[GroupNews, ...]:
    """Return what changed in each group since the week before the groups of now began.

    Two changes from one week are told together, and what was undone is not told.

    Parameters
    ----------
    course : Course
    known : sequence of Change, optional
        What the last plan changed, with its reasons.
    before : sequence of Group, optional
        The groups before, where the course has none of an earlier week.

    Returns
    -------
    tuple of GroupNews
        None where there are no groups before.
    """
    was = last_groups(course) or tuple(before)
    if not was:
        return ()
    return news(was, course.plan.groups, course.roster, changes_in(course, {}, known))
