"""The outcome: a run under way, why there is no plan, or the plan and how it stands."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.infeasibility.conflict import Explanation
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting import describe as words
from planner.rules import Rules
from planner.ui.groups import actions, analysis, cost_chart, edit, groups, plan_before, summary
from planner.ui.groups import (
    groups_aside as aside_section,
)
from planner.ui.groups.groups_aside import WAITED
from planner.ui.rules import conflict as why
from planner.ui.session import work
from planner.ui.session.language import shown
from planner.ui.session.state import Session, session
from planner.ui.widgets import boundary, lost, problem_list, scripts
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold
from planner.ui.widgets.tabs import tabs, turn_to

LIVE = 1.0  # seconds between two pictures of a run under way
MOST_LINES = 12  # of what the closest attempt still breaks
TABS = "groups_tabs"


def section(now: Session, rules: Rules | None) -> None:
    """Show the run, the failure or the plan, whichever there is."""
    if now.making.run is None and now.making.failure is None:
        why.offer(now, rules)
    if now.making.run is None and now.making.failure is None and now.course is None:
        return
    if now.making.run is not None:
        st.session_state[WAITED] = True
        st.fragment(_live, run_every=work.pace(LIVE))()
        return
    _arrive()
    if now.making.failure is not None:
        place = failed(
            now.making.failure,
            message("Make a rule less strict, or allow other group sizes, and try again."),
            known=why.known(now, rules),
        )
        if isinstance(now.making.failure, NoPlan):
            with place:
                why.after(now, now.making.failure, rules)
    if now.course is not None:
        if now.making.failure is not None:
            st.caption(shown(message("Below are the groups that were made before.")))
        plan_before.told(now)
        aside_section.show(now)
        _plan(now.course)


def _arrive() -> None:
    """Bring what came of a run into view, and the keyboard with it, where somebody waited for it."""
    if st.session_state.pop(WAITED, False):
        turn_to(TABS, 0)
        scripts.run(scripts.ARRIVED, "result")


@guarded
def _live() -> None:
    run = session().making.run
    if run is None:
        return
    run.look()
    stays = message("Your groups stay as they are until you have seen how many students would move.")
    yours = message("You can stop at any time; the best plan so far is yours.")
    st.caption(shown(yours if session().course is None else stays))
    more = fold(message("Details"), "more_live", ":material/functions:")
    if more.open:
        with more:
            cost_chart.show(run.history)


def failed(
    failure: Exception,
    hint: Message,
    asked: Message | None = None,
    known: Explanation | InfeasibleReplan | None = None,
) -> DeltaGenerator:
    """Say why there is no plan, and what can be done; return a place for more about it.

    Parameters
    ----------
    failure : Exception
    hint : Message
    asked : Message, optional
        What was asked of groups and students.
    known : Explanation or InfeasibleReplan, optional
        What is in the way, where that is known by now.
    """
    place = st.container()
    if isinstance(failure, NoPlan):
        with place:
            st.error(
                shown(hint),
                title=shown(words.no_plan(failure, asked, known)),
                icon=":material/block:",
            )
        problem_list.errors(failure.problems)
        lines = words.closest(failure)
        if lines:
            st.markdown(shown(message("In the closest attempt, these were not met yet:")))
            st.markdown("\n".join(f"- {shown(line)}" for line in lines[:MOST_LINES]))
            problem_list.more(len(lines) - MOST_LINES)
    elif isinstance(failure, InputError):
        problem_list.errors(failure.problems)
    elif isinstance(failure, JobLost):
        with place:
            lost.show(failure)
    else:
        boundary.trouble()
    return place


def _plan(course: Course) -> None:
    with st.container(gap="xsmall"):
        summary.section()
        in_groups, in_analysis = tabs((message("Groups"), message("Analysis")), TABS)
    with in_groups, st.container(gap="xsmall"):
        actions.bar()
        edit.section(course)
        groups.section()
    if in_analysis.open:
        with in_analysis:
            analysis.section()
