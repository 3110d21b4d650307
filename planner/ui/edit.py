"""Editing by hand: pick a student, see what changes for every rule, do it, and undo it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from planner.course import Course
from planner.edit import (
    Close,
    Edit,
    Effect,
    LockGroup,
    LockStudent,
    Move,
    Open,
    Swap,
    effect,
    weeks_to_edit,
)
from planner.problems import InputError
from planner.text import Message, say
from planner.told import placed_finding
from planner.ui import edit_improve, problem_list, what_if
from planner.ui.boundary import event, guarded
from planner.ui.edit_state import ByHand, by_hand, words
from planner.ui.fields import seeded
from planner.ui.language import current, shown, told, worded
from planner.ui.state import session

OPEN, EDITING, SEED = "more_edit", "hecht_editing", "hecht_editing_seed"
REFUSED, DRAWN = "hecht_edit_refused", "hecht_edit_drawn"
KINDS: Mapping[str, Message] = {
    "move": say("Move to a group"),
    "swap": say("Swap with a student"),
}


def editing() -> bool:
    """Whether the coordinator is editing by hand."""
    return bool(st.session_state.get(EDITING))


@guarded
def section(course: Course) -> None:
    """Let the coordinator change the plan by hand."""
    hand = by_hand(session(), course)
    more = st.expander(
        shown(say("Edit by hand")),
        _opened(),
        icon=":material/edit:",
        key=OPEN,
        on_change="rerun",
    )
    st.session_state[EDITING], st.session_state[DRAWN] = more.open, hand.turn
    if not more.open:
        return
    with more:
        _panel()
        edit_improve.section()


def _opened() -> bool:
    """Whether it starts open: in another language it is another expander, and what was open stays so."""
    language, opened = st.session_state.get(SEED, (None, False))
    if language != current():
        opened = editing()
        st.session_state[SEED] = (current(), opened)
    return bool(opened)


@st.fragment
@guarded
def _panel() -> None:
    """Show the fields of an edit; only these are drawn anew while somebody chooses."""
    course = session().course
    if course is None:
        return
    hand = by_hand(session(), course)
    follow(hand.turn)
    refused()
    _place(course, hand)
    _locks(course)
    _groups(course)


def _place(course: Course, hand: ByHand) -> None:
    """Ask who goes where, and tell what that changes before it is done."""
    kind = st.segmented_control(
        shown(say("What to do")),
        list(KINDS),
        format_func=worded(KINDS.__getitem__),
        default="move",
        required=True,
        key="edit_kind",
        label_visibility="collapsed",
    )
    left, right, when = st.columns([3, 3, 2])
    with left:
        student = what_if.student(course, say("This student"), f"edit_student_{hand.turn}")
    with right:
        if kind == "swap":
            other = what_if.student(course, say("with this student"), f"edit_other_{hand.turn}")
        else:
            other = what_if.group(course, say("to this group"), f"edit_group_{hand.turn}")
    with when:
        week = _week(course)
    chosen = None
    if student and other:
        chosen = Swap(first=student, second=other) if kind == "swap" else Move(student=student, group=other)
    if chosen is not None:
        try:
            _told(effect(course, chosen, week))
        except InputError as error:
            problem_list.errors(error.problems)
    # The buttons stay where they are, so that a keyboard does not lose its place.
    with st.container(horizontal=True):
        pressed = st.button(shown(say("Do it")), key="edit_do", type="primary", icon=":material/check:")
        _history(hand)
    if pressed and chosen is None:
        st.info(shown(say("First choose a student, and where to.")), icon=":material/touch_app:")
    elif pressed and chosen is not None:
        _do(hand, chosen, week)


def _do(hand: ByHand, edit: Move | Swap, week: int) -> None:
    try:
        hand.do(session(), edit, week)
    except InputError:
        return  # it is told above the button why not
    st.rerun()


def _week(course: Course) -> int:
    """Ask from which week on it holds, where there is a choice."""
    weeks = weeks_to_edit(course)
    if len(weeks) == 1:
        return weeks[0]
    return st.selectbox(
        shown(say("From which week on?")),
        weeks,
        format_func=worded(_called),
        key=f"edit_week_{weeks[0]}",
        help=shown(say("The weeks before it stay as they were, roles included.")),
    )


def _called(week: int) -> Message:
    return say("Week {week}", week=week)


def _told(found: Effect) -> None:
    """Show what it comes to, what changes for each rule, and what changes in later blocks."""
    if found.breaks:
        st.error(shown(found.headline()), icon=":material/block:")
    elif found.answer.cost > 0:
        st.warning(shown(found.headline()), icon=":material/trending_down:")
    else:
        st.success(shown(found.headline()), icon=":material/check_circle:")
    what_if.changes(found.answer)
    for later in found.later:
        lines = [
            *(say("would not hold any more: {rule}", rule=change.rule) for change in later.answer.broken),
            *(placed_finding(finding) for finding in later.short),
        ]
        if lines:
            st.markdown(shown(say("From week {week}:", week=later.week)))
            st.markdown("\n".join(f"- {shown(line)}" for line in lines))


def _history(hand: ByHand) -> None:
    """Show the way back and forth."""
    done, undone = hand.history.done, hand.history.undone
    st.button(
        shown(say("Undo: {edit}", edit=words(done[-1].edit, hand)) if done else say("Undo")),
        key="edit_undo",
        icon=":material/undo:",
        disabled=not done,
        on_click=_undo,
    )
    st.button(
        shown(say("Redo: {edit}", edit=words(undone[-1].edit, hand)) if undone else say("Redo")),
        key="edit_redo",
        icon=":material/redo:",
        disabled=not undone,
        on_click=_redo,
    )


def _locks(course: Course) -> None:
    """Ask who and what stays as it is; a lock is honoured by hand and by a run."""
    groups, names = course.plan.group_of, course.roster.shown_names
    left, right = st.columns(2)
    left.multiselect(
        shown(say("Lock these students in their group")),
        sorted(groups, key=lambda s: (names[s].casefold(), s)),
        format_func=lambda student: names[student],
        placeholder=told(say("Type a name")),
        select_all=False,
        key=_synced("edit_lock_students", list(course.locks.students)),
        on_change=_lock_students,
    )
    right.multiselect(
        shown(say("Lock these groups: nobody leaves or joins")),
        [group.name for group in course.plan.groups],
        placeholder=told(say("Choose a group")),
        select_all=False,
        key=_synced("edit_lock_groups", list(course.locks.groups)),
        on_change=_lock_groups,
    )


def _synced(key: str, value: list[str]) -> str:
    """Return the key of a widget that shows what is locked now, also after an undo."""
    st.session_state[key] = value
    return key


def _groups(course: Course) -> None:
    """Ask for a group more."""
    name, add = st.columns([3, 1], vertical_alignment="bottom")
    name.text_input(
        shown(say("A group more, called")),
        key=seeded("edit_open", ""),
        placeholder=told(say("Name of the group")),
    )
    add.button(shown(say("Add the group")), key="edit_add_group", icon=":material/group_add:", on_click=_open)
    for group in (group.name for group in course.plan.groups if not group.members):
        st.button(
            shown(say("Take {group} away: nobody is in it", group=group)),
            key=f"edit_close_{group}",
            icon=":material/group_remove:",
            on_click=_close,
            args=(group,),
        )


# Events


def attempt(edit: Edit, at: str = "") -> None:
    """Make an edit at a click; why it cannot be made is told where it was clicked, when the page is drawn."""
    now = session()
    if now.course is None:
        return
    try:
        by_hand(now, now.course).do(now, edit)
    except InputError as error:
        st.session_state[REFUSED] = (at, error.problems)


def refused(at: str = "") -> None:
    """Say why the last edit could not be made, where it was clicked."""
    where, problems = st.session_state.get(REFUSED, ("", ()))
    if problems and where == at:
        del st.session_state[REFUSED]
        problem_list.errors(problems)


def follow(turn: int) -> None:
    """Draw the whole page where an edit was made in a part of it: every other part shows the plan as well."""
    if st.session_state.get(DRAWN, turn) != turn:
        st.rerun()


@event
def _undo() -> None:
    now = session()
    if now.course is not None:
        hand = by_hand(now, now.course)
        hand.show(now, hand.history.undo())


@event
def _redo() -> None:
    now = session()
    if now.course is not None:
        hand = by_hand(now, now.course)
        hand.show(now, hand.history.redo())


@event
def _lock_students() -> None:
    now = session()
    if now.course is not None:
        chosen, locked = set(st.session_state["edit_lock_students"]), set(now.course.locks.students)
        for student in sorted(chosen ^ locked):
            attempt(LockStudent(student=student, on=student in chosen))


@event
def _lock_groups() -> None:
    now = session()
    if now.course is not None:
        chosen, locked = set(st.session_state["edit_lock_groups"]), set(now.course.locks.groups)
        for group in sorted(chosen ^ locked):
            attempt(LockGroup(group=group, on=group in chosen))


@event
def _open() -> None:
    attempt(Open(name=" ".join(str(st.session_state.get("edit_open", "")).split())))


@event
def _close(group: str) -> None:
    attempt(Close(group=group))
