"""What the page with cards keeps: goals, the pulse, and the last pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from planner.handouts.content import Content, content
from planner.handouts.pulse import Pulse
from planner.model.domain import Roster
from planner.model.problems import Problem
from planner.model.text import Language
from planner.plans.course import Course, only_used
from planner.rules.goals import GoalSettings
from planner.ui.session.language import current
from planner.ui.session.state import Session

KEY = "hecht_cards"
MOST_PICTURES = 12
SOME, ALL = "some", "all"  # of the cards


@dataclass
class HandoutsState:
    """What one coordinator set on this page.

    Attributes
    ----------
    goals : GoalSettings or None
        None are those of the plan.
    pulse : Pulse or None
    pulse_errors, texts_errors : tuple of Problem
        Why a file cannot be used.
    texts : dict
        Own texts by language, in place of those that come along.
    pictures : dict
        Pages that were drawn, by what is on them.
    only : tuple of str
        Groups whose cards are wanted, where those of all need not be: groups that changed.
    """

    goals: GoalSettings | None = None
    pulse: Pulse | None = None
    pulse_errors: tuple[Problem, ...] = ()
    texts: dict[Language, Content] = field(default_factory=dict)
    texts_errors: tuple[Problem, ...] = ()
    pictures: dict[str, list[bytes]] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    def look_only_at(self, groups: tuple[str, ...]) -> None:
        """Begin with the cards of some groups, the first of them in view."""
        self.only = groups
        st.session_state["card_groups"] = SOME
        st.session_state["card_group"] = groups[0]

    def drawn(self, what: str, draw: Callable[[], list[bytes]]) -> list[bytes]:
        """Return pictures; drawn anew only when what is on them changed."""
        if what not in self.pictures:
            if len(self.pictures) >= MOST_PICTURES:
                self.pictures.clear()
            self.pictures[what] = draw()
        return self.pictures[what]


def kept() -> HandoutsState:
    """Return what is kept for this coordinator."""
    if KEY not in st.session_state:
        st.session_state[KEY] = HandoutsState()
    found: HandoutsState = st.session_state[KEY]
    return found


def goals_of(now: Session, state: HandoutsState) -> GoalSettings:
    """Return the goals set on this page, or else those of the plan."""
    if state.goals is not None:
        return state.goals
    return GoalSettings() if now.course is None else now.course.rules.goals


def whole_roster(now: Session) -> Roster | None:
    """Return the class list that the plan was made with, all of its columns in it."""
    if now.course is None or now.planned_for is None:
        return None
    return now.planned_for[1]


def course_now(now: Session, state: HandoutsState) -> Course | None:
    """Return the course with the goals of this page, and the words that may be shared."""
    course, roster = now.course, whole_roster(now)
    if course is None or roster is None:
        return course
    rules = course.rules.model_copy(update={"goals": goals_of(now, state)})
    return course.model_copy(update={"roster": only_used(roster, rules), "rules": rules})


def texts_now(state: HandoutsState) -> tuple[Content, Language]:
    """Return the texts in the language of the page: the coordinator's own, where there are any."""
    language = current()
    return state.texts.get(language) or content(language), language
