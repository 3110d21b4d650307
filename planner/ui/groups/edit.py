"""Editing by hand: pick a student, see what changes for every rule, and do it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.edit import Effect, Move, Swap, effect, weeks_to_edit
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting.describe import placed_finding
from planner.ui.groups import edit_improve, edit_locks, what_if
from planner.ui.groups.edit_events import EDITING, attempt, refused
from planner.ui.session.edit_state import ByHand, by_hand
from planner.ui.session.language import shown, worded
from planner.ui.session.state import session
from planner.ui.shell.parts import PANEL, edits, part
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

OPEN = "more_edit"
STUDENT, OTHER, GROUP = "edit_student", "edit_other", "edit_group"  # fields: who, with whom, where to
EMPTIED = "hecht_edit_emptied"  # the turn for which the fields were emptied
KINDS: Mapping[str, Message] = {
    "move": message("Move to a group"),
    "swap": message("Swap with a student"),
}


@guarded
def section(course: Course) -> None:
    """Let the coordinator change the plan by hand."""
    by_hand(session(), course)  # takes note of the plan that was here before, whether or not this is open
    more = fold(message("Edit by hand"), OPEN, ":material/edit:", compact=True)
    st.session_state[EDITING] = more.open
    if not more.open:
        return
    with more:
        _panel()
        edit_locks.section()
        edit_improve.section()


@part(PANEL)
def _panel(course: Course) -> None:
    """Show the fields of an edit; only these are drawn anew while somebody chooses."""
    hand = by_hand(session(), course)
    refused()
    chosen, week = _place(course, hand)
    if chosen is not None:
        hand.prepare(chosen, week)  # last: what is shown is on its way to the browser by then


def _place(course: Course, hand: ByHand) -> tuple[Move | Swap | None, int]:
    """Ask who goes where, and from which week on; tell what that changes before it is done."""
    _empty(hand.turn)
    st.caption(
        shown(
            message(
                "With a mouse you can also drag a name to another group, or onto a name there to swap them."
            )
        )
    )
    kind = st.segmented_control(
        shown(message("What to do")),
        list(KINDS),
        format_func=worded(KINDS.__getitem__),
        default="move",
        required=True,
        key="edit_kind",
        label_visibility="collapsed",
    )
    left, right, when = st.columns([3, 3, 2])
    with left:
        student = what_if.student(course, message("This student"), STUDENT)
    with right:
        if kind == "swap":
            other = what_if.student(course, message("with this student"), OTHER)
        else:
            other = what_if.group(course, message("to this group"), GROUP)
    with when:
        week = _week(course)
    chosen: Move | Swap | None = None
    if student and other:
        chosen = Swap(first=student, second=other) if kind == "swap" else Move(student=student, group=other)
    if chosen is not None:
        try:
            _show_effect(effect(course, chosen, week))
        except InputError as error:
            problem_list.errors(error.problems)
    # The button stays where it is, so that a keyboard does not lose its place.
    st.button(
        shown(message("Make this change")),
        key="edit_do",
        type="primary",
        icon=":material/check:",
        disabled=chosen is None,
        help=shown(message("First choose a student, and where to.")) if chosen is None else None,
        on_click=_do,
        args=(chosen, week),
    )
    return chosen, week


def _empty(turn: int) -> None:
    """Let the fields start empty after every edit. They keep their place: new ones take a browser longer."""
    if st.session_state.get(EMPTIED) != turn:
        st.session_state[EMPTIED] = turn
        for key in (STUDENT, OTHER, GROUP):
            st.session_state[key] = None


def _week(course: Course) -> int:
    """Ask from which week on it holds, where there is a choice."""
    weeks = weeks_to_edit(course)
    if len(weeks) == 1:
        return weeks[0]
    return st.selectbox(
        shown(message("From which week on?")),
        weeks,
        format_func=worded(_called),
        key=f"edit_week_{weeks[0]}",
        help=shown(message("The weeks before it stay as they were, roles included.")),
    )


def _called(week: int) -> Message:
    return message("Week {week}", week=week)


def _show_effect(found: Effect) -> None:
    """Show what it comes to, what changes for each rule, and what changes in later blocks."""
    what_if.verdict(found.answer, found.headline(), breaks=found.breaks)
    what_if.changes(found.answer)
    for later in found.later:
        lines = [
            *(message("this breaks {rule}", rule=change.rule) for change in later.answer.broken),
            *(placed_finding(finding) for finding in later.short),
        ]
        if lines:
            st.markdown(shown(message("From week {week}:", week=later.week)))
            st.markdown("\n".join(f"- {shown(line)}" for line in lines))


# Events


@edits
def _do(edit: Move | Swap | None, week: int) -> None:
    if edit is not None:
        attempt(edit, week=week)
