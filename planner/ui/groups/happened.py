"""The last thing that happened to groups in use: carried out or changed by hand, and whom to tell of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.edit import EditStep, History
from planner.model.domain import Group
from planner.model.problems import InputError
from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.reporting import describe as words_of
from planner.reporting.course_changes import course_news
from planner.reporting.news import GroupNews
from planner.services.replan import ReplanResult
from planner.ui.groups import afterwards
from planner.ui.session import places, saving
from planner.ui.session.edit_state import by_hand, words
from planner.ui.session.language import shown
from planner.ui.session.pending_state import waits
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.shell.parts import HAPPENED, part
from planner.ui.widgets import scripts
from planner.ui.widgets.folds import fold

BEFORE = "hecht_before_last_change"  # the course on the page, and as it was before its last change
AT_HAND = 1  # weeks after a change in which it stays at hand whom to tell


def _of(course: Course) -> tuple[EditStep | None, ReplanResult | None, tuple[GroupNews, ...]]:
    """Return the last edit by hand, what was carried out before it, and what people have to hear of."""
    now = session()
    if now.in_use is None or now.kept.stale or waits():
        return None, None, ()
    history = by_hand(now, course).history
    rerun = now.rerun
    carried = rerun.made if rerun.done == "accepted" and rerun.base is history.start else None
    known = now.handover.changes if now.handover is not None else ()
    before = () if course.history else _before(now, history, carried)
    found = course_news(course, known, before)
    return (history.done[-1] if history.done else None), carried, found


def _before(now: Session, history: History, carried: ReplanResult | None) -> Sequence[Group]:
    """Return the groups of before this visit, or before the last change that is saved."""
    if carried is not None:
        return carried.request.earlier.held
    if history.done:
        return history.start.plan.groups
    last = _last_change(now)
    return () if last is None else last.plan.groups


@part(HAPPENED, _of)
def section(course: Course) -> None:
    """Say what happened last, and what is left to do."""
    step, carried, found = _of(course)
    if step is not None and found:
        _by_hand(session(), course, step, carried, found)
    elif carried is not None and step is None:
        with st.container(border=True, key="carried_out"):
            _carried_out(session(), carried, found)
    elif found and session().week_now() <= course.plan.from_week + AT_HAND:
        label = message("What changed from week {week}, and whom to tell", week=course.plan.from_week)
        with fold(label, "more_last_change", ":material/campaign:") as opened:
            if opened.open:
                afterwards.tell(found, course.roster, course.plan.from_week, "last_change")


def _last_change(now: Session) -> Course | None:
    """Return the course as it was before the last change, for who comes back later or on another computer."""
    if not now.kept.id or now.course is not now.kept.course:
        return None
    kept: tuple[Course | None, Course | None] = st.session_state.get(BEFORE, (None, None))
    if kept[0] is not now.course:
        kept = (now.course, _saved_before(now.kept.id))
        st.session_state[BEFORE] = kept
    return kept[1]


def _saved_before(course: str) -> Course | None:
    try:
        plans = [plan for plan in saving.repository().plans(course) if plan.how != "proven"]
        if len(plans) < 2 or plans[0].how == "made":
            return None
        return saving.repository().plan(course, plans[1].number).course
    except InputError:
        return None  # told on top of the page


def _by_hand(
    now: Session, course: Course, step: EditStep, before: ReplanResult | None, found: Sequence[GroupNews]
) -> None:
    """Say what was changed by hand, and whom to tell of that and of what was carried out before it."""
    hand = by_hand(now, course)
    with st.container(border=True, key="changed_by_hand"):
        text = message("Edited by hand: {edit}.", edit=words(step, hand))
        st.success(shown(text), icon=":material/check:")
        count = len(hand.history.done)
        if count > 1:
            told = plural_message("With the edit before it.", "With the {n} edits before it.", count - 1)
            st.caption(shown(told))
        afterwards.tell(found, course.roster, course.plan.from_week, "by_hand")
        if before is not None:
            afterwards.on_the_platform(before, "by_hand")


def _carried_out(now: Session, made: ReplanResult, found: Sequence[GroupNews]) -> None:
    """Say that changes were carried out, as long as the plan is the one that came of it."""
    text = message("Carried out. {moves}", moves=words_of.moves(made.course.plan.outcome))
    if now.rerun.just_made:  # in view, once
        now.rerun.just_made = False
        scripts.run(scripts.DECIDED, "decided")
    st.success(shown(text), icon=":material/check:")
    afterwards.tell(found, made.course.roster, made.course.plan.from_week, "made")
    afterwards.on_the_platform(made, "made")
    places.link(Place.CHANGES, message("Before and after"))
