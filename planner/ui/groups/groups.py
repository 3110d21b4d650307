"""The groups as cards: who is in them, who has which role this week, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.domain import Group
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.plans.course import Course
from planner.ui.groups import edit_card, printed
from planner.ui.groups.edit_events import editing
from planner.ui.session.language import (
    badge,
    plain,
    shown,
    translated,
    worded,
)
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets import tables
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.shown_groups import Remark, Shown, shown_in

ON_A_PAGE = 12


@parts.part(parts.GROUPS)
def section(course: Course) -> None:
    """Show the groups, a page of cards at a time."""
    week, wanted = _choices(course)
    printed.section()
    found = matching(course, wanted, week)
    st.session_state[parts.CARDS] = parts.Cards(week, (), bool(wanted))
    if not found:
        st.info(shown(message("Nobody's name has “{text}” in it.", text=wanted)), icon=":material/search:")
        return
    page = st.container(key="cards")
    pages = -(-len(found) // ON_A_PAGE)
    number = 1
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            number = st.pagination(pages, key="groups_page")
    here = found[ON_A_PAGE * (min(number, pages) - 1) :][:ON_A_PAGE]
    st.session_state[parts.CARDS] = parts.Cards(week, tuple(here), bool(wanted))
    with page:
        grid = st.grid(3, min_column_width=270)
        for place in here:
            with grid.container(border=True, height="stretch", gap="xsmall"):
                st.fragment(_card, key=parts.card(place))(place, week, wanted)


def _choices(course: Course) -> tuple[int, str]:
    """Ask for a week and a name."""
    first = course.plan.from_week
    weeks = sorted({turn.week for turn in course.plan.turns if turn.week >= first})
    when, who = st.columns([1, 2])
    week = first
    if weeks:
        week = when.selectbox(
            shown(message("Roles of")),
            weeks,
            format_func=worded(_week),
            key="week",
        )
    wanted = who.text_input(
        shown(message("Find a student")),
        type="search",
        placeholder=translated(message("Name or part of it")),
        live="300ms",
        key="search",
    )
    return week, wanted


def _week(week: int) -> Message:
    return message("Week {week}", week=week)


def matching(course: Course, wanted: str, week: int) -> list[int]:
    """Return which groups of a week have somebody whose name has a text in it; all where it is empty."""
    text = normalize_text(wanted)
    return [
        place
        for place, group in enumerate(course.plan.block_of(week).groups)
        if not text
        or any(text in normalize_text(course.roster.shown_names[student]) for student in group.members)
    ]


@guarded
def _card(place: int, week: int, wanted: str) -> None:
    """Show a group; drawn anew by itself where an edit changes it."""
    course = session().course
    if course is not None:
        _group(course, place, week, wanted)


def _group(course: Course, place: int, week: int, wanted: str) -> None:
    seen = shown_in(course, week)
    group = seen.groups[place]
    st.subheader(plain(group.name), anchor=False)
    number = plural_message("One student", "{n} students", len(group.members))
    # One text rather than one for each part: a browser draws every element of a page at every edit.
    st.markdown(
        "\n\n".join(
            [
                f":small[{shown(number)}]",
                *([_locked()] if group.name in course.locks.groups else []),
                *_table(course, seen, group, week, wanted),
                *_remarks(seen.remarks.get(group.name, ())),
            ]
        )
    )
    if editing():
        _tools(course, group.name)


def _tools(course: Course, group: str) -> None:
    """Show what can be done with a group of now."""
    for place, one in enumerate(course.plan.groups):
        if one.name == group:
            edit_card.tools(course, group, place)


def _locked() -> str:
    return badge("blue", ":material/lock:", message("Locked: nobody leaves or joins"))


def _table(course: Course, seen: Shown, group: Group, week: int, wanted: str) -> list[str]:
    """Return the table of who is in a group, as Markdown."""
    names, locked = course.roster.shown_names, course.locks.students
    rows = [
        (_name(names[student], wanted) + (_lock() if student in locked else ""), seen.roles.get(student, "–"))
        for student in group.members
    ]
    head = (shown(message("Name")), shown(message("Role in week {week}", week=week)))
    return [tables.written(head, [(name, plain(role)) for name, role in rows])] if rows else []


def _name(name: str, wanted: str) -> str:
    return f"**{plain(name)}**" if wanted and normalize_text(wanted) in normalize_text(name) else plain(name)


def _lock() -> str:
    word = message("locked")
    return f" :material/lock: :small[{shown(word)}]"


def _remarks(remarks: Sequence[Remark]) -> list[str]:
    """Say what is not met as well as can be first, then what is good to know."""
    short = [remark for remark in remarks if remark.standing is not marks.Standing.FINE]
    rest = [remark for remark in remarks if remark.standing is marks.Standing.FINE]
    parts = [
        marks.of_group([remark.standing for remark in remarks]),
        _list(short),
        badge("gray", ":material/info:", message("Good to know")) if short and rest else "",
        _list(rest),
    ]
    return [part for part in parts if part]


def _list(remarks: Sequence[Remark]) -> str:
    return "\n".join(f"- :small[{shown(remark.message)}]" for remark in remarks)
