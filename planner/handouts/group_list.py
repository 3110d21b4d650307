"""All groups on one page: who is in which, and nothing else; to print, or to paste into a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Any, NamedTuple

from babel.dates import format_date

from planner.handouts.html import page
from planner.handouts.people import full_names
from planner.handouts.weeks import check_week, first_week, groups_in
from planner.model.base import Frozen
from planner.model.text import Language, Message, message, plural_message
from planner.plans.course import Course

_ROOM = 268.0  # millimetres on A4 for groups, below the title
_WIDTH = 186.0
_POINT = 25.4 / 72
_LINE, _BETWEEN, _LETTER, _GAP = 1.25, 0.6, 0.56, 1.0  # of the size of the letters


class _Print(NamedTuple):
    """How a page is printed: letters in points, and columns beside one another."""

    size: float
    columns: int


# The largest that fits is taken; more groups than the last one holds go on, on a next page.
_PRINTS = tuple(
    _Print(*one) for one in ((12, 3), (11, 3), (10.5, 4), (10, 4), (9.5, 4), (9, 4), (8.5, 5), (8, 5))
)


class ListedGroup(Frozen):
    """A group and the names of who is in it."""

    name: str
    people: tuple[str, ...]


class GroupsOnPaper(Frozen):
    """All groups of a week."""

    title: str
    week: int
    day: date
    language: Language
    groups: tuple[ListedGroup, ...]

    @property
    def about(self) -> str:
        """Which week it is of, how many there are, and when it was made."""
        students = sum(len(group.people) for group in self.groups)
        return message(
            "Week {week}: {students} in {groups} · {day}",
            week=self.week,
            students=plural_message("one student", "{n} students", students),
            groups=plural_message("one group", "{n} groups", len(self.groups)),
            day=format_date(self.day, "d MMMM y", locale=self.language),
        ).text(self.language)


def list_of_groups(
    course: Course, day: date, language: Language, name: str = "", week: int | None = None
) -> GroupsOnPaper:
    """Return all groups of a week with the names of who is in them.

    Parameters
    ----------
    course : Course
    day : date
        That stands on it.
    language : Language
    name : str, default ''
        Of the course; without one the title says what it is.
    week : int or None
        None is the first week of these groups.

    Returns
    -------
    GroupsOnPaper

    Raises
    ------
    InputError
        Where the groups do not exist in that week.
    """
    week = first_week(course) if week is None else week
    check_week(course, week)
    groups = groups_in(course, week)
    names = full_names([course.roster.by_id[member] for group in groups for member in group.members])
    return GroupsOnPaper(
        title=name or TITLE.text(language),
        week=week,
        day=day,
        language=language,
        groups=tuple(
            ListedGroup(name=group.name, people=tuple(names[member] for member in group.members))
            for group in groups
        ),
    )


TITLE: Message = message("All groups")


def list_html(listed: GroupsOnPaper) -> bytes:
    """Return a list as a page that is printed on A4, on one sheet for some 150 students.

    Parameters
    ----------
    listed : GroupsOnPaper

    Returns
    -------
    bytes
        One page in UTF-8 that needs no other file.
    """
    return page("groups", {"print": _fitting(listed.groups), **_facts(listed)})


def list_section(listed: GroupsOnPaper) -> str:
    """Return a list as a part of another page, in the class ``on-paper``; every text is escaped.

    Parameters
    ----------
    listed : GroupsOnPaper

    Returns
    -------
    str
    """
    inside = page("all_groups", _facts(listed)).decode()
    return f'<div class="on-paper" lang="{listed.language}">{inside}</div>'


def _facts(listed: GroupsOnPaper) -> dict[str, Any]:
    return {"lang": listed.language, "about": listed.about, **listed.model_dump()}


def list_text(listed: GroupsOnPaper) -> str:
    """Return a list as a text to paste: a line for each group.

    Parameters
    ----------
    listed : GroupsOnPaper

    Returns
    -------
    str
    """
    lines = [f"{group.name}: {', '.join(group.people)}" for group in listed.groups]
    return "\n".join([listed.title, listed.about, "", *lines]) + "\n"


def _fitting(groups: Sequence[ListedGroup]) -> _Print:
    """Return the largest letters with which all groups are on one page."""
    return next((one for one in _PRINTS if _heights(groups, one) <= one.columns), _PRINTS[-1])


def _heights(groups: Sequence[ListedGroup], one: _Print) -> int:
    """Return how many columns the groups fill; no group is in two of them."""
    letter = one.size * _POINT
    letters = (_WIDTH / one.columns - _GAP * letter) / (letter * _LETTER)
    columns, room = 1, _ROOM
    for group in groups:
        lines = sum(max(1, ceil(len(text) / letters)) for text in (group.name, *group.people))
        height = (lines * _LINE + _BETWEEN) * letter
        if height > room:
            columns, room = columns + 1, _ROOM
        room -= height
    return columns
