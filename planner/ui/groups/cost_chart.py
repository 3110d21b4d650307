"""The cost of the best plan so far, as it falls."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from planner.engines.common.watch import Progress
from planner.model.text import message
from planner.ui.session.language import shown, translated
from planner.ui.widgets.axes import number_axis

FEWEST = 2  # points that make a line


def show(history: Sequence[Progress]) -> None:
    """Draw the cost from the moment on that there is a plan in hand."""
    points = [at for at in history if at.violation == 0 and at.stage != "start"]
    if len(points) < FEWEST:
        st.caption(shown(message("Once every required rule is met, you see here how the penalty goes down.")))
        return
    seconds, cost = translated(message("Seconds")), translated(message("Penalty"))
    frame = pd.DataFrame({seconds: [at.seconds for at in points], cost: [at.cost for at in points]})
    chart = (
        alt.Chart(frame)
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X(f"{seconds}:Q", scale=alt.Scale(zero=False), axis=number_axis(6)),
            y=alt.Y(f"{cost}:Q", scale=alt.Scale(zero=False), axis=number_axis(4)),
        )
        .properties(height=180)
    )
    st.altair_chart(
        chart,
        alt=translated(
            message(
                "The penalty of the best plan so far went from {first} to {last}.",
                first=points[0].cost,
                last=points[-1].cost,
            )
        ),
    )
