"""Which groups a teacher sits with in which week: soonest where people changed, and fair over the term.

Every week begins with the groups that somebody new came to since their last visit, then
those that somebody left. The other places go to the groups with the fewest visits so far;
among equals, to who waited longest. A visit out of turn counts like any other: the group
then waits until the others have caught up. So groups whose people stay are within one
visit of each other in every week, and once the visits out of turn are over all groups
come within one again. A week depends on nothing that comes after it: a rerun changes no
visit that has been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from planner.handouts.weeks import versions_held
from planner.model.base import Frozen
from planner.model.domain import Group
from planner.plans.course import Course


class VisitReason(IntEnum):
    """Why a group is visited now; the larger, the sooner."""

    TURN = 0  # its turn
    CHANGED = 1  # somebody left it since the last visit
    NEWCOMERS = 2  # somebody came to it since the last visit


class Visit(Frozen):
    """A group to sit with; `since` is the first week with other people in it than at the last visit."""

    group: str
    why: VisitReason = VisitReason.TURN
    since: int | None = None


class Stretch(Frozen):
    """Weeks in which the groups stay the same; `sooner` says which of them just changed."""

    from_week: int
    groups: tuple[str, ...]
    sooner: dict[str, VisitReason]


def stretches_of(course: Course) -> tuple[Stretch, ...]:
    """Return the weeks of a course in which its groups stayed the same."""
    found: list[Stretch] = []
    before: Sequence[Group] | None = None
    for version in versions_held(course):
        found.append(
            Stretch(
                from_week=version.from_week,
                groups=tuple(group.name for group in version.groups),
                sooner={} if before is None else changed(before, version.groups),
            )
        )
        before = version.groups
    return tuple(found)


def changed(before: Sequence[Group], now: Sequence[Group]) -> dict[str, VisitReason]:
    """Return which groups somebody came to, and which somebody left.

    Parameters
    ----------
    before : sequence of Group
    now : sequence of Group
        Who moved where, and from which week.

    Returns
    -------
    dict of str to VisitReason
        By label; a group that stayed as it was is not in it.
    """
    were = {group.name: set(group.members) for group in before}
    found = {}
    for group in now:
        old, new = were.get(group.name, set()), set(group.members)
        if new != old:
            found[group.name] = VisitReason.NEWCOMERS if new - old else VisitReason.CHANGED
    return found


def visits(stretches: Sequence[Stretch], weeks: int, each_week: int) -> tuple[tuple[Visit, ...], ...]:
    """Return the groups to sit with, week by week.

    Parameters
    ----------
    stretches : sequence of Stretch
        The first one starts the term; a later one replaces it from its week on.
    weeks : int
    each_week : int
        Groups that a teacher can sit with in a week.

    Returns
    -------
    tuple
        For each week the groups, most wanted first. A group that opens in the term
        counts as visited as often as the least visited one.
    """
    term: list[tuple[Visit, ...]] = []
    counts: dict[str, int] = {}
    last: dict[str, int] = {}
    waiting: dict[str, Visit] = {}
    for week in range(1, weeks + 1):
        for stretch in stretches:
            if week == max(1, stretch.from_week):
                counts = _carried_over(counts, stretch.groups)
                waiting = _still_waiting(waiting, stretch, week)
        here = _most_wanted(counts, waiting, last)[:each_week]
        term.append(tuple(waiting.pop(group, Visit(group=group)) for group in here))
        for group in here:
            counts[group] += 1
            last[group] = week
    return tuple(term)


def _carried_over(counts: Mapping[str, int], groups: Sequence[str]) -> dict[str, int]:
    staying = [counts[group] for group in groups if group in counts]
    return {group: counts.get(group, min(staying, default=0)) for group in groups}


def _still_waiting(waiting: Mapping[str, Visit], stretch: Stretch, week: int) -> dict[str, Visit]:
    """Return the visits that groups wait for, each with the first of its changes and the strongest reason."""
    found = {group: visit for group, visit in waiting.items() if group in stretch.groups}
    for group, why in stretch.sooner.items():
        if why is not VisitReason.TURN:
            before = found.get(group, Visit(group=group, since=week))
            found[group] = before.model_copy(update={"why": max(before.why, why)})
    return found


def _most_wanted(
    counts: Mapping[str, int], waiting: Mapping[str, Visit], last: Mapping[str, int]
) -> list[str]:
    """Sort groups by why they wait, then by visits so far, then by how long, then as they stand."""

    def key(group: str) -> tuple[int, int, int]:
        why = waiting[group].why if group in waiting else VisitReason.TURN
        return -why, counts[group], last.get(group, 0)

    return sorted(counts, key=key)


def course_visits(course: Course, each_week: int) -> tuple[tuple[Visit, ...], ...]:
    """Return the groups to sit with in every week of a course.

    Parameters
    ----------
    course : Course
    each_week : int
        Groups that the teacher can sit with.

    Returns
    -------
    tuple of tuple of Visit
        Week by week, from the first one on.
    """
    return visits(stretches_of(course), course.rules.term.weeks, each_week)
