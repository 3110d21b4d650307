"""What can be done with a group from its card, while somebody edits by hand: another name, a lock."""

from __future__ import annotations

import streamlit as st

from planner.edit import LockGroup, Rename
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.groups.edit_events import attempt, refused
from planner.ui.session.language import shown
from planner.ui.shell.parts import edits


def tools(course: Course, group: str, place: int) -> None:
    """Show the name of a group as a field, and its lock as a button.

    Parameters
    ----------
    course : Course
    group : str
    place : int
        Of the group in the plan: the keys stay as they are under another name.
    """
    opened = st.popover(
        shown(message("Name and lock")),
        icon=":material/edit:",
        key=f"edit_tools_{place}",
        width="stretch",
        on_change="rerun",  # filled once it is opened: there is one for every group
    )
    if not opened.open:
        return
    with opened:
        key = f"edit_name_{place}"
        st.text_input(
            shown(message("Name of the group")), group, key=key, on_change=_rename, args=(group, key)
        )
        refused(group)
        st.caption(
            shown(
                message(
                    "Is this group in your learning platform already? Give it the new name there as "
                    "well: an import makes a new group for a name it does not know."
                )
            )
        )
        locked = group in course.locks.groups
        st.button(
            shown(message("Unlock this group") if locked else message("Lock this group")),
            key=f"edit_lock_{place}",
            icon=":material/lock_open:" if locked else ":material/lock:",
            on_click=_lock,
            args=(group, not locked),
        )


@edits
def _rename(group: str, key: str) -> None:
    name = " ".join(str(st.session_state[key]).split())
    attempt(Rename(group=group, name=name), group)


@edits
def _lock(group: str, on: bool) -> None:
    attempt(LockGroup(group=group, on=on))
