"""The first page: a class list, what was read from it, and what its columns mean."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.class_list import class_list, reading, students
from planner.ui.session import work
from planner.ui.session.language import shown, translated
from planner.ui.session.plan_input import asked
from planner.ui.session.state import Session, session
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
    _in_use(now)
    plan_bar.bottom(now, asked(now))


def _in_use(now: Session) -> None:
    """Say what to do where students changed after there were groups."""
    if now.course is not None and now.outdated_students():
        text = message(
            "Are the groups in use already? Then use “{button}” below: only students who have to will move.",
            button=plan_bar.FEW_MOVES,
        )
        st.markdown(f":material/info: {shown(text)}")
