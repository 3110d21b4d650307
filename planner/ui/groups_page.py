"""The page of the groups: the run under way, the plan and how it stands, and what to take along."""

from __future__ import annotations

import streamlit as st

from planner.text import say
from planner.ui import download, places, plan_bar, results, work
from planner.ui.asked import asked
from planner.ui.boundary import guarded
from planner.ui.language import shown, told
from planner.ui.places import Place
from planner.ui.state import session


@guarded
def show() -> None:
    """Show the groups, or what is needed before there can be any."""
    now = session()
    now.read()
    st.header(told(say("Groups")), anchor="groups")
    if now.roster is None:
        places.missing(
            say("Groups are made of a class list, and there is none yet."),
            Place.CLASS_LIST,
            say("To the class list"),
        )
        return
    work.office()
    wanted = asked(now)
    if now.run is None and now.failure is None and now.course is None:
        st.markdown(shown(say("There are no groups yet. Make them with the button below.")))
    results.section(now, wanted.rules)
    download.section()
    plan_bar.bottom(now, wanted)
