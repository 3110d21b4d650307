"""The first page: a class list, what was read from it, and what its columns mean."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.class_list import class_list, reading, students
from planner.ui.session import work
from planner.ui.session.language import translated
from planner.ui.session.plan_input import asked
from planner.ui.session.state import session
from planner.ui.shell import plan_bar
from planner.ui.widgets.boundary import guarded


@guarded
def show() -> None:
    """Show the ways to start, and the class list once there is one."""
    now = session()
    work.job_manager()  # workers get ready while the class list is looked for
    students.take(now)
    st.header(translated(message("Class list")), anchor="class-list")
    start = st.container()
    found = reading.section(now)
    with start:
        class_list.section(now)
    if found is None:
        return
    students.section(now, found)
    reading.more(now, found)
    if now.roster is None:
        return
    plan_bar.bottom(now, asked(now))
