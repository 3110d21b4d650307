"""A course that several colleagues work on: with whom it is shared, and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from planner.model.text import Message, message
from planner.store.access import Account, standing, tidy_address
from planner.store.database import Store
from planner.store.errors import NotSaved, not_saved
from planner.store.history import noted
from planner.store.model import May, Note, Share
from planner.store.tables import ShareRow

MOST = 50  # colleagues on one course


@dataclass(frozen=True)
class Sharing:
    """With whom courses are shared, as far as one person may know and say.

    Attributes
    ----------
    store : Store
    person : Account

    Notes
    -----
    Everything raises `NotSaved`, as ``gone``, for a course that this person cannot see. Only the owner
    shares and takes back; whoever a course was shared with can leave it.
    """

    store: Store
    person: Account

    def colleagues(self, course: str) -> tuple[Share, ...]:
        """Return with whom a course is shared, in the order of their addresses."""
        with self.store.reading() as session:
            standing(self.store, session, self.person, course)
            asked = select(ShareRow.address, ShareRow.may).where(ShareRow.course_id == course)
            rows = session.execute(asked.order_by(ShareRow.address))
            return tuple(Share(address, cast("May", may)) for address, may in rows)

    def share(self, course: str, written: str, may: May) -> Share:
        """Let a colleague look at a course or change it; said once more, what was said last counts.

        Raises
        ------
        NotSaved
            As ``no-address`` or ``own-address`` where the address cannot be that of a colleague.
        """
        if may not in ("look", "change"):
            raise ValueError(may)
        address = tidy_address(written)
        if not address:
            raise _no_address(written)
        if address == self.person.address:
            raise _own_address(address)
        with self.store.writing() as session:
            standing(self.store, session, self.person, course, "own", locked=True)
            known = session.scalar(_share(course, address))
            if known == may:
                return Share(address, may)
            if known is None and (session.scalar(_count(course)) or 0) >= MOST:
                raise _too_many()
            now = datetime.now(UTC)
            if known is None:
                row = ShareRow(course_id=course, address=address, may=may, given_by=self.person.name, at=now)
                session.add(row)
            else:
                changed = update(ShareRow).where(ShareRow.course_id == course, ShareRow.address == address)
                session.execute(changed.values(may=may, at=now))
            noted(session, self.person, course, Note("shared", _words(address, may)), now)
            return Share(address, may)

    def withdraw(self, course: str, address: str) -> None:
        """Take back what was shared with a colleague; gone already is as good."""
        with self.store.writing() as session:
            standing(self.store, session, self.person, course, "own", locked=True)
            if self._drop(session, course, address):
                what = message("no longer shared with {address}", address=address)
                noted(session, self.person, course, Note("withdrawn", what), datetime.now(UTC))

    def leave(self, course: str) -> None:
        """Leave a course that was shared with this person."""
        with self.store.writing() as session:
            standing(self.store, session, self.person, course)
            if self._drop(session, course, self.person.address):
                note = Note("left", message("left the course"))
                noted(session, self.person, course, note, datetime.now(UTC))

    def _drop(self, session: Session, course: str, address: str) -> bool:
        theirs = (ShareRow.course_id == course, ShareRow.address == address)
        found = session.scalar(select(ShareRow.id).where(*theirs))
        session.execute(delete(ShareRow).where(*theirs))
        return found is not None


def _share(course: str, address: str) -> Select[str]:
    return select(ShareRow.may).where(ShareRow.course_id == course, ShareRow.address == address)


def _count(course: str) -> Select[int]:
    return select(func.count(ShareRow.id)).where(ShareRow.course_id == course)


def _words(address: str, may: May) -> Message:
    if may == "look":
        return message("shared with {address}, to look at", address=address)
    return message("shared with {address}, to change", address=address)


def _no_address(written: str) -> NotSaved:
    return not_saved(
        "no-address",
        message("“{address}” is not an e-mail address.", address=written.strip()[:100]),
        message("Write the address that your colleague signs in with, such as a.bakker@school.example."),
    )


def _own_address(address: str) -> NotSaved:
    return not_saved(
        "own-address",
        message("{address} is your own address.", address=address),
        message("Write the address that your colleague signs in with, such as a.bakker@school.example."),
    )


def _too_many() -> NotSaved:
    return not_saved(
        "too-many",
        message("This course is shared with {n} colleagues, and that is the most there can be.", n=MOST),
        message("Stop sharing it with a colleague who no longer needs it."),
    )
