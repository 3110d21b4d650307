"""Which course is on the page: opened by its address or as the last one, saved as it changes, and told of."""

from __future__ import annotations

import logging
from html import escape

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import message
from planner.store import CourseRepository, NotSaved
from planner.store.errors import damaged_plan, explained
from planner.ui.session import saving, work
from planner.ui.session.language import plain, shown, translated
from planner.ui.session.places import COURSE
from planner.ui.session.restoring import page_of
from planner.ui.session.saved_course import SavedCourse
from planner.ui.session.state import KEY, Session, session
from planner.ui.widgets import boundary, problem_list, scripts
from planner.ui.widgets.boundary import event
from planner.ui.widgets.clock import clock

NEW = "new"  # in the address of a page that is to be empty
SAVED = "saved"  # the part of the page that tells so
LEAVE = "hecht_leave"  # the course on the page was deleted
log = logging.getLogger(__name__)


def begin() -> None:
    """Open the course of a page that was just loaded, and save what a click changed before it is shown."""
    if KEY not in st.session_state:
        _open_first()
    saving.save(session())
    _address(session().kept)


def end() -> None:
    """Save what the page changed while it was drawn; where that is news, tell it at once."""
    now = session()
    before = standing(now.kept)
    saving.save(now)
    if standing(now.kept) != before:
        st.rerun()


def standing(kept: SavedCourse) -> tuple[str, str]:
    """Return what the whole page tells of how a course is kept."""
    return kept.id, str(kept.trouble or "")


def _open_first() -> None:
    asked = st.query_params.get(COURSE, "")
    if asked == NEW:
        return
    try:
        opened = _opened(saving.repository(), asked)
    except Exception as error:
        if not isinstance(error, InputError):
            log.exception("A course could not be opened")
        session().kept.trouble = error
        return
    if opened is not None:
        st.session_state[KEY] = opened


def _opened(repository: CourseRepository, asked: str) -> Session | None:
    course = asked or next((listing.id for listing in repository.courses() if not listing.damaged), "")
    if not course:
        return None
    run = work.job_manager().run_for(course)  # looked for first: its plan may be saved at this very moment
    opened = repository.open(course)
    with explained(repository.store.place, "damaged-course"):
        page = page_of(opened)
    page.making.run = page.kept.run = run
    page.kept.addressed = bool(asked)
    return page


def _address(kept: SavedCourse) -> None:
    """Name the course in the address of the page, so that a reload comes back to it."""
    wanted = kept.id or NEW
    if not kept.addressed and (kept.id or COURSE in st.query_params):
        if st.query_params.get(COURSE) != wanted:
            st.query_params[COURSE] = wanted
        kept.addressed = True


def start_new() -> None:
    """Begin with an empty page, loaded anew: a browser keeps files in their fields."""
    st.session_state[KEY] = Session()
    st.session_state[LEAVE] = True


def link(course: str, label: str) -> None:
    """Show a link that opens a course, or a new one, on a page that is loaded anew."""
    colour = "color: inherit"  # readable on light and dark
    st.html(f'<a href="./?{COURSE}={escape(course)}" style="{colour}">{escape(label)}</a>')


def bar(now: Session) -> None:
    """Say which course this is and whether it is saved, and what is in the way."""
    kept = now.kept
    if st.session_state.pop(LEAVE, False):
        scripts.run(scripts.START_NEW)
    problem_list.errors(problem for number in kept.damaged for problem in damaged_plan(number).problems)
    if kept.trouble is not None:
        _tell(now)
    elif kept.id:
        _saved()
    elif now.is_sample:
        st.caption(shown(message("The sample class is saved once you make groups of it.")))


@st.fragment(key=SAVED)
def _saved() -> None:
    kept = session().kept
    saved = message("saved") if kept.at is None else message("saved at {time}", time=clock(kept.at))
    st.caption(f":material/cloud_done: {plain(kept.name)} · {shown(saved)}")


def _tell(now: Session) -> None:
    trouble = now.kept.trouble
    if not isinstance(trouble, InputError):
        boundary.trouble()
        return
    problem_list.errors(trouble.problems)
    if not now.kept.stale or now.roster is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="two_tabs"):
        if isinstance(trouble, NotSaved) and trouble.at is not None:
            link(now.kept.id, translated(message("Use what was saved at {time}", time=clock(trouble.at))))
        st.button(
            shown(message("Save my version as a new course")),
            key="keep_as_new",
            icon=":material/content_copy:",
            on_click=_keep_as_new,
        )


@event
def _keep_as_new() -> None:
    saving.keep_as_new(session())
