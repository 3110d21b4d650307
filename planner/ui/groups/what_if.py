"""What if two students swapped: the change for every rule, in words, with a sign beside each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from planner.audit.what_if import (
    PlanComparison,
    RuleChange,
    WhatIf,
    WhatIfs,
    worst_first,
)
from planner.model.reports import Finding
from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.reporting.describe import placed_finding
from planner.rules import IMPORTANCES
from planner.ui.session.language import shown, translated, worded
from planner.ui.shell.parts import WHAT_IF, part
from planner.ui.widgets import tables
from planner.ui.widgets.folds import fold

KEY = "hecht_what_if"
KINDS: Mapping[str, Message] = {
    "swap": message("Two students swap"),
    "move": message("A student moves"),
    "compare": message("Two groups side by side"),
}
NOTHING = "–"


@part(WHAT_IF)
def section(course: Course) -> None:
    """Let the coordinator try something out; the plan stays as it is."""
    if len(course.plan.groups) < 2:
        return
    more = fold(message("What if …"), "more_what_if", ":material/swap_horiz:")
    if not more.open:
        return
    with more:
        st.caption(shown(message("Try something out: the groups stay as they are.")))
        kind = st.segmented_control(
            shown(message("What would you like to know?")),
            list(KINDS),
            format_func=worded(KINDS.__getitem__),
            default="swap",
            required=True,
            key="what_if_kind",
            label_visibility="collapsed",
        )
        {"swap": _swap, "move": _move, "compare": _compare}[kind or "swap"](course)


def _answers(course: Course) -> WhatIfs:
    """Return what answers about this plan; made once for each plan."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course:
        kept = (course, WhatIfs(course.rules, course.roster, course.plan.groups))
        st.session_state[KEY] = kept
    answers: WhatIfs = kept[1]
    return answers


def _swap(course: Course) -> None:
    left, right = st.columns(2)
    with left:
        first = student(course, message("This student"), "what_if_first")
    with right:
        second = student(course, message("with this student"), "what_if_second")
    if not (first and second):
        return
    home = course.plan.group_of[first]
    if home == course.plan.group_of[second]:
        _same(message("Both are in {group}: a swap changes nothing.", group=home))
    else:
        _show_answer(_answers(course).swap(first, second))


def _move(course: Course) -> None:
    left, right = st.columns(2)
    with left:
        mover = student(course, message("This student"), "what_if_student")
    with right:
        to = group(course, message("to this group"), "what_if_group")
    if not (mover and to):
        return
    if to == course.plan.group_of[mover]:
        name = course.roster.shown_names[mover]
        _same(message("{name} is already in {group}.", name=name, group=to))
    else:
        _show_answer(_answers(course).move(mover, to))


def _compare(course: Course) -> None:
    left, right = st.columns(2)
    with left:
        first = group(course, message("This group"), "what_if_one")
    with right:
        second = group(course, message("beside this group"), "what_if_other")
    if first and second and first == second:
        _same(message("This is the same group twice: choose another one to put beside {group}.", group=first))
    elif first and second:
        rows = [_beside(one, first, second) for one in _answers(course).compare(first, second)]
        tables.table(rows)


def _same(message: Message) -> None:
    st.info(shown(message), icon=":material/drag_handle:")


# Every list keeps its choices whatever is chosen beside it: a list that changes under
# the hands of somebody who types forgets what they typed.
def student(course: Course, label: Message, key: str) -> str | None:
    """Ask for a student; the group stands beside every name."""
    groups, names = course.plan.group_of, course.roster.shown_names
    return st.selectbox(
        shown(label),
        sorted(groups, key=lambda s: (names[s].casefold(), s)),
        index=None,
        format_func=lambda student: f"{names[student]} · {groups[student]}",
        placeholder=translated(message("Type a name")),
        key=key,
    )


def group(course: Course, label: Message, key: str) -> str | None:
    """Ask for a group."""
    options = [group.name for group in course.plan.groups]
    return st.selectbox(
        shown(label), options, index=None, placeholder=translated(message("Choose a group")), key=key
    )


def _show_answer(answer: WhatIf) -> None:
    """Show what it comes to, and what changes for each rule."""
    verdict(answer, answer.headline(), breaks=bool(answer.broken))
    changes(answer)


def verdict(answer: WhatIf, told: Message, *, breaks: bool) -> None:
    """Show what it comes to; what costs something does not look like success.

    Parameters
    ----------
    answer : WhatIf
    told : Message
        The sentence.
    breaks : bool
        Whether something that is required breaks, now or later in the term.
    """
    if breaks:
        st.error(shown(told), icon=":material/block:")
    elif answer.cost > 0:
        st.warning(shown(told), icon=":material/trending_down:")
    elif answer.costs:
        st.info(shown(told), icon=":material/swap_vert:")
    else:
        st.success(shown(told), icon=":material/check_circle:")


def changes(answer: WhatIf) -> None:
    """Show what changes for each rule, the worst first."""
    changed = sorted((change for change in answer.changes if change.gone or change.new), key=worst_first)
    if changed:
        tables.table([_row(change) for change in changed])
    same = len(answer.changes) - len(changed)
    if same:
        st.caption(shown(plural_message("One rule stays as it is.", "{n} rules stay as they are.", same)))


def _row(change: RuleChange) -> dict[str, str]:
    return {
        shown(message("Rule")): f"{shown(change.rule)} ({shown(IMPORTANCES[change.importance])})",
        shown(message("What it means")): f"{_sign(change)} {shown(change.description)}",
        shown(message("Now")): _words(change.gone),
        shown(message("Then")): _words(change.new),
    }


def _sign(change: RuleChange) -> str:
    """A sign for the change, to be seen without its colour."""
    if change.breaks:
        return ":red[:material/close:]"
    if change.worse:
        return ":orange[:material/arrow_downward:]"
    if change.better:
        return ":green[:material/arrow_upward:]"
    return ":material/drag_handle:"


def _words(findings: Iterable[Finding]) -> str:
    """What is found, group by group; nothing found is a dash."""
    return " · ".join(shown(placed_finding(finding)) for finding in findings) or NOTHING


def _beside(compared: PlanComparison, first: str, second: str) -> dict[str, str]:
    def here(findings: Sequence[Finding]) -> str:
        return " · ".join(shown(finding.message) for finding in findings) or NOTHING

    return {
        shown(message("Rule")): f"{shown(compared.rule)} ({shown(IMPORTANCES[compared.importance])})",
        first: here(compared.findings[0]),
        second: here(compared.findings[1]),
    }
