"""A clock that a test holds: it says how much time goes by, however long anything takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo


@dataclass
class Clock:
    """Stands in for the module `time` where a room looks at it."""

    now: float = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now


def ticking(start: datetime) -> type[datetime]:
    """Return what stands in for the class `datetime` in a room: each look at it is a second later."""
    clock = Clock(start.timestamp())

    class Ticking(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            clock.now += 1
            return datetime.fromtimestamp(clock.now, tz)

    return Ticking
