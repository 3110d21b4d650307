"""Groups are a draft until the coordinator says that they are in use, and from which week."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.session import saving
from planner.ui.session.language import shown
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event

WEEK = "use_from_week"


def ask(now: Session) -> None:
    """Offer to use the groups, from a week on."""
    if now.course is None:
        return
    first = now.course.plan.from_week
    with st.popover(shown(message("Use these groups")), icon=":material/flag:", type="primary", key="use"):
        st.markdown(
            shown(
                message(
                    "From then on the groups stay together. Changes are pending until you carry them "
                    "out, and only students who have to will move."
                )
            )
        )
        st.number_input(
            shown(message("From which week on?")),
            min_value=first,
            max_value=max(first, now.course.rules.term.weeks),
            key=WEEK,
        )
        st.button(
            shown(message("Use from this week on")),
            key="use_groups",
            type="primary",
            icon=":material/check:",
            on_click=_use,
        )


@event
def _use() -> None:
    saving.allow_change(session())
    session().use_groups(int(st.session_state.get(WEEK, 1)))
