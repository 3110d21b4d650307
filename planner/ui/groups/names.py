"""A name on a card is a menu: what can be done with this student, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from planner.edit import LockStudent
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.plans.course import Course
from planner.ui.groups import dialogs, reveal
from planner.ui.groups.dialogs import Dialog
from planner.ui.groups.edit_events import attempt
from planner.ui.session.language import plain, shown, worded
from planner.ui.session.pending_state import stop
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.shell.parts import edits
from planner.ui.widgets.boundary import event

STOPPED, ELSEWHERE, LOCK, UNLOCK, TERM = "stopped", "elsewhere", "lock", "unlock", "term"
ACTIONS: Mapping[str, tuple[Message, str]] = {
    STOPPED: (message("Stopped"), ":material/logout:"),
    ELSEWHERE: (message("Another group, or swap"), ":material/swap_horiz:"),
    LOCK: (message("Lock in this group"), ":material/lock:"),
    UNLOCK: (message("Unlock from this group"), ":material/lock_open:"),
    TERM: (message("The term, week by week"), ":material/timeline:"),
}


def menu(course: Course, student: str, beside: Sequence[str], wanted: str) -> None:
    """Show a student's name, with what belongs beside it, as the button of a menu.

    Parameters
    ----------
    course : Course
    student : str
        Id.
    beside : sequence of str
        The role in the week on the page and, where they are asked for, answers; empty ones are left out.
    wanted : str
        What was looked for among the names.
    """
    locked = student in course.locks.students
    st.menu_button(
        _label(course.roster.shown_names[student], beside, wanted, locked=locked),
        (STOPPED, ELSEWHERE, UNLOCK if locked else LOCK, TERM),
        format_func=lambda action: f"{ACTIONS[action][1]} {worded(_called)(action)}",
        key=reveal.name_of(student),
        type="tertiary",
        on_click=_choose,
        args=(student,),
        width="stretch",
        wrap=True,
    )


def _called(action: str) -> Message:
    return ACTIONS[action][0]


def _label(name: str, beside: Sequence[str], wanted: str, *, locked: bool) -> str:
    found = bool(wanted) and normalize_text(wanted) in normalize_text(name)
    word = message("locked")
    lock = f" :material/lock: :small[{shown(word)}]" if locked else ""
    called = f"**{plain(name)}**" if found else plain(name)
    more = " · ".join(plain(one) for one in beside if one)
    return f"{called}{lock} :small[:gray[{more}]]" if more else f"{called}{lock}"


def _choose(student: str) -> None:
    action = str(st.session_state.get(reveal.name_of(student)))
    if action in DONE:
        DONE[action](student)


@event
def _stop(student: str) -> None:
    now = session()
    stop(now, student)
    reveal.at("groups" if now.in_use is None else "pending")
    parts.only(None)


@edits
def _lock(student: str) -> None:
    attempt(LockStudent(student=student, on=True))


@edits
def _unlock(student: str) -> None:
    attempt(LockStudent(student=student, on=False))


@event
def _elsewhere(student: str) -> None:
    dialogs.wanted(Dialog.PLACE, student)


@event
def _term(student: str) -> None:
    dialogs.wanted(Dialog.TERM, student)


DONE: Mapping[str, Callable[[str], None]] = {
    STOPPED: _stop,
    ELSEWHERE: _elsewhere,
    LOCK: _lock,
    UNLOCK: _unlock,
    TERM: _term,
}
