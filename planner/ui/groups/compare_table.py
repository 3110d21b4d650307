"""One plan beside another, in tables: every rule, who is elsewhere, and who stays together."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.replanning.compare import ComparedGroup, Comparison, OtherPlace
from planner.reporting import standing
from planner.rules import IMPORTANCES
from planner.ui.session.language import bold, plain, shown
from planner.ui.widgets import problem_list, tables
from planner.ui.widgets import rule_marks as marks

MOST = 40  # students who are listed by name
SIGNS = (":green[:material/arrow_upward:]", ":orange[:material/arrow_downward:]")


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
    figures = st.grid(2, min_column_width=150)
    figures.metric(shown(message("In another group")), str(len(found.elsewhere)), border=True)
    figures.metric(
        shown(message("Pairs kept")),
        shown(message("{kept} of {pairs}", kept=found.kept, pairs=found.pairs)),
        border=True,
        help=shown(
            message("How many of the pairs who share a group in the other plan also share one in this plan.")
        ),
    )
    _differences(found, (here, there))
    both = st.grid(2, min_column_width=300)  # below each other on a phone
    for place, name in enumerate((here, there)):
        with both.container(border=True, height="stretch"):
            st.markdown(bold(name))
            tables.table([_rule(course, found, one, place) for one in found.rules], border="horizontal")
    _elsewhere(course, found, here, there)


def _differences(found: Comparison, names: tuple[Message, Message]) -> None:
    """List the rules that one of the plans is closer to."""
    lines = [
        f"- {SIGNS[one.closer]} {shown(_difference(one, names[one.closer]))}"
        for one in found.rules
        if one.closer >= 0
    ]
    if lines:
        st.markdown("\n".join(lines))
    same = len(found.rules) - len(lines)
    if same:
        st.caption(
            shown(
                plural_message(
                    "One rule is met equally well in both.", "{n} rules are met equally well in both.", same
                )
            )
        )


def _difference(one: ComparedGroup, plan: Message) -> Message:
    return message("{rule}: {amount} better in “{plan}”", rule=one.rule, amount=one.gap, plan=plan)


def _rule(course: Course, found: Comparison, one: ComparedGroup, place: int) -> dict[str, str]:
    """How far off a rule is in one of the plans; of the other plan as a whole nothing is known."""
    outcome = None if place else course.plan.outcome
    sign = marks.SIGNS[standing.of_rule(outcome, one.reports[place], found.sizes[place])]
    return {
        shown(message("Rule")): f"{shown(one.rule)} ({shown(IMPORTANCES[one.importance])})",
        shown(message("How well it is met")): sign + shown(one.distance[place]),
    }


def _elsewhere(course: Course, found: Comparison, here: Message, there: Message) -> None:
    if found.same:
        st.caption(shown(message("Everyone is in the same group in both.")))
        return
    names = course.roster.shown_names
    if found.elsewhere:
        label = plural_message(
            "One student is in another group", "{n} students are in another group", len(found.elsewhere)
        )
        st.markdown(f"**{shown(label)}**")
        tables.table([_way(one, names[one.student], here, there) for one in found.elsewhere[:MOST]])
        problem_list.more(len(found.elsewhere) - MOST)
    if found.only_here:
        some = [names[one] for one in found.only_here[:MOST]]
        st.caption(shown(message("Only in {plan}: {names}.", plan=here, names=some)))
        problem_list.more(len(found.only_here) - MOST)
    if found.only_there:
        st.caption(shown(message("Only in {plan}: {names}.", plan=there, names=found.only_there[:MOST])))
        problem_list.more(len(found.only_there) - MOST)


def _way(one: OtherPlace, name: str, here: Message, there: Message) -> dict[str, str]:
    return {
        shown(message("Name")): plain(name),
        shown(there): plain(one.there),
        shown(here): plain(one.here),
    }
