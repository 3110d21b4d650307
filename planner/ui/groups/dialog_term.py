"""One student's way through the term: weeks, group, with whom, and roles."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.plans.course import Course
from planner.reporting.story import describe_way
from planner.ui.groups import dialogs
from planner.ui.session.language import shown
from planner.ui.session.state import session


def show(course: Course, student: str) -> None:
    """Open the window for a student."""
    name = course.roster.shown_names.get(student)
    if name is not None:
        title = message("The term of {name}", name=name)
        dialogs.window(title, ":material/timeline:", _body)(student)


def _body(student: str) -> None:
    course = session().course
    if course is not None:
        st.markdown("\n".join(f"- {shown(line)}" for line in describe_way(course, student)))
