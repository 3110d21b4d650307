"""The last thing that happened to groups in use: carried out or changed by hand, and whom to tell of it."""

from __future__ import annotations

import streamlit as st

from planner.edit import EditStep
from planner.model.problems import InputError
from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.reporting import describe as words_of
from planner.reporting.news import news
from planner.services.replan import ReplanResult
from planner.store import PlanListing
from planner.ui.groups import afterwards
from planner.ui.session import places, saving
from planner.ui.session.edit_state import by_hand, words
from planner.ui.session.language import shown
from planner.ui.session.pending_state import waits
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.shell.parts import HAPPENED, part
from planner.ui.widgets import scripts
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.folds import fold


def _of(course: Course) -> tuple[EditStep | None, ReplanResult | None]:
    """Return the last edit by hand that people have to hear of, and what was carried out before it."""
    now = session()
    if now.in_use is None or now.kept.stale or waits():
        return None, None
    history = by_hand(now, course).history
    rerun = now.rerun
    carried = rerun.made if rerun.done == "accepted" and rerun.base is history.start else None
    moved = news(history.start.plan.groups, course.plan.groups, course.roster)
    return (history.done[-1] if history.done and moved else None), carried


@part(HAPPENED, _of)
def section(course: Course) -> None:
    """Say what happened last, and what is left to do."""
    step, carried = _of(course)
    if step is not None:
        _by_hand(session(), course, step, carried)
    elif carried is not None:
        with st.container(border=True, key="carried_out"):
            _carried_out(session(), carried)
    else:
        _kept(session(), course)


def _kept(now: Session, course: Course) -> None:
    """Keep at hand whom to tell of the last change, for who comes back later or on another computer."""
    last = _last_change(now)
    if last is None:
        return
    came, before = last
    label = message("What changed on {time}, and whom to tell", time=day_and_time(came.made))
    with fold(label, "more_last_change", ":material/history:", compact=True) as opened:
        if not opened.open:
            return
        then, since = (saving.repository().plan(now.kept.id, one.number) for one in (before, came))
        changes = since.handover.changes if since.handover is not None else ()
        found = news(then.course.plan.groups, course.plan.groups, course.roster, changes)
        afterwards.tell(found, course.roster, course.plan.from_week, "last_change")
        if not found:
            st.markdown(shown(message("Every group has the same members as before.")))


def _last_change(now: Session) -> tuple[PlanListing, PlanListing] | None:
    """Return the change that the groups in use came of, and the plan before it."""
    if now.in_use is None or not now.kept.id or now.kept.stale or now.course is not now.kept.course:
        return None
    try:
        plans = [plan for plan in saving.repository().plans(now.kept.id) if plan.how != "proven"]
    except InputError:
        return None  # told on top of the page
    return (plans[0], plans[1]) if len(plans) > 1 and plans[0].how != "made" else None


def _by_hand(now: Session, course: Course, step: EditStep, before: ReplanResult | None) -> None:
    """Say what was changed by hand, and whom to tell; what was carried out before it is folded away."""
    hand = by_hand(now, course)
    start = hand.history.start
    with st.container(border=True, key="changed_by_hand"):
        text = message("Edited by hand: {edit}.", edit=words(step, hand))
        st.success(shown(text), icon=":material/check:")
        count = len(hand.history.done)
        if count > 1:
            told = plural_message("With the edit before it.", "With the {n} edits before it.", count - 1)
            st.caption(shown(told))
        found = news(start.plan.groups, course.plan.groups, course.roster)
        afterwards.tell(found, course.roster, now.week_now(), "by_hand")
        if before is not None:
            label = message("Carried out before that, and whom to tell")
            with fold(label, "more_carried_out", ":material/history:") as opened:
                if opened.open:
                    afterwards.section(before)


def _carried_out(now: Session, made: ReplanResult) -> None:
    """Say that changes were carried out, as long as the plan is the one that came of it."""
    text = message("Carried out. {moves}", moves=words_of.moves(made.course.plan.outcome))
    if now.rerun.just_made:  # in view, once
        now.rerun.just_made = False
        scripts.run(scripts.DECIDED, "decided")
    st.success(shown(text), icon=":material/check:")
    afterwards.section(made)
    places.link(Place.CHANGES, message("Before and after"))
