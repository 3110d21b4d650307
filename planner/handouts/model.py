"""What stands on a card, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from planner.handouts.content import Content
from planner.handouts.moments import all_answered, clock_of, moments_of, own_moments
from planner.handouts.people import called, listed
from planner.handouts.weeks import (
    block_end,
    check_week,
    first_week,
    groups_in,
    have_met,
    newcomers,
)
from planner.model import role_catalogue
from planner.model.base import Frozen
from planner.model.domain import ColumnKind, Group, Turn
from planner.model.text import Language
from planner.plans.course import Course


class Person(Frozen):
    """Somebody in a group.

    Attributes
    ----------
    called : str
        As they wish to be called, with what is needed to tell them apart.
    roles, minds : tuple of str
        Their roles this week, and those whose work they do beside it.
    what : tuple of str
        What they do in them, a sentence for each.
    starts : str
        What they can say to get going; empty where they have no role of the catalogue.
    words : str
        What they want to learn, in their own words, where that may be shared.
    is_new : bool
        Whether they come to this group this week.
    times : tuple of str
        When the group is free on their own clock, where that is another one than that of the course;
        several where it depends on summer time.
    """

    called: str
    roles: tuple[str, ...] = ()
    minds: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    starts: str = ""
    words: str = ""
    is_new: bool = False
    times: tuple[str, ...] = ()


class CardWeek(Frozen):
    """A week to come: the question to begin with, and who has which role.

    `turns` goes along with the roles of the card; several people in a role stand
    together, nobody is an empty text.
    """

    week: int
    ask: str
    turns: tuple[str, ...]


class StarterCard(Frozen):
    """All that a group needs to start.

    Attributes
    ----------
    moments : tuple of str
        When everyone is free, as far as people said when they are.
    clock : str
        Whose clock that is, where not everyone is on it.
    answered : bool
        Whether everyone said when they are free.
    roles : tuple of str
        The roles of the coming weeks, in the coordinator's order.
    weeks : tuple of CardWeek
        This week and the ones to come with the same groups.
    goals : tuple of str
        The learning goals of the course.
    have_met : bool
        Whether groups of this course met before this week.
    """

    group: str
    week: int
    people: tuple[Person, ...]
    welcome: str
    moments: tuple[str, ...]
    answered: bool
    roles: tuple[str, ...]
    weeks: tuple[CardWeek, ...]
    goals: tuple[str, ...]
    clock: str = ""
    have_met: bool = False


def cards_of(
    course: Course,
    texts: Content,
    language: Language,
    week: int | None = None,
    only: Collection[str] | None = None,
) -> tuple[StarterCard, ...]:
    """Return the cards of all groups, from a week on.

    Parameters
    ----------
    course : Course
    texts : Content
    language : Language
        Of the texts; names of groups and of roles are those of the plan, as in all of its files.
    week : int or None
        None is the first week of these groups.
    only : collection of str or None
        The groups that are wanted; None is all of them.

    Returns
    -------
    tuple of StarterCard
        In the order of the groups.

    Raises
    ------
    InputError
        Where the groups do not exist in that week.
    """
    first = first_week(course) if week is None else week
    check_week(course, first)
    return tuple(
        _card(course, group, texts, language, first)
        for group in groups_in(course, first)
        if only is None or group.name in only
    )


def _card(course: Course, group: Group, texts: Content, language: Language, week: int) -> StarterCard:
    students = [course.roster.by_id[member] for member in group.members]
    names = called(students)
    new = newcomers(course, group, week)
    last = block_end(course, week)
    turns = [turn for turn in course.plan.turns if turn.group == group.name and week <= turn.week <= last]
    mine = [turn for turn in turns if turn.week == week]
    own = own_moments(course, group)
    return StarterCard(
        group=group.name,
        week=week,
        people=tuple(
            _person(course, member, names, mine, texts, language, is_new=member in new).model_copy(
                update={"times": tuple(map(", ".join, own.get(member, ())))}
            )
            for member in group.members
        ),
        welcome=_welcome([names[member] for member in group.members if member in new], texts, language),
        moments=moments_of(course, group),
        answered=all_answered(course, group),
        roles=_roles(course, turns),
        weeks=tuple(
            CardWeek(
                week=one,
                ask=texts.check_in_of(one).ask,
                turns=tuple(_holders(turns, one, role, names) for role in _roles(course, turns)),
            )
            for one in range(week, last + 1)
        ),
        goals=course.rules.goals.course,
        clock=clock_of(course, group),
        have_met=have_met(course, week),
    )


def _welcome(new: Sequence[str], texts: Content, language: Language) -> str:
    return texts.card.welcome.format(names=listed(new, language)) if new else ""


def _person(
    course: Course,
    member: str,
    names: dict[str, str],
    turns: Sequence[Turn],
    texts: Content,
    language: Language,
    *,
    is_new: bool,
) -> Person:
    mine = [turn for turn in turns if turn.student_id == member]
    held = [turn.role for turn in mine if not turn.minds]
    minded = [turn.role for turn in mine if turn.minds]
    what = [_what(role, texts, language) for role in (*held, *minded)]
    return Person(
        called=names[member],
        roles=tuple(held),
        minds=tuple(minded),
        what=tuple(what) or ((texts.card.no_role,) if turns else ()),
        starts=next((start for role in held if (start := texts.starts(role))), ""),
        words=own_words(course, member),
        is_new=is_new,
    )


def _what(role: str, texts: Content, language: Language) -> str:
    found = role_catalogue.find(role)
    return texts.card.own_role if found is None else found.what.text(language)


def own_words(course: Course, member: str) -> str:
    """Return what somebody wants to learn in their own words, only where that may be shared.

    Parameters
    ----------
    course : Course
    member : str
        Id.

    Returns
    -------
    str
        Empty where nothing may be shown.
    """
    goals = course.rules.goals
    if not goals.shareable or course.roster.kind(goals.column or "") in (None, ColumnKind.SENSITIVE):
        return ""
    return goals.words(course.roster.by_id[member])


def _roles(course: Course, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the roles that occur, in the coordinator's order."""
    occur = dict.fromkeys(turn.role for turn in turns)
    return tuple(dict.fromkeys([role for role in course.rules.role_names if role in occur] + list(occur)))


def _holders(turns: Sequence[Turn], week: int, role: str, names: dict[str, str]) -> str:
    return ", ".join(
        names[turn.student_id]
        for turn in turns
        if (turn.week, turn.role) == (week, role) and turn.student_id in names
    )
