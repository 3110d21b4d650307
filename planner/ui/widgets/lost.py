"""What the page says of work that ended without a result."""

from __future__ import annotations

import streamlit as st

from planner.jobs.pool import JobLost
from planner.model.text import message
from planner.ui.session.language import shown

WHY = {
    "died": message("The worker that was busy with this has crashed, so nothing came of it."),
    "hung": message("The worker that was busy with this gave no more sign of life, so nothing came of it."),
    "too-much": message(
        "This took more memory than there is for it, so it was stopped and nothing came of it."
    ),
}
REST = message(
    "Another has taken its place. Your courses and what others are doing were not touched. Please try again; "
    "if it happens once more, ask for less: quick groups, fewer rules or fewer terms."
)


def show(error: JobLost) -> None:
    """Say what happened to a job, and what to do."""
    if error.loss == "withdrawn":
        text = message("You stopped this before its turn came; nothing was changed.")
        st.info(shown(text), icon=":material/stop_circle:")
    else:
        st.error(shown(REST), title=shown(WHY[error.loss]), icon=":material/sync_problem:")
