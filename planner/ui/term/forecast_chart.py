"""Students who have to move, for every choice, with what chance leaves open."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from planner.forecast.summary import OptionSummary, best_options
from planner.model.text import Message, message
from planner.reporting.forecast import name, shown_number
from planner.ui.session.language import translated
from planner.ui.widgets.axes import number_axis

CALMEST, OTHER = "#2f5d8a", "#6b6b6b"  # the word beside it says it as well
HIGH = 44  # pixels of a row


def show(found: Sequence[OptionSummary]) -> None:
    """Draw a dot and its interval for every choice."""
    best = best_options(found)
    rows = [
        {
            "choice": translated(name(figure.row.option, planned=True)),
            "value": figure.moved.value,
            "low": figure.moved.low,
            "high": figure.moved.high,
            "text": translated(_label(figure, best)),
            "colour": CALMEST if figure in best else OTHER,
        }
        for figure in found
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        y=alt.Y("choice:N", sort=None, axis=alt.Axis(title=None, labelLimit=180)),
        color=alt.Color("colour:N", scale=None),
    )
    most = max(figure.moved.high for figure in found)
    scale = alt.Scale(domain=[0, max(1.0, 1.1 * most)], nice=False)
    x = alt.X(
        "value:Q", scale=scale, axis=number_axis(6), title=translated(message("Students who have to move"))
    )
    limits = base.mark_rule(strokeWidth=4, opacity=0.45).encode(x=alt.X("low:Q", scale=scale), x2="high:Q")
    dots = base.mark_point(size=110, filled=True, opacity=1).encode(x=x)
    labels = base.mark_text(dy=-14, fontSize=12).encode(x=x, text="text:N")
    chart = alt.layer(limits, dots, labels).properties(height=HIGH * len(rows) + 40)
    st.altair_chart(chart, alt=translated(_in_words(found)))


def _label(figure: OptionSummary, best: Sequence[OptionSummary]) -> Message:
    moved = shown_number(figure.moved)
    if best and figure is best[0]:
        return message("{moved}: calmest", moved=moved)
    if figure in best:
        return message("{moved}: perhaps as calm", moved=moved)
    return moved


def _in_words(found: Sequence[OptionSummary]) -> Message:
    options = tuple(_option(figure) for figure in found)
    return message("Students who have to move in a term, with 95% confidence. {options}", options=options)


def _option(figure: OptionSummary) -> Message:
    called = name(figure.row.option, planned=True)
    return message("{option}: {moved}", option=called, moved=shown_number(figure.moved))
