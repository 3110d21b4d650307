"""A course from a file: beside the others, or in the place of the one of its name."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from planner.jobs.reader import READERS
from planner.model.problems import InputError
from planner.model.text import message
from planner.store import TAKING_IN, CourseArchive, Listing, read_archive
from planner.ui.session import saving
from planner.ui.session.language import shown, translated
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.widgets import problem_list, upload
from planner.ui.widgets.boundary import event
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.folds import fold

LARGEST = 100  # MB of a course with a great many plans
TAKEN = "hecht_taken_in"  # what became of a file


@dataclass(frozen=True)
class NameTaken:
    """A file with a course whose name there is already: in its place, or beside it."""

    file: str
    archive: CourseArchive
    there: Listing


@dataclass(frozen=True)
class TakenIn:
    """A course that came from a file."""

    course: str
    name: str
    replaced: bool = False


def section() -> None:
    """Let a course be opened from a file."""
    with fold(message("Open a course from a file"), "more_take_in", ":material/upload_file:"):
        st.file_uploader(
            shown(message("A file that was made with “Save the course as a file”")),
            key="course_file",
            max_upload_size=LARGEST,
            on_change=_taken,
        )
    came = st.session_state.get(TAKEN)
    if isinstance(came, InputError):
        problem_list.errors(came.problems)
    elif isinstance(came, NameTaken):
        _ask(came)
    elif isinstance(came, TakenIn):
        _tell(came)


def _tell(came: TakenIn) -> None:
    if came.replaced:
        text = message(
            "{name} is now as in the file. What was there before is in its history, and can be brought back.",
            name=came.name,
        )
    else:
        text = message("{name} is saved here as a course.", name=came.name)
    st.success(shown(text), icon=":material/check_circle:")
    if session().kept.id != came.course:
        courses.link(came.course, translated(message("Open it")))


def _ask(asked: NameTaken) -> None:
    there = asked.there
    with st.container(border=True, key="import_question"):
        text = message(
            "There is a course {name} already, last saved {time}. Should the file take its place?",
            name=there.name,
            time=day_and_time(there.changed),
        )
        st.markdown(f":material/help: {shown(text)}")
        st.caption(
            shown(message("Its current groups and rules stay in its history, and can be brought back."))
        )
        with st.container(horizontal=True):
            st.button(
                shown(message("Replace {name}", name=there.name)),
                key="import_replace",
                icon=":material/sync:",
                on_click=_replace,
            )
            another = saving.repository().free_name(asked.archive.contents.name)
            st.button(
                shown(message("Add as {name}", name=another)),
                key="import_add",
                icon=":material/add:",
                on_click=_add,
            )


@event
def _taken() -> None:
    file = upload.uploaded("course_file")
    st.session_state[TAKEN] = None
    if file is None:
        return
    try:
        archive = READERS.read(read_archive, file.content, file.name, file=file.name, seconds=TAKING_IN)
        there = _of_that_name(archive.contents.name)
        st.session_state[TAKEN] = _added(archive) if there is None else NameTaken(file.name, archive, there)
    except InputError as error:
        st.session_state[TAKEN] = error


def _of_that_name(name: str) -> Listing | None:
    """Return the course of a name that may be changed, the one saved last where there are several."""
    for one in saving.repository().courses():
        if not one.damaged and one.may != "look" and one.name.casefold() == name.casefold():
            return one
    return None


def _added(archive: CourseArchive) -> TakenIn:
    opened = archive.put_on(saving.repository())
    return TakenIn(opened.id, opened.name)


@event
def _add() -> None:
    asked = st.session_state.get(TAKEN)
    if isinstance(asked, NameTaken):
        st.session_state[TAKEN] = _added(asked.archive)


@event
def _replace() -> None:
    asked = st.session_state.get(TAKEN)
    if not isinstance(asked, NameTaken):
        return
    st.session_state[TAKEN] = None
    asked.archive.put_over(saving.repository(), asked.there, asked.file)
    st.session_state[TAKEN] = TakenIn(asked.there.id, asked.there.name, replaced=True)
    if session().kept.id == asked.there.id:
        courses.open_again(asked.there.id)
