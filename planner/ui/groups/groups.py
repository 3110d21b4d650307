"""The groups as cards: who is in them, who has which role this week, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.plans.course import Course
from planner.reporting.standing import Standing
from planner.ui.groups import edit_card, names, printed
from planner.ui.groups.edit_events import editing
from planner.ui.session.language import (
    badge,
    plain,
    shown,
    translated,
    worded,
)
from planner.ui.session.pending_state import stopped
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.shown_groups import Remark, shown_in

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
    gone = stopped(session())
    with page:
        grid = st.grid(3, min_column_width=270)
        for place in here:
            with grid.container(border=True, height="stretch", gap="xsmall"):
                st.fragment(_card, key=parts.card(place))(place, week, wanted, gone)


def _choices(course: Course) -> tuple[int, str]:
    """Ask for a week and a name."""
    first = course.plan.from_week
    weeks = sorted({turn.week for turn in course.plan.turns if turn.week >= first})
    when, who = st.columns([1, 3])
    week = first
    if weeks:
        week = when.selectbox(
            shown(message("Roles of")),
            weeks,
            format_func=worded(_week),
            key="week",
            label_visibility="collapsed",
        )
    wanted = who.text_input(
        shown(message("Find a student")),
        type="search",
        placeholder=translated(message("Find a student: name or part of it")),
        live="300ms",
        key="search",
        label_visibility="collapsed",
    )
    return week, wanted


def _week(week: int) -> Message:
    return message("Roles of week {week}", week=week)


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
def _card(place: int, week: int, wanted: str, gone: frozenset[str]) -> None:
    """Show a group; drawn anew by itself where an edit changes it."""
    course = session().course
    if course is not None:
        _group(course, place, week, wanted, gone)


def _group(course: Course, place: int, week: int, wanted: str, gone: frozenset[str]) -> None:
    seen = shown_in(course, week)
    group = seen.groups[place]
    st.subheader(plain(group.name), anchor=False)
    number = plural_message("One student", "{n} students", len(group.members))
    if group.name in course.locks.groups:
        st.markdown(_locked())
    with st.container(gap=None, key=f"members_{place}"):
        for student in group.members:
            role = seen.roles.get(student, "")
            names.menu(course, student, role, wanted, stopped=student in gone)
    st.markdown("\n\n".join([f":small[{shown(number)}]", *_remarks(seen.remarks.get(group.name, ()))]))
    if editing():
        _tools(course, group.name)


def _tools(course: Course, group: str) -> None:
    """Show what can be done with a group of now."""
    for place, one in enumerate(course.plan.groups):
        if one.name == group:
            edit_card.tools(course, group, place)


def _locked() -> str:
    return badge("blue", ":material/lock:", message("Locked: nobody leaves or joins"))


def _remarks(remarks: Sequence[Remark]) -> list[str]:
    """Say what is not met as well as can be first, then what is good to know."""
    short = [remark for remark in remarks if remark.standing is not Standing.FINE]
    rest = [remark for remark in remarks if remark.standing is Standing.FINE]
    parts = [
        marks.of_group([remark.standing for remark in remarks]),
        _list(short),
        badge("gray", ":material/info:", message("Good to know")) if short and rest else "",
        _list(rest),
    ]
    return [part for part in parts if part]


def _list(remarks: Sequence[Remark]) -> str:
    return "\n".join(f"- :small[{shown(remark.message)}]" for remark in remarks)
