"""What a coordinator asks of a rerun, beside the fewest moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from planner.model.text import Message, message


@dataclass(frozen=True)
class ReplanOptions:
    """What a coordinator asks of a rerun.

    Attributes
    ----------
    from_week : int
        First week in which the new groups hold.
    extra_moves : int
        Moves that may be spent on a lower cost.
    closed : frozenset of str
        Names of groups that nobody leaves or joins.
    locked : frozenset of str
        Ids of students who stay where they are.
    topped_up : frozenset of str
        Names of groups that nobody leaves and somebody joins.
    dissolved : frozenset of str
        Names of groups that everybody leaves, for other groups and not for new ones, where that
        can be.
    merged : tuple of (str, str)
        Names of two groups: all of the first join the second, which nobody leaves.
    """

    from_week: int = 1
    extra_moves: int = 0
    closed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    topped_up: frozenset[str] = frozenset()
    dissolved: frozenset[str] = frozenset()
    merged: tuple[tuple[str, str], ...] = ()

    @property
    def bind(self) -> bool:
        """Whether anything is asked that could stand in the way of a plan."""
        return bool(self.closed or self.locked or self.topped_up or self.dissolved or self.merged)

    @property
    def free(self) -> ReplanOptions:
        """The same week, with nothing asked that could stand in the way of a plan."""
        return ReplanOptions(from_week=self.from_week)

    @property
    def each(self) -> tuple[ReplanOptions, ...]:
        """Everything that binds, one thing at a time."""
        return tuple(self._each())

    def _each(self) -> Iterator[ReplanOptions]:
        yield from (replace(self.free, closed=frozenset({group})) for group in sorted(self.closed))
        yield from (replace(self.free, topped_up=frozenset({group})) for group in sorted(self.topped_up))
        yield from (replace(self.free, dissolved=frozenset({group})) for group in sorted(self.dissolved))
        yield from (replace(self.free, merged=(pair,)) for pair in self.merged)
        yield from (replace(self.free, locked=frozenset({student})) for student in sorted(self.locked))

    def also(self, others: Iterable[ReplanOptions]) -> ReplanOptions:
        """Return these options with all that others ask of groups and students."""
        every = (self, *others)
        return replace(
            self,
            closed=frozenset().union(*(one.closed for one in every)),
            locked=frozenset().union(*(one.locked for one in every)),
            topped_up=frozenset().union(*(one.topped_up for one in every)),
            dissolved=frozenset().union(*(one.dissolved for one in every)),
            merged=tuple(pair for one in every for pair in one.merged),
        )

    def beside(self, other: ReplanOptions) -> ReplanOptions:
        """Return these wishes with the groups and students that another one keeps."""
        return replace(self, closed=self.closed | other.closed, locked=self.locked | other.locked)

    def without(self, other: ReplanOptions) -> ReplanOptions:
        """Return these options less what another one asks."""
        return replace(
            self,
            closed=self.closed - other.closed,
            locked=self.locked - other.locked,
            topped_up=self.topped_up - other.topped_up,
            dissolved=self.dissolved - other.dissolved,
            merged=tuple(pair for pair in self.merged if pair not in other.merged),
        )

    def describe(self, names: Mapping[str, str]) -> tuple[Message, ...]:
        """Return what is asked, one thing in each message; `names` are those of students by id."""
        return (
            *(message("{group} stays as it is", group=group) for group in sorted(self.closed)),
            *(message("{group} is topped up", group=group) for group in sorted(self.topped_up)),
            *(message("{group} is dissolved", group=group) for group in sorted(self.dissolved)),
            *(message("{group} joins {other}", group=one, other=other) for one, other in self.merged),
            *(
                message("{name} stays in the same group", name=names.get(one, one))
                for one in sorted(self.locked)
            ),
        )

    def let_go(self, names: Mapping[str, str]) -> tuple[Message, ...]:
        """Return what it would be not to ask it, one thing in each message."""
        return (
            *(message("Let students leave or join {group}.", group=group) for group in sorted(self.closed)),
            *(
                message("Leave open whether someone joins {group}.", group=group)
                for group in sorted(self.topped_up)
            ),
            *(message("Keep {group}.", group=group) for group in sorted(self.dissolved)),
            *(
                message("Leave open what becomes of {group} and {other}.", group=one, other=other)
                for one, other in self.merged
            ),
            *(
                message("Leave open whether {name} moves.", name=names.get(one, one))
                for one in sorted(self.locked)
            ),
        )
