"""What the page says of work that ended without a result."""

from __future__ import annotations

import streamlit as st

from planner.jobs import JobLost
from planner.text import say
from planner.ui.language import shown

WHY = {
    "died": say("The worker that was busy with this has crashed, so nothing came of it."),
    "hung": say("The worker that was busy with this gave no more sign of life, so nothing came of it."),
}
REST = say(
    "Another has taken its place. Your courses and what others are doing were not touched. Please try again; "
    "if it happens once more, ask for less: quick groups, fewer rules or fewer terms."
)


def show(error: JobLost) -> None:
    """Say what happened to a job, and what to do."""
    if error.loss == "withdrawn":
        text = say("You stopped this before its turn came; nothing was changed.")
        st.info(shown(text), icon=":material/stop_circle:")
    else:
        st.error(shown(REST), title=shown(WHY[error.loss]), icon=":material/sync_problem:")
