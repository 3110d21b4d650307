"""Who may do what with a course: every question to the database asks for the person as well."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, or_, select
from sqlalchemy.orm import Session

from planner.store import sound
from planner.store.database import Store
from planner.store.errors import explained, gone, not_yours, only_look
from planner.store.model import May
from planner.store.tables import CourseRow, ShareRow

LONGEST_ADDRESS = 254
_ORDER: tuple[May, ...] = ("look", "change", "own")


@dataclass(frozen=True)
class Account:
    """Whoever asks.

    Attributes
    ----------
    owner : str
        As the server knows them; empty where nobody signs in.
    name : str
        For others to read.
    address : str
        That they sign in with, as `tidy_address` has it; empty where it is not known.
    """

    owner: str = ""
    name: str = ""
    address: str = ""

    def own(self, course: str) -> tuple[ColumnElement[bool], ...]:
        """Ask for a course of their own."""
        return CourseRow.id == course, CourseRow.owner == self.owner

    def seen(self) -> ColumnElement[bool]:
        """Ask for what is theirs or was shared with them."""
        return self._theirs(ShareRow.may.in_(("look", "change")))

    def changeable(self, course: str) -> tuple[ColumnElement[bool], ...]:
        """Ask for a course that they may change."""
        return CourseRow.id == course, self._theirs(ShareRow.may == "change")

    def may(self) -> ColumnElement[str]:
        """Ask what they may do with a course."""
        return case((CourseRow.owner == self.owner, "own"), else_=self._shared(ShareRow.may))

    def given_by(self) -> ColumnElement[str]:
        """Ask who shared a course with them."""
        return case((CourseRow.owner == self.owner, ""), else_=self._shared(ShareRow.given_by))

    def _theirs(self, allowed: ColumnElement[bool]) -> ColumnElement[bool]:
        own = CourseRow.owner == self.owner
        if not self.address:
            return own
        shared = select(ShareRow.course_id).where(ShareRow.address == self.address, allowed)
        return or_(own, CourseRow.id.in_(shared))

    def _shared(self, column: Any) -> ScalarSelect[Any]:
        mine = select(column).where(ShareRow.course_id == CourseRow.id, ShareRow.address == self.address)
        return mine.scalar_subquery()


def colleagues() -> ScalarSelect[int]:
    """Ask with how many a course is shared."""
    return select(func.count(ShareRow.id)).where(ShareRow.course_id == CourseRow.id).scalar_subquery()


def standing(
    store: Store, session: Session, who: Account, course: str, least: May = "look", *, locked: bool = False
) -> int:
    """Return the version of a course, without looking at what may be damaged.

    Raises
    ------
    NotSaved
        Where it is not there or others' (``gone``), or somebody may not do as much as `least`.
    """
    asked = select(CourseRow.version, who.may()).where(CourseRow.id == course, who.seen())
    with explained(store.place, "damaged-course"):
        row = session.execute(asked.with_for_update(of=CourseRow) if locked else asked).one_or_none()
        if row is None:
            raise gone()
        version, may = sound.standing(*row)
    if _ORDER.index(may) < _ORDER.index(least):
        raise not_yours() if least == "own" else only_look()
    return version


def tidy_address(written: str) -> str:
    """Return an address as it is compared; empty where it is none."""
    address = written.strip().casefold()
    name, at, place = address.rpartition("@")
    sound_one = name and at and "." in place and "@" not in name and address.isprintable()
    return address if sound_one and " " not in address and len(address) <= LONGEST_ADDRESS else ""
