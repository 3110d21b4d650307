"""The page of the courses: this one and its earlier plans, the others, and what to take along."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from planner.jobs.reader import READERS
from planner.model.domain import Importance
from planner.model.problems import InputError
from planner.model.text import Message, message, plural_message
from planner.store import TAKING_IN, Listing, PlanListing, PlanVersion, read_archive, write_archive
from planner.store.errors import damaged_course
from planner.ui.session import saving
from planner.ui.session.days import today
from planner.ui.session.language import (
    current,
    plain,
    shown,
    translated,
)
from planner.ui.session.restoring import go_back
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.widgets import (
    problem_list,
    serving,
    tables,
    upload,
)
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.clock import day, day_and_time
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import HOW

ZIP = "application/zip"
FARTHEST = timedelta(days=3650)  # that a course can be kept
LARGEST = 100  # MB of a course with a great many plans
TAKEN, SURE = "hecht_taken_in", "hecht_sure"  # what became of a file; the course that may be deleted


@guarded
def show() -> None:
    """Show the courses that are saved."""
    now = session()
    st.header(translated(message("Courses")), anchor="courses")
    listed = saving.repository().courses()
    this = next((one for one in listed if one.id == now.kept.id and not one.damaged), None)
    if this is not None:
        _this(this)
        _plans(this)
    _all(listed, this)
    _take_in()
    store = saving.repository().store
    if store.local and serving.own_computer():
        st.caption(shown(message("Everything is saved on this computer, in {place}.", place=store.place)))
    elif store.local:
        st.caption(shown(message("Everything is saved on the server, in {place}.", place=store.place)))
    else:
        st.caption(shown(message("Everything is saved in the database {place}.", place=store.place)))


# This course


def _this(this: Listing) -> None:
    named, kept = f"course_name_{this.version}", f"keep_until_{this.version}"
    repository = saving.repository()  # not when the file is made: nobody is known then
    with st.container(border=True):
        name, until = st.columns([3, 1])
        name.text_input(
            shown(message("Name of this course")), this.name, key=named, on_change=_rename, args=(named,)
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
            _delete(this, "delete_course")
        st.caption(
            shown(
                message(
                    "Saved are the students with the columns in use, the rules, and every plan. "
                    "Columns that no rule reads are not saved: choose the class list again to use them."
                )
            )
        )


@event
def _rename(key: str) -> None:
    saving.rename(session(), st.session_state[key])


@event
def _keep_until(key: str) -> None:
    saving.keep_until(session(), st.session_state[key])


def _delete(listing: Listing, key: str) -> None:
    if st.session_state.get(SURE) != listing.id:
        st.button(
            shown(message("Delete…")), key=key, icon=":material/delete:", on_click=_ask, args=(listing.id,)
        )
        return
    whole = message(
        "Delete {name}, with its students and all its plans? This cannot be undone.", name=listing.name
    )
    damaged = message("Delete everything that is saved of this damaged course? This cannot be undone.")
    st.warning(shown(damaged if listing.damaged else whole), icon=":material/delete_forever:")
    st.button(
        shown(message("Yes, delete for good")),
        key="delete_sure",
        type="primary",
        on_click=_gone,
        args=(listing.id,),
    )
    st.button(shown(message("No, keep it")), key="delete_not", on_click=_ask, args=(None,))


@event
def _ask(course: str | None) -> None:
    st.session_state[SURE] = course


@event
def _gone(course: str) -> None:
    st.session_state[SURE] = None
    saving.repository().delete(course)
    now = session()
    if now.kept.id == course:
        if now.making.run is not None:
            now.making.run.leave()
        courses.start_new()


# Its plans


def _plans(this: Listing) -> None:
    listed = saving.repository().plans(this.id)
    if not listed:
        return
    label = plural_message("One plan of this course", "{n} plans of this course", len(listed))
    with fold(label, "more_plans", ":material/history:"):
        latest, language = listed[0].number, current()
        chosen = st.selectbox(
            shown(message("Have a look at")),
            listed,
            format_func=lambda plan: _label(plan, latest).text(language),
            key=f"look_at_{latest}_{language}",
        )
        if chosen is not None:
            _plan(saving.repository().plan(this.id, chosen.number), latest)


def _label(plan: PlanListing, latest: int) -> Message:
    label = message(
        "Plan {number}: {time}, {how}", number=plan.number, time=day_and_time(plan.made), how=HOW[plan.how]
    )
    return message("{plan} (current)", plan=label) if plan.number == latest else label


def _plan(version: PlanVersion, latest: int) -> None:
    course = version.course
    rows = [
        {
            shown(message("Group")): plain(group.name),
            shown(message("Students")): plain(", ".join(course.roster.names(group.members))),
        }
        for group in course.plan.groups
    ]
    tables.table(rows)
    broken = [report for report in course.plan.outcome.rules if report.broken]
    musts = sum(report.importance is Importance.MUST for report in course.plan.outcome.rules)
    standing = message(
        "Penalty {cost}; {held} of {musts} required rules are met.",
        cost=course.plan.outcome.cost,
        held=musts - len(broken),
        musts=musts,
    )
    st.caption(shown(standing))
    if version.number != latest:
        st.button(
            shown(message("Bring this plan back")),
            key="bring_back",
            icon=":material/settings_backup_restore:",
            on_click=_bring_back,
            args=(version,),
            help=shown(
                message("Together with the rules it was made with. Your current plan stays in this list.")
            ),
        )


@event
def _bring_back(version: PlanVersion) -> None:
    go_back(session(), version)


# All courses


def _all(listed: tuple[Listing, ...], this: Listing | None) -> None:
    others = [listing for listing in listed if this is None or listing.id != this.id]
    past = [listing for listing in others if not listing.damaged and listing.past(today())]
    if others:
        st.subheader(translated(message("Other courses")), anchor="other-courses")
    if past:
        text = plural_message(
            "The keep-until date of one course has passed. Can it be deleted?",
            "The keep-until date of {n} courses has passed. Can they be deleted?",
            len(past),
        )
        st.info(shown(text), icon=":material/event_busy:")
    for listing in others:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"c_{listing.id}"):
            with st.container():
                if listing.damaged:
                    problem_list.errors(damaged_course(saving.store().place).problems)
                else:
                    courses.link(listing.id, listing.name)
                    st.caption(shown(_about(listing)))
            _delete(listing, f"delete_{listing.id}")
    courses.link(courses.NEW, translated(message("Start a new course")))


def _about(listing: Listing) -> Message:
    return message(
        "{students}, {plans}; last saved {time}, keep until {day}",
        students=plural_message("One student", "{n} students", listing.students),
        plans=plural_message("one plan", "{n} plans", listing.plans),
        time=day_and_time(listing.changed),
        day=day(listing.keep_until),
    )


# A course from a file


def _take_in() -> None:
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
    elif came is not None:
        course, name = came
        st.success(
            shown(message("{name} is saved here as a course.", name=name)), icon=":material/check_circle:"
        )
        courses.link(course, translated(message("Open it")))


@event
def _taken() -> None:
    file = upload.uploaded("course_file")
    if file is None:
        st.session_state[TAKEN] = None
        return
    try:
        archive = READERS.read(read_archive, file.content, file.name, file=file.name, seconds=TAKING_IN)
        opened = archive.put_on(saving.repository())
        st.session_state[TAKEN] = (opened.id, opened.name)
    except InputError as error:
        st.session_state[TAKEN] = error
