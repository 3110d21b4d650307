"""What the database holds is looked at before it is used: damaged, it can be of any type and any size."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter

from planner.store.model import KEPT_DAYS, LastSave, Listing, MadeBy, May, PlanListing

D = TypeVar("D", bound=date)
YEARS = range(1970, 3000)


def _in_our_time(day: D) -> D:
    if day.year not in YEARS:
        raise ValueError("year")
    return day


Text = Annotated[str, Field(strict=True)]
Count = Annotated[int, Field(strict=True, ge=0, lt=2**31)]
Moment = Annotated[datetime, Field(strict=True), AfterValidator(_in_our_time)]
Day = Annotated[date, Field(strict=True), AfterValidator(_in_our_time)]
_COURSE = TypeAdapter(tuple[Text, Text, Count])
_LISTING = TypeAdapter(tuple[Text, Text, Count, Moment, Day | None, Count, Count, May, Text | None, Count])
_STANDING: TypeAdapter[tuple[int, May]] = TypeAdapter(tuple[Count, May])
_LAST: TypeAdapter[tuple[datetime, str | None, str | None]] = TypeAdapter(
    tuple[Moment, Text | None, Text | None]
)
_PLAN: TypeAdapter[tuple[int, datetime, MadeBy]] = TypeAdapter(tuple[Count, Moment, MadeBy])


def course(*row: Any) -> tuple[str, str, int]:
    """Return the id, name and version of a course.

    Raises
    ------
    ValueError
        Where they cannot be what was saved; so do the others here.
    """
    return _COURSE.validate_python(row)


def standing(*row: Any) -> tuple[int, May]:
    """Return the version of a course, and what somebody may do with it."""
    return _STANDING.validate_python(row)


def last_save(owner: str, *row: Any) -> LastSave:
    """Return when a course was saved last, and who did where that was not this owner."""
    at, saver, name = _LAST.validate_python(row)
    return LastSave(at, "" if saver in (None, owner) else name or "")


def listing(*row: Any) -> Listing:
    """Return a course as it stands in a list."""
    known, name, version, changed, keep, students, plans, may, by, colleagues = _LISTING.validate_python(row)
    until = keep or changed.date() + timedelta(days=KEPT_DAYS)
    return Listing(
        known, name, version, changed, until, students, plans,
        may=may, given_by=by or "", colleagues=colleagues,
    )  # fmt: skip


def plan(*row: Any) -> tuple[int, datetime, MadeBy]:
    """Return the number of a plan, when it was made, and how."""
    return _PLAN.validate_python(row)


def plan_listing(*row: Any) -> PlanListing:
    """Return a plan as it stands in a list."""
    return PlanListing(*plan(*row))
