"""The plan on the page beside another: an earlier one of this session, a saved one, or one from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from planner.compare import Comparison, Named, Other, compare, other_of, read_other
from planner.course import Course
from planner.problems import InputError
from planner.text import Message, say
from planner.ui import compare_table, problem_list, upload
from planner.ui.boundary import guarded
from planner.ui.edit_state import by_hand
from planner.ui.language import shown, told, worded
from planner.ui.state import session

KEY = "hecht_compared"
FILE = -1  # in the list: a file of the coordinator's own


@st.fragment
@guarded
def section(others: Sequence[Named] = ()) -> None:
    """Let the coordinator choose a plan to lay beside the one on the page.

    Parameters
    ----------
    others : sequence of Named
        Plans besides those of this session, such as saved ones.
    """
    course = session().course
    if course is None:
        return
    more = st.expander(
        shown(say("Compare with another plan")),
        icon=":material/compare:",
        key="more_compare",
        on_change="rerun",
    )
    if not more.open:
        return
    with more:
        hand = by_hand(session(), course)
        _choose(course, [*hand.versions(), *hand.earlier, *others])


def _choose(course: Course, known: Sequence[Named]) -> None:
    place: int | None = st.selectbox(
        shown(say("Compare with")),
        [*range(len(known)), FILE],
        index=0 if known else None,
        format_func=worded(partial(_called, known)),
        placeholder=told(say("Choose a plan")),
        key=f"compare_with_{len(known)}",
    )
    if place is None:
        return
    here = say("The plan on this page")
    if place != FILE:
        compare_table.show(course, _compared(course, known[place].course), here, say("The other plan"))
        return
    st.file_uploader(
        shown(say("The other plan: a plan.json or a list of groups")),
        key="compare_file",
        type=["json", "csv", "xlsx"],
    )
    found = _read(course)
    if found is not None:
        compare_table.show(course, compare(course, found), here, say("The other plan"))


def _compared(course: Course, other: Course) -> Comparison:
    """Return what two plans differ in; worked out once for each two."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course or kept[1] is not other:
        kept = (course, other, compare(course, other_of(course, other)))
        st.session_state[KEY] = kept
    found: Comparison = kept[2]
    return found


def _called(known: Sequence[Named], place: int) -> Message:
    return say("A file: plan.json or a list of groups") if place == FILE else known[place].name


def _read(course: Course) -> Other | None:
    file = upload.uploaded("compare_file")
    if file is None:
        return None
    try:
        return read_other(course, file)
    except InputError as error:
        problem_list.errors(error.problems)
        return None
