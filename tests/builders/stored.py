"""A course that is in the database already: a journey begins in its fourth week, with no groups to be made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.store import CourseRepository, CourseState, InUse, PlanVersion, open_store
from planner.ui.session.restoring import state_of
from planner.ui.session.state import Session

SINCE = timedelta(weeks=3)  # that the groups are in use


@dataclass(frozen=True)
class Stored:
    """A course in the database.

    Attributes
    ----------
    id : str
        What an address names it by.
    course : Course
        The sample class, in groups.
    """

    id: str
    course: Course

    @property
    def groups(self) -> dict[str, str]:
        """The group of each student, by number."""
        return dict(self.course.plan.group_of)

    def name(self, student: str) -> str:
        """Return what the page calls a student."""
        return self.course.roster.shown_names[student]


def stored(url: str, *, in_use: bool = True) -> Stored:
    """Put the sample class in groups into a database, as it was saved three weeks ago.

    Parameters
    ----------
    url : str
        Of the database.
    in_use : bool
        Whether the groups are in use since then, or a draft.

    Returns
    -------
    Stored
    """
    course, state = _sample()
    then = datetime.now(UTC) - SINCE
    if in_use:
        state = state.model_copy(update={"in_use": InUse(week=1, since=then.date())})
    store = open_store(url)
    try:
        plans = (PlanVersion(1, then, "made", course),)
        return Stored(CourseRepository(store).create("Klas 28", state, plans).id, course)
    finally:
        store.close()


@cache
def _sample() -> tuple[Course, CourseState]:
    """Return the sample class in groups, which are made once, and what is saved of its page."""
    page = Session()
    page.take_sample()
    roster, rules = page.roster, page.rules.draft.rules("nl")
    assert roster is not None
    assert rules is not None
    course = Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))
    page.keep(course, roster)
    state = state_of(page)
    assert state is not None
    return course, state
