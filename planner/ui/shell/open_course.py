"""Which course is on the page: opened by its address or as the last one, saved as it changes, and told of."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from planner.model.problems import InputError, Level
from planner.model.text import Message, message
from planner.store import CourseRepository, Listing, NotSaved
from planner.store.errors import damaged_plan, explained
from planner.ui.session import places, saving, work
from planner.ui.session.language import bold, plain, shown, translated
from planner.ui.session.places import COURSE
from planner.ui.session.restoring import page_of
from planner.ui.session.saved_course import SavedCourse
from planner.ui.session.state import KEY, Session, session
from planner.ui.widgets import boundary, problem_list, scripts
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.clock import clock, day_and_time

NEW = "new"  # in the address of a page that is to be empty
SAVED = "saved"  # the part of the page that tells so
SWITCH = "switch_course"
MOST_LISTED = 10  # of each sort, in the list under the name; the page with all courses has the rest
LONGEST_LABEL = 60  # signs of a name in a line with more
WITHOUT_GROUPS = message("Class lists without groups")
TOLD = "hecht_standing_told"  # how the course is kept, as the page that is drawn tells it
LEAVE = "hecht_leave"  # the course on the page was deleted
log = logging.getLogger(__name__)


def begin() -> None:
    """Open the course of a page that was just loaded, and save what a click changed before it is shown."""
    if KEY not in st.session_state:
        _open_first()
    now = session()
    if saving.save(now) and saving.behind(now):
        open_again(now.kept.id)
        now = session()
        text = message("Changed elsewhere meanwhile: this is how it is now.")
        st.toast(shown(text), icon=":material/sync:")
    st.session_state[TOLD] = standing(now)
    _address(now.kept)


def end() -> None:
    """Save what the page changed while it was drawn; where that is news, tell it at once."""
    now = session()
    saving.save(now)
    if standing(now) != st.session_state.get(TOLD):
        st.rerun()


def standing(now: Session) -> tuple[str, str, bool]:
    """Return what the whole page tells of how a course is kept."""
    return now.kept.id, str(now.kept.trouble or ""), now.list_waits


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
    course = asked or _last(repository)
    if not course:
        return None
    run = work.job_manager().run_for(course)  # looked for first: its plan may be saved at this very moment
    opened = repository.open(course)
    with explained(repository.store.place, "damaged-course"):
        page = page_of(opened)
    page.making.run = page.kept.run = None if page.kept.look_only else run
    page.kept.addressed = bool(asked)
    return page


def _last(repository: CourseRepository) -> str:
    """Return the course of last time: of one's own, else one that was shared."""
    listed = sorted(repository.courses(), key=lambda listing: listing.may != "own")
    return next((listing.id for listing in listed if not listing.damaged), "")


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


def open_again(course: str) -> None:
    """Show a course as it is saved now, in the place of what is on the page."""
    st.session_state[KEY] = _opened(saving.repository(), course) or Session()
    st.session_state[KEY].kept.addressed = False


def link(course: str, label: str) -> None:
    """Show a link that opens a course, or a new one, on a page that is loaded anew."""
    colour = "color: inherit"  # readable on light and dark
    st.html(f'<a href="./?{COURSE}={escape(course)}" style="{colour}">{escape(label)}</a>')


# The control with the name of the course


@st.fragment(key=SAVED)
@guarded
def switcher() -> None:
    """Say which course this is and whether it is saved; pressed, it lists the others to go to."""
    now = session()
    kept = now.kept
    # Drawn whether or not it is open: a look at the server as it closes would meet the click on a page.
    with st.popover(_label(now), key=SWITCH, type="tertiary"):
        listed = [one for one in saving.repository().courses() if not one.damaged]
        own = [one for one in listed if one.may == "own"]
        _listed(message("Your courses"), [one for one in own if one.plans], kept)
        _listed(message("Shared with you"), [one for one in listed if one.may != "own"], kept)
        _listed(WITHOUT_GROUPS, [one for one in own if not one.plans], kept)
        with st.container(horizontal=True, vertical_alignment="center"):
            link(NEW, translated(message("New course")))
            places.link(places.Place.COURSES, message("All courses"))


