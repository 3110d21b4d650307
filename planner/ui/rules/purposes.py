"""Where rules come from: what groups are to be good for, and what else the columns could do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.domain import Roster
from planner.model.text import Message, message, plural_message
from planner.rules import Rule
from planner.rules.apart import Apart
from planner.rules.new_faces import NewFaces
from planner.rules.people import NamedStudents
from planner.rules.purposes import WORDS, Purpose
from planner.rules.rather_not import unread_names
from planner.rules.titles import title
from planner.ui.session import purposes_on_page as chosen
from planner.ui.session.draft import RulesDraft
from planner.ui.session.language import shown, spoken, worded
from planner.ui.session.rule_card import RuleCard
from planner.ui.session.state import session
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold

MOST_PAIRS = 50  # that are offered at once; those that are taken over make room
TOLD = "hecht_purpose"  # what the last purpose came to, until another is chosen


def row(draft: RulesDraft, roster: Roster) -> None:
    """Show the purposes, those that the rules serve chosen, and what the last one came to."""
    key = spoken("purposes")
    st.session_state[key] = chosen.served(draft, roster)
    st.pills(
        shown(message("Begin with what matters to you")),
        list(Purpose),
        selection_mode="multi",
        format_func=worded(_name),
        key=key,
        on_change=_choose,
        args=(key,),
    )
    done: chosen.Done | None = st.session_state.get(TOLD)
    if done is not None and done.draft == draft.id:
        _told(done, roster)


def _name(purpose: Purpose) -> Message:
    return WORDS[purpose].name


def _told(done: chosen.Done, roster: Roster) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="purpose_told"):
        sign = ":material/info:" if done.nothing else ":material/check:"
        said = done.told(roster) if done.nothing else message("Switched on. {done}", done=done.told(roster))
        st.markdown(f"{sign} {shown(said)}", width="content")
        if not done.nothing:
            st.button(
                shown(message("Take this back")),
                key="purpose_back",
                icon=":material/undo:",
                type="tertiary",
                on_click=_back,
            )


@event
def _choose(key: str) -> None:
    now = session()
    draft, roster = now.rules.draft, now.roster
    if roster is None:
        return
    before, after = chosen.served(draft, roster), st.session_state.get(key) or []
    done: chosen.Done | None = st.session_state.pop(TOLD, None)
    for purpose in before:
        if purpose not in after:
            chosen.leave(draft, purpose, roster, done)
    for purpose in after:
        if purpose not in before:
            st.session_state[TOLD] = chosen.serve(draft, purpose, roster)


@event
def _back() -> None:
    done: chosen.Done | None = st.session_state.pop(TOLD, None)
    draft = session().rules.draft
    if done is not None and done.draft == draft.id:
        chosen.take_back(draft, done)


def ideas(draft: RulesDraft, roster: Roster) -> None:
    """Show what else the columns suggest, each a click away."""
    found = draft.ideas(roster)
    if not found:
        return
    label = plural_message("More ideas: one rule", "More ideas: {n} rules", len(found))
    with fold(label, "more_ideas", ":material/lightbulb:"):
        apart = [rule for rule in found if isinstance(rule, Apart)]
        others = [rule for rule in found if rule not in apart]
        if others:
            text = message("Your columns allow this too. A few rules are met better than many.")
            st.caption(shown(text))
        for rule in others:
            _idea(rule, roster)
        if apart:
            _rather_apart(apart, roster)


def _rather_apart(apart: Sequence[Rule], roster: Roster) -> None:
    """Show the pairs of whom one asked not to be with the other, each for the coordinator to decide on."""
    text = message(
        "Students asked not to be together. Each pair is your decision: press it to keep them apart, or "
        "leave it. The rule keeps their names only, not who asked, and is not required unless you say so."
    )
    st.caption(shown(text))
    for rule in apart[:MOST_PAIRS]:
        _idea(rule, roster)
    more = len(apart) - MOST_PAIRS
    if more > 0:
        st.caption(shown(plural_message("And one more pair.", "And {n} more pairs.", more)))
    problem_list.remarks(unread_names(roster), message("Names that were not read"), key="unread_names")


def _idea(rule: Rule, roster: Roster) -> None:
    of = rule.students if isinstance(rule, NamedStudents) else rule.headings()
    keeps = isinstance(rule, NewFaces) and rule.keep_one
    st.button(
        shown(title(rule, roster)),
        key=f"idea_{rule.kind}_{'_'.join(of)}{'_keep' if keeps else ''}",
        icon=":material/add:",
        type="tertiary",
        on_click=_take,
        args=(rule,),
    )


@event
def _take(rule: Rule) -> None:
    draft = session().rules.draft
    if not draft.cards_for(rule):
        draft.cards.append(RuleCard.of(rule))
