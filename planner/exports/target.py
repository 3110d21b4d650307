"""One way to hand over a plan: its texts, and what writes its files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.exports.files import Elsewhere, ExportFile
from planner.exports.keys import number_is_username, with_usernames
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover
from planner.model.problems import Problem
from planner.model.text import Message

Files = tuple[ExportFile, ...]
Problems = tuple[Problem, ...]


@dataclass(frozen=True)
class Target:
    """One way to hand over a plan.

    Attributes
    ----------
    key : str
        Short stable name.
    title, what_to_do : Message
        What it is called, and one line on what to do with it in that system.
    writer : callable
        Makes the files.
    lacks : callable
        Says why it cannot be made for a class list, or None.
    remarks : callable
        Says what to know beside the files of a plan.
    by_username : bool
        Whether it can recognise students by user names, which may be the student numbers.
    keeps_groups : bool
        Whether it has groups of its own, which can be read back after the import.
    """

    key: str
    title: Message
    what_to_do: Message
    writer: Callable[[Roster, Plan, Handover, Elsewhere], Files]
    lacks: Callable[[Roster], Message | None] = lambda _roster: None
    remarks: Callable[[Roster, Plan, Handover, Elsewhere], Problems] = lambda *_of: ()
    by_username: bool = False
    keeps_groups: bool = False

    def write(
        self, roster: Roster, plan: Plan, now: Handover | None = None, there: Elsewhere | None = None
    ) -> Files:
        """Make the files.

        Parameters
        ----------
        roster : Roster
            The class list.
        plan : Plan
        now : Handover, optional
            Who moved where, and from which week; None for a first plan.
        there : Elsewhere, optional
            What the system has already.

        Returns
        -------
        Files

        Raises
        ------
        InputError
            Where a key or a group name cannot go into this file; see `missing`
            for what can be known before there is a plan.
        """
        there = there or Elsewhere()
        return self.writer(self._seen(roster, there), plan, now or Handover(), there)

    def missing(self, roster: Roster, there: Elsewhere | None = None) -> Message | None:
        """Return why this target cannot be made for this class list, or None where it can.

        Parameters
        ----------
        roster : Roster
            The class list.
        there : Elsewhere, optional
            What the system has already.

        Returns
        -------
        Message or None
        """
        return self.lacks(self._seen(roster, there or Elsewhere()))

    def may_use_numbers(self, roster: Roster) -> bool:
        """Whether student numbers would give more people a user name, where the coordinator says so."""
        return self.by_username and any(map(number_is_username, roster.students))

    def _seen(self, roster: Roster, there: Elsewhere) -> Roster:
        return with_usernames(roster) if self.by_username and there.numbers_are_usernames else roster

    def beside(
        self, roster: Roster, plan: Plan, now: Handover | None = None, there: Elsewhere | None = None
    ) -> Problems:
        """Return what to know beside the files: what is not in them, and what the system may not take.

        Parameters
        ----------
        roster : Roster
            The class list.
        plan : Plan
        now : Handover, optional
            Who moved where, and from which week; None for a first plan.
        there : Elsewhere, optional
            What the system has already.

        Returns
        -------
        Problems
        """
        there = there or Elsewhere()
        return self.remarks(self._seen(roster, there), plan, now or Handover(), there)
