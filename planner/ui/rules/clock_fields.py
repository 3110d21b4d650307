"""The first day of the term and the clock of the course: they count where students are elsewhere."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from planner.model.domain import ColumnKind, Roster
from planner.model.text import message
from planner.model.time_zones import every_zone, zone_name
from planner.ui.session.draft import RulesDraft
from planner.ui.session.language import shown, translated
from planner.ui.widgets import fields


def show(draft: RulesDraft, roster: Roster) -> None:
    """Ask for both where the class list has time zones, or where one of them was filled in before."""
    named = _named(roster)
    if not named and draft.term.clock == (None, None, None):
        return
    first, zone = st.columns(2)
    starts = first.date_input(
        shown(message("First day of the term")),
        value=None,
        format="DD/MM/YYYY",
        help=shown(message("Time zones are compared over the days of the term, including summer time.")),
        key=fields.seeded(f"starts_{draft.id}", draft.term.starts),
    )
    before = draft.term.time_zone
    known = zone_name(before or "") or before
    chosen = zone.selectbox(
        shown(message("Time zone for all times")),
        list(dict.fromkeys([*named, *([known] if known else ()), *every_zone()])),
        index=None,
        placeholder=translated(message("The time zone of most students")),
        key=fields.seeded(f"time_zone_{draft.id}", known),
    )
    told = before if chosen == known else chosen
    draft.term = draft.term.model_copy(update={"starts": starts, "time_zone": told})


def _named(roster: Roster) -> list[str]:
    """Return the zones that students named, the one most of them are on first."""
    headings = [column.heading for column in roster.columns if column.kind is ColumnKind.TIME_ZONE]
    zones = (zone_name(one.answer(heading)) for heading in headings for one in roster.students)
    return [zone for zone, _ in Counter(filter(None, zones)).most_common()]
