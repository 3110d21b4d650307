"""What is left to do once changes are carried out: who has to hear of it, and what to import."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from planner.model.domain import Student
from planner.model.handover import Change
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.services.replan import ReplanResult
from planner.ui.session import places
from planner.ui.session.language import shown
from planner.ui.session.places import Place

MOST_ADDRESSES = 50  # a longer line is more than mail programs take
CHANGES = "changes.csv"


def section(made: ReplanResult) -> None:
    """Say what is left to do, each with the button that does it."""
    placed = [one for one in made.changed if one.to_group is not None]
    if not made.changed:
        return
    with st.container(gap="small", key="afterwards"):
        if placed:
            _tell(made, placed)
        _import(made)
        if any(one.to_group is None for one in made.changed):
            text = message(
                "Students who stopped are not in the files for learning platforms: whoever is no longer "
                "enrolled there is out of the group as well. Still enrolled? Remove them from the group "
                "there."
            )
            st.caption(shown(text))


def _tell(made: ReplanResult, placed: list[Change]) -> None:
    students = [made.request.roster.by_id[one.student_id] for one in placed]
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message("Tell them: {names}.", names=shortened([_where(one) for one in placed]))
        st.markdown(f":material/mail: {shown(text)}", width="content")
        address = _address(students)
        if address:
            st.link_button(shown(message("Write to them")), address, icon=":material/outgoing_mail:")
        places.link(Place.CARDS, message("New cards, and mail with them"))


def _where(one: Change) -> Message:
    if one.from_group is None:
        return message("{name} (to {group})", name=one.name, group=one.to_group or "")
    return message("{name} ({old} to {new})", name=one.name, old=one.from_group, new=one.to_group or "")


def _address(students: list[Student]) -> str:
    """Return the start of a mail to students, each unseen by the others; empty where it cannot be."""
    known = [student.email for student in students if student.email]
    if len(known) < len(students) or len(known) > MOST_ADDRESSES:
        return ""
    return "mailto:?bcc=" + ",".join(quote(one, safe="@") for one in known)


def _import(made: ReplanResult) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        text = message("Bring it to your learning platform.")
        st.markdown(f":material/upload_file: {shown(text)}", width="content")
        content = _changes(made)
        if content is not None:
            st.download_button(
                shown(message("Changes (changes.csv)")),
                content,
                file_name=CHANGES,
                mime="text/csv",
                key="changes_to_take",
                icon=":material/download:",
                on_click="ignore",
            )
        files = message("Files to import")
        st.markdown(f"[{shown(files)}](#download)", width="content")


def _changes(made: ReplanResult) -> bytes | None:
    try:
        return next((file.content for file in made.files if file.name == CHANGES), None)
    except InputError:
        return None  # told with the downloads
