"""Who is away today: groups for one session, in twos and threes; the plan stays as it is."""

from __future__ import annotations

import streamlit as st

from planner.handouts.away import session_csv, session_lines, session_of, session_text
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.groups import dialogs
from planner.ui.session.language import shown, translated
from planner.ui.session.state import session

WHO = "away_who"


def show() -> None:
    """Open the window."""
    dialogs.window(message("Who is away today?"), ":material/event_busy:", _body)()


def _body() -> None:
    course = session().course
    if course is None:
        return
    names = course.roster.shown_names
    absent = st.multiselect(
        shown(message("Students who are away")),
        sorted(course.plan.group_of, key=lambda one: course.roster.by_id[one].sort_name),
        format_func=lambda one: names[one],
        placeholder=translated(message("Type a name")),
        select_all=False,
        key=WHO,
    )
    week = st.number_input(
        shown(message("Week of the session")),
        min_value=course.plan.from_week,
        max_value=max(course.plan.from_week, course.rules.term.weeks),
        value=session().week_now(),
        key="away_week",
        width=160,
    )
    _told(course, absent, int(week))


def _told(course: Course, absent: list[str], week: int) -> None:
    """Show who works with whom, ready to be shown in class, copied or printed."""
    found = session_of(course, absent, week)
    st.markdown("  \n".join(shown(line) for line in session_lines(found)))
    if not absent:
        return
    language = course.plan.language
    st.caption(shown(message("Your groups stay as they are. To copy:")))
    st.code(session_text(found, language), language=None, wrap_lines=True)
    st.download_button(
        shown(message("Download as CSV")),
        session_csv(found, language),
        file_name=f"session-week-{week}.csv",
        mime="text/csv",
        icon=":material/download:",
        key="away_csv",
        on_click="ignore",
    )
