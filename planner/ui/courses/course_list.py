"""The courses that are saved: to open, to leave, and to delete several at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.store import Listing
from planner.store.errors import damaged_course
from planner.ui.session import saving
from planner.ui.session.days import today
from planner.ui.session.language import shown, translated
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.clock import day, day_and_time
from planner.ui.widgets.folds import fold

STYLE = Path(__file__).parent / "courses.css"
SURE = "hecht_sure"  # ids of the courses that may be deleted
LEAVING = "hecht_leaving"  # id of the course that may be left
TICK = "tick_"


def style() -> None:
    """Give what deletes a colour of its own."""
    st.html(STYLE)


def section(listed: Sequence[Listing], this: Listing | None) -> None:
    """Show every course but the one on the page; class lists without groups stand apart."""
    others = [one for one in listed if this is None or one.id != this.id]
    own = [one for one in others if one.may == "own"]
    shared = [one for one in others if one.may != "own"]
    planned = [one for one in own if one.plans or one.damaged]
    lists = [one for one in own if not one.plans and not one.damaged]
    if own or shared:
        st.subheader(translated(message("Other courses")), anchor="other-courses")
    _past([one for one in own if not one.damaged and one.past(today())])
    _rows(planned)
    if shared:
        st.subheader(translated(message("Shared with you")), anchor="shared-with-you")
        _rows(shared)
    if lists:
        label = plural_message("One class list without groups", "{n} class lists without groups", len(lists))
        with fold(label, "more_lists", ":material/list_alt:", expanded=not planned):
            st.caption(shown(message("Nobody has made groups from these yet. They are still saved.")))
            _rows(lists)
    _delete_ticked(own)
    courses.link(courses.NEW, translated(message("Start a new course")))


def _past(past: Sequence[Listing]) -> None:
    if past:
        text = plural_message(
            "The keep-until date of one course has passed. Can it be deleted?",
            "The keep-until date of {n} courses has passed. Can they be deleted?",
            len(past),
        )
        st.info(shown(text), icon=":material/event_busy:")


def _rows(listed: Sequence[Listing]) -> None:
    for listing in listed:
        with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"c_{listing.id}"):
            with st.container():
                if listing.damaged:
                    problem_list.errors(damaged_course(saving.store().place).problems)
                else:
                    courses.link(listing.id, _named(listing, listed))
                    st.caption(shown(about(listing)))
            if listing.may == "own":
                _tick(listing)
            else:
                leave(listing)


def _named(listing: Listing, listed: Sequence[Listing]) -> str:
    """Return what a course is called; of several of a name, with when each was saved last."""
    if sum(one.name == listing.name for one in listed) == 1:
        return listing.name
    return translated(message("{name} ({time})", name=listing.name, time=day_and_time(listing.changed)))


def _tick(listing: Listing) -> None:
    named = message("Select {name}", name=listing.name)
    st.checkbox(
        shown(message("Select this damaged course") if listing.damaged else named),
        key=f"{TICK}{listing.id}",
        width="content",
        on_change=_ticked,
    )


@event
def _ticked() -> None:
    st.session_state[SURE] = None  # another choice than the one that was asked about


def about(listing: Listing) -> Message:
    """Return what there is to know of a course in one line."""
    facts = message(
        "{students}, {plans}; last saved {time}, keep until {day}",
        students=plural_message("One student", "{n} students", listing.students),
        plans=plural_message("one plan", "{n} plans", listing.plans),
        time=day_and_time(listing.changed),
        day=day(listing.keep_until),
    )
    if listing.may == "own":
        with_whom = plural_message(
            "shared with one colleague", "shared with {n} colleagues", listing.colleagues
        )
        return message("{facts}; {sharing}", facts=facts, sharing=with_whom) if listing.colleagues else facts
    by = listing.given_by or message("a colleague")
    if listing.may == "look":
        return message("{facts}; from {name}, to look at", facts=facts, name=by)
    return message("{facts}; from {name}, to change", facts=facts, name=by)


# Deleting


def _delete_ticked(own: Sequence[Listing]) -> None:
    ticked = [one for one in own if st.session_state.get(f"{TICK}{one.id}")]
    if not ticked:
        return
    if not _asked(ticked):
        label = plural_message("Delete one course…", "Delete {n} courses…", len(ticked))
        _ask_first(label, "delete_ticked", ticked)
        return
    confirm(ticked)


def delete(listing: Listing) -> None:
    """Offer to delete the course on the page."""
    if _asked([listing]):
        confirm([listing])
    else:
        _ask_first(message("Delete…"), "delete_course", [listing])


def _ask_first(label: Message, key: str, listed: Sequence[Listing]) -> None:
    st.button(
        f":red[{shown(label)}]",
        key=key,
        icon=":material/delete:",
        on_click=_ask,
        args=(tuple(one.id for one in listed),),
    )


def _asked(listed: Sequence[Listing]) -> bool:
    return st.session_state.get(SURE) == tuple(one.id for one in listed)


def confirm(listed: Sequence[Listing]) -> None:
    """Ask once more, and name what goes."""
    with st.container(border=True, key="delete_confirm"):
        st.error(shown(_question(listed)), icon=":material/delete_forever:")
        with st.container(horizontal=True):
            st.button(
                shown(
                    plural_message("Yes, delete for good", "Yes, delete {n} courses for good", len(listed))
                ),
                key="delete_sure",
                icon=":material/delete_forever:",
                on_click=_gone,
                args=(tuple(one.id for one in listed),),
            )
            st.button(
                shown(plural_message("No, keep it", "No, keep them", len(listed))),
                key="delete_not",
                on_click=_ask,
                args=(None,),
            )


def _question(listed: Sequence[Listing]) -> Message:
    damaged = sum(one.damaged for one in listed)
    names: list[str | Message] = [one.name for one in listed if not one.damaged]
    if damaged == len(listed) == 1:
        return message("Delete everything that is saved of this damaged course? This cannot be undone.")
    if damaged:
        names.append(plural_message("one damaged course", "{n} damaged courses", damaged))
    if len(listed) == 1:
        return message(
            "Delete {name}, with its students and all its plans? This cannot be undone.", name=names[0]
        )
    return message(
        "Delete these {n} courses, with their students and all their plans: {names}? This cannot be undone.",
        n=len(listed),
        names=names,
    )


@event
def _ask(chosen: tuple[str, ...] | None) -> None:
    st.session_state[SURE] = chosen


@event
def _gone(chosen: tuple[str, ...]) -> None:
    st.session_state[SURE] = None
    saving.repository().delete(*chosen)
    if session().kept.id in chosen:
        _off_the_page()


def _off_the_page() -> None:
    now = session()
    if now.making.run is not None:
        now.making.run.leave()
    courses.start_new()


# Leaving


def leave(listing: Listing) -> None:
    """Offer to leave a course that a colleague shared."""
    if st.session_state.get(LEAVING) != listing.id:
        st.button(
            shown(message("Leave…")),
            key=f"leave_{listing.id}",
            icon=":material/logout:",
            on_click=_ask_leave,
            args=(listing.id,),
        )
        return
    with st.container():
        st.markdown(shown(message("Then you no longer see this course, until it is shared with you again.")))
        with st.container(horizontal=True):
            st.button(shown(message("Yes, leave it")), key="leave_sure", on_click=_left, args=(listing.id,))
            st.button(shown(message("No, stay")), key="leave_not", on_click=_ask_leave, args=(None,))


@event
def _ask_leave(course: str | None) -> None:
    st.session_state[LEAVING] = course


@event
def _left(course: str) -> None:
    st.session_state[LEAVING] = None
    saving.sharing().leave(course)
    if session().kept.id == course:
        _off_the_page()
