"""The page of the courses: this one, its colleagues and its history, the others, and what to take along."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from planner.model.text import message
from planner.store import Listing, write_archive
from planner.ui.courses import course_list, history, import_file, sharing
from planner.ui.session import saving
from planner.ui.session.days import today
from planner.ui.session.language import current, shown, translated
from planner.ui.session.state import session
from planner.ui.widgets import serving
from planner.ui.widgets.boundary import event, guarded

ZIP = "application/zip"
FARTHEST = timedelta(days=3650)  # that a course can be kept


@guarded
def show() -> None:
    """Show the courses that are saved."""
    now = session()
    course_list.style()
    st.header(translated(message("Courses")), anchor="courses")
    listed = saving.repository().courses()
    this = next((one for one in listed if one.id == now.kept.id and not one.damaged), None)
    if this is not None:
        _this(this)
        sharing.section(this)
        history.section(this)
    course_list.section(listed, this)
    import_file.section()
    if saving.repository().store.local and serving.own_computer():
        st.caption(shown(message("Everything is saved on this computer.")))
    else:
        st.caption(shown(message("Everything is saved on the server.")))


def _this(this: Listing) -> None:
    named, kept = f"course_name_{this.version}", f"keep_until_{this.version}"
    repository = saving.repository()  # not when the file is made: nobody is known then
    with st.container(border=True):
        name, until = st.columns([3, 1])
        name.text_input(
            shown(message("Name of this course")),
            this.name,
            key=named,
            on_change=_rename,
            args=(named,),
            disabled=this.may == "look",
        )
        until.date_input(
            shown(message("Keep until")),
            this.keep_until,
            format="DD-MM-YYYY" if current() == "nl" else "DD/MM/YYYY",
            max_value=max(this.keep_until, today() + FARTHEST),
            min_value=min(this.keep_until, today()),
            key=kept,
            on_change=_keep_until,
            args=(kept,),
            disabled=this.may != "own",
            help=shown(message("After this day you are asked whether the course can be deleted.")),
        )
        with st.container(horizontal=True):
            st.download_button(
                shown(message("Save the course as a file")),
                lambda: write_archive(repository, this.id),
                file_name=f"{this.name}.hecht.zip",
                mime=ZIP,
                key="download_course",
                icon=":material/save_alt:",
                on_click="ignore",
            )
            if this.may == "own":
                course_list.delete(this)
        if this.may != "own":
            st.caption(shown(course_list.about(this)))
        st.caption(
            shown(
                message(
                    "The students with the columns in use, the rules and every plan are saved. Columns "
                    "that no rule uses are not saved: choose the class list again to use them."
                )
            )
        )


@event
def _rename(key: str) -> None:
    saving.rename(session(), st.session_state[key])


@event
def _keep_until(key: str) -> None:
    saving.keep_until(session(), st.session_state[key])
