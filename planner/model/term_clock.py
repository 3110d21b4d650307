"""On which clock the times of a course are told, and over which dates."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

# Where the dates of a term are not known, times count that hold in winter and in summer alike.
_ANY_YEAR = (date(2026, 1, 1), date(2026, 12, 31))


class TermClock(NamedTuple):
    """The zone of a course and the dates of its term, where the coordinator gave them."""

    zone: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def dates(self) -> tuple[date, date]:
        """The days over which clocks are compared."""
        return _ANY_YEAR if self.first is None or self.last is None else (self.first, self.last)
