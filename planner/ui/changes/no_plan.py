"""What is in the way of a rerun, on the page with changes: looked for at once, shown with its ways out."""

from __future__ import annotations

import streamlit as st

from planner.infeasibility.infeasible_replan import InfeasibleReplan, Remedy
from planner.model.no_plan import NoPlan
from planner.model.text import message
from planner.services.replan import ReplanRequest
from planner.ui.changes import bar as changes_bar
from planner.ui.changes.options import show_wishes
from planner.ui.rules import conflict as why
from planner.ui.session import work
from planner.ui.session.language import shown
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import session
from planner.ui.widgets.boundary import event, guarded


def after(rerun: ReplanSession, failure: NoPlan, asked: ReplanRequest | None) -> None:
    """Look for what is in the way of a rerun that came to no plan, and show it.

    Where a plan turns up, it goes on from there.
    """
    obstacle, about = rerun.obstacle, rerun.running
    if about is None:
        return
    if obstacle.asked_for is not failure:
        obstacle.begin(failure, work.inquire_again(about))
    found = known(rerun, asked)
    if obstacle.inquiry is not None:
        _under_way()
    elif found is not None and found.groups:
        work.start_again(rerun, about.begin_from(found.groups))
        st.rerun()  # the bar shows it
    elif obstacle.found is not None and asked == about:
        why.explained(obstacle.found, about.roster, "rerun_", _take, proven=failure.proven)
    elif obstacle.found is not None:
        st.caption(
            shown(message("You have changed your requests since then. Replan to see whether it works now."))
        )


def known(rerun: ReplanSession, asked: ReplanRequest | None) -> InfeasibleReplan | None:
    """Return what is in the way of what is asked now, as far as that is known by now."""
    return rerun.obstacle.found if asked is not None and asked == rerun.running else None


@st.fragment(run_every=0.5)
@guarded
def _under_way() -> None:
    obstacle = session().rerun.obstacle
    if obstacle.inquiry is None:
        return
    if obstacle.inquiry.job.done():
        obstacle.collect()
        st.rerun()
    why.bar(obstacle.inquiry, "rerun_why")


@event
def _take(way: Remedy) -> None:
    """Ask for what a way out says, and plan again at once."""
    now = session()
    rerun, before = now.rerun, now.rerun.rules
    rerun.take_way(way)
    if now.in_use is not None and rerun.base is not None and rerun.rules not in (None, before):
        now.rules.draft = now.rules.draft.holding(rerun.rules)  # a change as any other
    show_wishes(rerun)
    changes_bar.begin()
