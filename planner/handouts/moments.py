"""When all members of a group are free, as its card says."""

from __future__ import annotations

from planner.model.domain import ColumnKind, Group
from planner.model.week_order import in_week_order
from planner.plans.course import Course
from planner.rules.overlap import Overlap


def moments_of(course: Course, group: Group) -> tuple[str, ...]:
    """Return when all members of a group are free, as the rules about that find it.

    Parameters
    ----------
    course : Course
    group : Group

    Returns
    -------
    tuple of str
        As people read them.
    """
    found: dict[str, None] = {}
    for rule in _about_moments(course):
        for finding in rule.findings(course.roster, [group]):
            slots = finding.message.values.get("slots")
            if isinstance(slots, tuple):
                found.update(dict.fromkeys(map(str, slots)))
    return in_week_order(tuple(found))


def own_moments(course: Course, group: Group) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return when a group is free on the clocks of its members who are on another one than the course.

    Parameters
    ----------
    course : Course
    group : Group

    Returns
    -------
    dict of str to tuple of tuple of str
        By id, empty where all are on one clock; more than one where it depends on summer time.
    """
    found: dict[str, list[dict[str, None]]] = {}
    for rule in _about_moments(course):
        times = rule.times(course.roster)
        away = [member for member in group.members if member in times.elsewhere]
        shared = rule.shared(course.roster, group) if away else ()
        for member in away if shared else ():
            told = times.told_to(member, shared)
            for place, moments in zip(found.setdefault(member, [{} for _ in told]), told, strict=True):
                place.update(dict.fromkeys(moments))
    return {
        member: tuple(in_week_order(tuple(moments)) for moments in told) for member, told in found.items()
    }


def clock_of(course: Course, group: Group) -> str:
    """Return whose clock the moments of a group are told on, where not all of its members are on it.

    Parameters
    ----------
    course : Course
    group : Group

    Returns
    -------
    str
    """
    about = [rule.times(course.roster) for rule in _about_moments(course)]
    return next((t.zone or "" for t in about if any(one in t.elsewhere for one in group.members)), "")


def all_answered(course: Course, group: Group) -> bool:
    """Return whether every member of a group said when they are free, where a rule asks for it.

    Parameters
    ----------
    course : Course
    group : Group

    Returns
    -------
    bool
    """
    asked = [rule.times(course.roster) for rule in _about_moments(course)]
    return all(times.of(course.roster.by_id[one]) is not None for times in asked for one in group.members)


def _about_moments(course: Course) -> list[Overlap]:
    """Return the rules about moments; as one where a column says when people cannot.

    A moment of one column is then no moment of the group where another column denies it.
    """
    rules = [rule for rule in course.rules.rule if isinstance(rule, Overlap)]
    columns = tuple(dict.fromkeys(heading for rule in rules for heading in rule.columns))
    if any(course.roster.kind(heading) is ColumnKind.BUSY for heading in columns):
        return [rules[0].model_copy(update={"columns": columns, "at_least": 1, "together": None})]
    return rules
