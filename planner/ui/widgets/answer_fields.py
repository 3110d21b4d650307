"""A field for one answer of a student: moments to tick, answers to choose from, or a line to type."""

from __future__ import annotations

import streamlit as st

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.text import message
from planner.model.values import choices, normalize_text
from planner.rules.column_values import values_of
from planner.rules.free import moments_to_choose
from planner.ui.session.language import name_of, plain, shown, translated

AT_ONCE = 24  # moments that are in view all together
ALWAYS = message("free")  # an answer in a column about busy moments, in words that a rule knows
_CHOSEN = (ColumnKind.CATEGORY, ColumnKind.SECTION, ColumnKind.SLOTS, ColumnKind.BUSY)


def answer_field(column: Column, roster: Roster | None, key: str, before: str = "") -> str:
    """Ask for one answer: with the moments that the class list knows, or with what others answered.

    Parameters
    ----------
    column : Column
    roster : Roster or None
        Whose answers can be chosen from; None while a class list cannot be read.
    key : str
        Of the field.
    before : str
        The answer that the field starts from.

    Returns
    -------
    str
        As a cell of the class list has it.
    """
    label = plain(name_of(column.heading))
    moments = () if roster is None else moments_to_choose(column, roster)
    if moments:
        return _moments(column, moments, key, before)
    known = [] if roster is None else values_of(roster, column.heading)
    if column.kind not in _CHOSEN or not known:
        return st.text_input(label, before, key=key)
    options = known if not before or before in known else [before, *known]
    chosen: str | None = st.selectbox(
        label,
        options,
        index=options.index(before) if before else None,
        accept_new_options=True,
        placeholder=translated(message("Choose or type")),
        key=key,
    )
    return chosen or ""


def _moments(column: Column, moments: tuple[str, ...], key: str, before: str) -> str:
    """Let moments be ticked, in the order of the week; somebody who is always free says so."""
    said = {normalize_text(part) for part in choices(before)}
    ticked = [one for one in moments if normalize_text(one) in said]
    always = translated(ALWAYS)
    options = [*moments, *([always] if column.kind is ColumnKind.BUSY else ())]
    if said and not ticked and column.kind is ColumnKind.BUSY:
        ticked = [always]

    none = shown(message("None of these: can always"))

    def called(one: str) -> str:
        return none if one == always and one not in moments else plain(one)

    if len(options) <= AT_ONCE:
        chosen = st.pills(
            _asked(column), options, selection_mode="multi", default=ticked, format_func=called, key=key
        )
    else:
        chosen = st.multiselect(
            _asked(column),
            options,
            ticked,
            format_func=called,
            placeholder=translated(message("Choose")),
            select_all=False,
            key=key,
        )
    named = [one for one in options if one in chosen and one in moments]
    return "; ".join(named or [one for one in chosen if one == always])


def _asked(column: Column) -> str:
    """Return the heading with what is to be ticked: when somebody can, or when they cannot."""
    name = name_of(column.heading)
    if column.kind is ColumnKind.BUSY:
        return shown(message("{column}: times when this student cannot", column=name))
    return shown(message("{column}: times when this student can", column=name))
