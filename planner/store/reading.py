"""What one person can see of the courses: every question to the database asks who asks."""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from planner.model.problems import InputError
from planner.store import history, sound
from planner.store.access import Account, colleagues, standing
from planner.store.database import Store
from planner.store.errors import NotSaved, damaged_plan, explained, gone
from planner.store.model import (
    HistoryLine,
    LastSave,
    Listing,
    May,
    Opened,
    PlanListing,
    PlanVersion,
)
from planner.store.rows import (
    numbers_of,
    plan_of,
    plans_of,
    state_of,
    tidy,
)
from planner.store.tables import CourseRow, PlanRow

log = logging.getLogger(__name__)
_COUNTED = re.compile(r"^(.+) \((\d+)\)$")


@dataclass(frozen=True)
class CourseReader:
    """The courses of one owner, and those that colleagues shared with them.

    Attributes
    ----------
    store : Store
    owner : str
        Who signed in, as the server knows them; empty where nobody signs in.
    name, address : str
        What others read, and the address that they sign in with, as `tidy_address` has it.

    Notes
    -----
    Everything raises `NotSaved` where the database fails, and, as ``gone``, for a
    course that this person cannot see: others cannot tell whether it is there.
    """

    store: Store
    owner: str = ""
    name: str = ""
    address: str = ""

    @property
    def person(self) -> Account:
        """Whoever asks."""
        return Account(self.owner, self.name, self.address)

    # Looking

    def courses(self) -> tuple[Listing, ...]:
        """Return the courses, the one changed last first; last those of which even this cannot be read."""
        plans = select(func.count()).where(PlanRow.course_id == CourseRow.id).scalar_subquery()
        columns = (CourseRow.id, CourseRow.name, CourseRow.version, CourseRow.changed, CourseRow.keep_until)
        asks = (self.person.may(), self.person.given_by(), colleagues())
        asked = select(*columns, CourseRow.students, plans, *asks).where(self.person.seen())
        asked = asked.order_by(CourseRow.changed.desc(), CourseRow.id)
        try:
            with self.store.reading() as session:
                return tuple(sound.listing(*row) for row in session.execute(asked))
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        with self.store.reading() as session:
            ids = session.execute(select(CourseRow.id, CourseRow.owner).where(self.person.seen())).all()
        listed = [self._listed(asked, course, owner == self.owner) for course, owner in ids]
        return tuple(sorted(listed, key=lambda listing: listing.damaged))

    def open(self, course: str) -> Opened:
        """Return a course with the plan that it came to last, as far as plans of it can be read."""
        with self.store.reading() as session:
            opened = self._opened(session, self._row(session, course))
            damaged: list[int] = []
            for number in session.scalars(numbers_of(course).order_by(PlanRow.number.desc())).all():
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
            self._standing(session, course)
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
            self._standing(session, course)
            return self._plan(session, course, number)

    def history(self, course: str) -> tuple[HistoryLine, ...]:
        """Return who did what to a course and when, the last thing first."""
        with self.store.reading() as session:
            self._standing(session, course)
            return history.lines(session, course)

    def whole(self, course: str) -> tuple[Opened, date | None, tuple[PlanVersion, ...]]:
        """Return a course, the day that was chosen for it, and every plan, the first one first."""
        with self.store.reading() as session:
            row = self._row(session, course)
            numbers = session.scalars(numbers_of(course).order_by(PlanRow.number)).all()
            plans = tuple(self._plan(session, course, number) for number in numbers)
            opened = self._opened(session, row)
            return replace(opened, plan=plans[-1] if plans else None), row.keep_until, plans

    def free_name(self, name: str) -> str:
        """Return a name, with a number behind it where another course of this owner has it already."""
        with self.store.reading() as session:
            names = session.scalars(select(CourseRow.name).where(CourseRow.owner == self.owner)).all()
        taken = {known.casefold() for known in names if isinstance(known, str)}
        name = tidy(name)
        if name.casefold() not in taken:
            return name
        counted = _COUNTED.match(name)
        stem, at = (name, 2) if counted is None else (counted[1], int(counted[2]) + 1)
        while tidy(f"{stem} ({at})").casefold() in taken:
            at += 1
        return tidy(f"{stem} ({at})")

    # Parts of these

    def _row(self, session: Session, course: str) -> CourseRow:
        row = session.scalar(select(CourseRow).where(CourseRow.id == course, self.person.seen()))
        if row is None:
            raise gone()
        return row

    def _opened(self, session: Session, row: CourseRow) -> Opened:
        opened = Opened(*sound.course(row.id, row.name, row.version), state_of(row), None)
        last = sound.last_save(self.owner, row.changed, row.saver, row.saver_name)
        if row.owner == self.owner:
            return replace(opened, last=last)
        asked = select(self.person.may(), self.person.given_by()).where(CourseRow.id == row.id)
        may, given_by = session.execute(asked).one()
        return replace(opened, last=last, may=cast("May", may), given_by=given_by)

    def _standing(
        self, session: Session, course: str, *, changing: bool = False, locked: bool = False
    ) -> int:
        least: May = "change" if changing else "look"
        return standing(self.store, session, self.person, course, least, locked=locked)

    def last_save(self, session: Session, course: str) -> LastSave | None:
        """Return who saved a course last and when, in a transaction; None where that is damaged."""
        asked = select(CourseRow.changed, CourseRow.saver, CourseRow.saver_name).where(CourseRow.id == course)
        with suppress(NotSaved), explained(self.store.place, "damaged-course"):
            return sound.last_save(self.owner, *session.execute(asked).one())
        return None

    def _plan(self, session: Session, course: str, number: int) -> PlanVersion:
        try:
            with explained(self.store.place, "damaged-course"):
                row = session.scalar(plans_of(course).where(PlanRow.number == number))
                if row is None:
                    raise gone()
                return plan_of(row)
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        except InputError:
            log.warning("A plan cannot be read")
        raise damaged_plan(number)

    def _listed(self, asked: Select[Any], course: str, own: bool) -> Listing:
        """Return one course as it stands in the list; without its name and the like where that is damaged."""
        try:
            with self.store.reading() as session:
                return sound.listing(*session.execute(asked.where(CourseRow.id == course)).one())
        except NotSaved as error:
            if error.code != "damaged-course":
                raise
        now = datetime.now(UTC)
        may: May = "own" if own else "look"
        return Listing(course, "", 0, now, now.date(), 0, 0, damaged=True, may=may)
