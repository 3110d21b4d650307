"""The courses of one owner: every question to the database asks for the owner as well."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import uuid4

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, CursorResult, Select, delete, func, select, update
from sqlalchemy.orm import Session

from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.plans.plan_file import read_course, write_course
from planner.store import sound
from planner.store.database import Store
from planner.store.errors import (
    NotSaved,
    damaged_plan,
    explained,
    gone,
    saved_elsewhere,
)
from planner.store.model import (
    Added,
    CourseState,
    Listing,
    MadeBy,
    Opened,
    PlanListing,
    PlanVersion,
    WrittenPlan,
)
from planner.store.tables import CourseRow, PlanRow

log = logging.getLogger(__name__)
HANDOVER = TypeAdapter(Handover)
LONGEST_NAME = 200


@dataclass(frozen=True)
class CourseRepository:
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
        """Return the courses, the one changed last first; last those of which even this cannot be read."""
        plans = select(func.count()).where(PlanRow.course_id == CourseRow.id).scalar_subquery()
        columns = (CourseRow.id, CourseRow.name, CourseRow.version, CourseRow.changed, CourseRow.keep_until)
        asked = select(*columns, CourseRow.students, plans).where(CourseRow.owner == self.owner)
        asked = asked.order_by(CourseRow.changed.desc(), CourseRow.id)
        try:
            with self.store.reading() as session:
                return tuple(sound.listing(*row) for row in session.execute(asked))
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        with self.store.reading() as session:
            ids = session.scalars(select(CourseRow.id).where(CourseRow.owner == self.owner)).all()
        listed = [self._listed(asked, course) for course in ids]
        return tuple(sorted(listed, key=lambda listing: listing.damaged))

    def open(self, course: str) -> Opened:
        """Return a course with the plan that it came to last, as far as plans of it can be read."""
        with self.store.reading() as session:
            row = self._row(session, course)
            opened = Opened(*sound.course(row.id, row.name, row.version), _state(row), None)
            damaged: list[int] = []
            for number in session.scalars(_numbers(course).order_by(PlanRow.number.desc())).all():
                try:
                    opened = replace(opened, plan=self._plan(session, course, number))
                    break
                except NotSaved as error:
                    if error.code != "damaged-plan":
                        raise
                    damaged.append(number)
            return replace(opened, damaged=tuple(damaged))

    def plans(self, course: str) -> tuple[PlanListing, ...]:
        """Return the plans of a course, the last one first."""
        columns = select(PlanRow.number, PlanRow.made, PlanRow.how).where(PlanRow.course_id == course)
        with self.store.reading() as session:
            self._version(session, course)
            rows = session.execute(columns.order_by(PlanRow.number.desc()))
            return tuple(sound.plan_listing(*row) for row in rows)

    def plan(self, course: str, number: int) -> PlanVersion:
        """Return one plan of a course.

        Raises
        ------
        NotSaved
            As ``damaged-plan`` where what is saved of it cannot be read.
        """
        with self.store.reading() as session:
            self._version(session, course)
            return self._plan(session, course, number)

    def whole(self, course: str) -> tuple[Opened, date | None, tuple[PlanVersion, ...]]:
        """Return a course, the day that was chosen for it, and every plan, the first one first."""
        with self.store.reading() as session:
            row = self._row(session, course)
            numbers = session.scalars(_numbers(course).order_by(PlanRow.number)).all()
            plans = tuple(self._plan(session, course, number) for number in numbers)
            opened = Opened(*sound.course(row.id, row.name, row.version), _state(row), None)
            return replace(opened, plan=plans[-1] if plans else None), row.keep_until, plans

    # Saving

    def create(self, name: str, state: CourseState, plans: Sequence[PlanVersion] = ()) -> Opened:
        """Save a new course, with plans that it came to elsewhere."""
        course = self._add(name, state, [_written_plan(plan) for plan in plans], None)
        return Opened(course, tidy(name), 1, state.only_used(), plans[-1] if plans else None)

    def take_in(
        self, name: str, state: CourseState, plans: Sequence[WrittenPlan], keep_until: date | None
    ) -> Opened:
        """Save a course from a file as a new one."""
        return self.open(self._add(name, state, plans, keep_until))

    def save(self, course: str, version: int, state: CourseState) -> int:
        """Save what is on the page of a course; return its next version."""
        return self._change(course, version, _written(state))

    def rename(self, course: str, version: int, name: str) -> int:
        """Give a course another name; return its next version."""
        return self._change(course, version, {"name": tidy(name)})

    def keep_until(self, course: str, version: int, day: date) -> int:
        """Set after which day a course is offered for deletion; return its next version."""
        return self._change(course, version, {"keep_until": day})

    def add_plan(self, course: str, made: Course, how: MadeBy, handover: Handover | None = None) -> Added:
        """Save an accepted plan beside the earlier ones, whichever version a page has of the course.

        Nothing is overwritten, so no version is asked for; who had the version `before`
        can go on with the version `after`.
        """
        now = datetime.now(UTC)
        with self.store.writing() as session:
            before = self._version(session, course, locked=True)
            last = session.scalar(select(func.max(PlanRow.number)).where(PlanRow.course_id == course)) or 0
            session.add(_plan_row(course, _written_plan(PlanVersion(last + 1, now, how, made, handover))))
            changed = {"version": before + 1, "changed": now}
            session.execute(update(CourseRow).where(CourseRow.id == course).values(changed))
            return Added(last + 1, before, before + 1)

    def delete(self, course: str) -> None:
        """Delete a course and its plans; SQLite overwrites them on the disk."""
        with self.store.writing() as session:
            ours = select(CourseRow.id).where(*self._ours(course)).with_for_update()
            if session.scalar(ours) is None:
                raise gone()
            session.execute(delete(PlanRow).where(PlanRow.course_id == course))
            session.execute(delete(CourseRow).where(*self._ours(course)))
        self.store.wipe()

    # Parts of these

    def _ours(self, course: str) -> tuple[ColumnElement[bool], ...]:
        return CourseRow.id == course, CourseRow.owner == self.owner

    def _add(
        self, name: str, state: CourseState, plans: Sequence[WrittenPlan], keep_until: date | None
    ) -> str:
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

    def _row(self, session: Session, course: str) -> CourseRow:
        row = session.scalar(select(CourseRow).where(*self._ours(course)))
        if row is None:
            raise gone()
        return row

    def _version(self, session: Session, course: str, *, locked: bool = False) -> int:
        """Return the version of a course, without looking at what may be damaged."""
        asked = select(CourseRow.version).where(*self._ours(course))
        with explained(self.store.place, "damaged-course"):
            version = session.scalar(asked.with_for_update() if locked else asked)
            if version is None:
                raise gone()
            return sound.version(version)

    def _plan(self, session: Session, course: str, number: int) -> PlanVersion:
        try:
            with explained(self.store.place, "damaged-course"):
                row = session.scalar(_plans(course).where(PlanRow.number == number))
                if row is None:
                    raise gone()
                return _plan(row)
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        except InputError:
            log.warning("A plan cannot be read")
        raise damaged_plan(number)

    def _listed(self, asked: Select[Any], course: str) -> Listing:
        """Return one course as it stands in the list; without its name and the like where that is damaged."""
        try:
            with self.store.reading() as session:
                return sound.listing(*session.execute(asked.where(CourseRow.id == course)).one())
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        now = datetime.now(UTC)
        return Listing(course, "", 0, now, now.date(), 0, 0, damaged=True)

    def _change(self, course: str, version: int, values: dict[str, Any]) -> int:
        ours = (*self._ours(course), CourseRow.version == version)
        values |= {"changed": datetime.now(UTC), "version": version + 1}
        with self.store.writing() as session:
            done = cast("CursorResult[Any]", session.execute(update(CourseRow).where(*ours).values(values)))
            if done.rowcount == 0:
                self._version(session, course)
                at = session.scalar(select(CourseRow.changed).where(*self._ours(course)))
                raise saved_elsewhere(sound.moment(at))
        return version + 1


def _plans(course: str) -> Select[PlanRow]:
    return select(PlanRow).where(PlanRow.course_id == course)


def _numbers(course: str) -> Select[int]:
    return select(PlanRow.number).where(PlanRow.course_id == course)


def tidy(name: str) -> str:
    """Return a name of one line that every database can hold."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[:LONGEST_NAME].strip() or "–"


def _written(state: CourseState) -> dict[str, Any]:
    """Return the columns of a course that say what is on its page."""
    used = state.only_used()
    roster = None if used.roster is None else used.roster.model_dump_json()
    return {
        "students": 0 if used.roster is None else len(used.roster.students),
        "roster": roster,
        "state": used.model_dump_json(exclude={"roster"}),
    }


def _state(row: CourseRow) -> CourseState:
    roster = None if row.roster is None else Roster.model_validate_json(row.roster)
    return CourseState.model_validate_json(row.state).model_copy(update={"roster": roster})


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


def _plan(row: PlanRow) -> PlanVersion:
    handover = None if row.handover is None else HANDOVER.validate_json(row.handover)
    return PlanVersion(*sound.plan(row.number, row.made, row.how), read_course(row.content), handover)
