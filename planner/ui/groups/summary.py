"""What the coordinator sees first: the plan in one sentence, and how the rules stand in the groups."""

from __future__ import annotations

import streamlit as st

from planner.model.reports import Outcome, Status
from planner.model.text import message
from planner.plans.course import Course
from planner.reporting import standing
from planner.reporting.sections import formed
from planner.reporting.sentence import sentence
from planner.ui.groups import broken, picture, pointed
from planner.ui.session.language import shown
from planner.ui.session.pending_state import waits
from planner.ui.session.state import session
from planner.ui.shell.parts import STANDING, part


def section() -> None:
    """Show the sentence, with the picture beside it."""
    left, right = st.columns([4, 7], gap="small")
    with left:
        _sentence()
    with right:
        picture.section()
        pointed.field()


def outdated() -> bool:
    """Whether a draft was made of other rules or another class list; in use, what changed is pending."""
    now = session()
    return now.in_use is None and now.outdated(now.rules_now())


def _face(course: Course) -> tuple[object, ...]:
    plan = course.plan
    short = [report for report in plan.outcome.rules if report.broken]
    then, pending = outdated(), waits()
    told = sentence(course.rules, course.roster, plan, outdated=then, waits=pending)
    sections = formed(course.rules, course.roster, plan.groups)
    return plan.outcome.status, told, sections, short, plan.later if short else (), then


@part(STANDING, _face)
def _sentence(course: Course) -> None:
    then, pending = outdated(), waits()
    told = shown(sentence(course.rules, course.roster, course.plan, outdated=then, waits=pending))
    if then:
        way = message("Replan to bring the groups up to date: only students who have to will move.")
        st.warning(f"{told} {shown(way)}", icon=":material/update:")
    elif course.plan.outcome.status is Status.BROKEN:
        st.error(told, icon=":material/back_hand:")
    else:
        sign = ":material/pending_actions: " if pending else _sign(course.plan.outcome)
        st.markdown(f"{sign}{told}")
    sections = formed(course.rules, course.roster, course.plan.groups)
    if sections is not None:
        st.caption(shown(sections))
    broken.show(course)


def _sign(outcome: Outcome) -> str:
    """A tick where all that was asked is met: above wishes that are not, it reads as success."""
    return ":material/check_circle: " if standing.of_plan(outcome) is standing.Standing.FINE else ""
