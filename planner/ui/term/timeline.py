"""The term as a picture: a bar for each block, a line for each refresh, and one student's way through it."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.reporting.story import StoryStage, StoryStep
from planner.ui.session.language import shown, translated

BLOCK, STAYS, MOVES = "#2f5d8a", "#4d7c4f", "#b35c1e"  # told apart in shades of grey as well
REFRESH = "#7f7f7f"  # seen on a light and on a dark page
HIGH, BAR = 58, 36  # pixels of a row, and of a bar in it: a line is seen above and below the bars
AXIS = 76  # pixels for the weeks, which are part of the height
MOST_NAMED = 3  # blocks whose bars have room for how many move


def show(stages: Sequence[StoryStage], steps: Sequence[StoryStep], name: str) -> None:
    """Draw the blocks of a term, and below it the groups of one student where one was chosen."""
    rows = [
        _row(stage, translated(message("Groups")), translated(_block(stage, len(stages))), BLOCK)
        for stage in stages
    ]
    rows += [_row(step.stage, name, step.group, MOVES if step.moved else STAYS) for step in steps]
    frame = pd.DataFrame(rows)
    weeks = stages[-1].last
    scale = alt.Scale(domain=[0.5, weeks + 0.5], nice=False)
    axis = alt.Axis(values=list(range(1, weeks + 1)), format="d", grid=False, labelOverlap=True)
    order = list(dict.fromkeys(frame["row"]))
    y = alt.Y("row:N", sort=order, axis=alt.Axis(title=None, labelLimit=160))
    bars = (
        alt.Chart(frame)
        .mark_bar(cornerRadius=4, height=BAR)
        .encode(
            x=alt.X("start:Q", scale=scale, axis=axis, title=translated(message("Week"))),
            x2="end:Q",
            y=y,
            color=alt.Color("colour:N", scale=None),
        )
    )
    labels = (
        alt.Chart(frame)
        .mark_text(color="white", fontSize=13, limit=alt.ExprRef(f"width / {len(stages)} - 8"))
        .encode(x="middle:Q", y=y, text="text:N")
    )
    layers: list[alt.Chart] = [bars, labels]
    if len(stages) > 1:
        layers.append(_refreshes(stages[1:]))
    chart = alt.layer(*layers).properties(height=HIGH * len(order) + AXIS)
    st.altair_chart(chart, alt=translated(_in_words(stages)))
    st.caption(shown(_legend(stages, steps)))


def _row(stage: StoryStage, row: str, text: str, colour: str) -> dict[str, object]:
    start, end = stage.first - 0.47, stage.last + 0.47
    return {
        "row": row,
        "start": start,
        "end": end,
        "middle": (start + end) / 2,
        "text": text,
        "colour": colour,
    }


def _block(stage: StoryStage, blocks: int) -> Message:
    weeks = (
        message("Week {week}", week=stage.first)
        if stage.first == stage.last
        else message("Weeks {first}–{last}", first=stage.first, last=stage.last)
    )
    if stage.change is None or blocks > MOST_NAMED:
        return weeks
    movers = plural_message("one student moves", "{n} students move", len(stage.change.moved))
    return message("{weeks}: {movers}", weeks=weeks, movers=movers)


def _refreshes(stages: Sequence[StoryStage]) -> alt.Chart:
    frame = pd.DataFrame([{"at": stage.first - 0.5} for stage in stages])
    lines: alt.Chart = (
        alt.Chart(frame).mark_rule(color=REFRESH, strokeDash=[4, 3], strokeWidth=2).encode(x="at:Q")
    )
    return lines


def _in_words(stages: Sequence[StoryStage]) -> Message:
    return plural_message(
        "The same groups in all weeks.",
        "{n} blocks of weeks; new groups from week {weeks}.",
        len(stages),
        weeks=tuple(str(stage.first) for stage in stages[1:]),
    )


def _legend(stages: Sequence[StoryStage], steps: Sequence[StoryStep]) -> Message:
    if steps and any(step.moved for step in steps):
        return message("Dashed line: here the groups change. Orange bar: another group than before.")
    if len(stages) > 1:
        return message("Dashed line: here the groups change.")
    return message("No refresh: the same groups in all weeks.")
