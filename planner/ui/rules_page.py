"""The page of the rules: what makes a good group, and whether that can work."""

from __future__ import annotations

import streamlit as st

from planner.text import say
from planner.ui import places, plan_bar, rules_section, why, work
from planner.ui.boundary import guarded
from planner.ui.language import told
from planner.ui.places import Place
from planner.ui.state import session


@guarded
def show() -> None:
    """Show the rules for the class list, where there is one."""
    now = session()
    now.read()
    st.header(told(say("Rules")), anchor="rules")
    if now.roster is None:
        places.missing(
            say("Rules follow from the columns of a class list, and there is none yet."),
            Place.CLASS_LIST,
            say("To the class list"),
        )
        return
    work.office()  # workers get ready while the rules are looked at
    wanted = rules_section.section(now, now.roster)
    why.offer(now, wanted.rules)
    plan_bar.bottom(now, wanted)
