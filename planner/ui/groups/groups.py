"""The groups as cards: who is in them, who has which role this week, and what was found."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.reporting.standing import Standing
from planner.ui.groups import answers, choices, dropped, edit_card, names, pointed, printed
from planner.ui.groups.choices import ON_A_PAGE, Chosen
from planner.ui.groups.edit_events import editing
from planner.ui.session.language import badge, plain, shown
from planner.ui.session.pending_state import leaving
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.shown_groups import Remark, shown_in


@parts.part(parts.GROUPS)
def section(course: Course) -> None:
    """Show the groups, a page of cards at a time."""
    chosen = choices.ask(course)
    printed.section()
    found = choices.matching(course, chosen)
    st.session_state[parts.CARDS] = parts.Cards(chosen.week, (), chosen.narrowed)
    if not found:
        st.info(shown(_nothing(chosen)), icon=":material/search:")
        return
    page = st.container(key="cards")
    pages = -(-len(found) // ON_A_PAGE)
    number = 1
    if pages > 1:
        with st.container(horizontal_alignment="center"):
            times, start = parts.turned()
            key = f"groups_page_{times}" if times else "groups_page"  # one field begins on one page
            number = min(st.pagination(pages, default=min(start, pages), key=key), pages)
    here = found[ON_A_PAGE * (number - 1) :][:ON_A_PAGE]
    st.session_state[parts.CARDS] = parts.Cards(
        chosen.week, tuple(here), chosen.narrowed, number, parts.turned()
    )
    gone = leaving(session())
    with page:
        grid = st.grid(3, min_column_width=270)
        for place in here:
            with grid.container(border=True, height="stretch", gap="xsmall", key=dropped.card(place)):
                st.fragment(_card, key=parts.card(place))(place, chosen, gone)
    dropped.field()


def _nothing(chosen: Chosen) -> Message:
    if not chosen.rule:
        return message("Nobody's name has “{text}” in it.", text=chosen.name)
    return message("There is no such group. Choose another rule, or none, and clear the search field.")


@guarded
def _card(place: int, chosen: Chosen, gone: frozenset[str]) -> None:
    """Show a group; drawn anew by itself where an edit changes it."""
    course = session().course
    if course is not None:
        _group(course, place, chosen, gone)


def _group(course: Course, place: int, chosen: Chosen, gone: frozenset[str]) -> None:
    seen = shown_in(course, chosen.week)
    group = seen.groups[place]
    st.subheader(plain(group.name), anchor=False)
    number = plural_message("One student", "{n} students", len(group.members))
    if group.name in course.locks.groups:
        st.markdown(_locked())
    dropped.told(course, group.name, place)
    pointed.told(course, group.name)
    with st.container(gap=None, key=f"members_{place}"):
        for student in group.members:
            noted = answers.beside(course.roster, student, chosen.columns, course.rules.term.clock)
            beside = (seen.roles.get(student, ""), *noted)
            names.menu(course, student, beside, chosen.name, stopped=student in gone)
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
