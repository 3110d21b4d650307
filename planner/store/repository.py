"""The courses of one owner, and those shared with them, to look at and to change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from planner.model.handover import Handover
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.store import history
from planner.store.access import standing
from planner.store.errors import NotSaved, saved_elsewhere
from planner.store.model import (
    Added,
    CourseState,
    LastSave,
    MadeBy,
    Note,
    Opened,
    PlanVersion,
    WrittenPlan,
)
from planner.store.reading import CourseReader
from planner.store.rows import (
    columns_of,
    handover_column,
    plan_row,
    tidy,
    written_plan,
)
from planner.store.tables import CourseRow, HappenedRow, PlanRow, ShareRow


@dataclass(frozen=True)
class CourseRepository(CourseReader):
    """What one owner has saved, and what colleagues shared with them.

    Notes
    -----
    What somebody may not do raises `NotSaved`, as ``only-look`` or ``not-yours``. Whatever changes a
    course takes the version that the page has of it and returns the next; where another tab or a
    colleague saved in between nothing changes, and ``saved-elsewhere`` is raised.
    """

    # Saving

    def create(self, name: str, state: CourseState, plans: Sequence[PlanVersion] = ()) -> Opened:
        """Save a new course, with plans that it came to elsewhere."""
        course = self._add(name, state, [written_plan(plan) for plan in plans], None)
        return Opened(course, tidy(name), 1, state.only_used(), plans[-1] if plans else None)

    def take_in(
        self, name: str, state: CourseState, plans: Sequence[WrittenPlan], keep_until: date | None
    ) -> Opened:
        """Save a course from a file as a new one."""
        return self.open(self._add(name, state, plans, keep_until))

    def save(self, course: str, version: int, state: CourseState, notes: Sequence[Note] = ()) -> int:
        """Save what is on the page of a course; return its next version.

        Parameters
        ----------
        course : str
        version : int
            That the page has.
        state : CourseState
        notes : sequence of Note
            What is another by it, for the history.
        """
        return self._change(course, version, columns_of(state), notes)

    def rename(self, course: str, version: int, name: str) -> int:
        """Give a course another name; return its next version."""
        note = Note("named", message("course renamed to {name}", name=tidy(name)))
        return self._change(course, version, {"name": tidy(name)}, (note,))

    def keep_until(self, course: str, version: int, day: date) -> int:
        """Set after which day a course is offered for deletion, its owner alone; return its next version."""
        with self.store.reading() as session:
            standing(self.store, session, self.person, course, "own")
        return self._change(course, version, {"keep_until": day}, (_KEEP,))

    def check(self, course: str, version: int) -> None:
        """See that a course may be changed, and that nobody saved it since a version."""
        with self.store.reading() as session:
            self._at_version(session, course, version)

    def add_plan(
        self,
        course: str,
        version: int | None,
        made: Course,
        how: MadeBy,
        handover: Handover | None = None,
        *,
        what: Message | None = None,
        sitting: str = "",
    ) -> Added:
        """Save an accepted plan beside the earlier ones: from then on it is the one of the course.

        Who had the version `before` can go on with the version `after`.

        Parameters
        ----------
        course : str
        version : int or None
            That the page has. None where no page looks on: then it is saved only as the first plan, since
            nothing that somebody else came to takes the place of another plan unseen.
        made : Course
        how : MadeBy
        handover : Handover, optional
        what : Message, optional
            How it came about, for the history.
        sitting : str
            Of edits by hand: where the last plan was edited in the same sitting, this one takes its place.
        """
        now = datetime.now(UTC)
        note = Note(how, what or history.PLANS[how])
        written = written_plan(PlanVersion(1, now, how, made, handover))  # before others have to wait
        with self.store.writing() as session:
            before = self._at_version(session, course, version, locked=True)
            last = self.last_save(session, course)
            number, sat = _last_plan(session, course)
            if version is None and number:
                raise self._saved_by(last)
            if how == "edited" and sitting and sat == sitting:
                ours = (PlanRow.course_id == course, PlanRow.number == number)
                columns = {"content": written.content, "handover": handover_column(handover), "made": now}
                session.execute(update(PlanRow).where(*ours).values(columns))
                history.noted_again(session, course, number, note.what, now)
            else:
                number += 1
                row = plan_row(course, replace(written, number=number))
                row.sitting = sitting or None
                session.add(row)
                history.noted(session, self.person, course, note, now, number)
            session.execute(
                update(CourseRow).where(CourseRow.id == course).values(self.next_save(before, now))
            )
            return Added(number, before, before + 1, last)

    def delete(self, *courses: str) -> None:
        """Delete courses with all that is saved of them, or none; SQLite overwrites them on the disk."""
        with self.store.writing() as session:
            for course in dict.fromkeys(courses):
                ours = select(CourseRow.id).where(*self.person.own(course)).with_for_update()
                if session.scalar(ours) is None:
                    standing(self.store, session, self.person, course, "own")
                for table in (PlanRow, ShareRow, HappenedRow):
                    session.execute(delete(table).where(table.course_id == course))
                session.execute(delete(CourseRow).where(*self.person.own(course)))
        self.store.wipe()

    # Parts of these

    def _add(
        self, name: str, state: CourseState, plans: Sequence[WrittenPlan], keep_until: date | None
    ) -> str:
        now = datetime.now(UTC)
        row = CourseRow(
            id=str(uuid4()), owner=self.owner, name=tidy(name), version=1, created=now, keep_until=keep_until
        )
        for column, value in columns_of(state).items():
            setattr(row, column, value)
        row.changed, row.saver, row.saver_name = now, self.owner, self.name
        with self.store.writing() as session:
            session.add(row)
            session.flush()
            session.add_all(plan_row(row.id, plan) for plan in plans)
            return row.id

    def next_save(self, version: int, now: datetime) -> dict[str, Any]:
        """Return the columns of a course that say that this person saves it now."""
        return {"version": version + 1, "changed": now, "saver": self.owner, "saver_name": self.name}

    def _at_version(self, session: Session, course: str, version: int | None, *, locked: bool = False) -> int:
        """Return the version of a course, where that is the one that a page has."""
        at = self._standing(session, course, changing=True, locked=locked)
        if version is not None and at != version:
            raise self._saved_by(self.last_save(session, course))
        return at

    @staticmethod
    def _saved_by(last: LastSave | None) -> NotSaved:
        known = last or LastSave(datetime.now(UTC))
        return saved_elsewhere(known.at, known.by)

    def _change(self, course: str, version: int, values: dict[str, Any], notes: Sequence[Note]) -> int:
        now = datetime.now(UTC)
        ours = (*self.person.changeable(course), CourseRow.version == version)
        values |= self.next_save(version, now)
        with self.store.writing() as session:
            done = cast("CursorResult[Any]", session.execute(update(CourseRow).where(*ours).values(values)))
            if done.rowcount == 0:
                self._standing(session, course, changing=True)
                raise self._saved_by(self.last_save(session, course))
            for note in notes:
                history.noted(session, self.person, course, note, now)
        return version + 1


_KEEP = Note("kept", message("another keep-until date"))


def _last_plan(session: Session, course: str) -> tuple[int, str]:
    """Return the number of the last plan, and the sitting in which it was edited."""
    asked = select(PlanRow.number, PlanRow.sitting).where(PlanRow.course_id == course)
    row = session.execute(asked.order_by(PlanRow.number.desc()).limit(1)).one_or_none()
    return (0, "") if row is None else (row.number, row.sitting or "")
