"""The scripts that pages run in the browser: these, and no other, for the policy names each of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Final

import streamlit as st

from planner.model.text import Message
from planner.ui.session.language import shown


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


_TOLD: Final = "(JSON.parse(document.currentScript.nextElementSibling.dataset.told))"
TELL_READERS: Final = f"({_read('page.js')}){_TOLD};\n({_read('focus.js')})();"
# Into view, and the keyboard with it: a screen reader goes on from there.
_GO: Final = (
    "(at => { if (!at) return; at.tabIndex = -1; at.focus({preventScroll: true}); "
    "at.scrollIntoView({block: 'start'}); })(document.getElementById('%s'))"
)
INTO_VIEW: Final = _GO % "before-after"
ARRIVED: Final = (
    "(at => { at.focus({preventScroll: true}); "
    "(document.getElementById('groups') ?? at).scrollIntoView({block: 'start'}); })"
    "(document.currentScript.nextElementSibling)"
)
# The title of the page stays in view above what came of it, where there is room for both.
DECIDED: Final = (
    "(at => { at.focus({preventScroll: true}); "
    "(at.closest('[data-testid=stMain]')?.querySelector('h2') ?? at).scrollIntoView({block: 'start'}); "
    "if (at.getBoundingClientRect().top > innerHeight / 2) at.scrollIntoView({block: 'center'}); })"
    "(document.currentScript.nextElementSibling)"
)
START_NEW: Final = "window.location.assign('./?course=new')"
DRAG: Final = f"({_read('drag.js')})()"
PICTURE: Final = f"({_read('picture.js')})()"
REVEAL: Final = f"({_read('reveal.js')}){_TOLD}"
ALL: Final = (TELL_READERS, INTO_VIEW, DECIDED, ARRIVED, START_NEW, DRAG, PICTURE, REVEAL)


def run(script: str, key: str = "", told: object = None) -> None:
    """Run one of the scripts; what it is told stands beside it, in an element that can be reached by its key.

    Raises
    ------
    ValueError
        Where it is another script: a browser would refuse it without a word.
    """
    if script not in ALL:
        raise ValueError("not one of the scripts of the pages")
    beside = ""
    if key:
        beside = f'<span id="{key}" tabindex="-1" data-told="{escape(json.dumps(told))}"></span>'
    st.html(f"<script>{script}</script>{beside}", unsafe_allow_javascript=True)


def heard(script: str, key: str, label: Message, then: Callable[[], None]) -> None:
    """Draw a field, seen by nobody, in which a script writes what somebody did with the mouse."""
    st.text_input(shown(label), key=key, live="0ms", on_change=then, label_visibility="collapsed")
    run(script)
