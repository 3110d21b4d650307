"""A course from a file in the place of one that is there; what was there can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update

from planner.model.text import message
from planner.store import history
from planner.store.access import standing
from planner.store.errors import NotSaved, damaged_course, gone, saved_elsewhere
from planner.store.model import CourseState, LastSave, Note, WrittenPlan
from planner.store.repository import CourseRepository
from planner.store.rows import columns_of, plan_row, put_back, set_aside, written_plan
from planner.store.tables import CourseRow, HappenedRow, PlanRow


def replace_course(
    repository: CourseRepository,
    course: str,
    version: int,
    state: CourseState,
    plans: Sequence[WrittenPlan],
    file: str,
) -> int:
    """Let what a file has take the place of what is on the page of a course; return its next version.

    What was there goes into the history, from which `undo_replace` brings it back; the plans of the
    file come behind the earlier ones.

    Raises
    ------
    NotSaved
        As every change to a course.
    """
    note = Note("replaced", message("replaced by the file {file}", file=file[:100]))
    return _swap(repository, course, version, columns_of(state), plans, note)


def undo_replace(repository: CourseRepository, course: str, version: int, line: int) -> int:
    """Bring back what was there before a line of the history; return the next version of the course.

    Raises
    ------
    NotSaved
        As every change to a course, and where what is saved of it cannot be read any more.
    """
    store = repository.store
    with store.reading() as session:
        standing(store, session, repository.person, course, "change")
        ours = (HappenedRow.course_id == course, HappenedRow.id == line)
        before = session.scalar(select(HappenedRow.before).where(*ours))
    if before is None:
        raise gone()
    try:
        columns, number = put_back(before)
    except (ValueError, KeyError, TypeError):
        raise damaged_course(store.place) from None
    plans = []
    if number:
        with suppress(NotSaved):  # damaged: the other plans are in the list
            then = repository.plan(course, number)
            plans.append(written_plan(replace(then, how="brought-back", made=datetime.now(UTC))))
    note = Note("brought-back", message("brought back as it was before the file"))
    return _swap(repository, course, version, columns, plans, note)


def _swap(
    repository: CourseRepository,
    course: str,
    version: int,
    columns: dict[str, Any],
    plans: Sequence[WrittenPlan],
    note: Note,
) -> int:
    now, who = datetime.now(UTC), repository.person
    with repository.store.writing() as session:
        at = standing(repository.store, session, who, course, "change", locked=True)
        row = session.execute(select(CourseRow.roster, CourseRow.state).where(CourseRow.id == course)).one()
        if at != version:
            last = repository.last_save(session, course) or LastSave(now)
            raise saved_elsewhere(last.at, last.by)
        number = session.scalar(select(func.max(PlanRow.number)).where(PlanRow.course_id == course)) or 0
        history.noted(session, who, course, note, now, before=set_aside(row.roster, row.state, number))
        for place, plan in enumerate(plans, number + 1):
            session.add(plan_row(course, replace(plan, number=place)))
        values = columns | repository.next_save(version, now)
        session.execute(update(CourseRow).where(CourseRow.id == course).values(values))
    return version + 1
