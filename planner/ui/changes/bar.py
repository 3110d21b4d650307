"""The bar at the bottom of the page with changes: plan again, see how far it is, stop."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from planner.model.text import Message, message
from planner.replanning.choices import asked_twice
from planner.reporting import describe as words
from planner.services.compare_lists import ListComparison
from planner.services.replan import ReplanRequest
from planner.ui.changes import options as changes_wishes
from planner.ui.session import places, saving, work
from planner.ui.session.language import current, shown
from planner.ui.session.pending_state import Pending
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import Session, session
from planner.ui.shell import pending_bar, plan_bar
from planner.ui.shell.run_progress import progress
from planner.ui.widgets.boundary import event, guarded


def show(rerun: ReplanSession, compared: ListComparison, asked: ReplanRequest | None) -> None:
    """Show the run under way, or the button that starts one."""
    if rerun.run is not None:
        _under_way()
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_bar"):
        if plan_bar.look_only():
            return
        st.markdown(_standing(rerun, compared, asked), width="stretch")
        st.button(
            shown(plan_bar.FEW_MOVES if not rerun.plans.tried else message("Replan")),
            key="replan",
            type="secondary" if rerun.plans.tried and not rerun.plans.outdated(asked) else "primary",
            icon=":material/move_group:",
            disabled=asked is None,
            on_click=_ask,
        )


def in_use(
    now: Session,
    found: Pending | None,
    rerun: ReplanSession,
    compared: ListComparison,
    asked: ReplanRequest | None,
) -> None:
    """Show what waits and the button that carries it out; where nothing waits, the button of a replan."""
    known = rerun.made is not None or rerun.failure is not None
    if rerun.run is not None or (found is None and (known or asked is None)):
        show(rerun, compared, asked)
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="plan_bar"):
        looks = plan_bar.look_only()
        pending_bar.show(now, found)
        if looks:
            return
        if found is None:
            st.button(shown(message("Replan")), key="replan", icon=":material/move_group:", on_click=_ask)
            return
        pending_bar.work_again(found, "replan")
        pending_bar.button(found, "carry_out_bar")


@event
def _ask() -> None:
    saving.allow_change(session())
    session().rerun.wanted = True


def carry_out() -> None:
    """Start the rerun that was asked for, on whichever page the coordinator is by now."""
    now = session()
    at, now.making.replan_at = now.making.replan_at, None
    if at is not None and now.course is not None:
        _replan(now)
        if places.here(at):
            places.go(Place.CHANGES)  # where it can be seen
        st.rerun()
    wanted, now.rerun.wanted = now.rerun.wanted, False
    if wanted and begin():
        st.rerun()  # the bar shows it


def _replan(now: Session) -> None:
    """Start from the class list and the rules as they stand on their pages, where either changed."""
    if now.rerun.done:
        now.restart()
    rerun = now.start_rerun()
    if not now.outdated(now.rules_now()):
        return  # what changes is still to be said, on the page with changes
    rerun.take_listed(now.listed)
    compared = rerun.compare(current())
    if compared is None or compared.errors:
        return
    asked = rerun.asked(compared)
    if rerun.run is not None and rerun.running != asked:
        rerun.leave()
    if rerun.made is None or rerun.plans.outdated(asked):
        begin()


def begin() -> bool:
    """Start a rerun with what is asked now; return whether it can be."""
    now = session()
    compared = now.rerun.compare(current())
    if compared is None or compared.errors or now.rerun.unfinished:
        return False
    asked = replace(now.rerun.asked(compared), time_limit=now.making.seconds)
    if asked_twice(asked.options):
        return False
    work.start_again(now.rerun, asked)
    return True


def _standing(rerun: ReplanSession, compared: ListComparison, asked: ReplanRequest | None) -> str:
    """Return what stands in the way, or where the coordinator is."""
    if asked is None:
        reasons = (*(one.message for one in compared.errors), *rerun.unfinished, changes_wishes.CROSSED)
        return f":material/block: {shown(plan_bar.not_yet(reasons[0]))}"
    if rerun.failure is not None:
        return _link(message("There is no new plan: see why"))
    if rerun.plans.outdated(asked):
        changed = message("Your choices have changed since these groups were made.")
        return f":material/update: {shown(changed)}"
    if rerun.made is not None:
        count = words.moves(rerun.made.course.plan.outcome)
        see = _link(message("See before and after"))
        return f":material/check_circle: {shown(count)} {see}"
    if compared.impossible:
        reason = message("{reason} Replan to see what would help.", reason=compared.impossible[0].message)
        return f":material/help: {shown(reason)}"
    return shown(message("Ready to start. Only students who have to will move."))


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
    progress(rerun.run)
