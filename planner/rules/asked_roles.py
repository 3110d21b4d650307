"""What is asked about roles: kept beside a plan, so that a rerun sees what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from planner.model.domain import Roster, Student
from planner.model.role_catalogue import place_of
from planner.model.values import choices
from planner.rules.role_coverage import RoleCoverage
from planner.rules.settings import Rules


@dataclass(frozen=True)
class AskedRoles:
    """What is asked about the roles of a course.

    Attributes
    ----------
    names : tuple of str
    rotate_every, weeks : int
    leaves, likes : mapping
        By student id the roles that somebody rather leaves to others, and those they like to have;
        only of those who have any.
    """

    names: tuple[str, ...]
    rotate_every: int
    weeks: int
    leaves: Mapping[str, frozenset[str]] = field(default_factory=dict)
    likes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def named(self, names: tuple[str, ...]) -> AskedRoles:
        """Return the same with the roles that a list has, as they are called there."""

        def called(roles: Iterable[str]) -> frozenset[str]:
            return frozenset(names[place] for role in roles if (place := place_of(names, role)) is not None)

        both = called(self.names)
        return replace(
            self,
            names=tuple(name for name in names if name in both),
            leaves={one: called(roles) for one, roles in self.leaves.items()},
            likes={one: called(roles) for one, roles in self.likes.items()},
        )

    @classmethod
    def of(cls, rules: Rules, roster: Roster, new_id: Mapping[str, str] | None = None) -> AskedRoles:
        """Return what rules and answers ask about roles.

        Parameters
        ----------
        rules : Rules
        roster : Roster
        new_id : mapping of str to str, optional
            Ids of now by those of the roster, where they changed.

        Returns
        -------
        AskedRoles
            With the ids of now.
        """
        names, ids = rules.role_names, new_id or {}
        able = {ids.get(one.id, one.id): can_take(rules, one) for one in roster.students}
        likes = {ids.get(one.id, one.id): would_like(rules, one) for one in roster.students}
        every = frozenset(range(len(names)))

        def named(places: frozenset[int]) -> frozenset[str]:
            return frozenset(names[place] for place in places)

        return cls(
            names=names,
            rotate_every=rules.roles.rotate_every,
            weeks=rules.term.weeks,
            leaves={one: named(every - mine) for one, mine in able.items() if mine != every},
            likes={one: named(mine) for one, mine in likes.items() if mine},
        )


def can_take(rules: Rules, student: Student) -> frozenset[int]:
    """Return the roles a student can take, as places in the course's list.

    Parameters
    ----------
    rules : Rules
    student : Student

    Returns
    -------
    frozenset of int
    """
    names = rules.role_names
    if not rules.roles.opt_out:
        return frozenset(range(len(names)))
    return RoleCoverage(roles=names, opt_out=rules.roles.opt_out).can_take(student)


def would_like(rules: Rules, student: Student) -> frozenset[int]:
    """Return the roles that a student likes to have, as places in the course's list.

    Parameters
    ----------
    rules : Rules
    student : Student

    Returns
    -------
    frozenset of int
    """
    if not rules.roles.wish:
        return frozenset()
    places = (place_of(rules.role_names, answer) for answer in choices(student.answer(rules.roles.wish)))
    return frozenset(place for place in places if place is not None)
