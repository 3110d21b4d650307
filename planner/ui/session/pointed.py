"""What somebody chose in the picture of rules and groups: a rule in a group."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from planner.model.text import Message
from planner.plans.course import Course
from planner.reporting.picture import Mark

KEY = "hecht_pointed"


class Pointed(NamedTuple):
    """A cell of the picture.

    Attributes
    ----------
    course : Course
        Of whose groups the picture was.
    group : str
    rule : Message
    mark : Mark
    """

    course: Course
    group: str
    rule: Message
    mark: Mark


def point(chosen: Pointed) -> None:
    """Remember the cell that was chosen last."""
    st.session_state[KEY] = chosen


def last_pointed() -> Pointed | None:
    """Return the cell that was chosen last."""
    found: Pointed | None = st.session_state.get(KEY)
    return found


def pointed_at(course: Course, group: str) -> Pointed | None:
    """Return the cell that was chosen last, where it is of a group and of these groups."""
    last = last_pointed()
    return last if last is not None and last.course is course and last.group == group else None
