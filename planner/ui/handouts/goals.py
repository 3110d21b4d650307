"""Personal goals on the page: which column, the goals of the course, and the links between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from planner.model.domain import ColumnKind, Roster
from planner.model.invisible import is_plain_line
from planner.model.reports import Importance
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.rules import KINDS
from planner.rules.column_values import usable
from planner.rules.goals import MOST_GOALS, GoalSettings
from planner.rules.invisible import unseen_problem
from planner.ui.session.handouts_state import HandoutsState, goals_of, whole_roster
from planner.ui.session.language import (
    current,
    name_of,
    shown,
    translated,
    worded,
)
from planner.ui.session.rule_card import RuleCard
from planner.ui.session.state import Session
from planner.ui.widgets import problem_list
from planner.ui.widgets.boundary import event, guarded
from planner.ui.widgets.fields import seeded

USES: Mapping[str, Message] = {
    "similar": message("students with the same goal together"),
    "mix": message("the goals spread over the groups"),
}


def section(now: Session, state: HandoutsState) -> None:
    """Ask for the goals and show what they are linked to."""
    st.header(translated(message("3. What students want to learn")), anchor="goals")
    st.markdown(
        shown(
            message(
                "Students' own goals beside those of the course. Their own words go on a group's card only "
                "if you allow it here."
            )
        )
    )
    roster = whole_roster(now)
    if roster is not None:
        _goals(now, state, roster)


@guarded
def _goals(now: Session, state: HandoutsState, roster: Roster) -> None:
    before = goals_of(now, state)
    headings = usable(roster.columns, ColumnKind.TEXT, ColumnKind.CATEGORY)
    if not headings:
        st.caption(shown(message("The class list has no column with words of their own.")))
        return
    which, share = st.columns(2, vertical_alignment="bottom")
    column = which.selectbox(
        shown(message("Column with what students want to learn")),
        headings,
        index=None,
        format_func=name_of,
        placeholder=translated(message("None")),
        key=seeded("goals_column", before.column if before.column in headings else None),
    )
    shareable = share.toggle(
        shown(message("Their own words may appear on the card")),
        key=seeded("goals_shareable", before.shareable),
        disabled=column is None,
    )
    written = st.text_area(
        shown(message("Learning goals of the course, one on a line")),
        key=seeded("goals_course", "\n".join(before.course)),
        height=130,
    )
    course = goals_from(written)
    unseen = [unseen_problem(goal) for goal in course if not is_plain_line(goal)]
    if unseen:
        problem_list.errors(unseen)
        return
    links = {student: goal for student, goal in before.links.items() if goal in course or not goal}
    goals = GoalSettings(
        column=column, shareable=shareable and column is not None, course=course, links=links
    )
    if goals != before:
        state.goals = goals
        st.rerun()
    if column is not None and course:
        _links(state, goals, roster)
        _in_rules(now, goals)


def goals_from(written: str) -> tuple[str, ...]:
    """Return the goals in a text, one on a line, each once."""
    found: dict[str, str] = {}
    for line in written.splitlines():
        goal = " ".join(line.split())
        if goal:
            found.setdefault(normalize_text(goal), goal)
    return tuple(found.values())[:MOST_GOALS]


def _links(state: HandoutsState, goals: GoalSettings, roster: Roster) -> None:
    """Show who is linked to which goal, to correct by hand."""
    by_hand = sum(student.id in goals.links for student in roster.students)
    st.caption(
        shown(
            plural_message(
                "The goals are suggested from words that students and goals share; one was set by hand.",
                "The goals are suggested from words that students and goals share; {n} were set by hand.",
                by_hand,
            )
        )
    )
    name, words, goal = (
        translated(one) for one in (message("Name"), message("Own words"), message("Goal of the course"))
    )
    table = pd.DataFrame(
        {
            name: [roster.shown_names[student.id] for student in roster.students],
            words: [goals.words(student) for student in roster.students],
            goal: [goals.goal(student) for student in roster.students],
        }
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=[name, words],
        column_config={goal: st.column_config.SelectboxColumn(options=["", *goals.course], required=False)},
        key=f"goals_links_{current()}_{hash((goals.column, goals.course))}",
    )
    links = corrected(goals, roster, [str(one or "") for one in edited[goal]])
    if links != goals.links:
        state.goals = goals.model_copy(update={"links": links})


def corrected(goals: GoalSettings, roster: Roster, chosen: Sequence[str]) -> dict[str, str]:
    """Return the links set by hand: those of before, and where somebody chose something else."""
    links = dict(goals.links)
    for student, goal in zip(roster.students, chosen, strict=True):
        if goal != goals.goal(student):
            links[student.id] = goal
    return links


def _in_rules(now: Session, goals: GoalSettings) -> None:
    use, put = st.columns([2, 1], vertical_alignment="bottom")
    kind = use.segmented_control(
        shown(message("Use the goals in the rules")),
        list(USES),
        format_func=worded(USES.__getitem__),
        key="goals_use",
    )
    put.button(
        shown(message("Add it to the rules")),
        key="goals_in_rules",
        icon=":material/rule:",
        disabled=kind is None,
        on_click=_put_in_rules,
        args=(now, goals, kind),
    )
    if now.rules.draft.goals.course and _goal_cards(now, now.rules.draft.goals.name):
        said = message("The rule has been added. Make the groups again on the page Groups to use it.")
        st.caption(shown(said))


@event
def _put_in_rules(now: Session, goals: GoalSettings, kind: str) -> None:
    heading = goals.heading(now.rules_language(current()))
    # The heading stays as it is when the page changes its language.
    others = [card for card in now.rules.draft.cards if card not in _goal_cards(now, heading)]
    rule = KINDS[kind].model_validate({"kind": kind, "column": heading, "importance": Importance.NICE})
    now.rules.draft.goals = goals.model_copy(update={"name": heading})
    now.rules.draft.cards = [*others, RuleCard.of(rule)]


def _goal_cards(now: Session, heading: str | None) -> list[RuleCard]:
    return [card for card in now.rules.draft.cards if card.fields.get("column") == heading]
