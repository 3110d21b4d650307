"""What an action came to is in view when the page is drawn, and the keyboard goes on from there."""

from __future__ import annotations

import re

import streamlit as st

from planner.plans.course import Course
from planner.ui.groups import choices
from planner.ui.shell.parts import CARDS as DRAWN
from planner.ui.shell.parts import REVEAL, Cards, part
from planner.ui.widgets import scripts

KEY, TURN = "hecht_reveal", "hecht_reveal_turn"
_OTHER = re.compile(r"[^a-zA-Z0-9_-]")


def css(key: str) -> str:
    """Return the class that a browser knows a widget by."""
    return f"st-key-{_OTHER.sub('-', key.strip())}"


def name_of(student: str) -> str:
    """Return the key of the menu of a student."""
    return f"name_{student}"


def at(focus: str, see: str = "") -> None:
    """Give the keyboard to a widget, or to a heading, when the page is drawn, with another one in view.

    Parameters
    ----------
    focus : str
        Key of the widget, or id of the heading.
    see : str
        Key of what is to be in view; the same one where it is left out.
    """
    turn = st.session_state.get(TURN, 0) + 1  # a browser runs a script again only where it is another
    st.session_state[TURN] = turn
    st.session_state[KEY] = (turn, focus, see or focus)


def student(course: Course, student: str, focus: str = "") -> None:
    """Bring a student's name into view, on its page of cards; the keyboard goes to it or to `focus`."""
    drawn: Cards | None = st.session_state.get(DRAWN)
    if drawn is not None and student in course.roster.by_id:
        choices.turn_to(course, drawn.week, student)
    name = name_of(student)
    at(focus or name, name if student else "")


@part(REVEAL, lambda _course: st.session_state.get(KEY))
def section(_course: Course) -> None:
    """Bring into view what was asked for since the page was drawn last."""
    asked = st.session_state.pop(KEY, None)
    if asked is not None:
        turn, focus, see = asked
        scripts.run(
            scripts.REVEAL, "reveal", {"turn": turn, "focus": [css(focus), focus], "see": [css(see), see]}
        )
