"""What else could be: the curve of moves against better groups, and the choices for a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.replanning.choices import Choice, Kind, choices, price, shifts_of
from planner.replanning.previous_assignment import without_leavers
from planner.reporting import stages
from planner.reporting.choices import describe_price
from planner.services.replan import ReplanResult
from planner.ui.changes import bar as changes_bar
from planner.ui.changes.options import show_wishes
from planner.ui.session import work
from planner.ui.session.language import (
    bold,
    number,
    shown,
    translated,
    worded,
)
from planner.ui.session.replan_alternatives import Tries, told_failure
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import session
from planner.ui.shell import plan_bar
from planner.ui.shell.run_progress import elapsed
from planner.ui.widgets.axes import number_axis
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold

FEWEST = 2  # points that make a curve
MOST_FILLED = 3  # groups that are chosen already: each has several options to work out
BEING = message("being worked out")
SIGNS = {
    Kind.LEAVE: ":material/lock:",
    Kind.TOP_UP: ":material/person_add:",
    Kind.MERGE: ":material/merge:",
    Kind.DISSOLVE: ":material/call_split:",
}


def curve(rerun: ReplanSession) -> None:
    """Show what a few moves more would bring, and let the coordinator pick a point."""
    points, tries = rerun.plans.points, rerun.plans.tries
    if len(points) < FEWEST:
        if tries is not None and tries.curve_done and len(tries.curve) > 1:
            st.caption(
                shown(
                    plural_message(
                        "With one extra move no better plan was found.",
                        "With up to {n} extra moves no better plan was found.",
                        len(tries.curve) - 1,
                    )
                )
            )
        return
    tried = [rerun.plans.tried[place] for place in points]
    with st.container(border=True, key="curve"):
        st.markdown(bold(message("Fewer moves, or better groups")))
        st.table([_point_row(tried, place) for place in range(len(tried))], hide_index=True)
        _pick(rerun, points)
        more = fold(message("Details"), "more_curve", ":material/functions:", compact=True)
        if more.open:
            with more:
                _penalties(tried)


def follow(rerun: ReplanSession) -> None:
    """Look at the point that was picked just now: the plan is drawn above the field with the points."""
    points = rerun.plans.points
    picked = st.session_state.get(_key(rerun, points))
    if picked in points:
        rerun.plans.chosen = picked


def _key(rerun: ReplanSession, points: Sequence[int]) -> str:
    return f"point_{rerun.id}_{rerun.plans.rounds}_{len(points)}"


def _pick(rerun: ReplanSession, points: Sequence[int]) -> None:
    key = _key(rerun, points)
    if key not in st.session_state:
        st.session_state[key] = rerun.plans.chosen
    chosen = st.segmented_control(
        shown(message("Which of these do you choose?")),
        points,
        format_func=worded(_point_of(rerun.plans.tried, points)),
        required=True,
        key=key,
    )
    rerun.plans.chosen = rerun.plans.chosen if chosen is None else chosen


def _point_of(tried: Sequence[ReplanResult], points: Sequence[int]) -> Callable[[int], Message]:
    return lambda place: _point(tried[place], points.index(place))


def _letter(place: int) -> str:
    """What a point is called, as several may have as many moves."""
    return chr(ord("A") + place)


def _point(made: ReplanResult, place: int) -> Message:
    moves = made.course.plan.outcome.moves or 0
    return plural_message("{letter}: 1 move", "{letter}: {n} moves", moves, letter=_letter(place))


def _point_row(tried: Sequence[ReplanResult], place: int) -> dict[str, str]:
    first, made = tried[0], tried[place]
    return {
        shown(message("Choice")): _letter(place),
        shown(message("Moves")): number(made.course.plan.outcome.moves or 0),
        shown(message("Effect on the rules")): _shifts(made, first)
        if place
        else shown(message("as few as possible")),
    }


def _penalties(tried: Sequence[ReplanResult]) -> None:
    """Show the penalty of each choice: the figure that the search works with."""
    lines = [
        message("{choice}, penalty {cost}", choice=_point(made, place), cost=made.course.plan.outcome.cost)
        for place, made in enumerate(tried)
    ]
    st.markdown("\n".join(f"- {shown(line)}" for line in lines))
    if len({made.course.plan.outcome.moves for made in tried}) > 1:
        _chart(tried)


def _shifts(made: ReplanResult, first: ReplanResult) -> str:
    asked, before, after = made.request, first.course.plan, made.course.plan
    rules = without_leavers(asked.rules, asked.roster, asked.earlier)
    shifts = shifts_of(rules, asked.roster, before, after)
    return _listed((*shifts, *stages.in_return(before.outcome, after.outcome)))


def _listed(lines: Sequence[Message]) -> str:
    return " · ".join(shown(line) for line in lines) or shown(message("the rules are met as before"))


def _chart(tried: Sequence[ReplanResult]) -> None:
    moves, cost = translated(message("Moves")), translated(message("Penalty"))
    outcomes = [made.course.plan.outcome for made in tried]
    frame = pd.DataFrame({moves: [one.moves or 0 for one in outcomes], cost: [one.cost for one in outcomes]})
    chart = (
        alt.Chart(frame)
        .mark_line(point=alt.OverlayMarkDef(size=70), strokeWidth=2.5)
        .encode(
            x=alt.X(f"{moves}:Q", scale=alt.Scale(zero=False), axis=number_axis(len(tried))),
            y=alt.Y(f"{cost}:Q", scale=alt.Scale(zero=False), axis=number_axis(4)),
        )
        .properties(height=170)
    )
    st.altair_chart(
        chart,
        alt=translated(
            message(
                "From {first} to {last}.",
                first=_point(tried[0], 0),
                last=_point(tried[-1], len(tried) - 1),
            )
        ),
    )


# The choices for a group


def groups(rerun: ReplanSession) -> None:
    """Let the coordinator see what can become of a group, and take one of the choices."""
    tries = rerun.plans.tries
    if tries is None:
        return
    asked = tries.made.request
    names = [
        group.name
        for group in asked.earlier.groups
        if any(student in asked.roster.by_id for student in group.members)
    ]
    troubled = [name for name in tries.made.troubled if name in names]
    ordered = [*troubled, *(name for name in names if name not in troubled)]
    with fold(
        message("Another choice for a group: keep it as it is, top up, merge or dissolve"),
        "more_choices",
        ":material/alt_route:",
        expanded=bool(troubled or tries.weighed or tries.waiting),
    ):
        st.caption(shown(_introduction(troubled)))
        picked = st.multiselect(
            shown(message("Groups that need a decision")),
            ordered,
            placeholder=translated(message("Choose a group")),
            select_all=False,
            key=seeded(f"weigh_groups_{rerun.id}_{rerun.plans.rounds}", troubled[:MOST_FILLED]),
        )
        st.button(
            shown(_compare(picked)),
            key="weigh",
            icon=":material/balance:",
            disabled=not picked,
            on_click=_weigh,
            args=(tuple(picked),),
        )
        for group in tries.groups:
            _of_group(tries, group)


def _compare(groups: Sequence[str]) -> Message:
    if not groups:
        return message("Compare the options")
    return message("Compare the options for {groups}", groups=shortened(groups, MOST_FILLED))


def _introduction(troubled: Sequence[str]) -> Message:
    if troubled:
        return message(
            "These lost someone, or no longer met a required rule: {groups}.", groups=tuple(troubled)
        )
    return message("No group lost anyone, and every required rule was still met.")


def _of_group(tries: Tries, group: str) -> None:
    asked = tries.made.request
    under_way = {*tries.waiting, tries.trying}
    known = [
        one
        for one in choices(asked.rules, asked.roster, asked.earlier, group)
        if one in tries.weighed or one in under_way
    ]
    st.markdown(bold(message("Options for {group}", group=group)))
    for place, choice in enumerate(known):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_choice_text(tries, choice), width="stretch")
            came = tries.weighed.get(choice)
            if came is not None and not isinstance(came, Exception):
                st.button(
                    shown(message("Do this")),
                    key=f"choose_{group}_{place}",
                    icon=":material/check:",
                    on_click=_choose,
                    args=(choice,),
                )


def _choice_text(tries: Tries, choice: Choice) -> str:
    """A choice with what it costs, or why it cannot be."""
    start = f"{SIGNS[choice.kind]} **{shown(choice.description)}**  \n"
    came = tries.weighed.get(choice)
    if came is None:
        return start + f":material/hourglass: {shown(BEING)}"
    if isinstance(came, Exception):
        return start + f":material/block: {shown(told_failure(came))}"
    asked = tries.made.request
    beside = tries.made.course.plan
    cost = price(asked.rules, asked.roster, asked.earlier, came, beside)
    lines = (*cost.shifts, *stages.in_return(beside.outcome, came.outcome))
    return f"{start}{shown(describe_price(cost))}  \n{_listed(lines)}"


@event
def _weigh(picked: tuple[str, ...]) -> None:
    tries = session().rerun.plans.tries
    if tries is None:
        return
    asked = tries.made.request
    for group in picked:
        tries.weigh(group, choices(asked.rules, asked.roster, asked.earlier, group))


@event
def _choose(choice: Choice) -> None:
    """Ask for a choice, and plan again at once."""
    rerun = session().rerun
    rerun.options.choose(choice)
    show_wishes(rerun)
    changes_bar.begin()


# What is tried now


def progress(rerun: ReplanSession) -> None:
    """Show what is tried, as long as something is."""
    if rerun.plans.tries is not None and rerun.plans.tries.busy:
        _under_way()


@st.fragment(run_every=plan_bar.EVERY)
@guarded
def _under_way() -> None:
    now = session()
    rerun, tries = now.rerun, now.rerun.plans.tries
    if tries is None or rerun.run is not None:
        return
    if rerun.plans.collect_try() or not tries.busy:
        st.rerun()
    work.try_out(rerun)
    if tries.run is None:
        return
    at = tries.run.look()
    what = (
        message("Trying one extra move")
        if tries.trying is None
        else message("Trying: {choice}", choice=tries.trying.description)
    )
    with st.container(horizontal=True, vertical_alignment="center", key="tries_bar"):
        text = message("{stage} · {time}", stage=tries.run.standing(what), time=elapsed(tries.run.seconds))
        st.progress(min(1.0, max(0.0, at.done)), text=shown(text))
        st.button(
            shown(message("Stop trying")), key="stop_trying", icon=":material/stop_circle:", on_click=_stop
        )


@event
def _stop() -> None:
    tries = session().rerun.plans.tries
    if tries is not None:
        tries.leave()
