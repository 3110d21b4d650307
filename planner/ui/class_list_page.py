"""The first page: a class list, what was read from it, and what its columns mean."""

from __future__ import annotations

import streamlit as st

from planner.text import say
from planner.ui import class_list, plan_bar, reading, work
from planner.ui.asked import asked
from planner.ui.boundary import guarded
from planner.ui.language import told
from planner.ui.state import session


@guarded
def show() -> None:
    """Show the ways to start, and the class list once there is one."""
    now = session()
    st.header(told(say("Class list")), anchor="class-list")
    class_list.section(now)
    reading.section(now)
    if now.roster is None:
        return
    work.office()  # a worker gets ready while the class list is looked at
    plan_bar.bottom(now, asked(now))
