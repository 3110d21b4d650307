"""The plan before this one: one click away where it was replaced."""

from __future__ import annotations

import streamlit as st

from planner.problems import InputError
from planner.store import PlanListing
from planner.text import say
from planner.ui import saving
from planner.ui.boundary import event
from planner.ui.clock import day_and_time
from planner.ui.language import shown
from planner.ui.restoring import go_back
from planner.ui.state import Session, session
from planner.ui.words import HOW

SAME = ("edited", "proven")  # what came of a plan without taking its place


def offer(now: Session) -> None:
    """Show the way back to the plan that was in use before this one, where there was one."""
    before = _before(now)
    if before is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        text = say(
            "The groups before these: {time}, {how}.", time=day_and_time(before.made), how=HOW[before.how]
        )
        st.markdown(f":material/history: {shown(text)}", width="content")
        st.button(
            shown(say("Back to the groups before")),
            key="plan_before",
            icon=":material/undo:",
            type="tertiary",
            help=shown(say("With the rules that they were made with. The groups of now are kept as well.")),
            on_click=_back,
        )


def _before(now: Session) -> PlanListing | None:
    """Return the last plan that was saved before this one took its place."""
    if not now.kept.id or now.kept.stale or now.course is not now.kept.course:
        return None
    try:
        plans = iter(saving.shelf().plans(now.kept.id))
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
        go_back(now, saving.shelf().plan(now.kept.id, before.number))
