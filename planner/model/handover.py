"""What a plan is handed over with: what it changes, and who is where in which week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planner.model.base import Week
from planner.model.domain import Group, Left, Plan
from planner.model.text import Message


@dataclass(frozen=True)
class Change:
    """What a new plan changes for one student.

    `from_group` is None for someone new, `to_group` for someone who left; the
    name is kept here because the new class list no longer has those who left.
    """

    student_id: str
    name: str
    from_group: str | None
    to_group: str | None
    reason: Message


@dataclass(frozen=True)
class Presence:
    """Who was and will be in which group in every week of a term.

    Attributes
    ----------
    weeks : int
        In the term.
    versions : sequence of (int, groups)
        Every version of the groups with its first week, oldest first.
    left : mapping
        Who left, by the id of then.
    """

    weeks: Week
    versions: Sequence[tuple[Week, Sequence[Group]]]
    left: Mapping[str, Left] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> Presence:
        """Return what a plan alone knows: the groups to come, in the weeks that have roles or a refresh."""
        weeks = [*(turn.week for turn in plan.turns), *(block.from_week for block in plan.later)]
        return cls(max(weeks, default=0), [(block.from_week, block.groups) for block in plan.blocks])

    def groups(self, week: int) -> Sequence[Group]:
        """Return the groups of a week; none where it is before the first ones."""
        return next((groups for first, groups in reversed(self.versions) if first <= week), ())


@dataclass(frozen=True)
class Handover:
    """Where in the term the plan is handed over.

    Attributes
    ----------
    week : int
        The first week that is still to come.
    previous : mapping or None
        Group name by student id, as the learning system has them now.
    changes : tuple of Change
        What this plan changes, for people to read.
    presence : Presence or None
        Who is where in all weeks; None is what the plan alone knows.
    """

    week: Week = 1
    previous: Mapping[str, str] | None = None
    changes: tuple[Change, ...] = ()
    presence: Presence | None = None


def came_and_went(
    before: Iterable[Group], after: Iterable[Group]
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return who came to a group and who went from it, by its label; of those in which somebody did.

    Parameters
    ----------
    before, after : iterable of Group
        With the same ids of who continues.

    Returns
    -------
    dict of str to tuple of (frozenset, frozenset)
        Ids; groups that are gone are left out.
    """
    then = {group.name: frozenset(group.members) for group in before}
    found = {}
    for group in after:
        was, now = then.get(group.name, frozenset()), frozenset(group.members)
        if was != now:
            found[group.name] = (now - was, was - now)
    return found
