"""The page for what changes: a new class list beside the plan, and as few moves as can be."""

from __future__ import annotations

import streamlit as st

from planner.ui.changes import (
    bar as changes_bar,
)
from planner.ui.changes import (
    options as changes_wishes,
)
from planner.ui.changes import (
    result as changes_result,
)
from planner.ui.changes import (
    start as changes_start,
)
from planner.ui.groups import plan_before
from planner.ui.session import work
from planner.ui.session.language import current
from planner.ui.session.state import session
from planner.ui.shell import frame
from planner.ui.widgets.boundary import guarded


@guarded
def show() -> None:
    """Show the journey of a rerun, as far as the coordinator is."""
    now = session()
    now.read()
    rerun = now.start_rerun()
    if rerun.done:
        changes_result.decided(rerun)
        return
    plan_before.told(now)
    changes_start.previous(now, rerun)
    if rerun.previous is None or rerun.previous.failed:
        return
    work.job_manager()  # workers get ready while the new list is looked for
    changes_start.new_list(rerun)
    compared = rerun.compare(current())
    if compared is None:
        return
    changes_start.compared(rerun, compared)
    asked = None
    if not compared.errors:
        now.take_over_list()
        changes_wishes.section(rerun, compared)
        compared = rerun.compare(current()) or compared  # another week may start from other groups
        wanted = None if rerun.unfinished else rerun.asked(compared)
        if wanted is not None:
            changes_start.roles(wanted)
            asked = changes_wishes.consistent(wanted)
    changes_result.section(rerun, asked)
    with st.bottom, frame.column():
        changes_bar.show(rerun, compared, asked)
