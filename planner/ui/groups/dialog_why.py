"""Why a student is in this group: a text to send, and what another place would mean."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.plans.course import Course
from planner.services.why import why_here
from planner.ui.groups import dialogs
from planner.ui.groups.dialog_place import request_of
from planner.ui.session.language import bold, shown
from planner.ui.session.state import session


def show(course: Course, student: str) -> None:
    """Open the window for a student."""
    name = course.roster.shown_names.get(student)
    if name is not None:
        title = message("Why {name} is in this group", name=name)
        dialogs.window(title, ":material/help:", _body)(student)


def _body(student: str) -> None:
    now = session()
    course = now.course
    if course is None or student not in course.plan.group_of:
        return
    changes = () if now.handover is None else now.handover.changes
    found = why_here(request_of(course, student), changes)
    st.caption(shown(message("You can copy and send this: it has no answer of anyone else by name.")))
    st.code(found.text(course.plan.language), language=None, wrap_lines=True)
    st.markdown(bold(message("What another place would mean, for you alone")))
    st.markdown("\n".join(f"- {shown(line)}" for line in found.elsewhere))
