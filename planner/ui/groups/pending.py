"""What waits to be carried out: each change with its way back, what they come to, and the decision."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.handover import Change
from planner.model.text import message
from planner.reporting import describe as words
from planner.services.pending import PendingChange
from planner.services.replan import ReplanResult
from planner.ui.groups import afterwards
from planner.ui.session import places, saving
from planner.ui.session.language import plain, shown
from planner.ui.session.pending_state import Pending, pending, take_back
from planner.ui.session.places import Place
from planner.ui.session.state import Session, session
from planner.ui.shell import pending_bar
from planner.ui.widgets import problem_list, scripts
from planner.ui.widgets.boundary import event
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold, unfold

AT_ONCE = 6  # changes that are in view without a click
MOST = 60
MOST_MOVES = 8


def section(now: Session) -> None:
    """Show what waits, if anything does."""
    found = pending(now)
    if found is None:
        _carried_out(now)
        return
    with st.container(border=True, key="pending"):
        st.subheader(shown(message("Pending changes")), anchor="pending")
        if found.left_as_is:
            later(found)
            return
        changes(found.changes)
        effect(found)
        if found.made is not None:
            _moves(found.made)
        _decide(now, found)


def _carried_out(now: Session) -> None:
    """Say that changes were carried out, as long as the plan is the one that came of it."""
    made = now.rerun.made
    if made is None or now.rerun.done != "accepted" or now.rerun.base is not now.course:
        return
    text = message("Carried out. {moves}", moves=words.moves(made.course.plan.outcome))
    with st.container(border=True, key="carried_out"):
        if now.rerun.just_made:  # in view, once
            now.rerun.just_made = False
            scripts.run(scripts.DECIDED, "decided")
        st.success(shown(text), icon=":material/check:")
        afterwards.section(made)
        places.link(Place.CHANGES, message("Before and after"))


def effect(found: Pending) -> None:
    """Say what the changes come to; where something has to be decided first, with the way to decide it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{shown(pending_bar.effect(found))}**", width="content")
        pending_bar.way_out(found)


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
            type="tertiary",
            icon=":material/undo:",
            on_click=_take_back,
            args=((change,),),
        )
    if change.unanswered:
        _unanswered(place, change)


def _unanswered(place: int, change: PendingChange) -> None:
    """Ask for the answers of somebody new; until then they count as missing."""
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message(
            "No answers yet to {columns}: until then they count as missing.", columns=change.unanswered
        )
        st.markdown(f":material/subdirectory_arrow_right: {shown(text)}", width="content")
        if st.button(
            shown(message("Type the answers")),
            key=f"type_answers_{place}",
            type="tertiary",
            icon=":material/edit_note:",
        ):
            unfold("more_students")
            places.go(Place.CLASS_LIST)


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
    """Let the coordinator carry it out, let it wait, take it back, or look at other choices."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _week(now, found)
        pending_bar.button(found, "carry_out")
        pending_bar.work_again(found, "work_again")
        st.button(
            shown(message("Leave as it is")), key="leave_pending", icon=":material/schedule:", on_click=_leave
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
    """Say how many changes wait that the coordinator let wait."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(shown(pending_bar.standing(found)), width="content")
        st.button(
            shown(message("Look at them again")),
            key="look_again",
            icon=":material/visibility:",
            on_click=_look_again,
        )


@event
def _take_back(changes: Sequence[PendingChange]) -> None:
    now = session()
    saving.allow_change(now)
    take_back(now, changes)


@event
def _leave() -> None:
    session().leave_rerun()


@event
def _look_again() -> None:
    session().restart()
