"""What was done to the groups before: in which week, when and, on a server, by whom."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import message
from planner.store import HistoryLine
from planner.ui.courses.history import when
from planner.ui.session import places, saving
from planner.ui.session.days import zone
from planner.ui.session.language import shown
from planner.ui.session.places import Place
from planner.ui.session.state import Session

MOST = 6  # of the last things; the page of courses has all


def section(now: Session) -> None:
    """Show what came of changes, the last one first."""
    done = _done(now)
    if not done:
        return
    st.subheader(shown(message("Carried out before")), anchor="done-before")
    st.markdown("\n".join(f"- {_line(now, line)}" for line in done[:MOST]))
    if len(done) > MOST:
        places.link(Place.COURSES, message("The whole history of this course"))


def _done(now: Session) -> Sequence[HistoryLine]:
    """Return what the history of the course tells of its plans."""
    if not now.kept.id:
        return ()
    try:
        return [line for line in saving.repository().history(now.kept.id) if line.plan is not None]
    except InputError:
        return ()  # told on top of the page


def _line(now: Session, line: HistoryLine) -> str:
    told = f"{when(line)} · {shown(line.what)}"
    if now.in_use is None or line.at.astimezone(zone()).date() < now.in_use.since:
        return told
    week = message("Week {week}", week=now.in_use.week_on(line.at.astimezone(zone()).date()))
    return f"{shown(week)} · {told}"
