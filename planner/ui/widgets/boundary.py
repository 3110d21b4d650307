"""Where unexpected errors stop: plain words on the page, the details in the server's log."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import message
from planner.ui.session.language import shown
from planner.ui.widgets import problem_list

P = ParamSpec("P")
T = TypeVar("T")
TROUBLE = "hecht_trouble"  # an event went wrong before the page was drawn

log = logging.getLogger(__name__)


def guarded(work: Callable[P, T]) -> Callable[P, T | None]:
    """Wrap a part of a page: what goes wrong in it is said in plain words.

    So is what went wrong at a click in it, where only this part is drawn anew.
    """

    @functools.wraps(work)
    def safe(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            tell_trouble()
            return work(*args, **kwargs)
        except InputError as error:
            problem_list.errors(error.problems)
        except Exception:
            log.exception("A part of the page went wrong")
            trouble()
        return None

    return safe


def event(work: Callable[P, None]) -> Callable[P, None]:
    """Wrap what happens at a click or an upload; the page tells of it when it is drawn."""

    @functools.wraps(work)
    def safe(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            work(*args, **kwargs)
        except InputError as error:
            st.session_state[TROUBLE] = error.problems
        except Exception:
            log.exception("An event on the page went wrong")
            st.session_state[TROUBLE] = None

    return safe


def tell_trouble() -> None:
    """Say that an event went wrong, once: what the matter is, or that it is no fault of the coordinator's."""
    if TROUBLE not in st.session_state:
        return
    problems = st.session_state.pop(TROUBLE)
    if problems is None:
        trouble()
    else:
        problem_list.errors(problems)


def trouble() -> None:
    """Say that something went wrong that is no fault of the coordinator's."""
    st.error(
        shown(
            message(
                "Nothing was changed or sent. Try again, or reload the page and choose your class list "
                "again. The details are in the window in which Hecht runs."
            )
        ),
        title=shown(message("Something went wrong in Hecht itself.")),
        icon=":material/healing:",
    )
