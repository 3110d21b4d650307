"""Refreshes in the term: after which weeks, and what they are for."""

from __future__ import annotations

import streamlit as st

from planner.model.base import LARGEST_GROUP
from planner.model.text import Message, message
from planner.ui.session.language import (
    shown,
    spoken,
    translated,
    worded,
)
from planner.ui.session.state import Session
from planner.ui.widgets import fields
from planner.ui.widgets.folds import fold

MEET = ("familiar", "new")


def show(now: Session) -> None:
    """Let the coordinator say when groups are refreshed, and how lightly."""
    draft = now.rules.draft
    with fold(message("Refreshes in the term"), "more_term", ":material/autorenew:"):
        st.caption(
            shown(
                message(
                    "A refresh is a planned change of groups: some students move and meet new people. In a "
                    "light refresh they move together with someone they know. Without a refresh the groups "
                    "stay the same all term."
                )
            )
        )
        when, what = st.columns(2)
        weeks = [week for week in draft.term.refresh_after if week < draft.term.weeks]
        chosen = when.multiselect(
            shown(message("Refresh after week")),
            list(range(1, draft.term.weeks)),
            placeholder=translated(message("No refresh")),
            select_all=False,
            key=fields.seeded(f"refresh_{draft.id}_{draft.term.weeks}", weeks),
        )
        meet = what.radio(
            shown(message("Purpose of a refresh")),
            MEET,
            format_func=worded(_meet),
            key=fields.seeded(spoken(f"meet_{draft.id}"), draft.term.meet),
        )
        update: dict[str, object] = {"refresh_after": tuple(sorted(chosen)), "meet": meet or "familiar"}
        if meet != "new":
            update |= _light(now)
        draft.term = draft.term.model_copy(update=update)


def _light(now: Session) -> dict[str, object]:
    draft = now.rules.draft
    keep, most = st.columns(2)
    kept = keep.number_input(
        shown(message("Group members that everyone keeps")),
        min_value=0,
        max_value=LARGEST_GROUP,
        key=fields.seeded(f"keep_{draft.id}", draft.term.keep_familiar),
    )
    percent = most.number_input(
        shown(message("Maximum share of students who may move (% of the class)")),
        min_value=0,
        max_value=100,
        key=fields.seeded(f"moved_{draft.id}", round(100 * draft.term.max_moved)),
    )
    changed = percent != round(100 * draft.term.max_moved)
    return {"keep_familiar": kept, "max_moved": percent / 100 if changed else draft.term.max_moved}


def _meet(choice: str) -> Message:
    if choice == "new":
        return message("Meet as many people as possible")
    return message("A light refresh, with someone they know")
