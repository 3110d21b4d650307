"""Tabs of which only the open one is filled, and that stay where they were in another language."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.elements.lib.mutable_tab_container import TabContainer

from planner.model.text import Message
from planner.ui.session.language import shown, spoken


def tabs(labels: Sequence[Message], key: str) -> Sequence[TabContainer]:
    """Return tabs to draw in; whoever draws in one looks first whether it is open.

    A browser knows a tab by its words: in other words it would be another one. So which one is
    open is kept by its place.
    """
    words = [shown(label) for label in labels]
    made = st.tabs(
        words, default=words[st.session_state.get(_kept(key), 0)], key=spoken(key), on_change="rerun"
    )
    st.session_state[_kept(key)] = next((place for place, tab in enumerate(made) if tab.open), 0)
    return made


def turn_to_first(key: str) -> None:
    """Open the first tab when they are drawn next."""
    st.session_state[_kept(key)] = 0
    st.session_state.pop(spoken(key), None)


def _kept(key: str) -> str:
    return f"hecht_tab_{key}"
