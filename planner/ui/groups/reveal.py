"""What an action came to is in view when the page is drawn, and the keyboard goes on from there."""

from __future__ import annotations

import re
from uuid import uuid4

import streamlit as st

from planner.plans.course import Course
from planner.ui.groups import choices
from planner.ui.shell.parts import CARDS as DRAWN
from planner.ui.shell.parts import REVEAL, Cards, part
from planner.ui.widgets import scripts

KEY = "hecht_reveal"
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
    st.session_state[KEY] = (str(uuid4()), focus, see or focus)


def student(course: Course, student: str, focus: str = "") -> None:
    """Bring a student's name into view, on its page of cards; the keyboard goes to it or to `focus`."""
    drawn: Cards | None = st.session_state.get(DRAWN)
    groups = () if drawn is None else course.plan.block_of(drawn.week).groups
    place = next((at for at, group in enumerate(groups) if student in group.members), None)
    if drawn is not None and place is not None:
        choices.turn_to(course, drawn, place)
    name = name_of(student)
    at(focus or name, name if student else "")


@part(REVEAL, lambda _course: st.session_state.get(KEY))
def section(_course: Course) -> None:
    """Bring into view what was asked for last: a browser does that once, however often this is drawn."""
    asked = st.session_state.get(KEY)
    if asked is not None:
        turn, focus, see = asked
        scripts.run(
            scripts.REVEAL, "reveal", {"turn": turn, "focus": [css(focus), focus], "see": [css(see), see]}
        )
