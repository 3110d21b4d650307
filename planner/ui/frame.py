"""What every page has around it: title, language, and the words on top."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamlit as st

from planner.text import say
from planner.ui import boundary, courses, language, places, sign_in
from planner.ui.language import shown, told
from planner.ui.state import session

ICON = Path(__file__).parent / "icon.svg"  # our own: an icon by name would be fetched from elsewhere
STYLE = Path(__file__).parent / "page.css"
WIDEST = 1200  # pixels; longer lines tire the eye
# What Streamlit leaves unsaid to screen readers and keyboards: the language in which to pronounce the page,
# that the list of pages is one and which page this is, and a way past it in the language of the page.
_TOLD = """<script>
(() => {{
  document.documentElement.lang = {language};
  const pages = document.querySelector(".st-key-pages");
  pages?.setAttribute("role", "navigation");
  pages?.setAttribute("aria-label", {pages});
  const mark = () => {{
    const links = pages?.querySelectorAll("a");
    if (!links?.length) return pages?.isConnected && setTimeout(mark, 100);  // they come a moment later
    links.forEach((link, at) => {{
      if (at === {here}) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }});
  }};
  mark();
  const skip = document.querySelector("[data-testid=stSkipToContent]");
  if (!skip) return;
  skip.textContent = {skip};
  skip.onclick = (event) => {{
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("content")?.focus();
  }};
}})();
</script><span id="content" tabindex="-1"></span>"""


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
        sign_in.way_out()
    title.title("Hecht", anchor=False, icon=":material/diversity_3:")
    title.markdown(
        shown(say("Small study groups that stay together: everyone knows their people, everyone has a role."))
    )
    with st.container(horizontal=True, key="pages"):
        for place in places.everywhere():
            places.link(place)
    _tell_readers()
    boundary.tell_trouble()
    courses.bar(session())


def _tell_readers() -> None:
    """Tell screen readers and keyboards where they are, and let what comes next be reached at once."""
    here = next(at for at, place in enumerate(places.everywhere()) if places.here(place))
    texts = {"pages": told(say("Pages")), "skip": told(say("Go to what is on the page"))}
    said = {name: json.dumps(text) for name, text in texts.items()}
    told_here = _TOLD.format(language=json.dumps(language.current()), here=here, **said)
    st.html(told_here, unsafe_allow_javascript=True)
