"""Which week a card, a mail or a teacher's sheet is about."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from planner.handouts.weeks import first_week, last_week
from planner.model.text import Message
from planner.plans.course import Course
from planner.ui.session.language import shown
from planner.ui.session.state import session
from planner.ui.widgets.fields import seeded


def week_field(course: Course, label: Message, key: str, width: int | Literal["stretch"] = "stretch") -> int:
    """Ask for a week of the groups, from the one that it likely is; a single one is not asked for."""
    first, last = first_week(course), last_week(course)
    if first >= last:
        return first
    chosen: int = st.number_input(
        shown(label),
        min_value=first,
        max_value=last,
        key=seeded(f"{key}_week_{first}_{last}", session().week_now()),
        width=width,
    )
    return chosen
