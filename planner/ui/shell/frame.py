"""What every page has around it: title, language, and the words on top."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from planner.model.text import message
from planner.ui.session import language, places, sign_in
from planner.ui.session.language import shown, translated
from planner.ui.session.state import session
from planner.ui.shell import open_course as courses
from planner.ui.widgets import boundary, scripts

ICON = Path(__file__).parent / "icon.svg"  # our own: an icon by name would be fetched from elsewhere
STYLE = Path(__file__).parent / "page.css"
WIDEST = 1200  # pixels; longer lines tire the eye
# What Streamlit says by itself in fields and lists; {} stands for a name or a size.
OWN_WORDS = {
    "Upload": message("Choose a file"),
    "Add files": message("Add files"),
    "{} per file": message("{size} per file", size="{}"),
    "Drag and drop a file here": message("Drop the file here"),
    "Drag and drop files here": message("Drop the files here"),
    "Remove {}": message("Remove {name}", name="{}"),
    "Help for {}": message("About: {name}", name="{}"),
    "Clear all": message("Clear all"),
    "Clear value": message("Clear"),
    "Clear date": message("Clear"),
    "Increment": message("One more"),
    "Decrement": message("One less"),
    "Select all": message("Select all"),
    "No results": message("Nothing found"),
    "No options to select": message("Nothing to choose from"),
    "No options to select.": message("Nothing to choose from"),
    "Press Enter to apply": message("Press Enter to apply"),
    "Failed to generate file for download": message(
        "The file could not be made. Reload the page to see what is wrong, or try again."
    ),
}


def set_up() -> None:
    """Set the browser's tab and the width of the page."""
    st.set_page_config(page_title="Hecht", page_icon=str(ICON), layout="wide")
    st.html(STYLE)


@contextmanager
def column() -> Iterator[None]:
    """Keep what is shown in a column of a readable width, in the middle of a wide screen."""
    with st.container(horizontal_alignment="center"), st.container(width=WIDEST, horizontal_alignment="left"):
        yield


def header() -> None:
    """Show the name, what it is for, the choice of language, and the way to each page."""
    title, choice = st.columns([3, 1], vertical_alignment="center")
    with choice.container(horizontal=True, horizontal_alignment="right"):
        language.choose()
        sign_in.hint()
    title.title("Hecht", anchor=False, icon=":material/diversity_3:")
    title.markdown(
        shown(
            message("Small study groups that stay together: everyone knows each other, everyone has a role.")
        )
    )
    courses.switcher()
    with st.container(horizontal=True, key="pages"):
        for place in places.everywhere():
            places.link(place)
    _tell_readers()
    boundary.tell_trouble()
    courses.bar(session())


def _tell_readers() -> None:
    """Tell screen readers and keyboards where they are, and let what comes next be reached at once."""
    here = next(at for at, place in enumerate(places.everywhere()) if places.here(place))
    facts = {
        "language": language.current(),
        "here": here,
        "pages": translated(message("Pages")),
        "skip": translated(message("Skip to main content")),
        "own": {english: translated(text) for english, text in OWN_WORDS.items()},
    }
    scripts.run(scripts.TELL_READERS, "content", facts)
