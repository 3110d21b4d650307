"""Groups that were made anew: how many would move, what the rules gain by it, and the question."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.replanning.compare import compare, other_of
from planner.ui.groups import compare_table
from planner.ui.session import saving
from planner.ui.session.groups_aside import Aside
from planner.ui.session.language import shown
from planner.ui.session.state import Session, session
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold

WAITED = "hecht_waited"  # somebody looked on while a run was under way, or chose other groups


def show(now: Session) -> None:
    """Ask whether the new groups take the place of those in use, or say why nothing changed."""
    if now.making.note is not None:
        st.info(shown(now.making.note), icon=":material/shield:")
    if now.making.aside is None or now.course is None:
        return
    with st.container(border=True, key="aside"):
        st.subheader(shown(_question(now.making.aside, now.course)), anchor="aside")
        st.markdown(shown(_meanwhile(now.course)))
        if now.course.locks:
            st.markdown(shown(message("What you locked is unlocked with the new groups.")))
        with st.container(horizontal=True):
            st.button(
                shown(message("Keep the groups as they are")),
                key="keep_groups",
                type="primary",
                icon=":material/shield:",
                on_click=_keep,
            )
            st.button(
                shown(_use(now.making.aside, now.course)),
                key="use_new_groups",
                icon=":material/diversity_3:",
                on_click=_take,
            )
        with fold(message("What would be different"), "more_aside", ":material/compare:") as opened:
            if opened.open:
                made = now.making.aside.course
                found = compare(made, other_of(made, now.course))
                compare_table.show(made, found, message("The new groups"), message("The current groups"))


def _question(aside: Aside, course: Course) -> Message:
    moved = aside.moved_from(course)
    if not moved:
        return message("New groups are ready. Nobody would move.")
    return plural_message(
        "New groups are ready. One of the {students} students would move.",
        "New groups are ready. {n} of the {students} students would move.",
        moved,
        students=aside.known_to(course),
    )


def _meanwhile(course: Course) -> Message:
    """Say what stays until the coordinator decides, and what is lost where the term is under way."""
    if course.history or course.plan.from_week > 1:
        return message(
            "Your groups are still as they were. With the new groups the term starts again from week 1, "
            "with other roles."
        )
    return message(
        "Your groups are still as they were. With the new groups, everyone gets other roles as well."
    )


def _use(aside: Aside, course: Course) -> Message:
    moved = aside.moved_from(course)
    if not moved:
        return message("Use the new plan")
    return plural_message(
        "Use the new groups: one student moves", "Use the new groups: {n} students move", moved
    )


@event
def _keep() -> None:
    session().making.leave_aside()


@event
def _take() -> None:
    saving.allow_change(session())
    session().use_aside()
    st.session_state[WAITED] = True
