"""Courses put into a database with no page: as they were saved three weeks ago, in use or not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile
from planner.store import CourseRepository, InUse, PlanVersion, open_store
from planner.ui.session.restoring import state_of
from planner.ui.session.state import Session

AGO = timedelta(weeks=3)


def listed(name: str, students: bytes) -> Session:
    """Return a page with a class list, and the rules that its columns suggest."""
    page = Session()
    page.take(SourceFile(name, students, ours=True))
    page.read()
    return page


def grouped(page: Session) -> Session:
    """Make groups of the class list and the rules on a page, with little effort; return the page."""
    roster, rules = page.roster, page.rules.draft.rules("nl")
    if roster is None or rules is None:
        raise ValueError("no class list, or rules that are not finished")
    plan = form(rules, roster, effort="quick")
    page.keep(Course(roster=only_used(roster, rules), rules=rules, plan=plan), roster)
    return page


def save(url: str, name: str, page: Session, *, in_use: bool) -> str:
    """Put the course of a page into a database; return its id.

    Parameters
    ----------
    url : str
        Of the database.
    name : str
        Of the course.
    page : Session
        With groups.
    in_use : bool
        Whether they are in use since then.

    Returns
    -------
    str
    """
    state, then = state_of(page), datetime.now(UTC) - AGO
    if state is None or page.course is None:
        raise ValueError("nothing to save")
    if in_use:
        state = state.model_copy(update={"in_use": InUse(week=1, since=then.date())})
    store = open_store(url)
    try:
        plans = (PlanVersion(1, then, "made", page.course),)
        return CourseRepository(store).create(name, state, plans).id
    finally:
        store.close()
