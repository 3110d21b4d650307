"""The page for what travels with the groups: cards, the teacher's sheet, goals, a pulse, mail."""

from __future__ import annotations

from planner.text import say
from planner.ui import cards_goals, cards_made, cards_pulse, cards_sheet, cards_texts, places
from planner.ui.boundary import guarded
from planner.ui.cards_state import course_now, kept
from planner.ui.places import Place
from planner.ui.state import session


@guarded
def show() -> None:
    """Show everything that can be made of the plan on the page."""
    now, state = session(), kept()
    if now.course is None:
        places.missing(
            say("Make the groups first; then their cards are here."), Place.GROUPS, say("To the groups")
        )
        return
    course = course_now(now, state)
    assert course is not None  # noqa: S101 - there is one on the page
    cards_texts.take(state)
    cards_pulse.take(course, state)
    cards_made.section(course, state)
    cards_sheet.section(course, now.handover, state)
    cards_goals.section(now, state)
    cards_pulse.section(now, course, state)
    cards_made.mail(course, state)
    cards_texts.section(state)
