"""Taking a plan along: the groups, the workbook, a file for each learning system, or everything at once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import streamlit as st

from planner.course import Course
from planner.exports import TARGETS, ExportFile, Handover, Target, target
from planner.folder import plan_files
from planner.problems import InputError
from planner.text import Message, say
from planner.ui import broken, problem_list
from planner.ui.boundary import guarded
from planner.ui.language import bold, shown, told, worded
from planner.ui.parts import DOWNLOAD
from planner.ui.state import session

GROUPS = "groups"
KEYS = {"groups.csv": "download_groups", "changes.csv": "download_changes"}


@st.fragment(key=DOWNLOAD)
@guarded
def section() -> None:
    """Show the downloads, once there is a plan."""
    now = session()
    if now.course is None or now.run is not None:
        return
    st.header(told(say("Take it along")), anchor="download")
    broken.note(now.course)
    try:
        files = now.files()
    except InputError as error:
        problem_list.errors(error.problems)
        return
    offer(now.course, now.handover, files, first="groups.csv")


def offer(
    course: Course, now: Handover | None, files: Sequence[ExportFile], *, first: str, primary: bool = True
) -> None:
    """Show a button for each file, the most wanted one first, and what other systems need."""
    ordered = sorted(files, key=lambda file: file.name != first)
    _files_and_all(course, now, ordered, first if primary else None)
    _systems(course, now)


def _files_and_all(
    course: Course, now: Handover | None, files: Sequence[ExportFile], first: str | None
) -> None:
    with st.container(horizontal=True):
        for file in files:
            key = KEYS.get(file.name, f"download_{file.name}")
            _button(file, key, _label(file.name), primary=file.name == first)
        st.download_button(
            shown(say("Everything in one folder (zip)")),
            lambda: zipped(course, now),
            file_name="hecht.zip",
            mime="application/zip",
            key="download_all",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
    st.caption(shown(target(GROUPS).what_to_do))


def _label(name: str) -> str:
    if name == "groups.csv":
        return shown(say("Groups (groups.csv)"))
    if name == "changes.csv":
        return shown(say("Changes (changes.csv)"))
    return shown(say("Download {file}", file=name))


def zipped(course: Course, now: Handover | None = None) -> bytes:
    """Return every file of a plan in one archive."""
    files, _ = plan_files(course, now)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as folder:
        for path, content in files.items():
            folder.writestr(path, content)
    return archive.getvalue()


@st.fragment
@guarded
def _systems(course: Course, now: Handover | None) -> None:
    """Let the coordinator choose where the groups go, and say what to do there."""
    others = [one.key for one in TARGETS if one.key != GROUPS]
    chosen = st.pills(
        shown(say("Where do the groups go next?")),
        others,
        format_func=worded(_title),
        key="system",
    )
    if chosen:
        with st.container(border=True):
            _system(course, now, target(chosen))


def _title(key: str) -> Message:
    return target(key).title


def _system(course: Course, now: Handover | None, one: Target) -> None:
    st.markdown(bold(one.title))
    lacking = one.missing(course.roster)
    if lacking is not None:
        st.info(
            shown(lacking), title=shown(say("Not possible with this class list")), icon=":material/key_off:"
        )
        return
    st.markdown(shown(one.what_to_do))
    try:
        files = one.write(course.roster, course.plan, now)
    except InputError as error:
        problem_list.errors(error.problems)
        return
    if any(file.name.endswith("-changes.csv") for file in files):
        st.caption(
            shown(
                say(
                    "The file with “changes” in its name holds only who moves or is new: "
                    "enough where the earlier groups are there already."
                )
            )
        )
    with st.container(horizontal=True):
        for file in files:
            _button(file, f"download_{file.name}", _label(file.name))


def _button(file: ExportFile, key: str, label: str, *, primary: bool = False) -> None:
    st.download_button(
        label,
        file.made,
        file_name=file.name,
        mime=file.media_type,
        key=key,
        type="primary" if primary else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )
