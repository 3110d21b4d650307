"""The page of the rules: what makes a good group, and whether that can work."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.rules import ask, rules_section
from planner.ui.rules import conflict as why
from planner.ui.session import places, work
from planner.ui.session.language import translated
from planner.ui.session.places import Place
from planner.ui.session.state import session
from planner.ui.shell import plan_bar
from planner.ui.widgets.boundary import guarded


@guarded
def show() -> None:
    """Show the rules for the class list, where there is one."""
    now = session()
    now.read()
    st.header(translated(message("Rules")), anchor="rules")
    if now.roster is None:
        places.missing(
            message("Rules are suggested from the columns of a class list, and there is none yet."),
            Place.CLASS_LIST,
            message("To the class list"),
        )
        return
    work.job_manager()  # workers get ready while the rules are looked at
    wanted = rules_section.section(now, now.roster)
    why.offer(now, wanted.rules)
    if wanted.rules is not None:
        ask.section(now, wanted.rules)
    plan_bar.bottom(now, wanted)
