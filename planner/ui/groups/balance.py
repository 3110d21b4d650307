"""How alike the groups are on a number: a chart, with the same figures in a table beside it."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.reports import RuleReport
from planner.model.text import message
from planner.plans.course import Course
from planner.ui.session.language import name_of, plain, shown, translated
from planner.ui.shell.parts import BALANCE, part
from planner.ui.widgets.axes import number_axis
from planner.ui.widgets.folds import fold

LINE = "#7A868E"  # to be seen on white and on black
MOST_NAMED = 40  # groups that have a line of their own in the chart


@part(BALANCE)
def section(course: Course) -> None:
    """Show every number on which the groups are balanced, once it is asked for."""
    reports = [report for report in course.plan.outcome.rules if report.kind == "balance" and report.findings]
    if not reports:
        return
    more = fold(message("How alike the groups are"), "more_balance", ":material/balance:")
    if more.open:
        with more:
            for report in reports:
                _show(report)


def means(report: RuleReport) -> pd.DataFrame:
    """Return each group's mean and how far it is from the class mean, as the audit found them."""
    rows = [
        (
            finding.group or "",
            _value(finding.message.values["group_mean"]),
            _value(finding.message.values["class_mean"]),
        )
        for finding in report.findings
    ]
    frame = pd.DataFrame(rows, columns=["group", "mean", "class"])
    return frame.assign(difference=frame["mean"] - frame["class"])


def _value(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _show(report: RuleReport) -> None:
    frame = means(report)
    column = str(report.findings[0].message.values["column"])
    group, mean, difference = (
        translated(message("Group")),
        translated(message("Group average")),
        translated(message("Difference from the class")),
    )
    named = frame.rename(columns={"group": group, "mean": mean, "difference": difference})
    st.markdown(f"**{plain(name_of(column))}**")
    left, right = st.columns([3, 2])
    with left:
        furthest = float(frame["difference"].abs().max())
        st.altair_chart(
            _dots(named, group, mean, float(frame["class"].iloc[0]))
            if len(frame) <= MOST_NAMED
            else _bars(named, mean),
            alt=translated(
                message(
                    "{column}: no group average is more than {furthest} from the class average.",
                    column=column,
                    furthest=furthest,
                )
            ),
        )
    with right:
        decimals = st.column_config.NumberColumn(format="localized")
        st.dataframe(
            named[[group, mean, difference]].round(2),
            hide_index=True,
            height=min(400, 38 + 35 * len(frame)),
            column_config={mean: decimals, difference: decimals},
            alt=translated(message("Group average of {column} for every group", column=column)),
        )
    st.caption(
        shown(message("The dashed line is the class average: {mean}.", mean=float(frame["class"].iloc[0])))
    )


def _dots(frame: pd.DataFrame, group: str, mean: str, of_class: float) -> alt.LayerChart:
    dots = (
        alt.Chart(frame)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(
            x=alt.X(f"{mean}:Q", title=mean, scale=alt.Scale(zero=False, padding=12), axis=number_axis(5)),
            y=alt.Y(f"{group}:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False)),
        )
    )
    line = (
        alt.Chart(pd.DataFrame({"x": [of_class]}))
        .mark_rule(strokeDash=[5, 4], size=2, color=LINE)
        .encode(x=alt.X("x:Q", title=mean))
    )
    both: alt.LayerChart = (line + dots).properties(height=max(160, 60 + 28 * len(frame)))
    return both


def _bars(frame: pd.DataFrame, mean: str) -> alt.Chart:
    """Count groups by their mean, where there are too many to name."""
    bars: alt.Chart = (
        alt.Chart(frame)
        .mark_bar()
        .encode(
            x=alt.X(f"{mean}:Q", bin=alt.Bin(maxbins=25), axis=number_axis(5)),
            y=alt.Y("count()", title=translated(message("Number of groups"))),
        )
        .properties(height=260)
    )
    return bars
