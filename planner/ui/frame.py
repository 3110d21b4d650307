"""What every page has around it: title, language, and the words on top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from planner.text import say
from planner.ui import boundary, courses, language, places
from planner.ui.language import shown
from planner.ui.state import session

ICON = Path(__file__).parent / "icon.svg"  # our own: an icon by name would be fetched from elsewhere
WIDEST = 1200  # pixels; longer lines tire the eye


def set_up() -> None:
    """Set the browser's tab and the width of the page."""
    st.set_page_config(page_title="Hecht", page_icon=str(ICON), layout="wide")


@contextmanager
def column() -> Iterator[None]:
    """Keep what is shown in a column of a readable width, in the middle of a wide screen."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST, horizontal_alignment="left"):
        yield


def header() -> None:
    """Show the name, what it is for, the choice of language, and the way to each page."""
    title, choice = st.columns([4, 1], vertical_alignment="center")
    with choice.container(horizontal=True, horizontal_alignment="right"):
        language.choose()
    title.title("Hecht", anchor=False, icon=":material/diversity_3:")
    title.markdown(
        shown(say("Small study groups that stay together: everyone knows their people, everyone has a role."))
    )
    with st.container(horizontal=True, key="pages"):
        for place in places.everywhere():
            places.link(place)
    # Screen readers pronounce a page in the language that it says it is in.
    st.html(
        f"<script>document.documentElement.lang = '{language.current()}'</script>",
        unsafe_allow_javascript=True,
    )
    boundary.tell_trouble()
    courses.bar(session())
