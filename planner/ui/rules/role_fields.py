"""Roles and weeks, and how long may be searched."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.model import role_catalogue
from planner.model.base import LONGEST_TERM
from planner.model.domain import ColumnKind, Roster
from planner.model.problem_groups import grouped
from planner.model.problems import Problem
from planner.model.text import Message, message
from planner.planning.efforts import EFFORTS
from planner.rules import Rules
from planner.rules.role_checks import roles_named
from planner.ui.rules import clock_fields
from planner.ui.session.language import (
    current,
    name_of,
    plain,
    shown,
    spoken,
    translated,
    worded,
)
from planner.ui.session.state import Session, session
from planner.ui.widgets import fields, problem_list
from planner.ui.widgets.boundary import event
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import EFFORTS as EFFORT_NAMES

MOST_ROLES = 8
NOT_FOR_OPT_OUT = (ColumnKind.NUMBER, ColumnKind.SLOTS, ColumnKind.BUSY, ColumnKind.PEER, ColumnKind.NOT_WITH)


def show(now: Session, roster: Roster) -> None:
    """Show the roles of the course and how they go round."""
    with fold(message("Roles and weeks"), "more_roles", ":material/groups:"):
        _names(now)
        opt_out, wish = st.columns(2)
        with opt_out:
            _opt_out(now, roster)
        draft = now.rules.draft
        with wish:
            draft.role_wish = _role_column(
                message("Column with roles students would like to have"),
                f"role_wish_{draft.id}",
                draft.role_wish,
                roster,
            )
        weeks, every = st.columns(2)
        number = weeks.number_input(
            shown(message("Weeks in the term")),
            min_value=1,
            max_value=LONGEST_TERM,
            key=fields.seeded(f"weeks_{draft.id}", draft.term.weeks),
        )
        draft.term = draft.term.model_copy(update={"weeks": number})
        draft.rotate_every = every.number_input(
            shown(message("Weeks per role")),
            min_value=0,
            max_value=LONGEST_TERM,
            help=shown(message("0: everyone keeps their role as long as the groups stay, as in a project.")),
            key=fields.seeded(f"rotate_{draft.id}", draft.rotate_every),
        )
        clock_fields.show(draft, roster)


def _names(now: Session) -> None:
    """Let roles be chosen from the catalogue or written by hand."""
    draft, language = now.rules.draft, now.rules_language(current())
    default = role_catalogue.default_names(language)
    chosen = draft.role_names if draft.role_names is not None else default
    catalogue = [role.name.text(language) for role in role_catalogue.CATALOGUE]
    names = st.multiselect(
        shown(message("Roles, the most needed one first")),
        list(dict.fromkeys([*chosen, *catalogue])),
        accept_new_options=True,
        max_selections=MOST_ROLES,
        placeholder=translated(message("No roles: choose one, or write your own")),
        help=shown(
            message(
                "Small groups use the first roles in this list. Everyone has each role once before any "
                "role comes round again."
            )
        ),
        select_all=False,
        key=fields.seeded(f"role_names_{draft.id}_{language}", list(chosen)),
    )
    if draft.role_names is not None or tuple(names) != default:
        draft.role_names = tuple(names)
    known = [(name, role.what) for name in names if (role := role_catalogue.find(name)) is not None]
    if known:
        st.caption("  \n".join(f"**{plain(name)}** — {shown(what)}" for name, what in known))


def offer_names(now: Session, rules: Rules, problems: Sequence[Problem]) -> None:
    """Say which roles that students name are none of the course, and offer to use them."""
    roster = now.roster
    if roster is None:
        return
    names = roles_named(rules.role_names, rules.roles, roster)
    with st.container(border=True, key="unknown_roles"):
        for problem in grouped(problems):
            problem_list.line(problem)
        if not set(names) <= set(rules.role_names):
            st.button(
                shown(message("Use these role names: {names}", names=names)),
                key="use_role_names",
                icon=":material/groups:",
                on_click=_use_names,
                args=(names,),
            )


@event
def _use_names(names: tuple[str, ...]) -> None:
    draft = session().rules.draft
    draft.role_names = names
    draft.renew_fields()


def _opt_out(now: Session, roster: Roster) -> None:
    draft = now.rules.draft
    draft.opt_out = _role_column(
        message("Column with roles students would rather not have"),
        f"opt_out_{draft.id}",
        draft.opt_out,
        roster,
    )


def _role_column(label: Message, key: str, now: str | None, roster: Roster) -> str | None:
    """Ask for a column that holds roles."""
    headings = [column.heading for column in roster.columns if column.kind not in NOT_FOR_OPT_OUT]
    if now and now not in headings:
        headings.append(now)
    chosen: str | None = st.selectbox(
        shown(label),
        headings,
        index=None,
        format_func=name_of,
        placeholder=translated(message("None")),
        key=fields.seeded(key, now),
    )
    return chosen


def search_time(now: Session, effort: DeltaGenerator, minutes: DeltaGenerator) -> None:
    """Let the coordinator say how thoroughly, and how long at the most, to search."""
    now.making.effort = effort.selectbox(
        shown(message("How thoroughly to search")),
        EFFORTS,
        format_func=worded(EFFORT_NAMES.__getitem__),
        key=fields.seeded(spoken("effort"), now.making.effort),
    )
    now.making.minutes = minutes.number_input(
        shown(message("Time limit (minutes)")),
        min_value=1,
        max_value=240,
        key=fields.seeded("minutes", now.making.minutes),
    )
