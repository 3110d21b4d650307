"""What every part of editing by hand shares: making an edit at a click, and drawing what follows from it."""

from __future__ import annotations

import streamlit as st

from planner.edit import Edit
from planner.model.problems import InputError
from planner.ui.session.edit_state import by_hand
from planner.ui.session.state import session
from planner.ui.widgets import problem_list

EDITING = "hecht_editing"  # whether somebody edits
REFUSED = "hecht_edit_refused"


def editing() -> bool:
    """Whether the coordinator is editing by hand."""
    return bool(st.session_state.get(EDITING))


def attempt(edit: Edit, at: str = "", week: int | None = None) -> None:
    """Make an edit at a click; why it cannot be made is told where it was clicked, when the page is drawn."""
    now = session()
    if now.course is None:
        return
    try:
        by_hand(now, now.course).do(now, edit, week)
    except InputError as error:
        st.session_state[REFUSED] = (at, error.problems)


def refused(at: str = "") -> None:
    """Say why the last edit could not be made, where it was clicked."""
    where, problems = st.session_state.get(REFUSED, ("", ()))
    if problems and where == at:
        del st.session_state[REFUSED]
        problem_list.errors(problems)
