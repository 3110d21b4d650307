"""Who and what stays as it is, and a group more or less, while somebody edits by hand."""

from __future__ import annotations

import streamlit as st

from planner.edit import Close, LockGroup, LockStudent, Open
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.groups.edit_events import attempt
from planner.ui.session.language import shown, translated
from planner.ui.session.state import session
from planner.ui.shell.parts import LOCKS, edits, part
from planner.ui.widgets.fields import seeded


def _face(course: Course) -> tuple[object, ...]:
    groups = [(group.name, bool(group.members)) for group in course.plan.groups]
    return course.locks, groups, course.plan.group_of.keys()


@part(LOCKS, _face)
def section(course: Course) -> None:
    """Show what is locked, and a way to add a group or take an empty one away."""
    _locks(course)
    _groups(course)


def _locks(course: Course) -> None:
    """Ask who and what stays as it is; a lock is honoured by hand and by a run."""
    groups, names = course.plan.group_of, course.roster.shown_names
    left, right = st.columns(2)
    left.multiselect(
        shown(message("Lock these students in their group")),
        sorted(groups, key=lambda s: (names[s].casefold(), s)),
        format_func=lambda student: names[student],
        placeholder=translated(message("Type a name")),
        select_all=False,
        key=_synced("edit_lock_students", list(course.locks.students)),
        on_change=_lock_students,
    )
    right.multiselect(
        shown(message("Lock these groups: nobody leaves or joins")),
        [group.name for group in course.plan.groups],
        placeholder=translated(message("Choose a group")),
        select_all=False,
        key=_synced("edit_lock_groups", list(course.locks.groups)),
        on_change=_lock_groups,
    )


def _synced(key: str, value: list[str]) -> str:
    """Return the key of a widget that shows what is locked now, also after an undo."""
    st.session_state[key] = value
    return key


def _groups(course: Course) -> None:
    """Ask for a group more."""
    name, add = st.columns([3, 1], vertical_alignment="bottom")
    name.text_input(
        shown(message("Name of the new group")),
        key=seeded("edit_open", ""),
        placeholder=translated(message("Name of the group")),
    )
    add.button(
        shown(message("Add the group")), key="edit_add_group", icon=":material/group_add:", on_click=_open
    )
    for group in (group.name for group in course.plan.groups if not group.members):
        st.button(
            shown(message("Remove {group}: nobody is in it", group=group)),
            key=f"edit_close_{group}",
            icon=":material/group_remove:",
            on_click=_close,
            args=(group,),
        )


# Events


@edits
def _lock_students() -> None:
    now = session()
    if now.course is not None:
        chosen, locked = set(st.session_state["edit_lock_students"]), set(now.course.locks.students)
        for student in sorted(chosen ^ locked):
            attempt(LockStudent(student=student, on=student in chosen))


@edits
def _lock_groups() -> None:
    now = session()
    if now.course is not None:
        chosen, locked = set(st.session_state["edit_lock_groups"]), set(now.course.locks.groups)
        for group in sorted(chosen ^ locked):
            attempt(LockGroup(group=group, on=group in chosen))


@edits
def _open() -> None:
    attempt(Open(name=" ".join(str(st.session_state.get("edit_open", "")).split())))


@edits
def _close(group: str) -> None:
    attempt(Close(group=group))
