"""What the page says of work that ended without a result."""

from __future__ import annotations

import streamlit as st

from planner.jobs.job import JobLost
from planner.model.text import message
from planner.ui.session.language import shown

WHY = {
    "died": message("The process working on this crashed, so there is no result."),
    "hung": message("The process working on this stopped responding, so there is no result."),
    "too-much": message("This took more memory than is available, so it was stopped and there is no result."),
}
REST = message(
    "Another process has taken over. Your courses and the work of others are unchanged. "
    "Please try again; if it happens again, ask for less: a quick search, fewer rules or "
    "fewer terms."
)


def show(error: JobLost) -> None:
    """Say what happened to a job, and what to do."""
    if error.loss == "withdrawn":
        text = message("You stopped this while it was in the queue; nothing was changed.")
        st.info(shown(text), icon=":material/stop_circle:")
    else:
        st.error(shown(REST), title=shown(WHY[error.loss]), icon=":material/sync_problem:")
