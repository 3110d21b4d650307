"""Rules: group size, a card for each rule, roles, and the rules file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

import streamlit as st

from planner.model.base import LARGEST_GROUP, MOST_STUDENTS
from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.planning.counting import group_counts, in_the_way
from planner.planning.reach import out_of_reach
from planner.replanning.left_wishes import gone_from, tell_left
from planner.reporting.sections import expected, told
from planner.rules import KINDS, GroupSizes, Rule, Rules, write_rules
from planner.rules.size import sizes
from planner.rules.titles import title
from planner.ui.rules import conflict as why
from planner.ui.rules import only_ones, purposes, role_fields, term_fields
from planner.ui.rules import rule_cards as cards
from planner.ui.session.draft import RulesDraft
from planner.ui.session.language import (
    current,
    shown,
    spoken,
    translated,
    worded,
)
from planner.ui.session.plan_input import PlanInput, asked
from planner.ui.session.rule_card import blank
from planner.ui.session.state import Session, session
from planner.ui.widgets import fields, problem_list, upload
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold


def section(now: Session, roster: Roster) -> PlanInput:
    """Show the rules and let the coordinator change them; return what is asked."""
    only = st.container()  # of the rules as they are below
    _sizes(now.rules.draft)
    trouble = st.container()  # above the cards, though it is known only after them
    st.subheader(shown(message("What makes a good group?")), anchor=False)
    if now.rules.draft.suggested:
        st.caption(
            shown(
                message(
                    "These rules are suggested from the columns in your class list. Keep the ones that "
                    "suit your course."
                )
            )
        )
    purposes.row(now.rules.draft, roster)
    places = cards.show(now.rules.draft.cards, roster)
    purposes.ideas(now.rules.draft, roster)
    _add(roster)
    role_fields.show(now, roster)
    term_fields.show(now)
    _more(now)
    with only:
        only_ones.strip(now.rules.draft, roster)
    wanted = asked(now)
    said = cards.judge(
        now.rules.draft.cards,
        places,
        roster,
        partial(_out_of_reach, now.rules.draft.group_settings(), roster),
        now.rules.draft.term.clock,
        _clash(now, wanted.rules, roster),
        partial(_told, now),
    )
    with trouble:
        found = _judged(now, wanted, said)
    _file(now, found.rules)
    return found


def _clash(now: Session, rules: Rules | None, roster: Roster) -> set[Message]:
    """Return the rules that are known to be in the way of each other: by counting, or by a proof."""
    if rules is None:
        return set()
    known = why.known(now, rules)
    proven = () if known is None or known.conflict is None else known.conflict.rules
    return {*proven, *now.rerun.clash(rules), *(title(rule, roster) for rule in in_the_way(rules, roster))}


def _told(now: Session, problems: Iterable[Problem]) -> list[Problem]:
    """Return problems as they are in this course: who left is known, and what the strip says is said."""
    if now.roster is None:
        return list(problems)
    above = {(one.name, one.value) for one in only_ones.found(now.rules.draft, now.roster)}
    rest = [
        problem
        for problem in problems
        if problem.level is not Level.NOTE
        or (problem.message.values.get("name"), problem.message.values.get("value")) not in above
    ]
    if now.course is None:
        return rest
    return tell_left(rest, gone_from(now.course, now.roster), now.course.roster)


def _between(draft: RulesDraft) -> int:
    """Return the size that is preferred where nobody says otherwise: what the rule for it is called by."""
    smallest, largest = sorted((draft.smallest, draft.largest))
    return GroupSizes(size=(smallest, largest)).preferred


def _sizes(draft: RulesDraft) -> None:
    grid = st.grid(4, min_column_width=150)
    draft.smallest = grid.number_input(
        shown(message("Smallest group")),
        min_value=1,
        max_value=LARGEST_GROUP,
        key=fields.seeded(f"smallest_{draft.id}", draft.smallest),
    )
    draft.largest = grid.number_input(
        shown(message("Largest group")),
        min_value=1,
        max_value=LARGEST_GROUP,
        key=fields.seeded(f"largest_{draft.id}", draft.largest),
    )
    draft.prefer = grid.number_input(
        shown(message("Preferably")),
        min_value=1,
        max_value=LARGEST_GROUP,
        value=None,
        placeholder=translated(message("{size}, in between", size=_between(draft))),
        key=fields.seeded(f"prefer_{draft.id}", draft.prefer),
    )
    draft.count = grid.number_input(
        shown(message("Number of groups")),
        min_value=1,
        max_value=MOST_STUDENTS,
        value=None,
        placeholder=translated(message("Whatever fits")),
        key=fields.seeded(f"count_{draft.id}", draft.count),
    )


def _outlook(students: int, groups: int, settings: GroupSizes) -> Message:
    """Say how many groups to expect, and of what sizes: the whole range, as rules may need it."""
    smallest, largest = settings.size
    if smallest == largest or groups == 1:
        size = smallest if smallest == largest else students
        return plural_message(
            "Expect one group of {size}.", "Expect {n} groups of {size}.", groups, size=size
        )
    average = round(students / groups, 1)
    range_ = sizes(smallest, largest)
    if settings.count is not None:
        return message(
            "Expect {n} groups of {sizes}, {average} on average.", n=groups, sizes=range_, average=average
        )
    return message(
        "Expect about {n} groups of {sizes}, {average} on average.", n=groups, sizes=range_, average=average
    )


def _judged(now: Session, found: PlanInput, said: Collection[Message]) -> PlanInput:
    """Say what does not fit, at once; what the cards have `said` is not said again."""
    if found.rules is None:
        st.warning(
            "\n".join(f"- {shown(text)}" for text in found.obstacles),
            title=shown(message("Almost there: something is still needed")),
            icon=":material/edit:",
        )
        return found
    fit = now.fit(found.rules)
    problem_list.errors(problem for problem in fit.errors if problem.message not in said)
    rest = [problem for problem in _told(now, fit.remarks) if problem.message not in said]
    roles = [problem for problem in rest if problem.code == "unknown-role"]
    problem_list.of_rules([problem for problem in rest if problem not in roles], key="remarks_rules")
    if roles:
        role_fields.offer_names(now, found.rules, roles)
    if not fit.errors:
        _can_be(now, found.rules)
    return found


def _out_of_reach(settings: GroupSizes | None, roster: Roster, rule: Rule) -> list[Problem]:
    """Return what no number of groups that fits can give, also while another rule is not finished."""
    if settings is None:
        return []
    counts = group_counts(Rules(groups=settings), len(roster.students))
    return out_of_reach(rule, settings, counts, roster)


def _can_be(now: Session, rules: Rules) -> None:
    """Say that counting sees nothing in the way, and what it would make."""
    students = len(now.roster.students) if now.roster else 0
    counts = group_counts(rules, students)
    if now.roster is None or not counts:
        return
    sections = expected(rules, now.roster)
    groups = sum(sections.values()) if sections and rules.groups.count is None else counts[0]
    text = message(
        "{outlook} A quick count shows no obstacle; making the groups tells you for certain.",
        outlook=_outlook(students, groups, rules.groups),
    )
    st.markdown(f":material/check_circle: {shown(text)}")
    if sections:
        st.caption(shown(message("Expected within each section: {sections}.", sections=told(sections))))


def _kind(kind: str) -> Message:
    return message("{kind} – {help}", kind=KINDS[kind].title, help=KINDS[kind].help)


def _add(roster: Roster) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.selectbox(
            shown(message("Another rule")),
            list(KINDS),
            index=None,
            format_func=worded(_kind),
            placeholder=translated(message("Choose a kind of rule")),
            key=spoken("new_rule"),
        )
        st.button(
            shown(message("Add")),
            key="add_rule",
            icon=":material/add:",
            on_click=_new_card,
            args=(roster,),
            disabled=kind is None,
        )


@event
def _new_card(roster: Roster) -> None:
    kind = st.session_state.get(spoken("new_rule"))
    if kind is not None:
        session().rules.draft.cards.append(blank(kind, roster))
        st.session_state[spoken("new_rule")] = None


def _more(now: Session) -> None:
    """Show what most courses leave as it is."""
    draft, names = now.rules.draft, {"nl": "Groep {n}", "en": "Group {n}"}
    with fold(message("Names and search time"), "more_settings", ":material/tune:"):
        left, effort, minutes = st.columns(3)
        pattern = left.text_input(
            shown(message("Names of the groups")),
            placeholder=names[now.rules_language(current())],
            help=shown(message("Write {{n}} where the number goes.")),
            key=fields.seeded(f"names_{draft.id}", draft.names or ""),
        )
        draft.names = pattern.strip() or None
        role_fields.search_time(now, effort, minutes)


def _file(now: Session, rules: Rules | None) -> None:
    """Take rules from a file, or take them along."""
    with fold(message("Rules in a file"), "more_file", ":material/description:"):
        st.caption(shown(message("Use the rules of an earlier course, or keep these for a next time.")))
        take, keep = st.columns(2, vertical_alignment="bottom")
        with take:
            st.file_uploader(shown(message("A rules file (rules.toml)")), key="rules_file", on_change=_take)
        with keep.container(horizontal=True):
            st.download_button(
                shown(message("Download these rules")),
                b"" if rules is None else write_rules(rules),
                file_name="rules.toml",
                mime="text/plain",
                key="download_rules",
                icon=":material/download:",
                on_click="ignore",
                disabled=rules is None,
            )
            st.button(
                shown(message("Back to the suggestions")),
                key="suggest",
                icon=":material/undo:",
                on_click=_suggest,
            )
        problem_list.errors(now.rules.problems)


@event
def _take() -> None:
    file = upload.uploaded("rules_file")
    if file is not None:
        session().rules.take(file)
    else:
        session().rules.problems = ()


@event
def _suggest() -> None:
    now = session()
    if now.roster is not None:
        now.rules.suggest(now.roster)
