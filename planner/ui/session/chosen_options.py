"""What a coordinator asks of a rerun on its page, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.model.replan_options import ReplanOptions
from planner.replanning.choices import Choice


@dataclass
class ChosenOptions:
    """What is asked beside the fewest moves; see `ReplanOptions`.

    Attributes
    ----------
    from_week : int
    extra_moves : int
    closed, locked : tuple of str
        Groups and students that stay as they are.
    topped_up, dissolved : tuple of str
    merged : tuple of (str, str)
    """

    from_week: int = 1
    extra_moves: int = 0
    closed: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    topped_up: tuple[str, ...] = ()
    dissolved: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()

    def asked(self, groups: set[str], students: Mapping[str, str]) -> ReplanOptions:
        """Return what is asked of the groups and students that there are."""
        return ReplanOptions(
            from_week=self.from_week,
            extra_moves=self.extra_moves,
            closed=frozenset(self.closed) & groups,
            locked=frozenset(self.locked).intersection(students),
            topped_up=frozenset(self.topped_up) & groups,
            dissolved=frozenset(self.dissolved) & groups,
            merged=tuple(pair for pair in self.merged if groups.issuperset(pair)),
        )

    def choose(self, choice: Choice) -> None:
        """Ask for what a choice says; what was asked of its groups before counts no more."""
        self._take_groups(
            choice.added_to(
                ReplanOptions(
                    closed=frozenset(self.closed),
                    topped_up=frozenset(self.topped_up),
                    dissolved=frozenset(self.dissolved),
                    merged=self.merged,
                )
            )
        )

    def take(self, options: ReplanOptions) -> None:
        """Ask what other options ask of groups and students."""
        self.locked = tuple(sorted(options.locked))
        self._take_groups(options)

    def _take_groups(self, options: ReplanOptions) -> None:
        self.closed, self.merged = tuple(sorted(options.closed)), options.merged
        self.topped_up, self.dissolved = tuple(sorted(options.topped_up)), tuple(sorted(options.dissolved))

    def rename_locked(self, ids: Mapping[str, str]) -> None:
        """Call locked students by other ids, where they have one."""
        self.locked = tuple(ids.get(student, student) for student in self.locked)
