"""Groups for one session in which some are away: those who are there work with their own group if they can.

Nothing of the plan changes. A group that is whole stays as it is; of another one, those who are there work in
twos and threes. Whoever is left alone joins the group that fits best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planner.model.domain import Group
from planner.planning.session_fit import Alike, Members, SessionFit, SessionFits
from planner.plans.course import Course

MOST = 3  # of a group that is not whole work together
NEAREST = 12  # members of a large group who are looked at as company for one of them


@dataclass(frozen=True)
class SessionRole:
    """A role for one session.

    Attributes
    ----------
    role : str
    student : str
        Id.
    instead_of : str or None
        Id of who has it this week, where that is somebody else.
    """

    role: str
    student: str
    instead_of: str | None = None


@dataclass(frozen=True)
class VacantRole:
    """A role that a group has in this week and nobody holds in one session.

    Attributes
    ----------
    role : str
    proposed : str or None
        Id of who could take it besides their own; None where nobody there takes this role.
    """

    role: str
    proposed: str | None


@dataclass(frozen=True)
class SessionGroup:
    """Who work together in one session.

    Attributes
    ----------
    of : str
        Label of the group they are from, or that receives them.
    members : tuple of str
        Ids, guests last.
    guests : tuple of str
        Ids of who is from another group.
    part : int
        Which of the groups with this label it is, counted from 1; 0 where it is the only one.
    whole : bool
        Whether nobody of the group is away.
    roles : tuple of SessionRole
    vacant : tuple of VacantRole
    """

    of: str
    members: Members
    guests: Members = ()
    part: int = 0
    whole: bool = False
    roles: tuple[SessionRole, ...] = ()
    vacant: tuple[VacantRole, ...] = ()

    @property
    def as_usual(self) -> bool:
        """Whether these are the members of the group, with nobody else."""
        return self.whole and not self.guests


def session_groups(
    course: Course, groups: Sequence[Group], absent: Collection[str]
) -> tuple[SessionGroup, ...]:
    """Return the groups of one session, without roles.

    Parameters
    ----------
    course : Course
    groups : sequence of Group
        Those of the week.
    absent : collection of str
        Ids of who is away.

    Returns
    -------
    tuple of SessionGroup
        In the order of the plan; everybody who is there is in one of them.
    """
    fits = SessionFits(course, len(groups))
    parts = [part for group in groups for part in _parts(group, frozenset(absent), fits)]
    parts = _SessionTable(fits, Alike(course), parts).placed()
    count, number = Counter(part.of for part in parts), Counter[str]()
    numbered = []
    for part in parts:
        number[part.of] += 1
        numbered.append(replace(part, part=number[part.of] if count[part.of] > 1 else 0))
    return tuple(numbered)


# Those of one group


def _parts(group: Group, absent: frozenset[str], fits: SessionFits) -> list[SessionGroup]:
    here = tuple(one for one in group.members if one not in absent)
    if not here:
        return []
    whole = len(here) == len(group.members)
    if whole or len(here) <= MOST:
        return [SessionGroup(group.name, here, whole=whole)]
    return [SessionGroup(group.name, part) for part in _divided(here, fits)]


def _divided(here: Members, fits: SessionFits) -> list[Members]:
    """Return twos and threes, each the best company there is for the first of those who are left."""
    left, parts = here, []
    while len(left) > MOST:
        number = -(-len(left) // MOST)
        size = -(-len(left) // number)
        ways = [(left[0], *those) for those in combinations(left[1 : NEAREST + 1], size - 1)]
        rest = [tuple(one for one in left if one not in way) for way in ways]
        one, other = fits.of(ways), fits.of(rest) if number == 2 else [SessionFit()] * len(ways)
        best = min(range(len(ways)), key=[a.plus(b).key for a, b in zip(one, other, strict=True)].__getitem__)
        parts.append(ways[best])
        left = rest[best]
    return [*parts, left]


# Who is left alone


Rank = tuple[int, int, int, int, int]  # pairs to be apart, size, cost, answers shared (negative), place


class _SessionTable:
    """The groups of a session while those who are left alone find company."""

    def __init__(self, fits: SessionFits, alike: Alike, parts: Sequence[SessionGroup]) -> None:
        self._fits, self._alike, self.parts = fits, alike, dict(enumerate(parts))
        self._ranks: dict[int, dict[int, tuple[Rank, SessionFit]]] = {n: {} for n in self._alone()}
        self._best: dict[int, int] = {}  # the group to join, by who is alone
        self._look_at([n for n in self.parts if n not in self._ranks])

    def _alone(self) -> list[int]:
        return [number for number, part in self.parts.items() if len(part.members) == 1]

    def placed(self) -> list[SessionGroup]:
        """Return the groups once nobody is alone any more: who has least choice is placed first."""
        choice = {n: sum(not rank[0] for rank, _ in ranks.values()) for n, ranks in self._ranks.items()}
        for guest in sorted(choice, key=choice.__getitem__):
            if guest in self._ranks and len(self.parts) > 1:
                self._place(guest)
        return [self.parts[number] for number in sorted(self.parts)]

    def _place(self, guest: int) -> None:
        pair = self._pair(guest)
        if pair is not None:
            self._join(max(guest, pair), min(guest, pair))
            return
        host = self._best[guest]
        taken = self._company(guest) if self._ranks[guest][host][1].broken else None
        if taken is None:
            self._join(guest, host)
        else:
            self._with_company(guest, *taken)

    def _look_at(self, hosts: Sequence[int]) -> None:
        """See how everyone who is alone would do in some groups: new ones, or with other members."""
        for guest, ranks in self._ranks.items():
            student = self.parts[guest].members
            fits = self._fits.joining(student, [self.parts[host].members for host in hosts])
            for host, fit in zip(hosts, fits, strict=True):
                members = self.parts[host].members
                alike = -len(self._alike.shared(student[0], members))
                ranks[host] = (fit.broken, len(members), fit.cost, alike, host), fit
            best = self._best.get(guest)
            if best is None or best in hosts:
                self._best.update({guest: min(ranks, key=ranks.__getitem__)} if ranks else {})
            else:
                self._best[guest] = min((best, *hosts), key=ranks.__getitem__)

    def _pair(self, guest: int) -> int | None:
        """Return with whom a pair is better than both of them with others; None where it is not."""
        own, others = self._fit(guest), [number for number in self._ranks if number != guest]
        student = self.parts[guest].members
        fits = self._fits.of([student + self.parts[number].members for number in others])
        better = []
        for number, fit in zip(others, fits, strict=True):
            theirs = self._fit(number)
            if own is None or theirs is None or fit.key < own.plus(theirs).key:
                better.append((*fit.key, number))
        return min(better)[-1] if better else None

    def _fit(self, guest: int) -> SessionFit | None:
        return self._ranks[guest][self._best[guest]][1] if guest in self._best else None

    def _company(self, guest: int) -> tuple[int, str] | None:
        """Return somebody of a larger group who can be with who has nobody else, and that group."""
        larger = [
            n for n in self._ranks[guest] if len(self.parts[n].members) > 2 and not self.parts[n].guests
        ]
        larger.sort(key=lambda number: (self.parts[number].whole, number))
        ways = [(host, member) for host in larger for member in self.parts[host].members]
        student = self.parts[guest].members
        fits = self._fits.of([(member, *student) for _, member in ways])
        return next((way for way, fit in zip(ways, fits, strict=True) if not fit.broken), None)

    def _with_company(self, guest: int, host: int, member: str) -> None:
        """Take somebody out of a larger group, as company."""
        left = tuple(one for one in self.parts[host].members if one != member)
        self.parts[host] = replace(self.parts[host], members=left, whole=False)
        own, student = SessionGroup(self.parts[host].of, (member,)), self.parts[guest].members
        self.parts[guest] = replace(own, members=(member, *student), guests=student)
        self._settled(guest, [guest, host])

    def _join(self, guest: int, host: int) -> None:
        part, came = self.parts[host], self.parts.pop(guest).members
        self.parts[host] = replace(part, members=(*part.members, *came), guests=(*part.guests, *came))
        self._ranks.pop(host, None)
        self._best.pop(host, None)
        self._settled(guest, [host])

    def _settled(self, guest: int, hosts: Sequence[int]) -> None:
        self._ranks.pop(guest, None)
        self._best.pop(guest, None)
        self._look_at(hosts)
