"""One student's way through the term: weeks, group, with whom, and roles."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from planner.model.text import message
from planner.plans.course import Course
from planner.reporting.story import WayPart, describe_way
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
    for part in () if course is None else describe_way(course, student):
        st.subheader(shown(part.heading), anchor=False)
        st.markdown("\n".join(_list(part)))


def _list(part: WayPart) -> Iterator[str]:
    """Yield the people of some weeks, then the roles under a line of their own."""
    yield from (f"- {shown(line)}" for line in part.people)
    if part.roles:
        roles = message("Roles")
        yield f"- {shown(roles)}"
        yield from (f"    - {shown(line)}" for line in part.roles)
