"""Who is next: a line in which nobody holds up the others by asking for a lot."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class FairQueue(Generic[T]):
    """Things that wait for their turn, each for somebody.

    Notes
    -----
    Next is who has the least under way; among those, who has waited longest since
    their last turn. Of one's own things the first asked for is the first done.
    """

    waiting: dict[str, list[T]] = field(default_factory=dict)  # who waited longest for a turn is first
    under_way: Counter[str] = field(default_factory=Counter)

    def add(self, owner: str, thing: T) -> None:
        """Let a thing of somebody wait.

        Parameters
        ----------
        owner : str
            Whose turn it is for.
        thing : T
            What waits.
        """
        self.waiting.setdefault(owner, []).append(thing)

    def order(self) -> list[tuple[str, T]]:
        """Return what waits, in the order in which it is taken if nobody else comes in between."""
        keyed = [
            (self.under_way[owner] + number, turn, owner, thing)
            for turn, (owner, things) in enumerate(self.waiting.items())
            for number, thing in enumerate(things)
        ]
        return [(owner, thing) for *_, owner, thing in sorted(keyed, key=lambda one: one[:2])]

    def place(self, thing: T) -> int:
        """Return the place of a thing in the line, 1 for the next; 0 where it does not wait."""
        things = [one for _, one in self.order()]
        return things.index(thing) + 1 if thing in things else 0

    def take(self, *, newcomer: bool = False) -> tuple[str, T] | None:
        """Take who is next, None where nobody is; only a newcomer has nothing under way."""
        order = self.order()
        if not order or (newcomer and self.under_way[order[0][0]]):
            return None
        owner, thing = order[0]
        self.leave(owner, thing)
        self._others_first(owner)
        self.under_way[owner] += 1
        return owner, thing

    def leave(self, owner: str, thing: T) -> bool:
        """Take a thing out of the line; return whether it was in it.

        Parameters
        ----------
        owner : str
            For whom it waited.
        thing : T

        Returns
        -------
        bool
        """
        things = self.waiting.get(owner, [])
        if thing not in things:
            return False
        things.remove(thing)
        if not things:
            del self.waiting[owner]
        return True

    def ended(self, owner: str) -> None:
        """Note that a thing that was taken is over."""
        self.under_way[owner] -= 1
        if not self.under_way[owner]:
            del self.under_way[owner]
        self._others_first(owner)

    def _others_first(self, owner: str) -> None:
        if owner in self.waiting:
            self.waiting[owner] = self.waiting.pop(owner)
