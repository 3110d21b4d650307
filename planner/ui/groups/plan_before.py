"""The plan before this one: one click away where it was replaced."""

from __future__ import annotations

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import message
from planner.store import PlanListing
from planner.ui.session import saving
from planner.ui.session.language import shown
from planner.ui.session.restoring import go_back
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.words import HOW

BACK = "hecht_back"  # the plan that somebody went back to, and what is said of it
SAME = ("edited", "proven")  # what came of a plan without taking its place


def told(now: Session) -> None:
    """Say that the plan on the page is the one of before again, for as long as it is."""
    course, before = st.session_state.get(BACK, (None, None))
    if course is None or course is not now.course:
        return
    text = message(
        "The groups from {time} ({how}) are in use again, with the rules they were made with.",
        time=day_and_time(before.made),
        how=HOW[before.how],
    )
    if now.in_use is None:
        text = message(
            "The groups from {time} ({how}) are back as a draft, with the rules they were made with.",
            time=day_and_time(before.made),
            how=HOW[before.how],
        )
    st.success(shown(text), icon=":material/history:")


def offer(now: Session) -> None:
    """Show the way back to the plan that was in use before this one, where there was one."""
    before = _before(now)
    if before is None:
        return
    text = message(
        "Back to the groups of {time} ({how})", time=day_and_time(before.made), how=HOW[before.how]
    )
    st.button(
        shown(text),
        key="plan_before",
        icon=":material/history:",
        help=shown(message("With the rules they were made with. The current groups are kept as well.")),
        on_click=_back,
    )


def _before(now: Session) -> PlanListing | None:
    """Return the last plan that was saved before this one took its place."""
    if not now.kept.id or now.kept.stale or now.kept.look_only or now.course is not now.kept.course:
        return None
    try:
        plans = iter(saving.repository().plans(now.kept.id))
    except InputError:
        return None  # told on top of the page
    for plan in plans:
        if plan.how not in SAME:
            break
    return next(plans, None)


@event
def _back() -> None:
    now = session()
    before = _before(now)
    if before is not None:
        saving.allow_change(now)
        repository = saving.repository()
        go_back(now, repository.plan(now.kept.id, before.number), repository.plans(now.kept.id))
        st.session_state[BACK] = now.course, before
