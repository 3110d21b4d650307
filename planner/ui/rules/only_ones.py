"""Under the heading: who is the only one of something, before anything is planned."""

from __future__ import annotations

import streamlit as st

from planner.model.domain import Roster
from planner.model.text import message, plural_message
from planner.rules.only_ones import OnlyOne, only_ones
from planner.ui.session.draft import RulesDraft
from planner.ui.session.language import bold, shown
from planner.ui.widgets.folds import fold

MOST = 4  # that are in view; the others wait in a fold


def found(draft: RulesDraft, roster: Roster) -> tuple[OnlyOne, ...]:
    """Return who is the only one with an answer that the rules in use read."""
    rules = (card.rule() for card in draft.cards if card.on)
    return only_ones((rule for rule in rules if rule is not None), roster)


def strip(draft: RulesDraft, roster: Roster) -> None:
    """Tell who is the only one with an answer that the rules in use read."""
    lines = [f"- {shown(only.said)}" for only in found(draft, roster)]
    if not lines:
        return
    with st.container(border=True, gap="xsmall", key="only_ones"):
        label = bold(message("Good to know before you make groups"))
        st.markdown(f":material/person: {label}")
        st.markdown("\n".join(lines[:MOST]))
        rest = lines[MOST:]
        if rest:
            more = plural_message("And one more", "And {n} more", len(rest))
            with fold(more, "more_only_ones", None, compact=True):
                st.markdown("\n".join(rest))
