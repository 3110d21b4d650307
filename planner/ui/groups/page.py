"""The page of the groups: the run under way, the plan and how it stands, and what to take along."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.groups import actions, download, pending, results, reveal
from planner.ui.session import places, work
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.session.plan_input import asked
from planner.ui.session.state import Session, session
from planner.ui.shell import parts, plan_bar
from planner.ui.widgets.boundary import guarded


def _title(now: Session) -> None:
    """Show the title, with the way to the downloads below all of the groups."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="title"):
        st.header(translated(message("Groups")), anchor="groups", width="content")
        if now.course is not None and now.making.run is None:
            downloads = message("Download")
            st.markdown(f":small[[:material/download: {shown(downloads)}](#download)]", width="content")


@guarded
def show() -> None:
    """Show the groups, or what is needed before there can be any."""
    now = session()
    now.read()
    parts.begin()
    _title(now)
    if now.roster is None and now.course is None:
        places.missing(
            message("Groups are made from a class list, and there is none yet."),
            Place.CLASS_LIST,
            message("To the class list"),
        )
        return
    work.job_manager()
    wanted = asked(now)
    if now.making.run is None and now.making.failure is None and now.course is None:
        st.markdown(shown(message("There are no groups yet. Make them with the button below.")))
    pending.section(now)
    results.section(now, wanted.rules)
    download.section()
    plan_bar.anew(now, wanted)
    plan_bar.bottom(now, wanted)
    actions.window()
    reveal.section()
