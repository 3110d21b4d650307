"""Tabs of which only the open one is filled, and that stay where they were in another language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from planner.model.text import Message
from planner.ui.session.language import shown, spoken


def tabs(labels: Sequence[Message], key: str) -> Sequence[TabContainer]:
    """Return tabs to draw in; whoever draws in one looks first whether it is open.

    A browser knows tabs by their words and by the one they begin with: with others they would be other
    tabs. So which one is open is kept by its place, and they begin with it where the words changed.
    """
    words = [shown(label) for label in labels]
    before, start, left = st.session_state.get(_kept(key), (words, 0, 0))
    if before != words:
        start = left
    made = st.tabs(words, default=words[start], key=spoken(key), on_change="rerun")
    at = next((place for place, tab in enumerate(made) if tab.open), 0)
    st.session_state[_kept(key)] = (words, start, at)
    return made


def turn_to(key: str, place: int) -> None:
    """Open a tab when they are drawn next."""
    st.session_state[_kept(key)] = ([], place, place)
    st.session_state.pop(spoken(key), None)


def _kept(key: str) -> str:
    return f"hecht_tab_{key}"
