"""What changed in a group, and what to write to its members: the words of a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.domain import Group, Roster, group_of
from planner.model.handover import Change, came_and_went
from planner.model.text import Message, message, plural_message


@dataclass(frozen=True)
class GroupNews:
    """What changed in one group.

    Attributes
    ----------
    group : str
    members : tuple of str
        Ids of those who are in it now.
    changes : tuple of Message
        A sentence for each student who came or went.
    reasons : tuple of Message
        Why, where that is known and its members may read it.
    """

    group: str
    members: tuple[str, ...]
    changes: tuple[Message, ...]
    reasons: tuple[Message, ...] = ()

    @property
    def summary(self) -> Message:
        """What changed, for the coordinator."""
        return message("{group}: {changes}", group=self.group, changes=_joined(self.changes))

    @property
    def subject(self) -> Message:
        """What stands above the mail."""
        return message("A change in {group}", group=self.group)

    def letter(self, roster: Roster, week: int) -> tuple[Message, ...]:
        """Return the paragraphs of the mail to its members.

        Parameters
        ----------
        roster : Roster
            With all members.
        week : int
            From which the change holds.

        Returns
        -------
        tuple of Message
        """
        names = roster.names(self.members)
        return (
            message("Hello {names},", names=tuple(roster.by_id[one].call_name for one in self.members)),
            message(
                "{group} changes from week {week}. {changes}",
                group=self.group,
                week=week,
                changes=_joined(self.changes),
            ),
            *self.reasons,
            plural_message(
                "From then on this is the whole group: {names}.",
                "From then on you are a group of {n}: {names}.",
                len(names),
                names=names,
            ),
        )


def _joined(sentences: Sequence[Message]) -> Message:
    told = sentences[0]
    for one in sentences[1:]:
        told = message("{one} {other}", one=told, other=one)
    return told


def news(
    before: Sequence[Group], after: Sequence[Group], roster: Roster, changes: Sequence[Change] = ()
) -> tuple[GroupNews, ...]:
    """Return what changed in each group that has members, in the order of the groups.

    Parameters
    ----------
    before, after : sequence of Group
        With the same ids of who continues.
    roster : Roster
        With everybody who is in a group now.
    changes : sequence of Change
        Why people are in another group, and the names of those who left.

    Returns
    -------
    tuple of GroupNews
        Groups in which nobody came or went are left out, and so are those that are gone.
    """
    names = {**{one.student_id: one.name for one in changes}, **roster.shown_names}
    why = {one.student_id: one.reason for one in changes}
    was, now = group_of(before), group_of(after)
    changed = came_and_went(before, after)
    found = []
    for group in after:
        came, went = changed.get(group.name, (frozenset(), frozenset()))
        if group.members and (came or went):
            told = (
                *(_came(names[one], was.get(one)) for one in group.members if one in came),
                *(_went(names.get(one, one), now.get(one)) for one in was if one in went),
            )
            reasons = dict.fromkeys(why[one] for one in group.members if one in came and one in why)
            found.append(GroupNews(group.name, group.members, told, tuple(reasons)))
    return tuple(found)


def _came(name: str, old: str | None) -> Message:
    if old is None:
        return message("{name} is new.", name=name)
    return message("{name} joins from {group}.", name=name, group=old)


def _went(name: str, new: str | None) -> Message:
    if new is None:
        return message("{name} is no longer in the group.", name=name)
    return message("{name} goes to {group}.", name=name, group=new)
