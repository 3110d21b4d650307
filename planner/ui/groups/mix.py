"""How answers are spread over the groups: a bar for each group under that of the class, and a table."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.domain import Roster
from planner.model.text import message
from planner.plans.course import Course
from planner.rules.column_values import has, values_of
from planner.rules.goals import Linked, with_goals
from planner.rules.mix import Mix
from planner.ui.session.language import name_of, plain, shown, translated
from planner.ui.shell.parts import MIX, part
from planner.ui.widgets.folds import fold

MOST_GROUPS = 40  # bars that can be read
MOST_VALUES = 6  # answers with a colour of their own


@part(MIX)
def section(course: Course) -> None:
    """Show every column that is to be mixed, once it is asked for."""
    asked = _columns(course)
    if not asked:
        return
    more = fold(message("How answers are spread over the groups"), "more_mix", ":material/stacked_bar_chart:")
    if more.open:
        with more:
            for column, roster in asked:
                _show(course, column, roster)


def _columns(course: Course) -> list[tuple[str, Roster]]:
    """Return the columns that a rule mixes, each with the class list that it reads."""
    found: dict[str, Roster] = {}
    for rule in course.rules.active():
        seen = course.roster
        if isinstance(rule, Linked):
            seen, rule = with_goals(course.roster, rule.goals, rule.language), rule.rule
        if isinstance(rule, Mix):
            found.setdefault(rule.column, seen)
    return list(found.items())


def spread(course: Course, column: str, roster: Roster) -> pd.DataFrame:
    """Return how many students of each group, and of the class, gave each answer.

    Returns
    -------
    DataFrame
        A row for each group, the whole class first under an empty name; a column for
        each answer, the most frequent first, the last one "" for no answer if there is any.
    """
    values = values_of(roster, column)
    of = {s.id: next((v for v in values if has(s.answer(column), v)), "") for s in roster.students}
    columns = [*values, ""] if "" in of.values() else values
    rows = {"": list(of)} | {group.name: list(group.members) for group in course.plan.groups if group.members}
    counts = [[sum(of[s] == value for s in members) for value in columns] for members in rows.values()]
    return pd.DataFrame(counts, index=list(rows), columns=columns)


def furthest(counts: pd.DataFrame, most: int) -> list[str]:
    """Return the groups whose answers are furthest from those of the class, in the order of the plan."""
    shares = counts.div(counts.sum(axis=1), axis=0)
    apart = (shares.iloc[1:] - shares.iloc[0]).abs().sum(axis=1)
    chosen = set(apart.sort_values(ascending=False, kind="stable").index[:most])
    return [name for name in counts.index[1:] if name in chosen]


def _show(course: Course, column: str, roster: Roster) -> None:
    counts = spread(course, column, roster)
    named = counts.rename(
        index={"": translated(message("The whole class"))}, columns={"": translated(message("no answer"))}
    )
    groups = furthest(counts, MOST_GROUPS)
    st.markdown(f"**{plain(name_of(column))}**")
    st.caption(shown(message("Look for bars that differ from the first one, that of the whole class.")))
    left, right = st.columns([3, 2])
    with left:
        st.altair_chart(
            _bars(named.loc[[named.index[0], *groups]]),
            alt=translated(
                message(
                    "{column}: for every group, what share gave each answer; the whole class comes first.",
                    column=column,
                )
            ),
        )
        if len(groups) < len(counts) - 1:
            st.caption(
                shown(
                    message("Shown are the {most} groups that differ most from the class.", most=MOST_GROUPS)
                )
            )
    with right:
        table = named.reset_index(names=translated(message("Group")))
        st.dataframe(
            table,
            hide_index=True,
            height=min(480, 38 + 35 * len(table)),
            alt=translated(message("How many gave each answer to {column}, for every group", column=column)),
        )


def _few(frame: pd.DataFrame) -> pd.DataFrame:
    """Join the answers beyond the most frequent ones."""
    if len(frame.columns) <= MOST_VALUES + 1:
        return frame
    others = frame.iloc[:, MOST_VALUES:].sum(axis=1)
    return frame.iloc[:, :MOST_VALUES].assign(**{translated(message("other answers")): others})


def _bars(frame: pd.DataFrame) -> alt.Chart:
    frame = _few(frame)
    order = list(frame.columns)
    long = frame.rename_axis("group").reset_index().melt("group", var_name="answer", value_name="count")
    long["order"] = long["answer"].map({value: place for place, value in enumerate(order)})
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=260)
    chart: alt.Chart = (
        alt.Chart(long)
        .mark_bar(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                "count:Q",
                stack="normalize",
                title=translated(message("Share of the group")),
                axis=alt.Axis(format=".0%", tickCount=5),
            ),
            y=alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False)),
            color=alt.Color("answer:N", sort=order, title=None, legend=legend),
            order="order:Q",
            tooltip=[
                alt.Tooltip("group:N", title=translated(message("Group"))),
                alt.Tooltip("answer:N", title=translated(message("Answer"))),
                alt.Tooltip("count:Q", title=translated(message("Students"))),
            ],
        )
        .properties(height=170 + 26 * len(frame))
    )
    return chart
