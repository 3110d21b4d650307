"""What waits to be carried out, in the bar of every page: what it comes to, and the button for it."""

from __future__ import annotations

import streamlit as st

from planner.model.no_plan import NoPlan
from planner.model.text import Message, message, plural_message
from planner.reporting import describe as words
from planner.ui.session import places, work
from planner.ui.session.language import shown
from planner.ui.session.pending_state import Pending, pending, work_out
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event, guarded

EVERY = 0.3  # seconds between two looks at what the changes come to


def show(now: Session) -> None:
    """Say what waits, what it comes to, and where that can be seen."""
    found = pending(now)
    if found is None:
        week = 1 if now.in_use is None else now.in_use.week
        text = message("In use from week {week}. No pending changes.", week=week)
        st.markdown(f":material/check_circle: {shown(text)}", width="stretch")
        return
    if found.rerun.run is not None:
        st.fragment(_look, run_every=work.pace(EVERY))()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/pending_actions: {shown(standing(found))}", width="content")
        if not places.here(Place.GROUPS):
            places.link(Place.GROUPS, message("See the pending changes"))


def standing(found: Pending) -> Message:
    """Return how many changes wait and what they come to, in a sentence."""
    count = plural_message("One pending change.", "{n} pending changes.", len(found.changes))
    if found.left_as_is:
        return count
    return message("{count} {effect}", count=count, effect=effect(found))


def effect(found: Pending) -> Message:
    """Return what the changes come to, as far as it is known."""
    if found.asked is None:
        reasons = found.obstacles or (message("your choices exclude each other."),)
        return message("First decide this: {reason}", reason=reasons[0])
    if found.failure is not None:
        why = found.failure
        if isinstance(why, NoPlan):
            return message("First decide this: {reason}", reason=words.no_plan(why, found.asked.asked))
        return message("The calculation stopped before it was known what that means.")
    if found.made is None:
        return message("Working out what that means …")
    return words.moves(found.made.course.plan.outcome)


def carry_out_button(now: Session) -> None:
    """Show the button that lets the new plan take the place of the one in use."""
    found = pending(now)
    if found is not None and not found.left_as_is:
        button(found, "carry_out_bar")


def button(found: Pending, key: str) -> None:
    """Show the button that carries the changes out, once it is known what they come to."""
    st.button(
        shown(message("Carry out")),
        key=key,
        type="primary",
        icon=":material/check:",
        disabled=found.made is None,
        on_click=_carry_out,
    )


@guarded
def _look() -> None:
    rerun = session().rerun
    if rerun.run is None:
        return
    rerun.run.look()
    if rerun.run.job.done():
        rerun.collect()
        st.rerun()


@event
def _carry_out() -> None:
    now = session()
    found = pending(now)
    if found is not None and found.made is not None:
        now.accept()


def begin() -> None:
    """Have it worked out what changed on the page comes to, at the end of its run."""
    if work_out(session()):
        st.rerun()  # what is under way is seen
