"""The page with changes of a course in use: what waits, what that means, and then what else can be asked."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.services.compare_lists import ListComparison
from planner.services.replan import ReplanRequest
from planner.ui.changes import bar, done_before, list_comparison, options, result, start
from planner.ui.groups import dialog_answers
from planner.ui.groups import pending as pending_section
from planner.ui.session import places
from planner.ui.session.language import current, shown, translated
from planner.ui.session.pending_state import Pending, pending
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import Session
from planner.ui.shell import frame
from planner.ui.widgets import problem_list
from planner.ui.widgets.folds import fold


def section(now: Session, rerun: ReplanSession) -> None:
    """Show what waits with what it comes to, and below that what can be asked besides."""
    st.header(translated(message("Pending changes")), anchor="pending")
    what = st.container()  # a new list may add to it, further down
    came = st.container()
    compared = rerun.compare(current())
    asked = None if compared is None else _asked(rerun, compared)
    _other_starts(now, rerun)
    if compared is None:
        return
    found = pending(now)
    with what:
        _waits(found)
        if found is None:
            done_before.section(now)
        if not compared.errors:
            list_comparison.details(compared)
            if asked is not None:
                list_comparison.roles(asked)
    with came:
        result.section(rerun, asked, in_use=True)
    with st.bottom, frame.column():
        bar.in_use(now, found, rerun, compared, asked)
    dialog_answers.window()


def left(found: Pending | None) -> None:
    """Show what waits where the coordinator let it."""
    st.header(translated(message("Pending changes")), anchor="pending")
    if found is not None:
        pending_section.later(found)


def _waits(found: Pending | None) -> None:
    if found is None:
        st.markdown(shown(message("No pending changes: the groups fit the class list and the rules.")))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                shown(message("Has a student stopped or joined? Begin with the groups: choose a name."))
            )
            places.link(Place.GROUPS, message("See the groups"))
            places.link(Place.CLASS_LIST)
            places.link(Place.RULES)
        return
    pending_section.changes(found.changes)
    pending_section.effect(found)


def _asked(rerun: ReplanSession, compared: ListComparison) -> ReplanRequest | None:
    """Ask for requests; return all that is asked, where it can be."""
    if compared.errors:
        return None
    options.section(rerun, compared, message("What the new plan takes into account"))
    compared = rerun.compare(current()) or compared  # another week may start from other groups
    return None if rerun.unfinished else options.consistent(rerun.asked(compared))


def _other_starts(now: Session, rerun: ReplanSession) -> None:
    """Let the coordinator choose a new class list, or another plan to start from."""
    looked_at = rerun.class_list is not None and rerun.of_page is None  # it waits until it can be read
    with fold(message("Choose a new class list"), "more_list", ":material/upload_file:", expanded=looked_at):
        start.choose_list(rerun)
        if looked_at:
            start.as_read(rerun)
            _take_over(now, rerun)
        else:
            places.link(Place.CLASS_LIST, message("How the list was read, and a survey that goes with it"))
    with fold(message("Start from another plan"), "more_previous", ":material/history:"):
        start.choose_previous()


def _take_over(now: Session, rerun: ReplanSession) -> None:
    """Let a list that can be used wait as any other change does, or say why it cannot."""
    compared = rerun.compare(current())
    if compared is None:
        return
    problem_list.errors(compared.errors)
    if not compared.errors:
        now.take_over_list()
        st.rerun()
