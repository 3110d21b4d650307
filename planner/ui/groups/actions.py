"""What is asked in windows of their own: the buttons above the groups, and the window that was asked for."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.ui.groups import (
    dialog_answers,
    dialog_away,
    dialog_new,
    dialog_place,
    dialog_term,
    dialog_why,
    dialogs,
    plan_before,
    undo,
)
from planner.ui.groups.dialogs import Dialog
from planner.ui.session.language import shown
from planner.ui.session.state import session
from planner.ui.widgets.boundary import event


def bar() -> None:
    """Show the buttons for somebody new, for a session in which some are away, and the ways back."""
    with st.container(horizontal=True, key="actions"):
        st.button(
            shown(message("New student")),
            key="somebody_new",
            icon=":material/person_add:",
            on_click=_wanted,
            args=(Dialog.NEW,),
        )
        st.button(
            shown(message("Who is away today?")),
            key="away",
            icon=":material/event_busy:",
            on_click=_wanted,
            args=(Dialog.AWAY,),
        )
        undo.bar()
        plan_before.offer(session())


@event
def _wanted(dialog: Dialog) -> None:
    dialogs.wanted(dialog)


def window() -> None:
    """Open the window that was asked for, if any."""
    asked, course = dialogs.opened(), session().course
    if asked is None or course is None:
        return
    dialog, student = asked
    if dialog is Dialog.NEW:
        dialog_new.show()
    elif dialog is Dialog.AWAY:
        dialog_away.show()
    elif dialog is Dialog.ANSWERS:
        dialog_answers.show(student)
    elif dialog is Dialog.TERM:
        dialog_term.show(course, student)
    elif dialog is Dialog.WHY:
        dialog_why.show(course, student)
    else:
        dialog_place.show(course, student)
