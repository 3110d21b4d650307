"""The pages of the app: where they are, what they are called, and the way from one to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import Enum

import streamlit as st

from planner.model.text import Message, message
from planner.ui.session.language import shown, translated

KEY, HERE = "hecht_pages", "hecht_here"
COURSE = "course"  # in the address of every page: ?course=…

# Choices that outlast a visit to another page; what else was filled in is kept by what it is about.
LASTING = ("week", "search", "term_student", "system")


class Place(Enum):
    """A page: its address, its name and its sign, in the order of the journey."""

    CLASS_LIST = ("class-list", message("Class list"), ":material/list_alt:")
    RULES = ("rules", message("Rules"), ":material/rule:")
    GROUPS = ("groups", message("Groups"), ":material/groups:")
    TERM = ("term", message("Term"), ":material/timeline:")
    CHANGES = ("changes", message("Changes"), ":material/move_group:")
    CARDS = ("cards", message("Cards"), ":material/style:")
    COURSES = ("courses", message("Courses"), ":material/folder_open:")

    def __init__(self, path: str, title: Message, sign: str) -> None:
        self.path = path
        self.title = title
        self.sign = sign


def lay_out(shows: Mapping[Place, Callable[[], None]], first: Place) -> st.Page:
    """Make a page of every place, and return the one that the coordinator is on.

    Parameters
    ----------
    shows : mapping
        What each place shows.
    first : Place
        Where somebody goes whose address names none.
    """
    pages = {
        place: st.Page(show, title=translated(place.title), url_path=place.path)
        for place, show in shows.items()
    }
    st.session_state[KEY] = pages
    for key in LASTING:  # what a page does not show, Streamlit would forget
        if key in st.session_state:
            st.session_state[key] = st.session_state[key]
    page = st.navigation([st.Page(_nowhere, default=True), *pages.values()], position="hidden")
    here = next((place for place, one in pages.items() if one is page), None)
    if here is None:
        go(first)
    st.session_state[HERE] = here
    return page


def _nowhere() -> None:
    """Stand for an address without a page: nobody stays there."""


def _pages() -> dict[Place, st.Page]:
    pages: dict[Place, st.Page] = st.session_state[KEY]
    return pages


def everywhere() -> Iterator[Place]:
    """Return every page there is, in the order of the journey."""
    return iter(_pages())


def now() -> Place:
    """Return the page that the coordinator is on."""
    place: Place = st.session_state[HERE]
    return place


def here(place: Place) -> bool:
    """Whether this is the page that the coordinator is on."""
    return now() is place


def link(place: Place, label: Message | None = None) -> None:
    """Show the way to another page."""
    st.page_link(
        _pages()[place],
        label=shown(label or place.title),
        icon=place.sign,
        width="content",
        query_params=_address(),
    )


def go(place: Place) -> None:
    """Show another page at once."""
    st.switch_page(_pages()[place], query_params=_address())


def _address() -> dict[str, str]:
    """Return what the address of a page says besides the page: which course this is."""
    return {name: value for name, value in st.query_params.items() if name == COURSE}


def missing(what: Message, place: Place, way: Message) -> None:
    """Say in one line what a page still needs, with the way to the page where it is put right."""
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="missing"):
        st.markdown(f":material/info: {shown(what)}", width="stretch")
        link(place, way)
