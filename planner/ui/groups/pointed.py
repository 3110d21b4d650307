"""From a cell of the picture to the card of its group, where it is told what the rule is there."""

from __future__ import annotations

import streamlit as st
from pydantic import BaseModel, Field, ValidationError

from planner.model.text import message
from planner.plans.course import Course
from planner.reporting.standing import describe
from planner.ui.groups import choices, dropped, picture, reveal
from planner.ui.session.language import bold, shown
from planner.ui.session.pointed import Pointed, last_pointed, point, pointed_at
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.shell.parts import Cards
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets import scripts
from planner.ui.widgets.boundary import event

KEY = "pointed"
TOLD = "pointed_told"


class _Cell(BaseModel):
    """What the browser says was chosen: row and column."""

    at: str = Field(pattern=r"^\d{1,4}-\d{1,4}$")


def field() -> None:
    """Draw the field, seen by nobody, in which the browser writes which cell was chosen."""
    scripts.heard(scripts.PICTURE, KEY, message("Chosen in the picture"), _pointed)


def told(course: Course, group: str) -> None:
    """Tell on a card how the rule of the cell that was chosen stands there, and what it finds."""
    chosen = pointed_at(course, group)
    if chosen is None:
        return
    stands = chosen.mark.standing
    found = " ".join(shown(one) for one in chosen.mark.found or (describe(stands),))
    with st.container(key=TOLD):
        st.markdown(f":small[{marks.SIGNS[stands]}{bold(chosen.rule)}: {found}]")


@event
def _pointed() -> None:
    course, drawn = session().course, st.session_state.get(parts.CARDS)
    try:
        cell = _Cell.model_validate_json(str(st.session_state.get(KEY) or ""))
    except ValidationError:
        return
    row, column = map(int, cell.at.split("-"))
    chosen = None if course is None else _chosen(course, row, column)
    if course is not None and drawn is not None and chosen is not None:
        _show(course, drawn, chosen)


def _chosen(course: Course, row: int, column: int) -> Pointed | None:
    """Return what was chosen; None where the picture is another by now."""
    seen = picture.of(course)
    if row >= len(seen.rows) or column >= len(seen.groups):
        return None
    return Pointed(course, seen.groups[column], seen.rows[row].rule, seen.rows[row].marks[column])


def _show(course: Course, drawn: Cards, chosen: Pointed) -> None:
    """Have the card of the group on the page, with what was chosen, and go there."""
    week = course.plan.from_week  # the picture is of the groups of now
    other = course.plan.block_of(drawn.week) is not course.plan.block_of(week)
    if other:
        st.session_state[choices.WEEK] = week
        drawn = drawn._replace(week=week)
    groups = [group.name for group in course.plan.block_of(week).groups]
    place = groups.index(chosen.group)
    before = last_pointed()
    point(chosen)
    turned = choices.turn_to(course, drawn, place)
    reveal.at(TOLD, dropped.card(place))
    if other or turned or drawn.narrowed:
        parts.only([parts.GROUPS, parts.REVEAL])
    same = () if before is None or before.course is not course else (groups.index(before.group),)
    drawn_anew = dict.fromkeys(one for one in (place, *same) if one in drawn.places)
    parts.only([*map(parts.card, drawn_anew), parts.REVEAL])
