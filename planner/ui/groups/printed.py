"""All groups for whoever prints the page: a screen shows some cards at a time, paper has room for all."""

from __future__ import annotations

import streamlit as st

from planner.handouts.group_list import GroupsOnPaper, list_of_groups, list_section
from planner.handouts.weeks import first_week, last_week
from planner.plans.course import Course
from planner.ui.session.days import today
from planner.ui.session.state import session
from planner.ui.shell.parts import PRINTED, part


def listed(course: Course) -> GroupsOnPaper:
    """Return who is in which group, in the week that is on the page."""
    week = st.session_state.get("week")
    if not isinstance(week, int) or not first_week(course) <= week <= last_week(course):
        week = None
    return list_of_groups(course, today(), course.plan.language, session().kept.name, week)


def _face(course: Course) -> object:
    return listed(course)


@part(PRINTED, _face)
def section(course: Course) -> None:
    """Put all groups on the page, to be seen on paper only."""
    st.html(list_section(listed(course)))
