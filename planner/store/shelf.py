"""The courses of one owner: every question to the database asks for the owner as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from planner.course import Course, read_course, write_course
from planner.domain import Roster
from planner.exports import Handover
from planner.store.model import (
    KEPT_DAYS,
    Added,
    How,
    Listing,
    Opened,
    PlanListing,
    PlanVersion,
    State,
    WrittenPlan,
)
from planner.store.opening import Store
from planner.store.tables import CourseRow, PlanRow
from planner.store.trouble import gone, saved_elsewhere

HANDOVER = TypeAdapter(Handover)
LONGEST_NAME = 200


@dataclass(frozen=True)
class Shelf:
    """What one owner has saved.

    Attributes
    ----------
    store : Store
    owner : str
        Who signed in, as the server knows them; empty where nobody signs in.

    Notes
    -----
    Everything raises `NotSaved` where the database fails, and, as ``gone``, for a
    course that is not this owner's: others cannot tell whether it is there. Whatever
    changes a course takes the version that the page has of it and returns the next;
    where another tab saved in between nothing changes, and ``saved-elsewhere`` is raised.
    """

    store: Store
    owner: str = ""

    # Looking

    def courses(self) -> tuple[Listing, ...]:
        """Return the courses, the one changed last first."""
        plans = select(func.count()).where(PlanRow.course_id == CourseRow.id).scalar_subquery()
        columns = (CourseRow.id, CourseRow.name, CourseRow.version, CourseRow.changed, CourseRow.keep_until)
        asked = select(*columns, CourseRow.students, plans).where(CourseRow.owner == self.owner)
        with self.store.reading() as session:
            rows = session.execute(asked.order_by(CourseRow.changed.desc(), CourseRow.id)).all()
        return tuple(_listing(*row) for row in rows)

    def open(self, course: str) -> Opened:
        """Return a course with the plan that it came to last.

        Raises
        ------
        InputError
            Where this version cannot read the plan.
        """
        with self.store.reading() as session:
            row = self._row(session, course)
            last = session.scalar(_plans(course).order_by(PlanRow.number.desc()).limit(1))
            plan = None if last is None else _version(last)
            return Opened(row.id, row.name, row.version, _state(row), plan)

    def plans(self, course: str) -> tuple[PlanListing, ...]:
        """Return the plans of a course, the last one first."""
        columns = select(PlanRow.number, PlanRow.made, PlanRow.how).where(PlanRow.course_id == course)
        with self.store.reading() as session:
            self._row(session, course)
            rows = session.execute(columns.order_by(PlanRow.number.desc())).all()
        return tuple(PlanListing(number, made, cast(How, how)) for number, made, how in rows)

    def plan(self, course: str, number: int) -> PlanVersion:
        """Return one plan of a course."""
        with self.store.reading() as session:
            self._row(session, course)
            row = session.scalar(_plans(course).where(PlanRow.number == number))
            if row is None:
                raise gone()
            return _version(row)

    def whole(self, course: str) -> tuple[Opened, date | None, tuple[PlanVersion, ...]]:
        """Return a course, the day that was chosen for it, and every plan, the first one first."""
        with self.store.reading() as session:
            row = self._row(session, course)
            plans = tuple(_version(plan) for plan in session.scalars(_plans(course).order_by(PlanRow.number)))
            last = plans[-1] if plans else None
            return Opened(row.id, row.name, row.version, _state(row), last), row.keep_until, plans

    # Saving

    def create(self, name: str, state: State, plans: Sequence[PlanVersion] = ()) -> Opened:
        """Save a new course, with plans that it came to elsewhere."""
        course = self._add(name, state, [_written_plan(plan) for plan in plans], None)
        return Opened(course, tidy(name), 1, state.only_used(), plans[-1] if plans else None)

    def take_in(
        self, name: str, state: State, plans: Sequence[WrittenPlan], keep_until: date | None
    ) -> Opened:
        """Save a course from a file as a new one."""
        return self.open(self._add(name, state, plans, keep_until))

    def save(self, course: str, version: int, state: State) -> int:
        """Save what is on the page of a course; return its next version."""
        return self._change(course, version, _written(state))

    def rename(self, course: str, version: int, name: str) -> int:
        """Give a course another name; return its next version."""
        return self._change(course, version, {"name": tidy(name)})

    def keep_until(self, course: str, version: int, day: date) -> int:
        """Set after which day a course is offered for deletion; return its next version."""
        return self._change(course, version, {"keep_until": day})

    def add_plan(self, course: str, made: Course, how: How, handover: Handover | None = None) -> Added:
        """Save an accepted plan beside the earlier ones, whichever version a page has of the course.

        Nothing is overwritten, so no version is asked for; who had the version `before`
        can go on with the version `after`.
        """
        now = datetime.now(UTC)
        with self.store.writing() as session:
            row = self._row(session, course, locked=True)
            last = session.scalar(select(func.max(PlanRow.number)).where(PlanRow.course_id == course)) or 0
            session.add(_plan_row(course, _written_plan(PlanVersion(last + 1, now, how, made, handover))))
            row.version, row.changed = row.version + 1, now
            return Added(last + 1, row.version - 1, row.version)

    def delete(self, course: str) -> None:
        """Delete a course and its plans; SQLite overwrites them on the disk."""
        with self.store.writing() as session:
            self._row(session, course, locked=True)
            session.execute(delete(PlanRow).where(PlanRow.course_id == course))
            session.execute(delete(CourseRow).where(CourseRow.id == course, CourseRow.owner == self.owner))
        self.store.wipe()

    # Parts of these

    def _add(self, name: str, state: State, plans: Sequence[WrittenPlan], keep_until: date | None) -> str:
        now = datetime.now(UTC)
        row = CourseRow(
            id=str(uuid4()), owner=self.owner, name=tidy(name), version=1, created=now, keep_until=keep_until
        )
        for column, value in _written(state).items():
            setattr(row, column, value)
        row.changed = now
        with self.store.writing() as session:
            session.add(row)
            session.flush()
            session.add_all(_plan_row(row.id, plan) for plan in plans)
            return row.id

    def _row(self, session: Session, course: str, *, locked: bool = False) -> CourseRow:
        asked = select(CourseRow).where(CourseRow.id == course, CourseRow.owner == self.owner)
        row = session.scalar(asked.with_for_update() if locked else asked)
        if row is None:
            raise gone()
        return row

    def _change(self, course: str, version: int, values: dict[str, Any]) -> int:
        ours = (CourseRow.id == course, CourseRow.owner == self.owner, CourseRow.version == version)
        values |= {"changed": datetime.now(UTC), "version": version + 1}
        with self.store.writing() as session:
            done = cast("CursorResult[Any]", session.execute(update(CourseRow).where(*ours).values(values)))
            if done.rowcount == 0:
                raise saved_elsewhere(self._row(session, course).changed)
        return version + 1


def _plans(course: str) -> Any:
    return select(PlanRow).where(PlanRow.course_id == course)


def tidy(name: str) -> str:
    """Return a name of one line that every database can hold."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[:LONGEST_NAME].strip() or "–"


