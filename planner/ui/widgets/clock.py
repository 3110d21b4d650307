"""Days and times as the coordinator's own clock has them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_time

from planner.ui.session.days import day_and_time, zone
from planner.ui.session.language import current

__all__ = ["clock", "day", "day_and_time"]


def clock(moment: datetime) -> str:
    """Return a moment as a time of the day."""
    return str(format_time(moment, "HH:mm", tzinfo=zone(), locale=current()))


def day(moment: date) -> str:
    """Return a day."""
    return str(format_date(moment, "d MMMM y", locale=current()))
