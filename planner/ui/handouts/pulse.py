"""The pulse on the page: the questions to copy, how the groups are, and which to leave alone."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.handouts.pulse import (
    Pulse,
    drawing,
    leave_alone,
    question_list,
)
from planner.handouts.pulse_reading import read_pulse
from planner.handouts.weeks import all_labels, last_week
from planner.model.problems import InputError
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.session.handouts_state import HandoutsState, texts_now
from planner.ui.session.language import (
    badge,
    bold,
    plain,
    shown,
    translated,
)
from planner.ui.session.state import Session
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.folds import fold
from planner.ui.widgets.upload import read, uploaded

UPLOAD = "pulse_answers"


def take(course: Course, state: HandoutsState) -> None:
    """Read the answers in the upload field, so that all of the page knows of them."""
    state.pulse, state.pulse_errors = None, ()
    file = uploaded(UPLOAD)
    if file is None:
        return
    texts, _ = texts_now(state)
    try:
        state.pulse = read(UPLOAD, read_pulse, file, all_labels(course), None, [texts], file=file)
    except InputError as error:
        state.pulse_errors = error.problems


def section(now: Session, course: Course, state: HandoutsState) -> None:
    """Show the questions, and what came of the answers."""
    st.header(translated(message("4. How the groups are doing")), anchor="pulse")
    st.markdown(
        shown(
            message(
                "Three questions a week, if you like. A group is shown as a whole, from four answers on; "
                "nobody's own answers are kept, and there are no figures for the class."
            )
        )
    )
    _pulse(now, course, state)


@guarded
def _pulse(now: Session, course: Course, state: HandoutsState) -> None:
    texts, _ = texts_now(state)
    groups = all_labels(course)
    with fold(
        message("The questions, to copy into Microsoft Forms or Google Forms"),
        "more_pulse",
        ":material/content_copy:",
    ):
        st.code(question_list(texts, groups, last_week(course)), language=None, wrap_lines=True)
    st.file_uploader(
        shown(message("All answers of the form (CSV or Excel)")), type=["csv", "xlsx"], key=UPLOAD
    )
    if state.pulse_errors:
        problem_list.errors(state.pulse_errors)
    if state.pulse is None:
        return
    problem_list.remarks(
        state.pulse.problems, message("What stood out while reading this file"), "more_pulse_read"
    )
    _lines(state.pulse, course)
    _leave_alone(now, state.pulse, groups, last_week(course))


def _lines(pulse: Pulse, course: Course) -> None:
    """Show a small line for every group, with the same in words."""
    last = last_week(course)
    first = pulse.go_first(last)
    grid = st.grid(2, min_column_width=330)
    for line in pulse.lines:
        with grid.container(border=True, gap="xsmall"):
            mark = badge("orange", ":material/directions_walk:", message("Go here first"))
            st.markdown(
                f"**{plain(line.group)}** {mark}" if line.group in first else f"**{plain(line.group)}**"
            )
            svg = drawing(line, last)
            if svg:
                st.image(svg, alt=translated(line.describe(last)), width=192)
            st.caption(shown(line.describe(last)))


def _leave_alone(now: Session, pulse: Pulse, groups: Sequence[str], last: int) -> None:
    settled = pulse.settled(last)
    if not settled:
        return
    st.markdown(bold(message("These groups are doing well as they are: {groups}.", groups=settled)))
    st.button(
        shown(message("Keep them as they are the next time you replan")),
        key="leave_alone",
        icon=":material/lock:",
        on_click=_close,
        args=(now, settled, groups),
    )
    closed = now.rerun.options.closed
    if closed:
        st.caption(
            shown(
                message("The next time you replan, these groups stay as they are: {groups}.", groups=closed)
            )
        )


@event
def _close(now: Session, settled: tuple[str, ...], groups: Sequence[str]) -> None:
    rerun = now.start_rerun()
    wanted = leave_alone(rerun.options.closed, settled, groups)
    rerun.options.closed = tuple(group for group in groups if group in wanted)
