"""Better groups around what was done by hand: a run beside the plan, and what it would change."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.model.text import message, plural_message
from planner.plans.course import Course
from planner.replanning.compare import compare, other_of
from planner.reporting import describe as words
from planner.ui.groups import compare_table
from planner.ui.session import saving, work
from planner.ui.session.edit_state import ByHand, by_hand
from planner.ui.session.language import bold, shown
from planner.ui.session.state import session
from planner.ui.shell import plan_bar
from planner.ui.shell.parts import (
    IMPROVE,
    PLACED,
    edits,
    part,
)
from planner.ui.shell.run_progress import elapsed
from planner.ui.widgets import lost, problem_list
from planner.ui.widgets.boundary import event, guarded

MOST, FEW = 20, 4  # others who may move: at the most, and to begin with
MOST_LINES = 12  # of what did not hold yet


def _face(course: Course) -> tuple[object, ...]:
    hand = by_hand(session(), course)
    return hand.run, hand.failure, hand.better


@part(IMPROVE, _face)
def section(course: Course) -> None:
    """Offer to make the other groups better, or show the run or what it came to."""
    hand = by_hand(session(), course)
    with st.container(border=True, key="edit_improve_box"):
        st.markdown(bold(message("Improve the rest around my edits")))
        if hand.run is not None:
            _live()
            return
        _ask()
        if hand.failure is not None:
            _failed(hand.failure)
        if hand.better is not None:
            _better(hand)


def _kept(course: Course) -> int:
    return len(by_hand(session(), course).history.placed | set(course.locks.students))


@part(PLACED, _kept)
def _placed(course: Course) -> None:
    kept = _kept(course)
    st.caption(
        shown(
            message(
                "{people} and everything you locked stay in place. As few of the others as possible move.",
                people=plural_message("The one student you placed", "The {n} students you placed", kept),
            )
            if kept
            else message("Everything you locked stays in place. As few of the others as possible move.")
        )
    )


def _ask() -> None:
    _placed()
    most, go = st.columns([2, 3], vertical_alignment="bottom")
    most.number_input(shown(message("Extra moves allowed, for better groups")), 0, MOST, FEW, key="edit_most")
    go.button(
        shown(message("Improve the rest")),
        key="edit_improve",
        icon=":material/auto_fix_high:",
        on_click=_improve,
    )


@st.fragment(run_every=plan_bar.EVERY)
@guarded
def _live() -> None:
    now = session()
    if now.course is None:
        return
    hand = by_hand(now, now.course)
    if hand.run is None:
        return
    if hand.run.job.done():
        hand.collect()
        st.rerun()
    at = hand.run.look()
    text = message(
        "{stage} · {time}", stage=hand.run.standing(words.stage(at)), time=elapsed(hand.run.seconds)
    )
    st.progress(min(1.0, max(0.0, at.done)), text=shown(text))
    st.button(
        shown(message("Stop")),
        key="edit_stop",
        icon=":material/stop_circle:",
        on_click=_stop,
        disabled=hand.run.stopping,
    )


def _failed(failure: Exception) -> None:
    if isinstance(failure, NoPlan):
        st.error(
            shown(message("Unlock a student or a group, or undo an edit, and try again.")),
            title=shown(words.no_plan(failure, message("what you placed and locked"))),
            icon=":material/block:",
        )
        lines = words.closest(failure)
        st.markdown("\n".join(f"- {shown(line)}" for line in lines[:MOST_LINES]))
        problem_list.more(len(lines) - MOST_LINES)
    elif isinstance(failure, JobLost):
        lost.show(failure)
    else:
        st.error(
            shown(
                message(
                    "The calculation stopped before there was a plan. Nothing was changed; please try again."
                )
            ),
            icon=":material/sync_problem:",
        )


def _better(hand: ByHand) -> None:
    """Lay what came of it beside the plan on the page, and let the coordinator choose."""
    course, better = hand.history.now, hand.better
    assert better is not None  # noqa: S101 - for the type checker; the caller has looked
    if better.plan.groups == course.plan.groups:
        st.info(shown(message("Nothing better was found with this many moves.")), icon=":material/shield:")
        return
    st.info(shown(words.moves(better.plan.outcome)), icon=":material/move_group:")
    compare_table.show(
        better,
        compare(better, other_of(better, course)),
        message("With the rest improved"),
        message("As it is now"),
    )
    with st.container(horizontal=True):
        st.button(
            shown(message("Use these groups")),
            key="edit_better",
            type="primary",
            icon=":material/check:",
            on_click=_use,
        )
        st.button(
            shown(message("Leave it as it is")),
            key="edit_not_better",
            icon=":material/undo:",
            on_click=_leave,
        )


@event
def _improve() -> None:
    now = session()
    saving.allow_change(now)
    if now.course is not None:
        hand = by_hand(now, now.course)
        request = hand.asked(int(st.session_state.get("edit_most", FEW)))
        work.improve(hand, replace(request, time_limit=now.making.seconds))


@edits
def _use() -> None:
    now = session()
    if now.course is not None:
        hand = by_hand(now, now.course)
        if hand.better is not None:
            hand.show(now, hand.history.improved(hand.better))


@event
def _leave() -> None:
    now = session()
    if now.course is not None:
        by_hand(now, now.course).better = None


@event
def _stop() -> None:
    now = session()
    if now.course is not None:
        run = by_hand(now, now.course).run
        if run is not None:
            run.job.stop()
