"""Taking a plan along: the groups, the workbook, a file for each learning system, or everything at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import streamlit as st

from planner.exports import TARGETS, Elsewhere, ExportFile, Target, target
from planner.files.safe_zip import pack
from planner.handouts.group_list import list_html, list_text
from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.model.problems import InputError, Level
from planner.model.reports import Status
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.plans.folder import export_remarks, plan_files, with_presence
from planner.ui.groups import after_import, broken, printed
from planner.ui.groups import lms_fields as elsewhere
from planner.ui.session.language import (
    bold,
    plain,
    shown,
    translated,
    worded,
)
from planner.ui.session.state import Session, session
from planner.ui.shell.parts import DOWNLOAD, part
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

GROUPS, SYSTEM = "groups", "system"
KEYS = {"groups.csv": "download_groups", "changes.csv": "download_changes"}


class Carried(NamedTuple):
    """What there is to take along."""

    course: Course
    handover: Handover | None
    files: Sequence[ExportFile]


Source = Callable[[], Carried]  # asked once somebody presses: the plan may have been edited by then


def _face(course: Course) -> tuple[object, ...]:
    """What the buttons show, and the plan itself where files for a learning system are told of."""
    now, system = session(), st.session_state.get(SYSTEM)
    groups = tuple(group.name for group in course.plan.groups)
    return (
        now.making.run,
        _names(now),
        groups,
        course.plan.outcome.status is Status.BROKEN,
        course if system else None,
    )


def _names(now: Session) -> list[str]:
    try:
        return [file.name for file in now.files()]
    except InputError:
        return []


@part(DOWNLOAD, _face)
def section(course: Course) -> None:
    """Show the downloads, once there is a plan."""
    now = session()
    if now.making.run is not None:
        return
    st.header(translated(message("Download")), anchor="download")
    broken.note(course)
    try:
        now.files()
    except InputError as error:
        problem_list.errors(error.problems)
        return

    def of() -> Carried:
        return Carried(now.course or course, now.handover, now.files())

    offer(of, first="groups.csv")


def offer(of: Source, *, first: str, primary: bool = True) -> None:
    """Show a button for each file, the most wanted one first, and what other systems need."""
    _files_and_all(of, first, primary=primary)
    _systems(of)


def _files_and_all(of: Source, first: str, *, primary: bool) -> None:
    now, carried = session(), of()
    with st.container(horizontal=True):
        for file in sorted(carried.files, key=lambda file: file.name != first):
            name = file.name
            key = KEYS.get(name, f"download_{name}")
            _button(name, partial(_now, of, name), file.media_type, key, primary=primary and name == first)
        st.download_button(
            shown(message("All these files in one folder (zip)")),
            lambda: zipped(of().course, of().handover, now.elsewhere),
            file_name="hecht.zip",
            mime="application/zip",
            key="download_all",
            icon=":material/folder_zip:",
            on_click="ignore",
        )
        st.download_button(
            shown(message("All groups on one page")),
            lambda: list_html(printed.listed(of().course)),
            file_name=translated(message("all-groups.html")),
            mime="text/html",
            key="download_list",
            icon=":material/print:",
            on_click="ignore",
            help=shown(message("Names and groups only: to print and put up, or to hand out.")),
        )
    st.caption(shown(target(GROUPS).what_to_do))
    _copy(of)


@st.fragment
@guarded
def _copy(of: Source) -> None:
    """Show all groups as a text with a button to copy it, once it is asked for."""
    more = fold(message("Copy all groups as text"), "more_copy", ":material/content_copy:")
    if more.open:
        with more:
            st.code(list_text(printed.listed(of().course)), language=None, wrap_lines=True, height=240)


def _now(of: Source, name: str) -> bytes:
    """Return what is in a file, as the plan is when somebody presses."""
    return next(file.content for file in of().files if file.name == name)


LABELS: Mapping[str, Message] = {
    "groups.csv": message("Groups (groups.csv)"),
    "roles.csv": message("Roles (roles.csv)"),
    "changes.csv": message("Changes (changes.csv)"),
    "groups.xlsx": message("Workbook (groups.xlsx)"),
}


def _label(name: str) -> str:
    """Return what is in a file, with its name; the name of an import says enough."""
    return shown(LABELS[name]) if name in LABELS else plain(name)


def zipped(course: Course, now: Handover | None = None, there: Elsewhere | None = None) -> bytes:
    """Return every file of a plan in one archive."""
    return pack(plan_files(course, now, there)[0])


@st.fragment
@guarded
def _systems(of: Source) -> None:
    """Let the coordinator choose where the groups go, and say what to do there."""
    others = [one.key for one in TARGETS if one.key != GROUPS]
    chosen = st.pills(
        shown(message("Where do the groups go next?")),
        others,
        format_func=worded(_title),
        key=SYSTEM,
    )
    carried = of()
    if chosen:
        with st.container(border=True):
            _system(carried, target(chosen))
    remarks = export_remarks(carried.course, carried.handover, session().elsewhere)
    left_out = [problem for problem in remarks if problem.level in (Level.ERROR, Level.SKIPPED)]
    problem_list.remarks(left_out, message("Imports that cannot be made"), "more_imports")


def _title(key: str) -> Message:
    return target(key).title


@guarded
def _system(carried: Carried, one: Target) -> None:
    st.markdown(bold(one.title))
    elsewhere.ask_usernames(one, carried.course.roster)
    lacking = one.missing(carried.course.roster, session().elsewhere)
    if lacking is not None:
        st.info(
            shown(_way_out(one, carried.course.roster, lacking)),
            title=shown(message("Not possible with this class list")),
            icon=":material/key_off:",
        )
        return
    st.markdown(shown(one.what_to_do))
    there = elsewhere.ask(one.key)
    now = with_presence(carried.course, carried.handover)
    files = one.write(carried.course.roster, carried.course.plan, now, there)
    for problem in one.beside(carried.course.roster, carried.course.plan, now, there):
        problem_list.line(problem)
    if any(file.name.endswith("-changes.csv") for file in files):
        st.caption(
            shown(
                message(
                    "The file with “changes” in its name contains only students who move or are new; that "
                    "is enough where the earlier groups are there already."
                )
            )
        )
    with st.container(horizontal=True):
        for file in files:
            _button(file.name, file.made, file.media_type, f"download_{file.name}")
    if one.keeps_groups:
        after_import.section(carried.course, one, there)


def _way_out(one: Target, roster: Roster, lacking: Message) -> Message:
    """Return what a system lacks, and the tick above it where that is the way out."""
    ticked = replace(session().elsewhere, numbers_are_usernames=True)
    if one.missing(roster, ticked) is not None:
        return lacking
    tick = message("If students sign in with their student number, tick the box above.")
    return message("{one} {other}", one=lacking, other=tick)


def _button(
    name: str, made: Callable[[], bytes] | bytes, kind: str, key: str, *, primary: bool = False
) -> None:
    st.download_button(
        _label(name),
        made,
        file_name=name,
        mime=kind,
        key=key,
        type="primary" if primary else "secondary",
        icon=":material/download:",
        on_click="ignore",
    )
