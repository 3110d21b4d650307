"""Fields of a rule, made from its model: a column, an answer, students, a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

import streamlit as st
from pydantic.fields import FieldInfo

from planner.model.base import MOST_COLUMNS
from planner.model.domain import Roster
from planner.model.text import message
from planner.rules import KINDS
from planner.rules.column_values import as_answered, values_of
from planner.rules.never_alone import NeverAlone, part_of_group
from planner.ui.session.language import name_of, shown, translated
from planner.ui.session.rule_card import RuleCard, fitting
from planner.ui.widgets.words import field_label

NOT_SHOWN = ("kind", "importance")  # the card itself shows these


def seeded(key: str, value: object) -> str:
    """Return a widget key that starts from a value; what someone chose since then stays."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key


def show(card: RuleCard, roster: Roster) -> None:
    """Show every field of a card and take over what was filled in."""
    for name, info in KINDS[card.kind].model_fields.items():
        if name not in NOT_SHOWN:
            card.fields[name] = _INPUTS.get(name, _number)(card, name, info, roster)


def _label(card: RuleCard, name: str) -> str:
    return shown(field_label(card.kind, name))


def _key(card: RuleCard, name: str) -> str:
    # An answer belongs to a column: another column, another widget.
    of = card.fields.get("column", "") if name in ("value", "values") else ""
    return f"rule_{card.id}_{name}{of and '_' + of}"


def _with(options: Iterable[str], *chosen: str) -> list[str]:
    """Return the options, and what was chosen though it is none of them: that is said elsewhere."""
    return list(dict.fromkeys([*options, *(one for one in chosen if one)]))


def _column(card: RuleCard, name: str, _info: FieldInfo, roster: Roster) -> str:
    options = _with(fitting(card.kind, roster), card.fields[name])
    key = seeded(_key(card, name), card.fields[name] or None)
    chosen = st.selectbox(_label(card, name), options, index=None, format_func=name_of, key=key)
    return chosen or ""


def _columns(card: RuleCard, name: str, _info: FieldInfo, roster: Roster) -> tuple[str, ...]:
    options = _with(fitting(card.kind, roster), *card.fields[name])
    key = seeded(_key(card, name), list(card.fields[name]))
    return tuple(st.multiselect(_label(card, name), options, format_func=name_of, key=key))


def _value(card: RuleCard, name: str, _info: FieldInfo, roster: Roster) -> str:
    known = values_of(roster, card.fields["column"])
    wanted = as_answered(card.fields[name], card.fields["column"], roster)
    before = wanted if wanted in known else ""
    options = _with(known, before)
    key = seeded(_key(card, name), before or (options[0] if options else None))
    return st.selectbox(_label(card, name), options, index=None, key=key) or ""


def _values(card: RuleCard, name: str, _info: FieldInfo, roster: Roster) -> tuple[str, ...] | None:
    known = values_of(roster, card.fields["column"])
    wanted = [as_answered(value, card.fields["column"], roster) for value in card.fields[name] or ()]
    before = [value for value in wanted if value in known]
    key = seeded(_key(card, name), before)
    chosen = st.multiselect(
        _label(card, name),
        known,
        placeholder=translated(message("Every answer")),
        key=key,
    )
    return tuple(chosen) or None


def _students(card: RuleCard, name: str, _info: FieldInfo, roster: Roster) -> tuple[str, ...]:
    options = _with(roster.by_id, *card.fields[name])
    key = seeded(_key(card, name), list(card.fields[name]))
    chosen = st.multiselect(
        _label(card, name),
        options,
        format_func=lambda student: roster.shown_names.get(student, student),
        placeholder=translated(message("Type a name")),
        select_all=False,
        key=key,
    )
    return tuple(chosen)


def _number(card: RuleCard, name: str, info: FieldInfo, _roster: Roster) -> float | None:
    whole = info.annotation is int or int in get_args(info.annotation)
    least = next((limit.ge for limit in info.metadata if hasattr(limit, "ge")), 0)
    most = next((limit.le for limit in info.metadata if hasattr(limit, "le")), None)
    optional = type(None) in get_args(info.annotation)
    limits: dict[str, Any] = {
        "min_value": least if whole else 0.0,
        "max_value": most if whole or most is None else float(most),
    }
    value: float | None = st.number_input(
        _label(card, name),
        **limits,
        value=None if optional else "min",
        step=1 if whole else 0.1,
        placeholder=translated(message("No limit")) if optional else None,
        key=seeded(_key(card, name), card.fields[name]),
    )
    return value


def _hours(card: RuleCard, name: str, _info: FieldInfo, _roster: Roster) -> float | None:
    hours: float | None = st.number_input(
        _label(card, name),
        min_value=0.0,
        max_value=24.0,
        value=None,
        step=0.5,
        placeholder=translated(message("Not asked for")),
        key=seeded(_key(card, name), card.fields[name]),
    )
    return hours or None


def _half_after(card: RuleCard, name: str, _info: FieldInfo, _roster: Roster) -> int | None:
    terms: int | None = st.number_input(
        _label(card, name),
        min_value=1,
        max_value=MOST_COLUMNS,
        value=None,
        step=1,
        placeholder=translated(message("Every term counts the same")),
        key=seeded(_key(card, name), card.fields[name]),
    )
    return terms


def _flag(card: RuleCard, name: str, _info: FieldInfo, _roster: Roster) -> bool:
    return st.checkbox(_label(card, name), key=seeded(_key(card, name), card.fields[name]))


def _share(card: RuleCard, name: str, _info: FieldInfo, _roster: Roster) -> float | None:
    shares = list(dict.fromkeys([None, 1 / 2, 2 / 3, 3 / 4, card.fields[name]]))
    key = seeded(_key(card, name), card.fields[name])
    chosen: float | None = st.selectbox(_label(card, name), shares, format_func=_share_words, key=key)
    return chosen


def _share_words(share: float | None) -> str:
    if share is None:
        return translated(message("two in a group"))
    return translated(part_of_group(NeverAlone(column="-", at_least_share=share).share))


_INPUTS: dict[str, Callable[[RuleCard, str, FieldInfo, Roster], Any]] = {
    "column": _column,
    "columns": _columns,
    "value": _value,
    "values": _values,
    "students": _students,
    "together": _hours,
    "at_least_share": _share,
    "half_after": _half_after,
    "keep_one": _flag,
}
