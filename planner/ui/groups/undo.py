"""Undo and redo on the page itself: each says what it is about, also what was done in an earlier visit."""

from __future__ import annotations

import streamlit as st

from planner.edit import EditStep
from planner.edit.values import moved_by
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.ui.groups import reveal
from planner.ui.session.edit_state import ByHand, by_hand, edited_on, words
from planner.ui.session.language import shown
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.shell.parts import UNDO, edits, part

UNDO_KEY, REDO_KEY = "edit_undo", "edit_redo"


def _of(course: Course) -> tuple[Message | None, Message | None]:
    """Return what can be undone and what can be done again."""
    hand = by_hand(session(), course)
    hand.look_back(session())
    done, undone, before = hand.history.done, hand.history.undone, hand.edited_before
    back = words(done[-1], hand) if done else None
    if back is None and before is not None:
        back = hand.before_in_words or edited_on(before.made)
    return back, words(undone[-1], hand) if undone else None


@part(UNDO, _of)
def bar(course: Course) -> None:
    """Show the way back, and forth where there is one."""
    back, forth = _of(course)
    with st.container(horizontal=True, width="content"):
        if back is not None:
            st.button(
                shown(message("Undo: {edit}", edit=back)),
                key=UNDO_KEY,
                icon=":material/undo:",
                on_click=undo,
            )
        if forth is not None:
            st.button(
                shown(message("Redo: {edit}", edit=forth)),
                key=REDO_KEY,
                icon=":material/redo:",
                on_click=_redo,
            )


@edits
def undo() -> None:
    """Undo the last edit, show where that is seen, and keep the keyboard here."""
    now = session()
    if now.course is not None:
        hand = by_hand(now, now.course)
        _show(hand.undo(now), hand)


@edits
def _redo() -> None:
    now = session()
    if now.course is not None:
        hand = by_hand(now, now.course)
        _show(hand.redo(now), hand)


def _show(step: EditStep | None, hand: ByHand) -> None:
    if step is None:
        parts.only(None)  # what was to be undone came to nothing
        return
    can_undo = hand.history.done or hand.edited_before is not None
    stay = UNDO_KEY if can_undo and step not in hand.history.done else REDO_KEY
    if not hand.history.undone:
        stay = UNDO_KEY
    moved = moved_by(step.edit)
    reveal.student(hand.history.now, moved[0] if moved else "", stay)
