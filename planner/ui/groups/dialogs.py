"""What is asked in a window of its own on the page of groups: one at a time, opened by a click."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import ParamSpec

import streamlit as st

from planner.model.text import Message
from planner.ui.groups import reveal
from planner.ui.session.language import translated
from planner.ui.shell import parts
from planner.ui.widgets.boundary import guarded

P = ParamSpec("P")

KEY = "hecht_dialog"


class Dialog(StrEnum):
    """A window."""

    PLACE = "place"
    NEW = "new"
    AWAY = "away"
    TERM = "term"
    WHY = "why"
    ANSWERS = "answers"


# The keys of the buttons; of answers there is one for each student.
OPENED_BY = {Dialog.NEW: "somebody_new", Dialog.AWAY: "away", Dialog.ANSWERS: "type_answers"}


def window(title: Message, icon: str, body: Callable[P, None]) -> Callable[P, None]:
    """Return what shows a body in a window; whoever closes it is not asked again."""
    named = translated(title)
    return st.dialog(named, width="medium", icon=icon, on_dismiss=close)(guarded(body))


def close() -> None:
    """Close the window, if one is open, and go back to what opened it."""
    asked = st.session_state.pop(KEY, None)
    if asked is not None:
        dialog, student = asked
        key = OPENED_BY.get(dialog) or reveal.name_of(student)
        reveal.at(f"{key}_{student}" if dialog is Dialog.ANSWERS else key)


def wanted(dialog: Dialog, student: str = "") -> None:
    """Open a window when the page is drawn, which is at once."""
    st.session_state[KEY] = dialog, student
    parts.only(None)


def opened() -> tuple[Dialog, str] | None:
    """Return the window that is open: it stays so when the page is drawn anew, until somebody closes it."""
    asked: tuple[Dialog, str] | None = st.session_state.get(KEY)
    return asked
