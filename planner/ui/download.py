"""Taking a plan along: the groups, the workbook, a file for each learning system, or everything at once."""

from __future__ import annotations

import io
import zipfile

import streamlit as st

from planner.course import Course
from planner.exports import TARGETS, ExportFile, Target, target
from planner.folder import plan_files
from planner.problems import InputError
from planner.text import Message, say
from planner.ui import problem_list
from planner.ui.boundary import guarded
from planner.ui.language import bold, shown, told, worded
from planner.ui.state import Session, session

GROUPS = "groups"


def section(now: Session) -> None:
    """Show the downloads, once there is a plan."""
    if now.course is None or now.run is not None:
        return
    st.header(told(say("4. Take it along")), anchor="download")
    _groups_and_all(now, now.course)
    _systems()


def _groups_and_all(now: Session, course: Course) -> None:
    try:
        files = now.files()
    except InputError as error:
        problem_list.errors(error.problems)
        return
    with st.container(horizontal=True):
        for file in files:
            is_groups = file.name == "groups.csv"
            _button(
                file,
                "download_groups" if is_groups else f"download_{file.name}",
                shown(say("Groups (groups.csv)") if is_groups else say("Download {file}", file=file.name)),
                primary=is_groups,
            )
        st.download_button(
            shown(say("Everything in one folder (zip)")),
            lambda: zipped(course),
            file_name="hecht.zip",
            mime="application/zip",
            key="download_all",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    st.caption(shown(target(GROUPS).what_to_do))


def zipped(course: Course) -> bytes:
    """Return every file of a plan in one archive."""
    files, _ = plan_files(course)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, content in files.items():
            folder.writestr(path, content)
    return archive.getvalue()


@st.fragment
@guarded
def _systems() -> None:
    """Let the coordinator choose where the groups go, and say what to do there."""
    course = session().course
    if course is None:
        return
    others = [one.key for one in TARGETS if one.key != GROUPS]
    chosen = st.pills(
        shown(say("Where do the groups go next?")),
        others,
        format_func=worded(_title),
        key="system",
    )
    if chosen:
        with st.container(border=True):
            _system(course, target(chosen))


def _title(key: str) -> Message:
    return target(key).title


def _system(course: Course, one: Target) -> None:
    st.markdown(bold(one.title))
    lacking = one.missing(course.roster)
    if lacking is not None:
        st.info(
            shown(lacking), title=shown(say("Not possible with this class list")), icon=":material/key_off:"
        )
        return
    st.markdown(shown(one.what_to_do))
    try:
        files = one.write(course.roster, course.plan)
    except InputError as error:
        problem_list.errors(error.problems)
        return
    with st.container(horizontal=True):
        for file in files:
            _button(file, f"download_{file.name}", shown(say("Download {file}", file=file.name)))


def _button(file: ExportFile, key: str, label: str, *, primary: bool = False) -> None:
    st.download_button(
        label,
        file.content,
        file_name=file.name,
        mime=file.media_type,
        key=key,
        type="primary" if primary else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )
