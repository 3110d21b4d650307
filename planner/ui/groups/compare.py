"""The plan on the page beside another: an earlier one of this session, a saved one, or one from a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.replanning.compare import (
    Comparison,
    Named,
    Other,
    compare,
    other_of,
    read_other,
)
from planner.store import PlanListing
from planner.ui.groups import compare_table
from planner.ui.session import saving
from planner.ui.session.edit_state import by_hand
from planner.ui.session.language import (
    shown,
    spoken,
    translated,
    worded,
)
from planner.ui.session.state import session
from planner.ui.shell.parts import COMPARE, part
from planner.ui.widgets import problem_list, upload
from planner.ui.widgets.clock import day_and_time
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import HOW

KEY, OPENED = "hecht_compared", "hecht_compared_saved"
CHOSEN = "hecht_compared_with"  # a list in another language would forget it
FILE = -1  # in the list: a file of the coordinator's own


@part(COMPARE)
def section(course: Course) -> None:
    """Let the coordinator choose a plan to lay beside the one on the page."""
    more = fold(message("Compare with another plan"), "more_compare", ":material/compare:")
    if not more.open:
        return
    with more:
        hand = by_hand(session(), course)
        _choose(course, [*hand.versions(), *hand.earlier], _saved())


def _saved() -> list[PlanListing]:
    """Return the plans that were saved before this course was opened; later ones are of this session."""
    kept = session().kept
    if not kept.opened_with:
        return []
    return [plan for plan in saving.repository().plans(kept.id) if plan.number < kept.opened_with]


def _choose(course: Course, known: Sequence[Named], saved: Sequence[PlanListing]) -> None:
    options: list[int | PlanListing] = [*range(len(known)), *saved, FILE]
    before = st.session_state.get(CHOSEN)
    if before not in options:
        before = 0 if known else None
    chosen: int | PlanListing | None = st.selectbox(
        shown(message("Compare with")),
        options,
        index=None,
        format_func=worded(partial(_called, known)),
        placeholder=translated(message("Choose a plan")),
        key=seeded(spoken(f"compare_with_{len(known)}"), before),
    )
    st.session_state[CHOSEN] = chosen
    if chosen is None:
        return
    here, there = message("The plan on this page"), message("The other plan")
    if isinstance(chosen, PlanListing):
        compare_table.show(course, _compared(course, _opened(chosen.number)), here, there)
    elif chosen != FILE:
        compare_table.show(course, _compared(course, known[chosen].course), here, there)
    else:
        _from_file(course, here, there)


def _from_file(course: Course, here: Message, there: Message) -> None:
    st.file_uploader(
        shown(message("The other plan: a plan.json or a list of groups")),
        key="compare_file",
        type=["json", "csv", "xlsx"],
    )
    found = _read(course)
    if found is not None:
        compare_table.show(course, compare(course, found), here, there)


def _opened(number: int) -> Course:
    """Return a saved plan of this course; read once."""
    course = session().kept.id
    kept = st.session_state.get(OPENED)
    if kept is None or kept[0] != (course, number):
        kept = ((course, number), saving.repository().plan(course, number).course)
        st.session_state[OPENED] = kept
    found: Course = kept[1]
    return found


def _compared(course: Course, other: Course) -> Comparison:
    """Return what two plans differ in; worked out once for each two."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course or kept[1] is not other:
        kept = (course, other, compare(course, other_of(course, other)))
        st.session_state[KEY] = kept
    found: Comparison = kept[2]
    return found


def _called(known: Sequence[Named], one: int | PlanListing) -> Message:
    if isinstance(one, PlanListing):
        return message("Saved {time}, {how}", time=day_and_time(one.made), how=HOW[one.how])
    return message("A file: plan.json or a list of groups") if one == FILE else known[one].name


def _read(course: Course) -> Other | None:
    file = upload.uploaded("compare_file")
    if file is None:
        return None
    try:
        return upload.read("compare_file", read_other, course, file, file=file)
    except InputError as error:
        problem_list.errors(error.problems)
        return None
