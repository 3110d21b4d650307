"""The page for what changes: a new class list beside the plan, and as few moves as can be."""

from __future__ import annotations

import streamlit as st

from planner.model.text import message
from planner.services.pending import pending_changes
from planner.ui.changes import bar, done_before, in_use, list_comparison, options, result, start
from planner.ui.groups import plan_before
from planner.ui.session import work
from planner.ui.session.language import current
from planner.ui.session.pending_state import pending
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import Session, session
from planner.ui.shell import frame
from planner.ui.widgets.boundary import guarded


@guarded
def show() -> None:
    """Show the journey of a rerun, as far as the coordinator is, and what was done before."""
    now = session()
    now.read()
    rerun = now.start_rerun()
    _journey(now, rerun)
    if now.in_use is not None and (rerun.done or pending(now) is not None):  # else it stands on top
        done_before.section(now)


def _journey(now: Session, rerun: ReplanSession) -> None:
    if rerun.done == "left" and (waits := pending(now)) is not None:
        in_use.left(waits)
        return
    if rerun.done:
        result.decided(rerun)
        return
    plan_before.told(now)
    if now.in_use is not None and rerun.base is not None:
        work.job_manager()
        in_use.section(now, rerun)
    else:
        _from_lists(now, rerun)


def _from_lists(now: Session, rerun: ReplanSession) -> None:
    """Start from a draft, or from a plan in a file: a new class list goes beside it."""
    start.previous(now, rerun)
    if rerun.previous is None or rerun.previous.failed:
        return
    work.job_manager()  # workers get ready while the new list is looked for
    start.new_list(rerun)
    compared = rerun.compare(current())
    if compared is None:
        return
    list_comparison.compared(rerun, compared)
    asked = None
    if not compared.errors:
        if pending_changes(compared):
            now.take_over_list()
        options.section(rerun, compared, message("3. What the new plan takes into account"))
        compared = rerun.compare(current()) or compared  # another week may start from other groups
        wanted = None if rerun.unfinished else rerun.asked(compared)
        if wanted is not None:
            list_comparison.roles(wanted)
            asked = options.consistent(wanted)
    result.section(rerun, asked)
    with st.bottom, frame.column():
        bar.show(rerun, compared, asked)
