"""When the members of each group are free: a grid of groups and moments, and a table."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from planner.model.text import message, plural_message
from planner.model.wording import shortened
from planner.plans.course import Course
from planner.rules.overlap import Overlap
from planner.ui.session.language import plain, shown, translated
from planner.ui.shell.parts import MOMENTS, part
from planner.ui.widgets.folds import fold

MOST_GROUPS = 40  # rows that can be read
MOST_MOMENTS = 60  # columns that can be read
MOST_NAMED = 4
LIGHT, DARK = "#E8F0FA", "#0B4F8A"
ON_LIGHT, ON_DARK = "#0C161B", "#FFFFFF"
ALL = "✓"


@part(MOMENTS)
def section(course: Course) -> None:
    """Show every rule about shared moments, once it is asked for."""
    rules = [rule for rule in course.rules.active() if isinstance(rule, Overlap)]
    if not rules:
        return
    more = fold(message("When groups are free together"), "more_moments", ":material/calendar_view_week:")
    if more.open:
        with more:
            for rule in rules:
                _show(course, rule)


def free(course: Course, rule: Overlap) -> pd.DataFrame:
    """Return how many members of each group are free at each moment, of those who said when they are.

    Returns
    -------
    DataFrame
        Columns ``group``, ``moment``, ``free``, ``members``; a group in which nobody answered has no row.
    """
    times = rule.times(course.roster)
    groups = {
        group.name: [one for one in group.members if times.mask(course.roster.by_id[one]) is not None]
        for group in course.plan.groups
    }
    placed = [student for members in groups.values() for student in members]
    place = {student: at for at, student in enumerate(placed)}
    blocks = times.blocks([course.roster.by_id[student] for student in placed])
    rows = [
        (name, moment, int(column[[place[student] for student in members]].sum()), len(members))
        for name, members in groups.items()
        if members
        for moment, column in blocks
    ]
    return pd.DataFrame(rows, columns=["group", "moment", "free", "members"])


def tightest(frame: pd.DataFrame, most: int) -> list[str]:
    """Return the groups with the fewest moments at which everyone is free, in the order of the plan."""
    shared = (frame["free"] == frame["members"]).groupby(frame["group"], sort=False).sum()
    chosen = set(shared.sort_values(kind="stable").index[:most])
    return [name for name in shared.index if name in chosen]


def narrowed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return what fits in a picture: of too many moments those at which a whole group is free, if any."""
    if frame["moment"].nunique() <= MOST_MOMENTS:
        return frame
    shared = frame.loc[frame["free"] == frame["members"], "moment"]
    return frame if shared.empty else frame[frame["moment"].isin(set(shared))]


def _show(course: Course, rule: Overlap) -> None:
    frame = free(course, rule)
    if frame.empty:
        return
    groups = tightest(frame, MOST_GROUPS)
    st.markdown(f"**{plain(translated(rule.label()))}**")
    st.caption(
        shown(message("Look for dark cells with {sign}: there everyone in the group is free.", sign=ALL))
    )
    _silent(course, rule)
    of_groups = frame[frame["group"].isin(groups)]
    drawn = narrowed(of_groups)
    if len(drawn) < len(of_groups):
        st.caption(
            shown(message("Only times at which a whole group is free are shown; the table has them all."))
        )
    st.altair_chart(
        _grid(drawn),
        alt=translated(message("For every group and time, how many members are free; see the table below.")),
    )
    if len(groups) < frame["group"].nunique():
        st.caption(
            shown(
                plural_message(
                    "Shown is the group with the fewest shared times.",
                    "Shown are the {n} groups with the fewest shared times.",
                    MOST_GROUPS,
                )
            )
        )
    cells = frame["free"].astype(str) + "/" + frame["members"].astype(str)
    cells = cells.where(frame["free"] != frame["members"], ALL + " " + cells)
    table = frame.assign(cell=cells).pivot_table(
        index="group", columns="moment", values="cell", aggfunc="first", sort=False
    )
    table = table.reset_index().rename(columns={"group": translated(message("Group"))})
    st.dataframe(
        table,
        hide_index=True,
        height=min(420, 38 + 35 * len(table)),
        alt=translated(message("How many members of every group are free at each time")),
    )


def _silent(course: Course, rule: Overlap) -> None:
    """Name who said nothing, since the picture says nothing of them."""
    times, roster = rule.times(course.roster), course.roster
    silent = [one for one in course.plan.group_of if times.mask(roster.by_id[one]) is None]
    if silent:
        text = message(
            "Not shown here, because they gave no answer: {names}. The rule counts a student "
            "without an answer as free at any time.",
            names=shortened(roster.names(silent), most=MOST_NAMED),
        )
        st.caption(shown(text))


def _grid(frame: pd.DataFrame) -> alt.LayerChart:
    part = frame["free"] / frame["members"]
    many = frame["moment"].nunique() > MOST_MOMENTS
    frame = frame.assign(
        part=part,
        text="" if many else frame["free"].astype(str).where(part < 1, ALL),
        ink=[ON_DARK if one > 0.6 else ON_LIGHT for one in part],
    )
    x = alt.X(
        "moment:N",
        sort=list(dict.fromkeys(frame["moment"])),  # in layers "as in the data" would be by alphabet
        title=None,
        axis=alt.Axis(orient="top", labelAngle=-60, labelLimit=160, labelOverlap=many),
    )
    y = alt.Y("group:N", sort=None, title=None, axis=alt.Axis(labelOverlap=False))
    cells = (
        alt.Chart(frame)
        .mark_rect(stroke="white", strokeWidth=0 if many else 2)
        .encode(
            x=x,
            y=y,
            color=alt.Color("part:Q", scale=alt.Scale(domain=[0, 1], range=[LIGHT, DARK]), legend=None),
            tooltip=[
                alt.Tooltip("group:N", title=translated(message("Group"))),
                alt.Tooltip("moment:N", title=translated(message("Time"))),
                alt.Tooltip("free:Q", title=translated(message("Free"))),
                alt.Tooltip("members:Q", title=translated(message("Students"))),
            ],
        )
    )
    texts = (
        alt.Chart(frame)
        .mark_text(fontSize=13, fontWeight="bold")
        .encode(x=x, y=y, text="text:N", color=alt.Color("ink:N", scale=None))
    )
    both = (cells + texts).resolve_scale(color="independent")
    drawn: alt.LayerChart = both.properties(height=110 + 30 * frame["group"].nunique())
    return drawn
