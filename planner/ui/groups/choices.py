"""Which groups are on the page, and what of their members: week, search, an unmet rule, answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import streamlit as st

from planner.model.domain import ColumnKind
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.plans.course import Course
from planner.ui.session.language import name_of, shown, translated, worded
from planner.ui.session.state import session
from planner.ui.shell import parts
from planner.ui.widgets.boundary import event
from planner.ui.widgets.shown_groups import shown_in

ON_A_PAGE = 12
WEEK, SEARCH, RULE, COLUMNS = "week", "search", "unmet_rule", "card_columns"
_SEARCHED = "hecht_searched"  # the groups in which a name was looked for
KEPT = "hecht_card_columns"  # going to another page forgets every field
NOT_SHOWN = (ColumnKind.SENSITIVE, ColumnKind.IGNORED)


class Chosen(NamedTuple):
    """What somebody chose to see.

    Attributes
    ----------
    week : int
    name : str
        That was looked for, or a part of it.
    rule : str
        Only groups in which this rule is not met; empty for all.
    columns : tuple of str
        Headings of the answers beside each name.
    """

    week: int
    name: str = ""
    rule: str = ""
    columns: tuple[str, ...] = ()

    @property
    def narrowed(self) -> bool:
        """Whether some groups may be left out."""
        return bool(self.name or self.rule)


def ask(course: Course) -> Chosen:
    """Ask for a week, a name, a rule and answers."""
    first = course.plan.from_week
    weeks = sorted({turn.week for turn in course.plan.turns if turn.week >= first})
    places = st.container(horizontal=True, vertical_alignment="top", key="choices")
    week = first
    _let_go(course)
    with places:
        if weeks:
            _week_it_is(weeks)
            week = st.selectbox(
                shown(message("Roles of")),
                weeks,
                format_func=worded(_week),
                key=WEEK,
                label_visibility="collapsed",
                width=190,
            )
        name = st.text_input(
            shown(message("Find a student")),
            type="search",
            placeholder=translated(message("Find a student")),
            live="300ms",
            key=SEARCH,
            label_visibility="collapsed",
            width=330,
        )
        st.session_state[_OF_WEEK] = week
        _rules()
        columns = _columns(course)
    return Chosen(week, name or "", st.session_state.get(RULE) or "", columns)


def _let_go(course: Course) -> None:
    """Search no more for a name that was in the groups of before and is in none of these."""
    state = st.session_state
    if state.get(_SEARCHED) is course:
        return
    text = normalize_text(state.get(SEARCH) or "")
    names = (course.roster.shown_names[student] for student in course.plan.group_of)
    if text and _SEARCHED in state and not any(text in normalize_text(name) for name in names):
        state[SEARCH] = ""
    state[_SEARCHED] = course


def _week_it_is(weeks: Sequence[int]) -> None:
    """Begin with the week that it likely is."""
    if st.session_state.get(WEEK) not in weeks:
        now = session().week_now()
        st.session_state[WEEK] = now if now in weeks else weeks[0]


def _week(week: int) -> Message:
    return message("Roles of week {week}", week=week)


# Groups in which a rule is not met

_OF_WEEK = "hecht_rules_of_week"


def _unmet(course: Course) -> tuple[tuple[str, Message, int], ...]:
    """Return the rules that are not met in every group of the week on the page, with the number of groups."""
    week = st.session_state.get(_OF_WEEK, course.plan.from_week)
    return tuple((one.key, one.title, len(one.groups)) for one in shown_in(course, week).unmet)


@parts.part(parts.RULES, _unmet)
def _rules(course: Course) -> None:
    """Offer the rules that are not met in every group; an edit may make them others."""
    found = {
        key: message("{rule} ({groups})", rule=title, groups=groups) for key, title, groups in _unmet(course)
    }
    if st.session_state.get(RULE) not in found:
        st.session_state[RULE] = None
    if not found:
        return
    st.selectbox(
        shown(message("Only groups in which a rule is not met")),
        list(found),
        index=None,
        format_func=worded(found.__getitem__),
        placeholder=translated(message("What is not met?")),
        key=RULE,
        label_visibility="collapsed",
        on_change=_narrowed,
        width=270,
    )


@event
def _narrowed() -> None:
    parts.only([parts.GROUPS])


# Answers beside the names


def _columns(course: Course) -> tuple[str, ...]:
    read = course.rules.headings()
    headings = [
        one.heading for one in course.roster.columns if one.heading in read and one.kind not in NOT_SHOWN
    ]
    if not headings:
        return ()
    if COLUMNS not in st.session_state:
        st.session_state[COLUMNS] = [one for one in st.session_state.get(KEPT, ()) if one in headings]
    chosen = st.multiselect(
        shown(message("Answers beside the names")),
        headings,
        format_func=name_of,
        placeholder=translated(message("Show answers")),
        select_all=False,
        key=COLUMNS,
        label_visibility="collapsed",
        width=260,
    )
    st.session_state[KEPT] = tuple(chosen)
    return tuple(chosen)


# Which groups that leaves


def matching(course: Course, chosen: Chosen) -> list[int]:
    """Return the places of the groups that are to be shown, of the week that was chosen."""
    text = normalize_text(chosen.name)
    seen, names = shown_in(course, chosen.week), course.roster.shown_names
    unmet = next((one.groups for one in seen.unmet if one.key == chosen.rule), None)
    return [
        place
        for place, group in enumerate(seen.groups)
        if (not text or any(text in normalize_text(names[student]) for student in group.members))
        and (not chosen.rule or (unmet is not None and group.name in unmet))
    ]


def page_of(found: Sequence[int], place: int) -> int:
    """Return on which page of cards a group is, the first one being 1."""
    return found.index(place) // ON_A_PAGE + 1


def turn_to(course: Course, drawn: parts.Cards, place: int) -> bool:
    """Have the card of a group on the page; return whether that asks for other cards.

    A choice that leaves it out is let go of.

    Parameters
    ----------
    course : Course
    drawn : Cards
        As they are on the page.
    place : int
        Of the group, among those of the week that is drawn.
    """
    state, week = st.session_state, drawn.week
    chosen = Chosen(week, str(state.get(SEARCH) or ""), str(state.get(RULE) or ""))
    let_go = place not in matching(course, chosen)
    if let_go:
        state[SEARCH], state[RULE] = "", None
        chosen = Chosen(week)
    page = page_of(matching(course, chosen), place)
    if page != drawn.page:
        state[parts.TURNED] = (parts.turned()[0] + 1, page)
    return let_go or page != drawn.page
