"""The weeks of a term, and what its refreshes may do."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from planner.model.domain import LARGEST_GROUP, LONGEST_TERM, Frozen


class TermSettings(Frozen):
    """Weeks of the term, when groups are refreshed, and what a refresh is for.

    With `meet` "familiar" everyone keeps `keep_familiar` of their group members and at
    most `max_moved` of the class moves. With "new" every block has other groups, in
    which as few as can be meet for a second time.
    """

    weeks: int = Field(default=10, ge=1, le=LONGEST_TERM)
    refresh_after: tuple[Annotated[int, Field(ge=0, le=LONGEST_TERM)], ...] = Field(
        default=(), max_length=LONGEST_TERM
    )
    keep_familiar: int = Field(default=1, ge=0, le=LARGEST_GROUP)
    max_moved: float = Field(default=0.25, ge=0, le=1)
    meet: Literal["familiar", "new"] = "familiar"

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
