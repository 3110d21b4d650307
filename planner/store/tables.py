"""The tables, as SQLAlchemy sees them; how they come to be is in `migrations`."""

from __future__ import annotations

import zlib
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, ForeignKey, LargeBinary, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

LARGEST = 100_000_000  # bytes of a plan once unpacked; one of 2,000 students is some megabytes


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, and is told it again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Write in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Packed(TypeDecorator[bytes]):
    """Bytes that are kept compressed: a plan of 2,000 students shrinks from megabytes to a tenth."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Any) -> bytes | None:
        """Compress."""
        return None if value is None else zlib.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Any) -> bytes | None:
        """Unpack."""
        if value is None:
            return None
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(value, LARGEST)
        if not unpacking.eof:
            raise ValueError("damaged, or more than a plan can be")
        return found


class Base(DeclarativeBase):
    """What all tables share."""


class CourseRow(Base):
    """One course of one owner; `version` goes up at every save."""

    __tablename__ = "course"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    owner: Mapped[str] = mapped_column(String(255), index=True)
    name: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    created: Mapped[datetime] = mapped_column(Moment)
    changed: Mapped[datetime] = mapped_column(Moment)
    keep_until: Mapped[date | None] = mapped_column(Date)
    students: Mapped[int]
    roster: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    saver: Mapped[str | None] = mapped_column(Text)
    saver_name: Mapped[str | None] = mapped_column(Text)


class PlanRow(Base):
    """One accepted plan of a course; what is edited by hand in one sitting is one of them."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("course_id", "number", name="one_plan_per_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    made: Mapped[datetime] = mapped_column(Moment)
    how: Mapped[str] = mapped_column(String(20))
    content: Mapped[bytes] = mapped_column(Packed)
    handover: Mapped[str | None] = mapped_column(Text)
    sitting: Mapped[str | None] = mapped_column(String(36))


class ShareRow(Base):
    """One course is shared with whoever signs in with an address."""

    __tablename__ = "share"
    __table_args__ = (UniqueConstraint("course_id", "address", name="one_share_per_address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    address: Mapped[str] = mapped_column(Text, index=True)
    may: Mapped[str] = mapped_column(String(10))
    given_by: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class HappenedRow(Base):
    """Somebody did something to a course; `before` is what was on its page, where that was replaced."""

    __tablename__ = "happened"

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[str] = mapped_column(ForeignKey("course.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    owner: Mapped[str] = mapped_column(Text)
    who: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(Text)
    plan: Mapped[int | None]
    before: Mapped[bytes | None] = mapped_column(Packed)


class SignOutRow(Base):
    """Somebody signed out at a moment; what they signed in with until then counts no more."""

    __tablename__ = "sign_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str] = mapped_column(Text, index=True)
    at: Mapped[datetime] = mapped_column(Moment)
