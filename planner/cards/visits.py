"""Which groups a teacher sits with in which week, so that each is visited equally often.

Every week takes the groups with the fewest visits so far; among these, groups that
somebody new came to, then groups that changed, then who waited longest. Taking the
fewest first keeps all counts within one of each other in every week, so also at
the end of a term of any length, and no plan with that property reaches a group
that waits for somebody sooner. A week depends on nothing that comes after it: a
rerun changes no visit that has been.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from planner.course import Course, Version
from planner.domain import Block, Frozen, Group


class Why(IntEnum):
    """Why a group is visited now; the larger, the sooner."""

    TURN = 0  # its turn
    CHANGED = 1  # somebody left it since the last visit
    NEWCOMERS = 2  # somebody came to it since the last visit


class Visit(Frozen):
    """A group to sit with."""

    group: str
    why: Why = Why.TURN


class Stretch(Frozen):
    """Weeks in which the groups stay the same; `sooner` says which of them just changed."""

    from_week: int
    groups: tuple[str, ...]
    sooner: dict[str, Why]


def stretches_of(course: Course) -> tuple[Stretch, ...]:
    """Return the weeks of a course in which its groups stayed the same."""
    found: list[Stretch] = []
    before: Sequence[Group] | None = None
    versions: list[Version | Block] = [*course.history, *course.plan.blocks]
    for version in versions:
        found.append(
            Stretch(
                from_week=version.from_week,
                groups=tuple(group.name for group in version.groups),
                sooner={} if before is None else changed(before, version.groups),
            )
        )
        before = version.groups
    return tuple(found)


def changed(before: Sequence[Group], now: Sequence[Group]) -> dict[str, Why]:
    """Return which groups somebody came to, and which somebody left."""
    were = {group.name: set(group.members) for group in before}
    found = {}
    for group in now:
        old, new = were.get(group.name, set()), set(group.members)
        if new != old:
            found[group.name] = Why.NEWCOMERS if new - old else Why.CHANGED
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
    waiting: dict[str, Why] = {}
    for week in range(1, weeks + 1):
        for stretch in stretches:
            if week == max(1, stretch.from_week):
                counts = _carried_over(counts, stretch.groups)
                kept = {group: why for group, why in waiting.items() if group in counts}
                waiting = _sooner(kept, stretch.sooner)
        chosen = _most_wanted(counts, waiting, last)[:each_week]
        term.append(tuple(Visit(group=group, why=waiting.pop(group, Why.TURN)) for group in chosen))
        for group in chosen:
            counts[group] += 1
            last[group] = week
    return tuple(term)


def _carried_over(counts: Mapping[str, int], groups: Sequence[str]) -> dict[str, int]:
    staying = [counts[group] for group in groups if group in counts]
    return {group: counts.get(group, min(staying, default=0)) for group in groups}


def _sooner(one: Mapping[str, Why], other: Mapping[str, Why]) -> dict[str, Why]:
    return {group: max(one.get(group, Why.TURN), other.get(group, Why.TURN)) for group in {**one, **other}}


def _most_wanted(counts: Mapping[str, int], waiting: Mapping[str, Why], last: Mapping[str, int]) -> list[str]:
    """Sort groups by visits so far, then by why they wait, then by how long, then as they stand."""
    return sorted(
        counts, key=lambda group: (counts[group], -waiting.get(group, Why.TURN), last.get(group, 0))
    )


def course_visits(course: Course, each_week: int) -> tuple[tuple[Visit, ...], ...]:
    """Return the groups to sit with in every week of a course."""
    return visits(stretches_of(course), course.rules.term.weeks, each_week)