def _written(state: State) -> dict[str, Any]:
    """Return the columns of a course that say what is on its page."""
    used = state.only_used()
    roster = None if used.roster is None else used.roster.model_dump_json()
    return {
        "students": 0 if used.roster is None else len(used.roster.students),
        "roster": roster,
        "state": used.model_dump_json(exclude={"roster"}),
    }


def _state(row: CourseRow) -> State:
    roster = None if row.roster is None else Roster.model_validate_json(row.roster)
    return State.model_validate_json(row.state).model_copy(update={"roster": roster})


def _written_plan(plan: PlanVersion) -> WrittenPlan:
    content = write_course(plan.course, readable=False)
    return WrittenPlan(plan.number, plan.made, plan.how, content, plan.handover)


def _plan_row(course: str, plan: WrittenPlan) -> PlanRow:
    handover = None if plan.handover is None else HANDOVER.dump_json(plan.handover).decode()
    return PlanRow(
        course_id=course,
        number=plan.number,
        made=plan.made,
        how=plan.how,
        content=plan.content,
        handover=handover,
    )


def _version(row: PlanRow) -> PlanVersion:
    handover = None if row.handover is None else HANDOVER.validate_json(row.handover)
    return PlanVersion(row.number, row.made, cast(How, row.how), read_course(row.content), handover)


def _listing(
    course: str, name: str, version: int, changed: datetime, keep: date | None, students: int, plans: int
) -> Listing:
    until = keep or changed.date() + timedelta(days=KEPT_DAYS)
    return Listing(course, name, version, changed, until, students, plans)
