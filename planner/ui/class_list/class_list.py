"""Choosing a class list: a file, or the sample."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message
from planner.ui.session import sign_in
from planner.ui.session.language import bold, current, shown, translated
from planner.ui.session.state import Session, session
from planner.ui.shell.open_course import link
from planner.ui.widgets import serving, upload
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold


def section(now: Session) -> None:
    """Show the two ways to start; once there is a class list that can be read they fold away."""
    _left(now)
    if now.roster is None or now.list_waits:
        _start(now)
        return
    with fold(message("Another class list"), "more_start", ":material/swap_horiz:"):
        _start(now)


def _left(now: Session) -> None:
    """Say that the page is of another course by now, with the way back to the one before."""
    if now.kept.left is None or now.class_list is None:
        return
    course, name = now.kept.left
    text = message(
        "The students in {file} are not those of “{course}”. So this is a separate course, "
        "and “{course}” is as it was.",
        file=now.class_list.name,
        course=name,
    )
    with st.container(border=True, gap="xsmall", key="left_course"):
        st.markdown(f":material/alt_route: {shown(text)}")
        link(course, translated(message("Back to {course}", course=name)))


def _start(now: Session) -> None:
    own, sample = st.columns([3, 2])
    with own.container(border=True, height="stretch"):
        st.file_uploader(
            shown(message("Your class list, as CSV or Excel (.xlsx)")),
            key="class_list",
            on_change=_class_list,
        )
        sources = message(
            "From Canvas, Brightspace, Moodle, Blackboard, student administration or your own Excel."
        )
        st.caption(f"{shown(sources)} {shown(_where())}")
    with sample.container(border=True, height="stretch"):
        st.markdown(bold(message("Have a look around first?")))
        st.caption(shown(message("A class of 28 students, with rules to match. Everyone in it is invented.")))
        st.button(
            shown(message("Try the sample class")),
            key="use_sample",
            icon=":material/school:",
            type="secondary" if now.class_list else "primary",
            on_click=_sample,
        )


def _where() -> Message:
    """Say where a class list stays: no more than is true of this server."""
    if sign_in.asked():
        return message(
            "It goes to this server only. Nobody else sees it, and what is not needed is not kept."
        )
    if not serving.own_computer():
        return message(
            "It goes to this server only, where everyone who can open Hecht can see it. What is not needed "
            "is not kept."
        )
    return message("It stays on this computer, and what is not needed is not kept.")


def survey(now: Session) -> None:
    """Show where a survey is added, and which one is joined."""
    if now.survey is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            joined = message("The answers in {file} have been added.", file=now.survey.name)
            st.markdown(f":material/forum: {shown(joined)}", width="content")
            st.button(
                shown(message("Remove these answers")),
                key="drop_survey",
                icon=":material/undo:",
                type="tertiary",
                on_click=_drop_survey,
            )
    st.file_uploader(
        shown(message("Answers to a survey among the same students, as CSV or Excel")),
        key="survey",
        on_change=_survey,
        help=shown(message("They are joined by student number, e-mail address or else full name.")),
    )


def earlier(now: Session) -> None:
    """Show where lists of earlier groups are added, as many as there are, and which ones there are."""
    for place, file in enumerate(now.earlier):
        with st.container(horizontal=True, vertical_alignment="center"):
            added = message("The groups in {file} have been added.", file=file.name)
            st.markdown(f":material/history: {shown(added)}", width="content")
            st.button(
                shown(message("Remove these groups")),
                key=f"drop_earlier_{place}",
                icon=":material/undo:",
                type="tertiary",
                on_click=_drop_earlier,
                args=(place,),
            )
    st.file_uploader(
        shown(
            message("Groups that students were in before, as CSV or Excel: a file for each course or year")
        ),
        key="earlier_groups",
        accept_multiple_files=True,
        on_change=_earlier,
        help=shown(message("The oldest first. Students are found by number, e-mail address or full name.")),
    )


@event
def _earlier() -> None:
    """Add the files in the field; one of the same name takes the place of the other."""
    new = {file.name: file for file in upload.all_uploaded("earlier_groups")}
    kept = [file for file in session().earlier if file.name not in new]
    if new:
        session().take_earlier([*kept, *new.values()])


@event
def _drop_earlier(place: int) -> None:
    files = session().earlier
    session().take_earlier([*files[:place], *files[place + 1 :]])


@event
def _sample() -> None:
    session().take_sample(current())


@event
def _class_list() -> None:
    file = upload.uploaded("class_list")
    if file is not None or not session().is_sample:
        session().take(file)


@event
def _drop_survey() -> None:
    session().take_survey(None)


@event
def _survey() -> None:
    session().take_survey(upload.uploaded("survey"))
