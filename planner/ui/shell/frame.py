"""What every page has around it: title, language, and the words on top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from planner.model.text import message
from planner.ui.session import language, places, sign_in
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.shell import own_words
from planner.ui.widgets import boundary, scripts

ICON = Path(__file__).parent / "icon.svg"  # our own: an icon by name would be fetched from elsewhere
STYLES = tuple(Path(__file__).parent / name for name in ("page.css", "print.css"))
NAME = "Hecht"
WIDEST = 1200  # pixels; longer lines tire the eye


def set_up() -> None:
    """Set the browser's tab and the width of the page."""
    st.set_page_config(page_title=NAME, page_icon=str(ICON), layout="wide")
    for style in STYLES:
        st.html(style)


@contextmanager
def column() -> Iterator[None]:
    """Keep what is shown in a column of a readable width, in the middle of a wide screen."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST, horizontal_alignment="left"):
        yield


def header() -> None:
    """Show name, pages and choice of language in one row, and which course this is."""
    with st.container(gap="xsmall"):
        _row()
        _name_tab()
        tell_readers(next(at for at, place in enumerate(places.everywhere()) if places.here(place)))
        boundary.tell_trouble()
        courses.switcher()
        courses.bar(session())
    if session().roster is None and places.here(Place.CLASS_LIST):
        purpose = message(
            "Small study groups that stay together: everyone knows each other, everyone has a role."
        )
        st.markdown(shown(purpose))


def _row() -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="frame"):
        st.title(NAME, anchor=False, icon=":material/diversity_3:", width="content")
        with st.container(horizontal=True, key="pages"):
            for place in places.everywhere():
                places.link(place)
        with st.container(horizontal=True, width="content", key="reader"):
            language.choose()
            sign_in.hint()


def _name_tab() -> None:
    """Let the browser's tab say where one is: page, course and app, the part that differs first."""
    parts = [translated(places.now().title), session().kept.name, NAME]
    st.set_page_config(page_title=" · ".join(part for part in parts if part))


def tell_readers(here: int = -1) -> None:
    """Tell screen readers and keyboards where they are, and let what comes next be reached at once.

    Parameters
    ----------
    here : int, default -1
        Which of the pages in the header this is; below zero where none is shown.
    """
    facts = {
        "language": language.current(),
        "browser": language.of_browser(),
        "cookie": language.COOKIE,
        "here": here,
        "pages": translated(message("Pages")),
        "skip": translated(message("Skip to main content")),
        "own": own_words.said(language.current()),
    }
    scripts.run(scripts.TELL_READERS, "content", facts)
