"""A rule as a card: on or off, how much it matters, and its fields when it is opened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from statistics import pstdev
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.model.domain import Roster
from planner.model.problems import Problem
from planner.model.reports import Importance
from planner.model.term_clock import TermClock
from planner.model.text import Message, message
from planner.rules import KINDS, Rule
from planner.rules.balance import numbers
from planner.rules.titles import title
from planner.ui.session.language import (
    badge,
    bold,
    name_of,
    plain,
    shown,
    worded,
)
from planner.ui.session.rule_card import RuleCard
from planner.ui.session.state import session
from planner.ui.widgets import fields, problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import IMPORTANCES


class CardRoom(NamedTuple):
    """Where a card says whether it can work: in a word, and in sentences."""

    beside: DeltaGenerator
    below: DeltaGenerator


def show(cards: Sequence[RuleCard], roster: Roster) -> dict[int, CardRoom]:
    """Show the cards, two in a row where there is room; return where each can say whether it can work."""
    grid = st.grid(2, min_column_width=330)
    places = {}
    for card in cards:
        with grid.container(border=True, height="stretch", gap="xsmall", key=f"rule_{card.id}"):
            places[card.id] = _card(card, roster)
    return places


def judge(
    cards: Sequence[RuleCard],
    places: Mapping[int, CardRoom],
    roster: Roster,
    reach: Callable[[Rule], list[Problem]],
    clock: TermClock,
    clash: Collection[Message] = (),
    told: Callable[[Iterable[Problem]], list[Problem]] = list,
) -> set[Message]:
    """Say on each card whether it can work, as far as counting tells; return what was said.

    `reach` tells what no number of groups can give, `clock` is the one of the course, `clash` the rules that
    were proven to be in the way, `told` says what was found in the words of this course.
    """
    said: set[Message] = set()
    for card in cards:
        rule = card.rule() if card.on else None
        if rule is None or card.id not in places:
            continue
        rule = rule.on_clock(clock)
        found = told([*rule.check(roster), *reach(rule)])
        said |= {problem.message for problem in found}
        together = not (rule.must and title(rule, roster) in clash)
        problem_list.verdict(found, *places[card.id], together=together)
    return said


def _card(card: RuleCard, roster: Roster) -> CardRoom:
    # The name on top follows what is filled in below it, so that is asked first.
    top, middle = st.container(gap="xsmall"), st.container(horizontal=True, vertical_alignment="center")
    below, bottom = st.container(gap="xsmall"), st.container(gap="xsmall")
    card.on = bool(st.session_state.get(f"rule_{card.id}_on", card.on))
    with middle:
        _importance(card)
        beside = st.container(width="content")
    _fill_in(card, roster)
    with bottom:
        _more(card, roster)
    rule, needed = card.rule(), card.unfinished()
    name = KINDS[card.kind].title if rule is None else title(rule, roster)
    with top:
        st.toggle(bold(name), key=fields.seeded(f"rule_{card.id}_on", card.on), help=_help(card, rule))
        if card.on and needed is not None:
            unfinished = badge("orange", ":material/edit:", message("Not finished"))
            st.markdown(f"{unfinished} {shown(needed)}")
    return CardRoom(beside, below)


def _help(card: RuleCard, rule: Rule | None) -> str:
    """Say what the kind of rule does, and the whole of headings that are shown by a short name."""
    whole = [one for one in (() if rule is None else rule.headings()) if name_of(one) != one]
    lines = [plain(name_of(one)) + " = " + plain(one) for one in whole]
    return "\n\n".join([shown(KINDS[card.kind].help), *lines])


def _importance(card: RuleCard) -> None:
    chosen = st.segmented_control(
        shown(message("How much does it matter?")),
        KINDS[card.kind].importances,
        format_func=worded(IMPORTANCES.__getitem__),
        required=True,
        key=fields.seeded(f"rule_{card.id}_importance", card.importance),
        label_visibility="collapsed",
        disabled=not card.on,
    )
    card.fields["importance"] = chosen or card.importance


def _more(card: RuleCard, roster: Roster) -> None:
    """Show the fields once the card is opened: a large class makes long lists of choices."""
    more = fold(message("Adjust"), f"rule_{card.id}_more", None, expanded=card.opened, compact=True)
    if not more.open:
        return
    with more:
        st.caption(shown(KINDS[card.kind].help))
        fields.show(card, roster)
        st.button(
            shown(message("Remove this rule")),
            key=f"rule_{card.id}_remove",
            icon=":material/delete:",
            type="tertiary",
            on_click=_remove,
            args=(card.id,),
        )


@event
def _remove(card_id: int) -> None:
    draft = session().rules.draft
    draft.cards = [card for card in draft.cards if card.id != card_id]


def _fill_in(card: RuleCard, roster: Roster) -> None:
    """Give a balance that has become a must a limit to start from: half the spread of the class."""
    if card.kind != "balance" or card.importance is not Importance.MUST or card.fields.get("within"):
        return
    found = numbers(roster, card.fields["column"]).values()
    known = [float(value) for value in found if value is not None]
    spread = pstdev(known) if known else 0.0
    if spread > 0:
        card.fields["within"] = float(f"{spread / 2:.1g}")
        st.session_state[f"rule_{card.id}_within"] = card.fields["within"]
