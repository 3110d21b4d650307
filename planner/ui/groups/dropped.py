"""A name that is dragged to another group with the mouse: done at once, and told on the card, with undo."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st
from pydantic import BaseModel, ValidationError

from planner.edit import Effect, Move, Swap, describe_edit, effect, weeks_to_edit
from planner.edit.values import moved_by
from planner.model.domain import Group
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.services.places import PlacesResult, place_of
from planner.ui.groups import reveal, undo
from planner.ui.groups.dialog_place import request_of, week_of
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
    scripts.heard(scripts.DRAG, KEY, message("Moved with the mouse"), _dropped)


def told(course: Course, group: str, place: int) -> None:
    """Tell on a card what the last edit came to, with the way back; or why it could not be made."""
    refused(card(place))
    note = note_on(course, group)
    if note is None:
        return
    sign = ":orange[:material/block:]" if note.breaks else ":material/check:"
    done, *rest = note.told
    with st.container(gap="xsmall", key=f"told_{place}"):
        lines = "".join(f"\n- :small[{shown(one)}]" for one in rest)
        st.markdown(f":small[{sign} {shown(done)}]\n{lines}")
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
    who = moved_by(edit)[0]
    try:
        comes_to = effect(course, edit, week)
        told = _told(edit, comes_to, place_of(replace(request_of(course, who), week=week), edit))
    except InputError:
        attempt(edit, card(place), week)  # it says why not
        return
    attempt(edit, card(place), week)
    now = session()
    if now.course is course or now.course is None:
        return
    by_hand(now, now.course).tell(_home(now.course, who, week), told, breaks=comes_to.breaks)
    reveal.student(now.course, who)


def _home(course: Course, student: str, week: int) -> str:
    groups = course.plan.block_of(week).groups
    return next((group.name for group in groups if student in group.members), "")


def _told(edit: Move | Swap, comes_to: Effect, found: PlacesResult) -> tuple[Message, ...]:
    """Say what was done, and what got worse or better by it and for whom, as the window of a move does."""
    done = describe_edit(edit, found.course.roster.shown_names)
    lines = [line.said for place in found.places for line in found.changed(place)]
    lines += [
        message("From week {week} no longer met: “{rule}”.", week=later.week, rule=change.rule)
        for later in comes_to.later
        for change in later.answer.broken
    ]
    if any(later.short for later in comes_to.later):
        lines.append(message("A later refresh now breaks one of its own limits."))
    if not lines:
        return (message("{done}. Every rule is met as well as before.", done=done),)
    return (message("{done}.", done=done), *lines)
