"""A name that is dragged to another group with the mouse: done at once, and told on the card, with undo."""

from __future__ import annotations

import streamlit as st
from pydantic import BaseModel, ValidationError

from planner.edit import Effect, Move, Swap, describe_edit, effect, weeks_to_edit
from planner.model.domain import Group
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.ui.groups import reveal, undo
from planner.ui.groups.dialog_place import week_of
from planner.ui.groups.edit_events import attempt, refused
from planner.ui.session.edit_state import by_hand, note_on
from planner.ui.session.language import shown
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.shell.parts import Cards, edits
from planner.ui.widgets import scripts

KEY = "dropped"


class _Drop(BaseModel):
    """What the browser says was dragged and where to: the classes of names, and of a card."""

    who: str
    card: str
    onto: str = ""


def card(place: int) -> str:
    """Return the key of the card of a group, on which a name can be dropped."""
    return f"group_{place}"


def field() -> None:
    """Draw the field, seen by nobody, in which the browser writes what was dropped where."""
    st.text_input(
        shown(message("Moved with the mouse")),
        key=KEY,
        live="0ms",
        on_change=_dropped,
        label_visibility="collapsed",
    )
    scripts.run(scripts.DRAG)


def told(course: Course, group: str, place: int) -> None:
    """Tell on a card what the last edit came to, with the way back; or why it could not be made."""
    refused(card(place))
    note = note_on(course, group)
    if note is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"told_{place}"):
        sign = ":orange[:material/block:]" if note.breaks else ":material/check:"
        st.markdown(f":small[{sign} {shown(note.text)}]", width="content")
        st.button(
            shown(message("Undo")),
            key=f"undo_{place}",
            icon=":material/undo:",
            type="tertiary",
            on_click=undo.undo,
        )


@edits
def _dropped() -> None:
    now = session()
    drawn: Cards | None = st.session_state.get(parts.CARDS)
    if now.course is None or drawn is None:
        return
    try:
        drop = _Drop.model_validate_json(str(st.session_state.get(KEY) or ""))
    except ValidationError:
        return
    groups = now.course.plan.block_of(drawn.week).groups
    edit = _edit(drop, groups)
    if edit is not None:
        place = next(at for at in range(len(groups)) if reveal.css(card(at)) == drop.card)
        _do(now.course, edit, _week(now.course, drawn.week), place)


def _edit(drop: _Drop, groups: tuple[Group, ...]) -> Move | Swap | None:
    """Return what is asked for; None where that is nothing, or not sure."""
    home = {member: group.name for group in groups for member in group.members}
    called: dict[str, list[str]] = {}
    for member in home:
        called.setdefault(reveal.css(reveal.name_of(member)), []).append(member)
    to = next((group.name for at, group in enumerate(groups) if reveal.css(card(at)) == drop.card), None)
    who, onto = called.get(drop.who, []), called.get(drop.onto, [])
    if to is None or len(who) != 1 or home[who[0]] == to:
        return None
    if not drop.onto:
        return Move(student=who[0], group=to)
    return Swap(first=who[0], second=onto[0]) if len(onto) == 1 and home[onto[0]] == to else None


def _week(course: Course, seen: int) -> int:
    """Return from which week it holds: from now on, or from when the groups on the page begin."""
    week, begins = week_of(course), course.plan.block_of(seen).from_week
    if course.plan.block_of(week).from_week == begins:
        return week
    return next((one for one in weeks_to_edit(course) if one >= begins), week)


def _do(course: Course, edit: Move | Swap, week: int, place: int) -> None:
    try:
        comes_to = effect(course, edit, week)
    except InputError:
        attempt(edit, card(place), week)  # it says why not
        return
    attempt(edit, card(place), week)
    now = session()
    if now.course is course or now.course is None:
        return
    who = edit.student if isinstance(edit, Move) else edit.first
    by_hand(now, now.course).tell(
        _home(now.course, who, week), _told(now.course, edit, comes_to), breaks=comes_to.breaks
    )
    reveal.student(now.course, who)


def _home(course: Course, student: str, week: int) -> str:
    groups = course.plan.block_of(week).groups
    return next((group.name for group in groups if student in group.members), "")


def _told(course: Course, edit: Move | Swap, comes_to: Effect) -> Message:
    done = describe_edit(edit, course.roster.shown_names)
    if comes_to.broken:
        rules = tuple(message("“{rule}”", rule=change.rule) for change in comes_to.broken)
        told = message("{done}. Not met any more: {rules}.", done=done, rules=rules)
        rest = comes_to.answer.effect
        return told if rest is None else message("{told} {effect}", told=told, effect=rest)
    if comes_to.breaks:
        return message("{done}. A later refresh now breaks one of its own limits.", done=done)
    changed = comes_to.answer.effect
    if changed is None:
        return message("{done}. Every rule is met as well as before.", done=done)
    return message("{done}. {effect}", done=done, effect=changed)
