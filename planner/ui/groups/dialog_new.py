"""Somebody new: a name, a number, what the rules read, and at once the groups where they fit best."""

from __future__ import annotations

import streamlit as st

from planner.edit.newcomer import new_student
from planner.model.domain import Student
from planner.model.free_times import with_zones
from planner.model.problems import InputError
from planner.model.text import message
from planner.plans.course import Course
from planner.services.places import PlacesRequest, PlacesResult, best_places
from planner.ui.groups import dialogs
from planner.ui.groups.dialog_place import show_places, week_of
from planner.ui.session.language import bold, name_of, shown
from planner.ui.session.pending_state import join, leaving
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets import problem_list
from planner.ui.widgets.answer_fields import answer_field, ask_if_new
from planner.ui.widgets.boundary import event

MOST = 5
NAME, NUMBER, EMAIL = "newcomer_name", "newcomer_number", "newcomer_email"


def show() -> None:
    """Open the window."""
    dialogs.window(message("New student"), ":material/person_add:", _body)()


def _body() -> None:
    course, listed = session().course, session().roster
    if course is None:
        return
    name, number, email, said = _asked(course)
    if not (name.strip() and number.strip()):
        st.caption(shown(message("Once there are a name and a number, the best groups will appear here.")))
        return
    try:
        student = new_student(course, number, name, said, email, listed)
        found = best_places(PlacesRequest(course, student, week_of(course), MOST, leaving(session())))
    except InputError as error:
        problem_list.errors(error.problems)
        return
    _places(found, student)


def _asked(course: Course) -> tuple[str, str, str, dict[str, str]]:
    """Ask who it is, and for an answer under each heading that the rules read."""
    grid = st.grid(2, min_column_width=220)
    with grid.container():
        name = st.text_input(shown(message("Full name")), key=NAME)
    with grid.container():
        number = st.text_input(shown(message("Student number")), key=NUMBER)
    with grid.container():
        email = st.text_input(shown(message("E-mail address, if you have it")), key=EMAIL)
    headings = with_zones(course.roster, course.rules.headings())
    used = [column for column in course.roster.columns if column.heading in headings]
    said = {}
    for place, column in enumerate(used):
        with grid.container():
            key = f"newcomer_{place}_{column.heading}"
            said[column.heading] = answer_field(column, course.roster, key)
            ask_if_new(column, course.roster, said[column.heading], key)
    return name, number, email, said


def _places(found: PlacesResult, student: Student) -> None:
    if found.unknown:
        text = message(
            "Not known yet for {name}: {columns}. The places below do not take it into account.",
            name=student.name,
            columns=tuple(map(name_of, found.unknown)),
        )
        st.info(shown(text), icon=":material/help:")
    problem_list.of_rules(found.remarks, key="remarks_newcomer", ways=False)
    st.markdown(bold(message("Where {name} fits best", name=student.name)))
    show_places(found, "join")
    text = message(
        "Nobody else moves. Or {name} goes on the class list and Hecht works out the place; "
        "you see it first.",
        name=student.name,
    )
    st.caption(shown(text))
    st.button(
        shown(message("Let Hecht choose the place")),
        key="join_list",
        icon=":material/playlist_add:",
        on_click=_add,
        args=(student,),
    )


@event
def _add(student: Student) -> None:
    join(session(), student)
    dialogs.close()
    parts.only(None)
