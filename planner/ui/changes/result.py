"""What a rerun came to: the moves, before and after side by side, and the choice to accept it."""

from __future__ import annotations

import streamlit as st

from planner.model.domain import StageReport
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import message
from planner.reporting import describe as words
from planner.reporting import stages
from planner.reporting.overruled import heading
from planner.reporting.stability import describe_later_changes
from planner.services.replan import ReplanRequest, ReplanResult
from planner.ui.changes import alternatives as changes_tries
from planner.ui.changes import before_after
from planner.ui.changes import no_plan as changes_why
from planner.ui.groups import analysis, download, plan_before, results
from planner.ui.session import places
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import session
from planner.ui.widgets import problem_list, scripts
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold


def section(rerun: ReplanSession, asked: ReplanRequest | None) -> None:
    """Show the failure or the plan, whichever there is."""
    if rerun.run is not None or (rerun.failure is None and rerun.made is None):
        return
    st.header(translated(message("4. Before and after")), anchor="before-after")
    if rerun.failure is not None:
        st.info(shown(message("Your groups are still as they were.")), icon=":material/shield:")
        results.failed(
            rerun.failure,
            message("Keep fewer groups or students as they are, or make a rule less strict, and try again."),
            None if asked is None else words.asked(asked.options, asked.roster.shown_names),
            changes_why.known(rerun, asked),
        )
        if isinstance(rerun.failure, NoPlan):
            changes_why.after(rerun, rerun.failure, asked)
    elif rerun.plans.outdated(asked):
        st.warning(
            shown(message("Your choices have changed since then. Replan to bring these groups up to date.")),
            icon=":material/update:",
        )
    if rerun.made is not None and rerun.failure is None:
        if rerun.plans.kept:
            stays = message("The last calculation found nothing better. The plan from before it stays here.")
            st.info(shown(stays), icon=":material/shield:")
        changes_tries.progress(rerun)
        changes_tries.curve(rerun)
        _made(rerun.made)
        changes_tries.groups(rerun)
        _decide()
        _take_along(rerun.made, primary=False)
    _look_at(rerun, scripts.INTO_VIEW)


def _look_at(rerun: ReplanSession, script: str) -> None:
    """Bring what is new into view, once."""
    if rerun.just_made:
        rerun.just_made = False
        scripts.run(script)


def decided(rerun: ReplanSession) -> None:
    """Show what the coordinator decided, and the way on."""
    made = rerun.made
    _look_at(rerun, scripts.ON_TOP)
    if rerun.done == "accepted" and made is not None:
        st.success(
            shown(message("The new groups are in use. Download the files, or look at all groups.")),
            icon=":material/verified:",
        )
        _onward()
        plan_before.told(session())
        plan_before.offer(session())
        st.header(translated(message("Before and after")), anchor="before-after")
        _made(made)
        _take_along(made, primary=True)
        return
    st.info(shown(message("Nothing was changed. Your groups are as they were.")), icon=":material/undo:")
    _onward()


def _onward() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        places.link(Place.GROUPS, message("See the groups"))
        st.button(
            shown(message("Another change")),
            key="another_change",
            icon=":material/restart_alt:",
            on_click=_afresh,
        )


def _made(made: ReplanResult) -> None:
    plan = made.course.plan
    sure = words.verdict(plan.outcome, len(plan.groups))
    asked = words.asked(made.request.options, made.request.roster.shown_names)
    analysis.verdict(plan.outcome, f"**{shown(words.moves(plan.outcome, asked))}** {shown(sure)}")
    if made.overruled:
        lines = (heading(len(made.overruled)), *made.overruled.values())
        st.info("  \n".join(shown(line) for line in lines), icon=":material/back_hand:")
    later = describe_later_changes(made.request.earlier.later, plan, made.request.roster)
    if later:
        st.info("  \n".join(shown(line) for line in later), icon=":material/event:")
    with fold(message("What was kept to a minimum, in this order"), "more_stages", ":material/stairs:"):
        st.table([_stage(stage) for stage in plan.outcome.stages], hide_index=True)
    before_after.section(made)


def _stage(stage: StageReport) -> dict[str, str]:
    sign = ":material/verified: " if stage.proven else ":material/trending_flat: "
    return {
        shown(message("What")): shown(stages.reached(stage)),
        shown(message("Proof")): sign + shown(stages.sure(stage)),
    }


def _decide() -> None:
    st.subheader(shown(message("Use these groups?")), anchor=False)
    with st.container(horizontal=True):
        st.button(
            shown(message("Accept the new groups")),
            key="accept",
            type="primary",
            icon=":material/check:",
            on_click=_accept,
        )
        st.button(
            shown(message("Leave everything as it was")), key="leave", icon=":material/undo:", on_click=_leave
        )


def _take_along(made: ReplanResult, *, primary: bool) -> None:
    st.header(translated(message("Download")), anchor="download")
    try:
        files = made.files
    except InputError as error:
        problem_list.errors(error.problems)
        return
    first = "changes.csv" if made.changed else "groups.csv"
    carried = download.Carried(made.course, made.handover, files)
    download.offer(lambda: carried, first=first, primary=primary)


@event
def _accept() -> None:
    session().accept()


@event
def _leave() -> None:
    session().leave_rerun()


@event
def _afresh() -> None:
    session().restart()
