"""Parts of a page that fold away, and stay as somebody left them when the page speaks another language."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from planner.model.text import Message
from planner.ui.session.language import shown


def fold(
    label: Message, key: str, icon: str | None, *, expanded: bool = False, compact: bool = False
) -> ExpanderContainer:
    """Return a part that folds away, to draw in.

    To a browser a part with another label is another part: without a word it would be
    as it was at first. So where the label changed it starts as the one before it was left.
    """
    text, kept = shown(label), f"hecht_fold_{key}"
    before, start, left = st.session_state.get(kept, (text, expanded, expanded))
    if before != text:
        start = bool(st.session_state.get(key, left))  # a press that came along with the other words counts
    kind: Literal["default", "compact"] = "compact" if compact else "default"
    part = st.expander(text, start, icon=icon, key=key, type=kind, on_change="rerun")
    st.session_state[kept] = (text, start, bool(part.open))
    return part


def unfold(key: str) -> None:
    """Open a part when it is drawn next."""
    st.session_state[f"hecht_fold_{key}"] = ("", True, True)
    st.session_state.pop(key, None)
