"""The language of the page, and texts that are safe to show as Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

import streamlit as st

from planner.model.short_names import called
from planner.model.text import LANGUAGES, Language, Message, number_text

T = TypeVar("T")
PAGE = "hecht"  # where the pages keep the class list, see `planner.ui.session.state`
KEY, KEPT = "language", "hecht_language"  # going to another page from the code forgets every field
# The cookie with the language that somebody chose, where it is not that of the browser; page.js keeps it.
COOKIE = "hecht-language"
NAMES: dict[Language, str] = {"nl": "Nederlands", "en": "English"}

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>$~|#]|:(?=[A-Za-z])|&(?=[#A-Za-z]))")
_BULLET = re.compile(r"^(?=[-+](?:\s|$)|--[-\s]*$)")  # a list, or a line across the page
_NUMBERED = re.compile(r"^(\d+)(?=[.)](?:\s|$))")
# What a page turns into links, icons, emoji and arrows wherever it reads it, escaped or not. It reads each
# part of a text by itself, so a border with nothing in it keeps a sign what it was, also when it is copied.
_TURNED = re.compile(
    r"(?<=[Ww]{3})(?=\.)|(?<=[Pp])(?=://)|(?<=[Ss])(?=://)|(?<=@)(?=[-\w])"
    r"|(?<=:)(?=[-+\w]+:|material/)|(?<=[<>~-])(?=[=>])|(?<=<)(?=-)|(?<=(?<!-)-)(?=-(?!-))"
)
_BORDER = ":small[]"
_COLON = re.compile(r":(?=:small\[\])")  # two of them are no border


def current() -> Language:
    """Return the language that the coordinator reads."""
    for key in (KEY, KEPT):  # hundreds of texts on a page ask; what the browser sent is slow to look up
        chosen = st.session_state.get(key)
        if chosen in LANGUAGES:
            return cast(Language, chosen)
    sent = st.context.cookies.get(COOKIE)
    return sent if sent in LANGUAGES else of_browser()


def of_browser() -> Language:
    """Return the language of the browser, for whoever chose none."""
    locale = str(st.context.locale or "")
    return "en" if locale.lower().startswith("en") else "nl"


def choose() -> None:
    """Show the choice of language."""
    if st.session_state.get(KEY) not in LANGUAGES:
        st.session_state[KEY] = current()
    st.segmented_control(
        "Taal / Language",
        LANGUAGES,
        format_func=NAMES.__getitem__,
        required=True,
        key=KEY,
        label_visibility="collapsed",
    )
    st.session_state[KEPT] = current()


def translated(message: Message) -> str:
    """Return a message as plain text, for cells and file names; long headings in it by their short names."""
    return called(message, _short_names()).text(current())


def name_of(text: str) -> str:
    """Return what a heading is called on the pages."""
    return _short_names().get(text, text)


def _short_names() -> Mapping[str, str]:
    names: Mapping[str, str] = getattr(st.session_state.get(PAGE), "short_names", {})
    return names


def worded(words: Callable[[T], Message]) -> Callable[[T], str]:
    """Return how choices are called in the language of the page, for a widget to keep."""
    language, names = current(), _short_names()
    return lambda choice: called(words(choice), names).text(language)


def as_written(message: Message) -> str:
    """Return a message about a file for a place that reads Markdown: headings as they are in the file."""
    return plain(message.text(current()))


def spoken(key: str) -> str:
    """Return the key of a widget in this language: a browser knows a choice by its words, not by its key."""
    return f"{key}_{current()}"


def shown(message: Message) -> str:
    """Return a message for a place that reads Markdown; names and headings in it stay as they are."""
    return plain(translated(message))


def bold(message: Message) -> str:
    """Return a message in bold, for a place that reads Markdown."""
    return f"**{shown(message)}**"


def badge(colour: str, icon: str, message: Message) -> str:
    """Return a coloured label with a sign and a word in it."""
    return f":{colour}-badge[{icon} {shown(message)}]"


def plain(text: str) -> str:
    """Return a text that Markdown shows letter by letter."""
    line = " ".join(text.split())
    first, *rest = (_SPECIAL.sub(r"\\\1", part) for part in _TURNED.split(line))
    first = _NUMBERED.sub(r"\1\\", _BULLET.sub(r"\\", first))
    return first if not rest else _COLON.sub(r"\\:", _BORDER.join([first, *rest]))


def number(value: float, digits: int = 2) -> str:
    """Return a number as it is written in the language."""
    return number_text(value, current(), digits)
