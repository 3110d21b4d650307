"""A field for one answer of a student: moments to tick, answers to choose from, or a line to type."""

from __future__ import annotations

import streamlit as st

from planner.model.answers import FREE, NO
from planner.model.choosable_moments import moments_to_choose
from planner.model.domain import Column, ColumnKind, Roster
from planner.model.text import message
from planner.model.values import normalize_text
from planner.model.week_clock import moments_in
from planner.rules.column_values import meant_by, new_answer, values_of
from planner.rules.people import in_names
from planner.ui.session.language import name_of, plain, shown, translated
from planner.ui.widgets.boundary import event

AT_ONCE = 24  # moments that are in view all together
ALWAYS = message("free")  # an answer in a column about busy moments, in words that a rule knows
_ONE_OF_FEW = (ColumnKind.CATEGORY, ColumnKind.SECTION, ColumnKind.SCALE)
_CHOSEN = (
    *_ONE_OF_FEW,
    ColumnKind.PARTICIPATION,
    ColumnKind.TOPIC_CHOICE,
    ColumnKind.EARLIER_GROUP,
    ColumnKind.SLOTS,
    ColumnKind.BUSY,
)


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
        return _line(column, roster, label, before, key)
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


def _line(column: Column, roster: Roster | None, label: str, before: str, key: str) -> str:
    """Let a line be typed; of a wish it is told by name whom it means."""
    typed = st.text_input(label, before, key=key)
    if roster is not None and column.kind is ColumnKind.PEER:
        meant = in_names(typed, roster)
        if meant != typed:
            st.caption(plain(meant))
    return typed


def ask_if_new(column: Column, others: Roster, answer: str, key: str) -> None:
    """Ask at once about an answer that nobody else has: whether it is one of theirs in other words.

    Parameters
    ----------
    column : Column
    others : Roster
        Everybody else.
    answer : str
        In the field.
    key : str
        Of the field.
    """
    found = new_answer(answer, column.heading, others) if column.kind in _ONE_OF_FEW else None
    if found is None:
        return
    st.markdown(f":material/help: {shown(found)}")
    meant = meant_by(answer, column.heading, others)
    if meant is None:
        st.caption(shown(message("Is it right? Then it stays.")))
        return
    st.button(
        shown(message("Do you mean “{answer}”?", answer=meant)),
        key=f"{key}_meant",
        icon=":material/check:",
        help=shown(message("Press to choose it. If “{answer}” is right, it stays.", answer=answer.strip())),
        on_click=_choose,
        args=(key, meant),
    )


@event
def _choose(key: str, answer: str) -> None:
    st.session_state[key] = answer


def _moments(column: Column, moments: tuple[str, ...], key: str, before: str) -> str:
    """Let moments be ticked, in the order of the week; another time can be typed, where it says when free."""
    busy, said = column.kind is ColumnKind.BUSY, moments_in(before)
    known = {normalize_text(one) for one in (*moments, *FREE, *NO)}
    offered = (*moments, *(one for one in said if normalize_text(one) not in known))
    wanted = {normalize_text(one) for one in said}
    ticked = [one for one in offered if normalize_text(one) in wanted]
    always = [translated(ALWAYS)] if busy else []
    chosen = _ticked(_asked(column), [*offered, *always], ticked or (always if said else []), always, key)
    named = [one for one in offered if one in chosen]
    other = "" if busy else st.text_input(shown(message("Other times, if any")), key=f"{key}_other")
    return "; ".join([*named, *([other.strip()] if other.strip() else [])]) or "; ".join(chosen)


def _ticked(label: str, options: list[str], ticked: list[str], always: list[str], key: str) -> list[str]:
    """Let some be ticked: all in view, unless they are too many for that."""
    none = shown(message("None of these: always free"))
    words = {one: plain(one) for one in options} | dict.fromkeys(always, none)
    if len(options) <= AT_ONCE:
        return st.pills(
            label, options, selection_mode="multi", default=ticked, format_func=words.__getitem__, key=key
        )
    return st.multiselect(
        label,
        options,
        ticked,
        format_func=words.__getitem__,
        placeholder=translated(message("Choose")),
        select_all=False,
        key=key,
    )


def _asked(column: Column) -> str:
    """Return the heading with what is to be ticked: when somebody can, or when they cannot."""
    name = name_of(column.heading).rstrip(" ?:.")
    if column.kind is ColumnKind.BUSY:
        return shown(message("{column}: times when this student is not free", column=name))
    return shown(message("{column}: times when this student is free", column=name))
