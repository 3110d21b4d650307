"""What the database holds is looked at before it is used: damaged, it can be of any type and any size."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, TypeAdapter

from planner.store.model import KEPT_DAYS, Listing, MadeBy, PlanListing

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
_LISTING = TypeAdapter(tuple[Text, Text, Count, Moment, Day | None, Count, Count])
_VERSION: TypeAdapter[int] = TypeAdapter(Count)
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)
_PLAN: TypeAdapter[tuple[int, datetime, MadeBy]] = TypeAdapter(tuple[Count, Moment, MadeBy])


def course(*row: Any) -> tuple[str, str, int]:
    """Return the id, name and version of a course.

    Raises
    ------
    ValueError
        Where they cannot be what was saved; so do the others here.
    """
    return _COURSE.validate_python(row)


def version(found: Any) -> int:
    """Return the version of a course."""
    return _VERSION.validate_python(found)


def moment(found: Any) -> datetime:
    """Return when something was saved."""
    return _MOMENT.validate_python(found)


def listing(*row: Any) -> Listing:
    """Return a course as it stands in a list."""
    known, name, version, changed, keep, students, plans = _LISTING.validate_python(row)
    until = keep or changed.date() + timedelta(days=KEPT_DAYS)
    return Listing(known, name, version, changed, until, students, plans)


def plan(*row: Any) -> tuple[int, datetime, MadeBy]:
    """Return the number of a plan, when it was made, and how."""
    return _PLAN.validate_python(row)


def plan_listing(*row: Any) -> PlanListing:
    """Return a plan as it stands in a list."""
    return PlanListing(*plan(*row))
