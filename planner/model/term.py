"""The weeks of a term, and what its refreshes may do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from planner.model.base import LARGEST_GROUP, LONGEST_NAME, LONGEST_TERM, Frozen
from planner.model.term_clock import TermClock


class TermSettings(Frozen):
    """Weeks of the term, when groups are refreshed, and what a refresh is for.

    With `meet` "familiar" everyone keeps `keep_familiar` of their group members and at
    most `max_moved` of the class moves. With "new" every block has other groups, in
    which as few as can be meet for a second time. `starts` is the first day of the term and
    `time_zone` the clock of the course: they matter where students are in other time zones.
    """

    weeks: int = Field(default=10, ge=1, le=LONGEST_TERM)
    refresh_after: tuple[Annotated[int, Field(ge=0, le=LONGEST_TERM)], ...] = Field(
        default=(), max_length=LONGEST_TERM
    )
    keep_familiar: int = Field(default=1, ge=0, le=LARGEST_GROUP)
    max_moved: float = Field(default=0.25, ge=0, le=1)
    meet: Literal["familiar", "new"] = "familiar"
    starts: date | None = None
    time_zone: str | None = Field(default=None, max_length=LONGEST_NAME)

    @property
    def clock(self) -> TermClock:
        """The clock that times are told on, and the dates over which it is compared with others."""
        if self.starts is None:
            return TermClock(self.time_zone)
        return TermClock(self.time_zone, self.starts, self.starts + timedelta(days=7 * self.weeks - 1))

    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Return the first and the last week of every block."""
        firsts = [1, *(week + 1 for week in sorted(set(self.refresh_after)) if 1 <= week < self.weeks)]
        return tuple(zip(firsts, [*(week - 1 for week in firsts[1:]), self.weeks], strict=True))

    def most_moved(self, students: int) -> int:
        """Return how many of a class of `students` may move at a refresh, rounded down."""
        return int(self.max_moved * students + 1e-9)


def nobody_can_move(largest: int, keep: int) -> bool:
    """Whether a refresh of groups of at most `largest` lets nobody move, whatever the class.

    It does exactly when `largest` is at most ``2 * keep + 1``. Call the members of one
    old group who are in one new group a part. Everyone keeps `keep` group members, so a
    part of a group of more than `keep` has at least ``keep + 1`` members, and a smaller
    group is one part. There are as many new groups as old ones. A new group that
    somebody moved to has at least two parts, since who moves meets new people; so if
    anybody moves there are more parts than groups, and some old group has two parts,
    hence ``2 * (keep + 1)`` members. Two such groups can always trade a part each.

    Parameters
    ----------
    largest : int
        Most members of a group.
    keep : int
        Group members that everyone keeps.

    Returns
    -------
    bool
    """
    return largest < 2 * (keep + 1)
