"""Roles for one session in which some are away: who is there keeps theirs, what is vacant passes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from planner.model.role_catalogue import minded, place_of, positions
from planner.planning.session_groups import SessionGroup, SessionRole, VacantRole
from planner.plans.course import Course
from planner.rules.asked_roles import can_take


def with_roles(course: Course, week: int, groups: Iterable[SessionGroup]) -> tuple[SessionGroup, ...]:
    """Return groups of a session with who has which role.

    A group of so many needs the first so many roles. Whoever has one of these this week keeps it; the others
    pass to those who can take them and have none yet, first to whoever had the role least this term.
    Where the group is too small today for a role that it has this week, it is proposed who takes it besides:
    who does so in groups that are always that small, else who had it least.

    Parameters
    ----------
    course : Course
    week : int
    groups : iterable of SessionGroup

    Returns
    -------
    tuple of SessionGroup
    """
    groups = tuple(groups)
    at_home = {one for group in groups for one in group.members if one not in group.guests}
    roles = _Roles(course, week, at_home)
    held = (replace(group, roles=roles.of(group)) for group in groups)
    return tuple(replace(group, vacant=roles.vacant(group)) for group in held)


class _Roles:
    """The roles of a week as they were planned."""

    def __init__(self, course: Course, week: int, at_home: AbstractSet[str]) -> None:
        self._course, self._names, self._at_home = course, course.rules.role_names, at_home
        places = [(turn, place_of(self._names, turn.role)) for turn in course.plan.turns if not turn.minds]
        self._usual = {
            (turn.group, place_of(self._names, turn.role)) for turn in course.plan.turns if turn.week == week
        }
        self._now = [(turn, place) for turn, place in places if turn.week == week and place is not None]
        self._own = {turn.student_id: place for turn, place in self._now}
        self._had = Counter((turn.student_id, place) for turn, place in places if turn.week < week)

    def of(self, group: SessionGroup) -> tuple[SessionRole, ...]:
        """Return the roles of one group of the session."""
        if not self._now:
            return ()
        needed = positions(self._names, len(group.members))
        held = self._kept(group, needed)
        for role in needed:
            taker = self._taker(group, role, held)
            if taker is not None:
                held.setdefault(role, []).append(taker)
        return tuple(self._role(group, role, one) for role in sorted(held) for one in held[role])

    def vacant(self, group: SessionGroup) -> tuple[VacantRole, ...]:
        """Return the roles of this week that nobody in a group of the session holds."""
        if group.as_usual:
            return ()
        held = {self._names.index(one.role): one.student for one in group.roles}
        asked = {place for name, place in self._usual if name == group.of and place is not None}
        minders = minded(self._names, len(group.members))
        return tuple(
            VacantRole(self._names[role], self._proposed(group, role, held.get(minders.get(role, -1))))
            for role in sorted(asked - held.keys())
        )

    def _proposed(self, group: SessionGroup, role: int, minder: str | None) -> str | None:
        if minder is not None and self._can(minder, role):
            return minder
        return self._least_often(group, role, group.members)

    def _kept(self, group: SessionGroup, needed: Sequence[int]) -> dict[int, list[str]]:
        """Return by role who has it this week already; of two from other groups the one who is at home."""
        held: dict[int, list[str]] = {}
        for one in (*(m for m in group.members if m not in group.guests), *group.guests):
            role = self._own.get(one)
            if role is not None and len(held.get(role, ())) < needed.count(role):
                held.setdefault(role, []).append(one)
        return held

    def _taker(self, group: SessionGroup, role: int, held: dict[int, list[str]]) -> str | None:
        if len(held.get(role, ())) >= positions(self._names, len(group.members)).count(role):
            return None
        busy = {one for some in held.values() for one in some}
        return self._least_often(group, role, [one for one in group.members if one not in busy])

    def _least_often(self, group: SessionGroup, role: int, among: Sequence[str]) -> str | None:
        """Return who had a role least this term, of those who can take it; guests last."""
        return min(
            (one for one in among if self._can(one, role)),
            key=lambda one: (one in group.guests, self._had[one, role], group.members.index(one)),
            default=None,
        )

    def _can(self, student: str, role: int) -> bool:
        return role in can_take(self._course.rules, self._course.roster.by_id[student])

    def _role(self, group: SessionGroup, role: int, student: str) -> SessionRole:
        """Say whose role it is where that is somebody who is not with their own group today."""
        holders = [turn.student_id for turn, place in self._now if place == role and turn.group == group.of]
        gone = [one for one in holders if one not in self._at_home]
        return SessionRole(self._names[role], student, gone[0] if gone and student not in holders else None)
