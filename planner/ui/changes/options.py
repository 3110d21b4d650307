"""What a coordinator asks of a rerun: from which week, who stays, and how many moves more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.replanning.choices import Choice, Kind, asked_twice
from planner.services.compare_lists import ListComparison
from planner.services.replan import ReplanRequest
from planner.ui.session.language import (
    bold,
    shown,
    translated,
    worded,
)
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.state import session
from planner.ui.widgets.boundary import event
from planner.ui.widgets.fields import seeded
from planner.ui.widgets.folds import fold

MOST_EXTRA = 50
CROSSED = message("Ask one thing of a group: keep it as it is, top it up, merge it or dissolve it.")
KINDNESSES: Mapping[str, tuple[Message, Message]] = {
    "spare_movers": (
        message("Avoid a second move"),
        message("Nobody moves twice in a term as long as someone else can move."),
    ),
    "newcomers_together": (
        message("No new student is the only new one"),
        message("Where possible, new students join a group in pairs."),
    ),
    "known_faces": (
        message("Students who move know someone"),
        message(
            "Students who move know at least one person: someone in the new group, or someone who moves "
            "with them."
        ),
    ),
}


def section(rerun: ReplanSession, found: ListComparison, title: Message) -> None:
    """Ask for the first week, for groups and students to leave alone, and for extra moves."""
    st.header(translated(title), anchor="wishes")
    when, more = st.columns(2)
    with when:
        _week(rerun, found)
    with more:
        _extra(rerun)
    groups, students = st.columns(2)
    with groups:
        _groups(rerun)
    with students:
        _students(rerun, found)
    _more(rerun)
    _kindnesses(rerun, found)


def consistent(asked: ReplanRequest) -> ReplanRequest | None:
    """Return what is asked, or say why it cannot be and return None."""
    twice = asked_twice(asked.options)
    if not twice:
        return asked
    st.error(
        shown(
            plural_message(
                "You ask two things of {groups} that exclude each other.",
                "You ask two things of each of {groups} that exclude each other.",
                len(twice),
                groups=twice,
            )
        )
    )
    return None


def _more(rerun: ReplanSession) -> None:
    """Ask for groups to top up or to dissolve, and show which ones merge."""
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    names = [group.name for group in rerun.previous.groups]
    asked = bool(rerun.options.topped_up or rerun.options.dissolved or rerun.options.merged)
    with fold(
        message("Top up, dissolve or merge groups"), "more_wishes", ":material/alt_route:", expanded=asked
    ):
        left, right = st.columns(2)
        rerun.options.topped_up = tuple(
            left.multiselect(
                shown(message("Top up these groups")),
                names,
                placeholder=translated(message("Someone joins them, nobody leaves")),
                select_all=False,
                key=seeded(f"topped_up_{rerun.id}", list(rerun.options.topped_up)),
            )
        )
        rerun.options.dissolved = tuple(
            right.multiselect(
                shown(message("Dissolve these groups")),
                names,
                placeholder=translated(message("Everyone in them goes to another group")),
                select_all=False,
                key=seeded(f"dissolved_{rerun.id}", list(rerun.options.dissolved)),
            )
        )
        _merges(rerun, names)


def _merges(rerun: ReplanSession, names: Sequence[str]) -> None:
    """Ask which groups merge, one pair at a time."""
    first, second, add = st.columns([2, 2, 1], vertical_alignment="bottom")
    placeholder = translated(message("Choose a group"))
    one = first.selectbox(
        shown(message("Everyone in this group")),
        names,
        index=None,
        placeholder=placeholder,
        key=f"merge_from_{rerun.id}",
    )
    other = second.selectbox(
        shown(message("joins this group")),
        names,
        index=None,
        placeholder=placeholder,
        key=f"merge_into_{rerun.id}",
    )
    add.button(
        shown(message("Merge")),
        key="merge",
        icon=":material/merge:",
        disabled=one is None or other is None or one == other,
        on_click=_merge,
        args=(one, other),
    )
    if rerun.options.merged:
        rerun.options.merged = tuple(
            st.multiselect(
                shown(message("Groups that merge")),
                rerun.options.merged,
                format_func=worded(_joins),
                select_all=False,
                key=seeded(f"merged_{rerun.id}", list(rerun.options.merged)),
            )
        )


@event
def _merge(one: str, other: str) -> None:
    rerun = session().rerun
    rerun.options.choose(Choice(Kind.MERGE, one, other))
    show_wishes(rerun)


def show_wishes(rerun: ReplanSession) -> None:
    """Let the fields show what is asked, where something else than these fields asked it."""
    for name in ("closed", "locked", "topped_up", "dissolved", "merged"):
        st.session_state[f"{name}_{rerun.id}"] = list(getattr(rerun.options, name))


def _joins(pair: tuple[str, str]) -> Message:
    return message("{group} joins {other}", group=pair[0], other=pair[1])


def _kindnesses(rerun: ReplanSession, found: ListComparison) -> None:
    """Let the coordinator switch off what a rerun is kind to."""
    st.markdown(bold(message("Where there is a choice")))
    with st.container(horizontal=True, gap="large"):
        for name, (label, why) in KINDNESSES.items():
            key = f"{name}_{rerun.id}"
            st.session_state[key] = getattr(found.rules.rerun, name)
            st.toggle(shown(label), key=key, help=shown(why), on_change=_switch, args=(name, key))


@event
def _switch(name: str, key: str) -> None:
    now, on = session(), bool(st.session_state[key])
    now.rerun.switch(name, on=on)
    if now.in_use is not None and now.rerun.base is not None:  # a change as any other
        kind = now.rules.draft.rerun
        now.rules.draft.rerun = kind.model_copy(update={name: on})


def _week(rerun: ReplanSession, found: ListComparison) -> None:
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    course = rerun.previous.course
    first = 1 if course is None else course.plan.from_week
    last = max(first, found.rules.term.weeks)
    rerun.options.from_week = st.number_input(
        shown(message("First week of the new groups")),
        min_value=first,
        max_value=last,
        key=seeded(f"from_week_{rerun.id}", min(max(rerun.options.from_week, first), last)),
    )
    st.caption(shown(message("The weeks before it stay as they were: groups, roles and all.")))


def _extra(rerun: ReplanSession) -> None:
    rerun.options.extra_moves = st.number_input(
        shown(message("Extra moves, for better groups")),
        min_value=0,
        max_value=MOST_EXTRA,
        key=seeded(f"extra_moves_{rerun.id}", rerun.options.extra_moves),
        help=shown(
            message(
                "With 2, at most two students more may move, and only where that makes the groups fit your "
                "rules better. Each number that you try stays here to compare."
            )
        ),
    )
    st.caption(shown(message("With 0, only students who have to will move.")))


def _groups(rerun: ReplanSession) -> None:
    assert rerun.previous is not None  # noqa: S101 - there is a comparison
    rerun.options.closed = tuple(
        st.multiselect(
            shown(message("Keep these groups as they are")),
            [group.name for group in rerun.previous.groups],
            placeholder=translated(message("Nobody leaves or joins them")),
            select_all=False,
            key=seeded(f"closed_{rerun.id}", list(rerun.options.closed)),
        )
    )


def _students(rerun: ReplanSession, found: ListComparison) -> None:
    names = found.roster.shown_names
    here = [student for student in rerun.options.locked if student in found.changes.home]
    rerun.options.locked = tuple(
        st.multiselect(
            shown(message("Keep these students where they are")),
            sorted(found.changes.home, key=lambda student: names[student]),
            format_func=lambda student: names.get(student, student),
            placeholder=translated(message("Type a name")),
            select_all=False,
            key=seeded(f"locked_{rerun.id}", here),
        )
    )
