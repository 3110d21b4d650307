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
from planner.ui.groups.edit_events import attempt, refused
from planner.ui.session.language import plain, shown, worded
from planner.ui.session.pending_state import pending, stop, take_back
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.shell.parts import edits
from planner.ui.widgets.boundary import event

STOPPED, STAYS, ELSEWHERE, LOCK, UNLOCK = "stopped", "stays", "elsewhere", "lock", "unlock"
WHY, TERM = "why", "term"
ACTIONS: Mapping[str, tuple[Message, str]] = {
    STOPPED: (message("Stopped"), ":material/logout:"),
    STAYS: (message("Did not stop after all"), ":material/undo:"),
    ELSEWHERE: (message("Another group, or swap"), ":material/swap_horiz:"),
    LOCK: (message("Lock in this group"), ":material/lock:"),
    UNLOCK: (message("Unlock from this group"), ":material/lock_open:"),
    WHY: (message("Why this group?"), ":material/help:"),
    TERM: (message("The term, week by week"), ":material/timeline:"),
}


def menu(course: Course, student: str, beside: Sequence[str], wanted: str, *, stopped: bool) -> None:
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
    stopped : bool
        Whether it is noted that the student stopped, which is not carried out yet.
    """
    locked = student in course.locks.students
    some = (STOPPED, ELSEWHERE, UNLOCK if locked else LOCK, WHY, TERM)
    refused(reveal.name_of(student))
    st.menu_button(
        _label(course.roster.shown_names[student], beside, wanted, locked=locked, stopped=stopped),
        (STAYS, WHY, TERM) if stopped else some,
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


def _label(name: str, beside: Sequence[str], wanted: str, *, locked: bool, stopped: bool) -> str:
    if stopped:
        word = message("stopped, pending")
        return f"~~{plain(name)}~~ :small[:gray[{shown(word)}]]"
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


@event
def _stays(student: str) -> None:
    now = session()
    found = pending(now)
    if found is not None:
        take_back(now, [one for one in found.changes if (one.kind, one.student) == ("left", student)])
    parts.only(None)


@edits
def _lock(student: str) -> None:
    attempt(LockStudent(student=student, on=True), reveal.name_of(student))


@edits
def _unlock(student: str) -> None:
    attempt(LockStudent(student=student, on=False), reveal.name_of(student))


@event
def _elsewhere(student: str) -> None:
    dialogs.wanted(Dialog.PLACE, student)


@event
def _why(student: str) -> None:
    dialogs.wanted(Dialog.WHY, student)


@event
def _term(student: str) -> None:
    dialogs.wanted(Dialog.TERM, student)


DONE: Mapping[str, Callable[[str], None]] = {
    STOPPED: _stop,
    STAYS: _stays,
    ELSEWHERE: _elsewhere,
    LOCK: _lock,
    UNLOCK: _unlock,
    WHY: _why,
    TERM: _term,
}
