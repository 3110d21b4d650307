"""What a coordinator asks of a rerun: from which week, who stays, and how many moves more."""

from __future__ import annotations

import streamlit as st

from planner.text import say
from planner.ui.fields import seeded
from planner.ui.language import shown, told
from planner.ui.rerun_made import Compared
from planner.ui.rerun_state import Rerun

MOST_EXTRA = 50


def section(rerun: Rerun, found: Compared) -> None:
    """Ask for the first week, for groups and students to leave alone, and for extra moves."""
    st.header(told(say("3. What stays as it is")), anchor="wishes")
    when, more = st.columns(2)
    with when:
        _week(rerun, found)
    with more:
        _extra(rerun)
    groups, students = st.columns(2)
    with groups:
        _groups(rerun)
    with students:
        _students(rerun, found)


def _week(rerun: Rerun, found: Compared) -> None:
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    course = rerun.previous.course
    first = 1 if course is None else course.plan.from_week
    last = max(first, found.rules.term.weeks)
    rerun.from_week = st.number_input(
        shown(say("First week of the new groups")),
        min_value=first,
        max_value=last,
        key=seeded(f"from_week_{rerun.id}", min(max(rerun.from_week, first), last)),
    )
    st.caption(shown(say("The weeks before it stay as they were: groups, roles and all.")))


def _extra(rerun: Rerun) -> None:
    rerun.extra_moves = st.number_input(
        shown(say("Extra moves, for better groups")),
        min_value=0,
        max_value=MOST_EXTRA,
        key=seeded(f"extra_moves_{rerun.id}", rerun.extra_moves),
        help=shown(
            say(
                "With 2, at most two students more may move, and only where that brings the groups "
                "closer to your rules. Each number that you try stays here to compare."
            )
        ),
    )
    st.caption(shown(say("With 0 nobody moves who does not have to.")))


def _groups(rerun: Rerun) -> None:
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    rerun.closed = tuple(
        st.multiselect(
            shown(say("Leave these groups alone")),
            [group.name for group in rerun.previous.groups],
            placeholder=told(say("Nobody leaves or joins them")),
            select_all=False,
            key=seeded(f"closed_{rerun.id}", list(rerun.closed)),
        )
    )


def _students(rerun: Rerun, found: Compared) -> None:
    names = found.roster.shown_names
    here = [student for student in rerun.locked if student in found.changes.home]
    rerun.locked = tuple(
        st.multiselect(
            shown(say("Leave these students where they are")),
            sorted(found.changes.home, key=lambda student: names[student]),
            format_func=lambda student: names.get(student, student),
            placeholder=told(say("Type a name")),
            select_all=False,
            key=seeded(f"locked_{rerun.id}", here),
        )
    )
