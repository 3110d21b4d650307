"""A course: all that is needed to come back to a plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from pydantic import Field

from planner.model.base import MOST_STUDENTS, MOST_VERSIONS, Frozen, Week
from planner.model.domain import Group, Left, Plan, Roster, Turn
from planner.model.free_times import with_zones
from planner.rules import Rules

How = Literal["by-hand", "refresh"]  # what put somebody in their group, other than the plan itself


class Version(Frozen):
    """Groups of earlier in the term, and from which week they held."""

    from_week: Week
    groups: tuple[Group, ...] = Field(max_length=MOST_STUDENTS)


class Locks(Frozen):
    """What stays as it is until the coordinator says otherwise.

    Attributes
    ----------
    students : tuple of str
        Ids of who stays in their group.
    groups : tuple of str
        Names of groups that nobody leaves or joins.
    """

    students: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.students or self.groups)


class Course(Frozen):
    """A class list (only the columns in use), the rules, and the plan made with them.

    `history` holds every earlier version of the groups, oldest first; student ids
    are those of now where somebody's id changed. `left` has who was in one of them and is
    in the class list no more, by the id of then. `placed` has who was put in their group by
    something else than the plan: by hand, or by a refresh where it is another than the week before.
    """

    roster: Roster
    rules: Rules
    plan: Plan
    history: tuple[Version, ...] = Field(default=(), max_length=MOST_VERSIONS)
    locks: Locks = Locks()
    left: dict[str, Left] = Field(default_factory=dict)
    placed: dict[str, How] = Field(default_factory=dict, max_length=MOST_STUDENTS)

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of some students, those who left included, in the order given."""
        known = {one: left.name for one, left in self.left.items()} | dict(self.roster.shown_names)
        return tuple(known.get(one, one) for one in ids)


def with_left(
    before: Mapping[str, Left], gone: Mapping[str, str], turns: Iterable[Turn], new_id: Mapping[str, str]
) -> dict[str, Left]:
    """Return who left the course, those who are gone since included.

    `new_id` has the ids from now on by those of then, of whom another is known.

    Parameters
    ----------
    before : mapping of str to Left
        Who had left already, by the id of then.
    gone : mapping of str to str
        Names of who is gone since, by id.
    turns : iterable of Turn
        Roles of the term, with the ids of then.
    new_id : mapping of str to str
        Ids from now on by those of then, of whom another is known.

    Returns
    -------
    dict of str to Left
        By the id that the past has from now on.
    """
    roles: dict[str, dict[tuple[int, str], None]] = {
        one: dict.fromkeys(before[one].roles if one in before else ()) for one in gone
    }
    for turn in turns:
        if turn.student_id in roles:
            roles[turn.student_id][turn.week, turn.role] = None
    now = {one: Left(name=gone[one], roles=tuple(had)) for one, had in roles.items()}
    return {new_id.get(one, one): left for one, left in {**before, **now}.items()}


def only_used(roster: Roster, rules: Rules) -> Roster:
    """Return the roster with just the columns that the rules read.

    Parameters
    ----------
    roster : Roster
    rules : Rules

    Returns
    -------
    Roster
    """
    return with_columns(roster, rules.headings())


def with_columns(roster: Roster, headings: Iterable[str]) -> Roster:
    """Return the roster with just the columns under some headings; moments keep whose clock they are on.

    Parameters
    ----------
    roster : Roster
    headings : iterable of str
        Of the columns that stay.

    Returns
    -------
    Roster
    """
    used = set(with_zones(roster, headings))
    students = tuple(
        student.model_copy(update={"answers": {h: a for h, a in student.answers.items() if h in used}})
        for student in roster.students
    )
    return Roster(students=students, columns=tuple(c for c in roster.columns if c.heading in used))
