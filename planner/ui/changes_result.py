"""What a rerun came to: the moves, before and after side by side, and the choice to accept it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from planner import told as words
from planner.domain import StageReport
from planner.problems import InputError
from planner.text import Message, say, say_many
from planner.ui import before_after, download, planning, problem_list, results
from planner.ui.boundary import event
from planner.ui.language import number, shown, told, worded
from planner.ui.rerun_made import Asked, Made
from planner.ui.rerun_state import Rerun
from planner.ui.state import session

_INTO_VIEW = "document.getElementById('before-after')?.scrollIntoView({block: 'start'})"
STAGES = {
    "moves": say("Students who move to another group"),
    "second-moves": say("Students who move for the second time this term"),
    "groups-lose": say("Groups that somebody moves out of"),
    "pairs": say("Weeks together that end, added up over pairs who are split"),
    "groups-receive": say("Groups that somebody joins"),
    "newcomers-alone": say("New students who are the only new one in their group"),
    "cost": say("Cost: how far all rules are from perfect"),
}


def section(rerun: Rerun, asked: Asked | None) -> None:
    """Show the failure or the plan, whichever there is."""
    if rerun.run is not None or (rerun.failure is None and rerun.made is None):
        return
    st.header(told(say("4. Before and after")), anchor="before-after")
    if rerun.failure is not None:
        st.info(shown(say("Your groups are still as they were.")), icon=":material/shield:")
        results.failed(
            rerun.failure,
            say(
                "Leave fewer groups or students alone, "
                "or use a rules file that is less strict, and try again."
            ),
        )
    elif rerun.outdated(asked):
        st.warning(
            shown(say("Your choices changed since. Plan once more to bring these groups up to date.")),
            icon=":material/update:",
        )
    if rerun.made is not None and rerun.failure is None:
        _points(rerun)
        _made(rerun.made)
        _decide()
        _take_along(rerun.made, primary=False)
    if rerun.just_made:
        rerun.just_made = False
        st.html(f"<script>{_INTO_VIEW}</script>", unsafe_allow_javascript=True)


def decided(rerun: Rerun) -> None:
    """Show what the coordinator decided, and the way on."""
    made = rerun.made
    if rerun.done == "accepted" and made is not None:
        st.success(
            shown(say("The new groups are in use. Take the files along, or look at all groups.")),
            icon=":material/verified:",
        )
        _onward()
        st.header(told(say("Before and after")), anchor="before-after")
        _made(made)
        _take_along(made, primary=True)
        return
    st.info(shown(say("Nothing was changed. Your groups are as they were.")), icon=":material/undo:")
    _onward()


def _onward() -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(planning.page(), label=shown(say("See the groups")), icon=":material/groups:")
        st.button(
            shown(say("Another change")),
            key="another_change",
            icon=":material/restart_alt:",
            on_click=_afresh,
        )


def _points(rerun: Rerun) -> None:
    """Let the coordinator choose among what was tried: few moves, or closer to the rules."""
    if len(rerun.tried) > 1:
        key = f"point_{rerun.id}_{rerun.rounds}"
        if key not in st.session_state:
            st.session_state[key] = rerun.chosen
        chosen = st.segmented_control(
            shown(say("Which of these do you choose?")),
            range(len(rerun.tried)),
            format_func=worded(_point_of(rerun.tried)),
            required=True,
            key=key,
        )
        rerun.chosen = rerun.chosen if chosen is None else chosen


def _point_of(tried: Sequence[Made]) -> Callable[[int], Message]:
    return lambda place: _point(tried[place])


def _point(made: Made) -> Message:
    outcome = made.course.plan.outcome
    return say_many("1 move · cost {cost}", "{n} moves · cost {cost}", outcome.moves or 0, cost=outcome.cost)


def _made(made: Made) -> None:
    plan = made.course.plan
    sure = words.verdict(plan.outcome, len(plan.groups))
    results.verdict(plan.outcome, f"**{shown(words.moves(plan.outcome))}** {shown(sure)}")
    with st.expander(
        shown(say("What was kept as small as can be, in this order")),
        icon=":material/stairs:",
        key="more_stages",
    ):
        st.table([_stage(stage) for stage in plan.outcome.stages], hide_index=True)
    before_after.section(made)


def _stage(stage: StageReport) -> dict[str, str]:
    sign = ":material/verified: " if stage.proven else ":material/trending_flat: "
    sure = (
        say("proven: fewer is not possible")
        if stage.proven
        else say("no proof yet that fewer is not possible")
    )
    return {
        shown(say("What")): shown(STAGES[stage.name]),
        shown(say("How many")): number(stage.value),
        shown(say("How sure")): sign + shown(sure),
    }


def _decide() -> None:
    st.subheader(shown(say("Shall it be this?")), anchor=False)
    with st.container(horizontal=True):
        st.button(
            shown(say("Accept the new groups")),
            key="accept",
            type="primary",
            icon=":material/check:",
            on_click=_accept,
        )
        st.button(
            shown(say("Leave everything as it was")), key="leave", icon=":material/undo:", on_click=_leave
        )


def _take_along(made: Made, *, primary: bool) -> None:
    st.header(told(say("Take it along")), anchor="download")
    try:
        files = made.files
    except InputError as error:
        problem_list.errors(error.problems)
        return
    first = "changes.csv" if made.changed else "groups.csv"
    download.offer(made.course, made.handover, files, first=first, primary=primary)


@event
def _accept() -> None:
    session().accept()


@event
def _leave() -> None:
    session().rerun.done = "left"


@event
def _afresh() -> None:
    session().restart()
