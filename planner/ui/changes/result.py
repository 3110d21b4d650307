"""What a rerun came to: the moves, before and after side by side, and the choice to accept it."""

from __future__ import annotations

import streamlit as st

from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.reports import StageReport
from planner.model.text import Message, message, plural_message
from planner.reporting import describe as words
from planner.reporting import stages
from planner.reporting.overruled import heading
from planner.reporting.stability import describe_later_changes
from planner.services.replan import ReplanRequest, ReplanResult
from planner.ui.changes import alternatives as changes_tries
from planner.ui.changes import before_after
from planner.ui.changes import no_plan as changes_why
from planner.ui.groups import afterwards, analysis, download, plan_before, results
from planner.ui.session import places, saving
from planner.ui.session.language import shown, translated
from planner.ui.session.places import Place
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import session
from planner.ui.widgets import problem_list, scripts
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold


def section(rerun: ReplanSession, asked: ReplanRequest | None, *, in_use: bool = False) -> None:
    """Show the failure or the plan, whichever there is.

    With groups in use what is asked stands below this: the last plan stays in view while another is worked
    out, so that nothing jumps away.
    """
    under_way = rerun.run is not None
    if (under_way and not (in_use and rerun.made)) or (rerun.failure is None and rerun.made is None):
        return
    title = message("Before and after") if in_use else message("4. Before and after")
    st.header(translated(title), anchor="before-after")
    old = under_way or rerun.plans.outdated(asked)
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
    elif under_way:
        st.caption(shown(message("This is the plan from before: a new one is being worked out.")))
    elif old:
        st.warning(
            shown(message("Your choices have changed since then. Replan to bring these groups up to date.")),
            icon=":material/update:",
        )
    changes_tries.follow(rerun)
    if rerun.made is not None and rerun.failure is None:
        _proposed(rerun, rerun.made, in_use=in_use, old=old)
    _look_at(rerun, scripts.INTO_VIEW)


def _proposed(rerun: ReplanSession, made: ReplanResult, *, in_use: bool, old: bool) -> None:
    """Show a plan, what else could be, and the choice; an old one of groups in use cannot be carried out."""
    note = _note(rerun)
    if note is not None:
        st.info(shown(note), icon=":material/shield:")
    _made(made)
    changes_tries.progress(rerun)
    changes_tries.curve(rerun)
    changes_tries.groups(rerun)
    _decide(in_use=in_use, old=in_use and old)
    if in_use:  # who decides does not need them yet
        with fold(message("Download"), "more_download", ":material/download:"):
            _files(made, primary=False)
    else:
        _take_along(made, primary=False)


def _note(rerun: ReplanSession) -> Message | None:
    """Return what there is to say of how the last run ended."""
    plans = rerun.plans
    if plans.exchanged is not None and plans.made is not None:
        names = plans.made.request.roster.shown_names
        mover, instead = plans.exchanged
        return message(
            "{instead} now moves instead of {name}; the number of moves is the same.",
            instead=names[instead],
            name=names[mover],
        )
    if plans.in_vain:
        return plural_message(
            "With one extra move no better plan was found. The plan without it stays here.",
            "With up to {n} extra moves no better plan was found. The plan with fewer moves stays here.",
            plans.in_vain,
        )
    if plans.kept:
        return message("The last calculation found nothing better. The plan from before it stays here.")
    return None


def _look_at(rerun: ReplanSession, script: str, key: str = "") -> None:
    """Bring what is new into view, once."""
    if rerun.just_made:
        rerun.just_made = False
        scripts.run(script, key)


def decided(rerun: ReplanSession) -> None:
    """Show what the coordinator decided, and the way on."""
    made = rerun.made
    _look_at(rerun, scripts.DECIDED, "decided")
    if rerun.done == "accepted" and made is not None:
        st.success(
            shown(message("The new groups are in use. Download the files, or look at all groups.")),
            icon=":material/verified:",
        )
        afterwards.section(made)
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
    with fold(message("How little changes, most important first"), "more_stages", ":material/stairs:"):
        st.table([_stage(stage) for stage in plan.outcome.stages], hide_index=True)
    before_after.section(made)


def _stage(stage: StageReport) -> dict[str, str]:
    sign = ":material/verified: " if stage.proven else ":material/trending_flat: "
    return {
        shown(message("What")): shown(stages.reached(stage)),
        shown(message("Proof")): sign + shown(stages.sure(stage)),
    }


def _decide(*, in_use: bool, old: bool) -> None:
    question = message("Carry out these changes?") if in_use else message("Use these groups?")
    yes = message("Carry out") if in_use else message("Accept the new groups")
    no = message("Not now, keep for later") if in_use else message("Leave everything as it was")
    st.subheader(shown(question), anchor=False)
    with st.container(horizontal=True):
        if not session().kept.look_only:
            st.button(
                shown(yes),
                key="accept",
                type="primary",
                icon=":material/check:",
                disabled=old,
                on_click=_accept,
            )
        st.button(
            shown(no),
            key="leave",
            icon=":material/schedule:" if in_use else ":material/undo:",
            on_click=_leave,
        )


def _take_along(made: ReplanResult, *, primary: bool) -> None:
    st.header(translated(message("Download")), anchor="download")
    _files(made, primary=primary)


def _files(made: ReplanResult, *, primary: bool) -> None:
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
    saving.allow_change(session())
    session().accept()


@event
def _leave() -> None:
    session().leave_rerun()


@event
def _afresh() -> None:
    session().restart()
