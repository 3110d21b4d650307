"""Where a student could be instead: with whom to swap, and which groups have room, the best first."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from planner.edit import weeks_to_edit
from planner.edit.best_places import PlaceInGroup
from planner.edit.values import Edit, moved_by
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.services.places import PlacesRequest, PlacesResult, best_places, swap_partners
from planner.ui.groups import dialogs, reveal
from planner.ui.session.edit_state import by_hand
from planner.ui.session.language import bold, plain, shown
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event

MOST = 5
MOST_LINES = 6


def show(course: Course, student: str) -> None:
    """Open the window for a student."""
    name = course.roster.shown_names.get(student)
    if name is not None:
        title = message("Another group for {name}", name=name)
        dialogs.window(title, ":material/swap_horiz:", _body)(student)


def _body(student: str) -> None:
    course = session().course
    if course is None or student not in course.plan.group_of:
        return
    here = message("Now in {group}.", group=course.plan.group_of[student])
    st.markdown(shown(here))
    week = week_of(course)
    _part(message("Swap with"), swap_partners, PlacesRequest(course, student, week, MOST), _partner)
    _part(message("Move to"), best_places, PlacesRequest(course, student, week, MOST), _group)


def week_of(course: Course) -> int:
    """Return the week from which an edit holds: the one that it likely is, or the next that can be edited."""
    now, weeks = session().week_now(), weeks_to_edit(course)
    return next((week for week in weeks if week >= now), weeks[-1])


def _part(
    title: Message,
    rank: Callable[[PlacesRequest], PlacesResult],
    request: PlacesRequest,
    called: Callable[[Course, PlaceInGroup], Message],
) -> None:
    st.markdown(bold(title))
    try:
        found = rank(request)
    except InputError as error:
        problem_list.errors(error.problems)
        return
    if not found.places:
        st.markdown(shown(message("Nothing that keeps every required rule.")))
    for number, place in enumerate(found.places):
        show_place(found, place, called(found.course, place), f"{rank.__name__}_{number}", request.week)


def _partner(course: Course, place: PlaceInGroup) -> Message:
    name = course.roster.shown_names[place.partner or ""]
    return message("{name} ({group})", name=name, group=place.group)


def _group(_course: Course, place: PlaceInGroup) -> Message:
    return message("{group}", group=place.group)


def show_place(found: PlacesResult, place: PlaceInGroup, called: Message, key: str, week: int | None) -> None:
    """Show a place, what it means rule by rule, and the button that puts the student there."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        sign = ":orange[:material/block:]" if place.breaks else ":material/check_circle:"
        lines = [f":small[{shown(line)}]" for line in found.lines(place)[:MOST_LINES]]
        if place.breaks:
            lines[:1] = [f"**{line}**" for line in lines[:1]]  # first of all, what would not be met any more
        head = f"{sign} **{shown(called)}** :small[{shown(found.size(place))}]"
        st.markdown("  \n".join([head, *lines]), width="stretch")
        st.button(
            shown(message("Place here") if place.home is None else message("Do this")),
            key=key,
            icon=":material/check:",
            disabled=place.locked,
            on_click=_do,
            args=(found.edit(place), week),
            help=plain(place.group) if place.locked else None,
        )


@event
def _do(edit: Edit, week: int | None) -> None:
    now = session()
    if now.course is not None:
        by_hand(now, now.course).do(now, edit, week)
        dialogs.close()
        reveal.student(now.course, moved_by(edit)[0])
        parts.only(None)
