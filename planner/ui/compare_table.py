"""One plan beside another, in tables: every rule, who is elsewhere, and who stays together."""

from __future__ import annotations

import streamlit as st

from planner.compare import Beside, Comparison, Elsewhere
from planner.course import Course
from planner.rules import IMPORTANCES
from planner.text import Message, say, say_many
from planner.ui import problem_list
from planner.ui.language import plain, shown

MOST = 40  # students who are listed by name


def show(course: Course, found: Comparison, here: Message, there: Message) -> None:
    """Show what differs between a plan and another.

    Parameters
    ----------
    course : Course
        The first plan, for the names of its students.
    found : Comparison
    here, there : Message
        What the two are called.
    """
    figures = st.grid(3, min_column_width=150)
    figures.metric(shown(say("In another group")), str(len(found.elsewhere)), border=True)
    figures.metric(
        shown(say("Pairs kept")),
        shown(say("{kept} of {pairs}", kept=found.kept, pairs=found.pairs)),
        border=True,
        help=shown(say("Of the pairs who are in one group in the other plan, so many are in this one too.")),
    )
    figures.metric(
        shown(say("Cost")),
        str(found.cost[0]),
        f"{found.cost[0] - found.cost[1]:+d}",
        delta_color="inverse",
        border=True,
    )
    st.table([_rule(one, here, there) for one in found.rules], hide_index=True)
    _elsewhere(course, found, here, there)


def _rule(one: Beside, here: Message, there: Message) -> dict[str, str]:
    return {
        shown(say("Rule")): f"{shown(one.rule)} ({shown(IMPORTANCES[one.importance])})",
        shown(here): shown(one.distance[0]),
        shown(there): shown(one.distance[1]),
        shown(say("Difference")): f"{_sign(one)} {shown(one.difference)}",
    }


def _sign(one: Beside) -> str:
    """A sign for the difference, to be seen without its colour."""
    if one.units[0] == one.units[1]:
        return ":material/drag_handle:"
    return (
        ":green[:material/arrow_upward:]"
        if one.units[0] < one.units[1]
        else ":orange[:material/arrow_downward:]"
    )


def _elsewhere(course: Course, found: Comparison, here: Message, there: Message) -> None:
    if found.same:
        st.caption(shown(say("Everyone is in the same group in both.")))
        return
    names = course.roster.shown_names
    if found.elsewhere:
        label = say_many(
            "One student is in another group", "{n} students are in another group", len(found.elsewhere)
        )
        st.markdown(f"**{shown(label)}**")
        st.table(
            [_way(one, names[one.student], here, there) for one in found.elsewhere[:MOST]], hide_index=True
        )
        problem_list.more(len(found.elsewhere) - MOST)
    if found.only_here:
        some = [names[one] for one in found.only_here[:MOST]]
        st.caption(shown(say("Only in {plan}: {names}.", plan=here, names=some)))
        problem_list.more(len(found.only_here) - MOST)
    if found.only_there:
        st.caption(shown(say("Only in {plan}: {names}.", plan=there, names=found.only_there[:MOST])))
        problem_list.more(len(found.only_there) - MOST)


def _way(one: Elsewhere, name: str, here: Message, there: Message) -> dict[str, str]:
    return {
        shown(say("Name")): plain(name),
        shown(there): plain(one.there),
        shown(here): plain(one.here),
    }
