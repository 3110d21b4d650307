"""What waits to be carried out: each change with its way back, what they come to, and the decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.handover import Change
from planner.model.text import message
from planner.services.pending import PendingChange
from planner.services.replan import ReplanResult
from planner.ui.groups import dialog_answers, dialogs, happened
from planner.ui.groups.dialogs import Dialog
from planner.ui.session import places
from planner.ui.session.language import plain, shown
from planner.ui.session.pending_state import Pending, pending, take_back
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.shell import pending_bar
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold

AT_ONCE = 6  # changes that are in view without a click
MOST = 60
MOST_MOVES = 8
MOST_RULES = 8


def section(now: Session) -> None:
    """Show what waits, if anything does."""
    found = pending(now)
    if found is None:
        happened.section()
        return
    with st.container(border=True, key="pending"):
        st.subheader(shown(message("Pending changes")), anchor="pending")
        if found.left_as_is:
            later(found)
            pending_bar.watch(now, shows=True)
            return
        changes(found.changes)
        effect(found)
        pending_bar.watch(now, shows=True)
        if found.made is not None:
            _moves(found.made)
        _decide(now, found)


def effect(found: Pending) -> None:
    """Say what the changes come to; where something has to be decided first, with the way to decide it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{shown(pending_bar.effect(found, rules=False))}**", width="content")
        pending_bar.way_out(found)
    _rules(found)


def _rules(found: Pending) -> None:
    """Say of each rule that changed, or that stands otherwise than now, what will be met and what not."""
    effects = found.effects
    if effects is None:
        return
    st.markdown("\n".join(f"- :small[{shown(one)}]" for one in effects.lines[:MOST_RULES]))
    problem_list.more(len(effects.lines) - MOST_RULES)


def changes(every: Sequence[PendingChange]) -> None:
    """Show each change, with its way back."""
    for place, change in enumerate(every[:AT_ONCE]):
        _change(place, change)
    rest = every[AT_ONCE:MOST]
    if not rest:
        return
    label = message("{n} more", n=len(every) - AT_ONCE)
    with fold(label, "more_pending", ":material/more_horiz:") as opened:
        if opened.open:
            for place, change in enumerate(rest, AT_ONCE):
                _change(place, change)
            problem_list.more(len(every) - MOST)


SIGNS = {
    "left": ":material/logout:",
    "joined": ":material/person_add:",
    "answers": ":material/edit_note:",
    "replaced": ":material/person_alert:",
    "details": ":material/badge:",
    "columns": ":material/view_column:",
    "rules": ":material/rule:",
    "unfinished": ":material/rule:",
    "choices": ":material/alt_route:",
}


def _change(place: int, change: PendingChange) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{SIGNS[change.kind]} {shown(change.message)}", width="content")
        st.button(
            shown(message("Take back")),
            key=f"take_back_{place}",
            icon=":material/undo:",
            on_click=_take_back,
            args=((change,),),
        )
    if change.student and change.student == st.session_state.get(dialog_answers.SAVED):
        text = message("The answers are saved.")
        st.markdown(f":green[:material/check:] {shown(text)}")
    if change.unanswered:
        _unanswered(change)


def _unanswered(change: PendingChange) -> None:
    """Ask for the answers of somebody new; until then they count as missing."""
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message(
            "No answers yet to {columns}: until then they count as missing.", columns=change.unanswered
        )
        st.markdown(f":material/subdirectory_arrow_right: {shown(text)}", width="content")
        st.button(
            shown(message("Fill in the answers")),
            key=dialog_answers.opener(change.student),
            icon=":material/edit_note:",
            on_click=_ask_answers,
            args=(change.student,),
        )


def _moves(made: ReplanResult) -> None:
    """Say who would be where, and why."""
    lines = [_line(one) for one in made.changed if one.to_group is not None]
    if lines:
        st.markdown("\n".join(lines[:MOST_MOVES]))
        problem_list.more(len(lines) - MOST_MOVES)


def _line(one: Change) -> str:
    way = (
        message("to {group}", group=one.to_group or "")
        if one.from_group is None
        else message("from {old} to {new}", old=one.from_group, new=one.to_group or "")
    )
    return f"- **{plain(one.name)}** {shown(way)}: :small[{shown(one.reason)}]"


def _decide(now: Session, found: Pending) -> None:
    """Let the coordinator carry it out, keep it for later, take it back, or look at other choices."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _week(now, found)
        pending_bar.button(found, "carry_out")
        pending_bar.work_again(found, "work_again")
        st.button(
            shown(message("Not now, keep for later")),
            key="leave_pending",
            icon=":material/schedule:",
            on_click=_leave,
        )
        if len(found.changes) > 1:
            st.button(
                shown(message("Take all back")),
                key="take_all_back",
                icon=":material/undo:",
                on_click=_take_back,
                args=(found.changes,),
            )
        places.link(Place.CHANGES, message("Before and after, and other choices"))


def _week(now: Session, found: Pending) -> None:
    assert now.course is not None  # noqa: S101 - something waits
    first, last = now.course.plan.from_week, now.course.rules.term.weeks
    if last <= first:
        return
    options = found.rerun.options
    options.from_week = st.number_input(
        shown(message("From week")),
        min_value=first,
        max_value=last,
        key=seeded(f"pending_week_{found.rerun.id}", min(max(options.from_week, first), last)),
        width=130,
    )


def later(found: Pending) -> None:
    """Say in a line what is kept for later; carrying it out stays one press away."""
    st.markdown(f":material/schedule: {shown(pending_bar.standing(found))}", width="stretch")
    with st.container(horizontal=True, vertical_alignment="center"):
        pending_bar.button(found, "carry_out")
        st.button(
            shown(message("Look at them again")),
            key="look_again",
            icon=":material/visibility:",
            on_click=_look_again,
        )


@event
def _take_back(changes: Sequence[PendingChange]) -> None:
    take_back(session(), changes)


@event
def _ask_answers(student: str) -> None:
    dialogs.wanted(Dialog.ANSWERS, student)


@event
def _leave() -> None:
    session().leave_rerun()


@event
def _look_again() -> None:
    session().rerun.done = ""  # what they come to is known already
