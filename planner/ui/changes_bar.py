"""The bar at the bottom of the page with changes: plan again, see how far it is, stop."""

from __future__ import annotations

import streamlit as st

from planner import told as words
from planner.choices import asked_twice
from planner.text import Message, say
from planner.ui import changes_wishes, plan_bar, work
from planner.ui.boundary import event, guarded
from planner.ui.language import current, shown
from planner.ui.rerun_made import Asked, Compared
from planner.ui.rerun_state import Rerun
from planner.ui.state import session


def show(rerun: Rerun, compared: Compared, asked: Asked | None) -> None:
    """Show the run under way, or the button that starts one."""
    if rerun.run is not None:
        _under_way()
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_bar"):
        st.markdown(_standing(rerun, compared, asked), width="stretch")
        st.button(
            shown(say("Plan again with few moves") if not rerun.tried else say("Plan once more")),
            key="replan",
            type="secondary" if rerun.tried and not rerun.outdated(asked) else "primary",
            icon=":material/move_group:",
            disabled=asked is None,
            on_click=_ask,
        )


@event
def _ask() -> None:
    session().rerun.wanted = True


def carry_out() -> None:
    """Start the rerun that was asked for, on whichever page the coordinator is by now."""
    rerun = session().rerun
    wanted, rerun.wanted = rerun.wanted, False
    if wanted and begin():
        st.rerun()  # the bar shows it


def begin() -> bool:
    """Start a rerun with what is asked now; return whether it can be."""
    now = session()
    compared = now.rerun.compare(current())
    if compared is None or compared.errors:
        return False
    asked = now.rerun.asked(compared)
    if asked_twice(asked.wishes):
        return False
    work.start_again(now.rerun, asked, now.minutes)
    return True


def _standing(rerun: Rerun, compared: Compared, asked: Asked | None) -> str:
    """Return what stands in the way, or where the coordinator is."""
    if asked is None:
        reason = compared.errors[0].message if compared.errors else changes_wishes.CROSSED
        return f":material/block: {shown(plan_bar.not_yet(reason))}"
    if rerun.failure is not None:
        return _link(say("There is no new plan: see why"))
    if rerun.outdated(asked):
        changed = say("Your choices changed since these groups were made.")
        return f":material/update: {shown(changed)}"
    if rerun.made is not None:
        count = words.moves(rerun.made.course.plan.outcome)
        see = _link(say("See before and after"))
        return f":material/check_circle: {shown(count)} {see}"
    return shown(say("Nobody moves who does not have to: you can begin."))


def _link(message: Message) -> str:
    return f"[{shown(message)}](#before-after)"


@st.fragment(run_every=plan_bar.EVERY)
@guarded
def _under_way() -> None:
    rerun = session().rerun
    if rerun.run is None:
        return
    if rerun.run.job.done():
        rerun.collect()
        st.rerun()
    plan_bar.progress(rerun.run)
