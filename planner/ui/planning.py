"""The first page: from a class list to groups."""

from __future__ import annotations

import streamlit as st

from planner.text import say
from planner.ui import class_list, download, frame, plan_bar, reading, results, rules_section, work
from planner.ui.boundary import guarded
from planner.ui.language import told
from planner.ui.state import session


def page() -> st.Page:
    """Return this page for the navigation."""
    return st.Page(show, title=told(say("Groups")), default=True)


@guarded
def show() -> None:
    """Show the journey, as far as the coordinator is."""
    now = session()
    class_list.section(now)
    reading.section(now)
    if now.roster is None:
        return
    work.office()  # a worker gets ready while the rules are looked at
    asked = rules_section.section(now, now.roster)
    results.section(now, asked.rules)
    download.section(now)
    with st.bottom, frame.column():
        plan_bar.show(now, asked)
