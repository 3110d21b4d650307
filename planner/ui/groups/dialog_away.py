"""Who is away today: groups for one session, in twos and threes; the plan stays as it is."""

from __future__ import annotations

import streamlit as st

from planner.handouts.away import session_csv, session_of, session_reasons, session_text
from planner.model.text import message
from planner.model.wording import shortened
from planner.plans.course import Course
from planner.ui.groups import dialogs
from planner.ui.session.away_today import remember, remembered
from planner.ui.session.days import today
from planner.ui.session.language import current, shown, translated
from planner.ui.session.pending_state import leaving
from planner.ui.session.state import Session, session
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold

WHO, WEEK = "away_who", "away_week"
DAY = "hecht_away_day"  # of what is in the fields


def show() -> None:
    """Open the window."""
    dialogs.window(message("Who is away today?"), ":material/event_busy:", _body)()


def _body() -> None:
    now = session()
    course = now.course
    if course is None:
        return
    absent, week = _asked(now, course)
    remember(now, tuple(absent), week)
    if absent:
        _told(course, absent, week)
    else:
        st.caption(shown(message("Nobody is away: every group works as usual.")))


def _asked(now: Session, course: Course) -> tuple[list[str], int]:
    """Ask who is away and in which week: at first who stopped, later today what was chosen before."""
    _begin_anew()
    before, names = remembered(now), course.roster.shown_names
    first, last = course.plan.from_week, max(course.plan.from_week, course.rules.term.weeks)
    here, stopped = set(course.plan.group_of), leaving(now)
    chosen = stopped if before is None else before.absent
    absent = st.multiselect(
        shown(message("Students who are away")),
        sorted(here, key=lambda one: course.roster.by_id[one].sort_name),
        format_func=lambda one: names[one],
        placeholder=translated(message("Type a name")),
        select_all=False,
        key=seeded(WHO, sorted(one for one in chosen if one in here)),
    )
    _explained(course, [one for one in absent if one in stopped])
    week = st.number_input(
        shown(message("Week of the session")),
        min_value=first,
        max_value=last,
        key=seeded(WEEK, min(max(now.week_now() if before is None else before.week, first), last)),
        width=160,
    )
    return absent, int(week)


def _begin_anew() -> None:
    """Forget what is in the fields once it is another day: the window may have been open at midnight."""
    if st.session_state.get(DAY) != today():
        st.session_state[DAY] = today()
        for field in (WHO, WEEK):
            st.session_state.pop(field, None)


def _explained(course: Course, stopped: list[str]) -> None:
    """Say how long this is kept, and who is filled in without being asked."""
    texts = [message("Remembered for today only: tomorrow you start with an empty list.")]
    if stopped:
        names = shortened(course.roster.names(stopped))
        texts.append(message("Filled in because they stopped: {names}.", names=names))
    st.caption(" ".join(map(shown, texts)))


def _told(course: Course, absent: list[str], week: int) -> None:
    """Show who works with whom, once: as it can be shown in class, copied or printed."""
    found = session_of(course, absent, week)
    st.caption(
        shown(
            message("Your groups stay as they are. You can show or send this: absent students are left out.")
        )
    )
    st.code(session_text(found, current()), language=None, wrap_lines=True)
    st.download_button(
        shown(message("Download as CSV")),
        session_csv(found, course.plan.language),
        file_name=f"session-week-{week}.csv",
        mime="text/csv",
        icon=":material/download:",
        key="away_csv",
        on_click="ignore",
    )
    reasons = session_reasons(found)
    if reasons:
        more = fold(message("Why it is so, for you alone"), "more_away", ":material/help:")
        if more.open:
            more.markdown("\n".join(f"- {shown(line)}" for line in reasons))
