"""The answers of somebody new, asked in a window: nobody has to look for a row in a table."""

from __future__ import annotations

from functools import partial

import streamlit as st

from planner.model.domain import Roster, Student
from planner.model.free_times import with_zones
from planner.model.text import message
from planner.ui.groups import dialogs, reveal
from planner.ui.groups.dialogs import Dialog
from planner.ui.session.language import shown
from planner.ui.session.pending_state import take_answers
from planner.ui.session.state import Session, session
from planner.ui.shell import parts
from planner.ui.widgets.answer_fields import answer_field, ask_if_new
from planner.ui.widgets.boundary import event

SAVED = "hecht_answers_saved"  # of whom, last
SAVE = "save_answers"


def opener(student: str) -> str:
    """Return the key of the button that opens the window for a student."""
    return f"{dialogs.OPENED_BY[Dialog.ANSWERS]}_{student}"


def show(student: str) -> None:
    """Open the window for a student, as long as they are in the class list."""
    roster = session().roster
    if roster is not None and student in roster.by_id:
        title = message("Answers of {name}", name=roster.shown_names[student])
        dialogs.window(title, ":material/edit_note:", _body)(student)


def window() -> None:
    """Open the window where it was asked for, on a page that has no other windows."""
    asked = dialogs.opened()
    if asked is not None and asked[0] is Dialog.ANSWERS:
        show(asked[1])


def _body(student: str) -> None:
    now = session()
    if now.roster is None or student not in now.roster.by_id:
        return
    one, used = now.roster.by_id[student], _used(now, now.roster)
    st.caption(shown(message("What stays empty counts as missing.")))
    others = Roster(
        students=tuple(other for other in now.roster.students if other.id != student),
        columns=now.roster.columns,
    )
    said = {}
    for place, column in enumerate(column for column in now.roster.columns if column.heading in used):
        key = f"answer_{student}_{place}_{column.heading}"
        said[column.heading] = answer_field(column, others, key, one.answer(column.heading).strip())
        ask_if_new(column, others, said[column.heading], key)
    st.button(
        shown(message("Save the answers")),
        key=SAVE,
        type="primary",
        icon=":material/check:",
        on_click=partial(_save, one, said),
    )


def _used(now: Session, roster: Roster) -> tuple[str, ...]:
    rules = now.rules_now() or (None if now.course is None else now.course.rules)
    return () if rules is None else with_zones(roster, rules.headings())


@event
def _save(student: Student, said: dict[str, str]) -> None:
    take_answers(session(), student.id, said)
    st.session_state[SAVED] = student.id
    dialogs.close()
    reveal.at("pending")
    parts.only(None)
