"""The choice to look for proof, where there is more to prove."""

from __future__ import annotations

import streamlit as st

from planner.edit import BY_HAND
from planner.model.reports import Importance
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting import standing
from planner.ui.session import places, saving
from planner.ui.session.language import shown, spoken
from planner.ui.session.plan_input import asked
from planner.ui.session.state import session
from planner.ui.widgets.boundary import event


def _more_to_prove(course: Course) -> bool:
    """Whether these are first groups of the rules on the page, and nobody has looked for proof of them."""
    now = session()
    rules = asked(now).rules
    if rules is None or now.making.failure is not None or now.outdated(rules):
        return False
    looked = now.making.looked is course or course.plan.effort in ("prove", BY_HAND)
    return course.plan.outcome.moves is None and not looked and _unproven(course)


def _unproven(course: Course) -> bool:
    """Whether there is anything that is not proven: of the plan, or of a rule by itself."""
    outcome = course.plan.outcome
    wishes = [report for report in outcome.rules if report.importance is not Importance.MUST]
    return not standing.is_best(outcome) or not all(map(standing.is_closest, wishes))


def _offer(course: Course) -> tuple[Message, Message]:
    """Return what may be looked for longer, and what is known and not."""
    if standing.is_best(course.plan.outcome):
        return (
            message("Take longer: how good could each rule be?"),
            message(
                "It is proven that no plan is better. It is not yet known how well each rule could "
                "be met by itself, and where rules get in each other's way."
            ),
        )
    return (
        message("Take longer and look for proof"),
        message(
            "Searches more thoroughly for better groups, and for where rules get in each other's way. Your "
            "groups stay as they are until you choose others."
        ),
    )


def section(course: Course) -> None:
    """Offer to look for proof, where there is more to prove."""
    if not _more_to_prove(course):
        return
    label, about = _offer(course)
    st.button(
        shown(label),
        key="look_for_proof",
        icon=":material/verified:",
        help=shown(about),
        on_click=_prove,
    )


@event
def _prove() -> None:
    now = session()
    saving.allow_change(now)
    now.making.effort = st.session_state[spoken("effort")] = "prove"
    now.making.asked_at = places.now()
    st.rerun()  # the whole page: the button may be in a part of it