def _label(now: Session) -> str:
    kept = now.kept
    if not kept.id:
        choose = message("Choose a course")
        return f":material/folder_open: {shown(choose)}"
    name = plain(kept.name if len(kept.name) <= LONGEST_LABEL else f"{kept.name[:LONGEST_LABEL]}…")
    if kept.trouble is not None or now.list_waits:
        return f":material/cloud_off: {name}"
    sign = ":material/visibility:" if kept.look_only else ":material/cloud_done:"
    return f"{sign} {name} · {shown(_standing(kept))}"


def _standing(kept: SavedCourse) -> Message:
    if kept.look_only:
        return message("to look at")
    if kept.at is not None:
        return message("saved at {time}", time=clock(kept.at))
    if kept.last is not None and kept.last.by:
        return message("saved by {name}, {time}", name=kept.last.by, time=day_and_time(kept.last.at))
    return message("saved")


def _listed(title: Message, listed: Sequence[Listing], kept: SavedCourse) -> None:
    if not listed:
        return
    st.caption(bold(title))
    for one in listed[:MOST_LISTED]:
        if one.id == kept.id:
            st.markdown(f":material/check: **{plain(one.name)}**")
        else:
            link(one.id, one.name)
    if len(listed) > MOST_LISTED:
        st.caption(shown(message("and {n} more, under “All courses”", n=len(listed) - MOST_LISTED)))


# What is in the way


def bar(now: Session) -> None:
    """Say what is in the way of saving, and where nothing is saved."""
    kept = now.kept
    if st.session_state.pop(LEAVE, False):
        scripts.run(scripts.START_NEW)
    problem_list.errors(problem for number in kept.damaged for problem in damaged_plan(number).problems)
    if kept.trouble is not None:
        _tell(now)
    elif kept.look_only:
        _look_only(kept)
    elif not kept.id and now.is_sample:
        st.caption(shown(message("The sample class is saved once you make groups from it.")))
    if now.list_waits and kept.id and not kept.look_only:
        _list_waits(now)


def _list_waits(now: Session) -> None:
    """Say that the list on its page cannot be read, what all else goes by meanwhile, and the ways on."""
    there = places.here(places.Place.CLASS_LIST)
    text = message("The class list cannot be read as it is now, so it is not saved.")
    if now.course is not None:
        text = message(
            "The class list cannot be read as it is now, so it is neither used nor saved. Your groups and "
            "the pending changes stay, with the last list that could be read."
        )
    if now.course is None and not there:
        return  # the other pages say that there is no class list
    with st.container(border=True, key="list_waits"):
        st.markdown(f":material/cloud_off: {shown(text)}")
        if now.reading is not None and not there:
            problem_list.errors(one for one in now.reading.problems if one.level is Level.ERROR)
        with st.container(horizontal=True, vertical_alignment="center"):
            if not there:
                places.link(places.Place.CLASS_LIST, message("To the class list"))
            if now.usable is not None:
                st.button(
                    shown(message("Back to the last list that could be read")),
                    key="usable_list",
                    icon=":material/undo:",
                    on_click=_usable_list,
                )


@event
def _usable_list() -> None:
    session().go_back_to_list()


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
            link(now.kept.id, translated(_theirs(trouble.at, trouble.by)))
        _own_copy(message("Save my version as a new course"))


def _theirs(at: datetime, by: str) -> Message:
    if by:
        return message("Use what {name} saved at {time}", name=by, time=clock(at))
    return message("Use what was saved at {time}", time=clock(at))


def _look_only(kept: SavedCourse) -> None:
    """Say whose course this is, and that what is tried here stays on the page."""
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="look_only"):
        text = message(
            "{name} shared this course with you to look at. You can read and download everything; what you "
            "change here is not saved.",
            name=kept.given_by or translated(message("A colleague")),
        )
        st.markdown(f":material/visibility: {shown(text)}", width="stretch")
        _own_copy(message("Save as a course of my own"))


def _own_copy(label: Message) -> None:
    st.button(shown(label), key="keep_as_new", icon=":material/content_copy:", on_click=_keep_as_new)


@event
def _keep_as_new() -> None:
    saving.keep_as_new(session())
