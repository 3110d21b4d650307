"""The page for what travels with the groups: cards, the teacher's sheet, goals, a pulse, mail."""

from __future__ import annotations

from planner.model.text import message
from planner.ui.handouts import (
    goals as cards_goals,
)
from planner.ui.handouts import (
    pulse as cards_pulse,
)
from planner.ui.handouts import (
    sheet as cards_sheet,
)
from planner.ui.handouts import (
    starter_cards as cards_made,
)
from planner.ui.handouts import (
    texts as cards_texts,
)
from planner.ui.session import places
from planner.ui.session.handouts_state import course_now, kept
from planner.ui.session.places import Place
from planner.ui.session.state import session
from planner.ui.widgets.boundary import guarded


@guarded
def show() -> None:
    """Show everything that can be made of the plan on the page."""
    now, state = session(), kept()
    if now.course is None:
        places.missing(
            message("Make the groups first; then their cards are here."),
            Place.GROUPS,
            message("To the groups"),
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
