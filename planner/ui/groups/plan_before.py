"""The plan before this one: one click away where it was replaced."""

from __future__ import annotations

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.plans.course import Course
from planner.store import PlanListing
from planner.ui.session import saving
from planner.ui.session.language import shown
from planner.ui.session.restoring import go_back
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.words import HOW

BACK = "hecht_back"  # the plan that somebody went back to, and what is said of it
PEOPLE = "hecht_people_before"  # who would be in the groups and who not, by the plan of now
MOST_NAMED = 4
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
    again = _before(now)
    if again is not None:
        back = message("Undo: to the groups of {time} again", time=day_and_time(again.made))
        st.button(shown(back), key="plan_forth", icon=":material/redo:", on_click=_back)


def offer(now: Session) -> None:
    """Show the way back to the plan that was in use before this one, where there was one."""
    before = _before(now)
    if before is None:
        return
    people = _people_of(now, before)
    text = message(
        "Back to the groups of {time} ({how})", time=day_and_time(before.made), how=HOW[before.how]
    )
    st.button(
        shown(text),
        key="plan_before",
        icon=":material/history:",
        help=shown(_with(people)),
        on_click=_back,
    )


def _people_of(now: Session, before: PlanListing) -> tuple[Message, ...]:
    """Return who would be elsewhere by the plan before, worked out once."""
    assert now.course is not None  # noqa: S101 - there is a way back from it
    kept = st.session_state.get(PEOPLE)
    if kept is None or kept[0] is not now.course or kept[1] != before.number:
        kept = (now.course, before.number, _people(now, now.course, before))
        st.session_state[PEOPLE] = kept
    people: tuple[Message, ...] = kept[2]
    return people


def _with(people: tuple[Message, ...]) -> Message:
    """Say what comes with the way back: the rules of then, and who is in the groups and who is not."""
    told = message("With the rules they were made with. The current groups are kept as well.")
    for one in people:
        told = message("{told} {people}", told=told, people=one)
    return told


def _people(now: Session, course: Course, before: PlanListing) -> tuple[Message, ...]:
    """Return who would be in the groups and who would not, beside those of now."""
    try:
        then = saving.repository().plan(now.kept.id, before.number).course
    except InputError:
        return ()  # told where it is pressed
    was, here = then.plan.group_of, course.plan.group_of
    out = course.roster.names([one for one in here if one not in was])
    back = then.roster.names([one for one in was if one not in here])
    found = []
    moved = course.roster.names([one for one, group in here.items() if was.get(one, group) != group])
    if moved:
        names = shortened(moved, most=MOST_NAMED)
        found.append(message("In another group then: {names}.", names=names))
    if out:
        names = shortened(out, most=MOST_NAMED)
        found.append(message("Not in those groups, with a change pending: {names}.", names=names))
    if back:
        names = shortened(back, most=MOST_NAMED)
        found.append(message("In those groups again, with a change pending: {names}.", names=names))
    return tuple(found)


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
