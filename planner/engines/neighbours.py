"""Which students and groups a rerun has to look at, from the smallest circle to everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.instance import (
    NO_HOME,
    CompanyCost,
    Instance,
    IntArray,
    OverlapCost,
    PairCost,
    SumCost,
    account,
    corner,
    members_of,
)


@dataclass(frozen=True)
class Allowed:
    """Who may go where.

    Attributes
    ----------
    students : list of int
        Everyone in `groups`, and every newcomer.
    groups : list of int
    choices : dict
        Groups that each of `students` may be in.
    whole : bool
        Whether every plan is among these.
    """

    students: list[int]
    groups: list[int]
    choices: dict[int, list[int]]
    whole: bool


def whole(instance: Instance, home: IntArray, locked: frozenset[int], closed: frozenset[int]) -> Allowed:
    """Return everyone in every open group: no plan is left out."""
    groups = [g for g in range(instance.groups) if g not in closed]
    inside = {*groups, NO_HOME}
    students = [s for s, own in enumerate(home.tolist()) if own in inside]
    choices = {s: [int(home[s])] if s in locked else list(groups) for s in students}
    return Allowed(students, groups, choices, whole=True)


def around(
    instance: Instance, home: IntArray, places: IntArray, groups: Sequence[int], locked: frozenset[int]
) -> Allowed:
    """Return everyone who is now in some groups, free to go where they fit among these."""
    sound = Sound(instance, places)
    inside = set(groups)
    students = [s for s, g in enumerate(places.tolist()) if g in inside]
    choices = {}
    for s in students:
        now, own = int(places[s]), int(home[s])
        others = [g for g in groups if g in (now, own) or sound.fits(s, g)]
        choices[s] = [now] if s in locked else sorted({now, *others})
    return Allowed(students, sorted(groups), choices, whole=False)


def narrow(
    sound: Sound,
    home: IntArray,
    locked: frozenset[int],
    closed: frozenset[int],
    spread: int,
    seed: int,
) -> Allowed:
    """Return a thin net: each group that breaks a `must` with `spread` ways in, its members with as many out.

    Newcomers may go to any such group; who fits where is looked up, so that the
    solver does not have to find out.
    """
    generator = np.random.default_rng((seed, spread))

    def some(candidates: Sequence[int]) -> list[int]:
        return [int(one) for one in generator.permutation(np.asarray(candidates, np.int64))[:spread]]

    groups = [g for g in range(sound.instance.groups) if g not in closed]
    broken = [g for g in groups if not sound.holds(g)]
    rest = [g for g in groups if g not in set(broken)]
    givers = [s for g in rest for s in sound.members[g] if s not in locked and sound.can_give(g, s)]
    takers = [g for g in rest if sound.can_take(g)]
    choices: dict[int, set[int]] = {}
    for group in broken:
        for s in some([s for s in givers if sound.fits(s, group)]):
            choices.setdefault(s, set()).add(group)
        for s in sound.members[group]:
            out = [] if s in locked else some([g for g in broken if g != group and sound.fits(s, g)])
            choices[s] = {group, *out, *some([g for g in takers if out and sound.fits(s, g)])[:2]}
    for s in np.flatnonzero(home == NO_HOME).tolist():
        choices[s] = {
            *(g for g in broken if sound.fits(s, g)),
            *some([g for g in takers if sound.fits(s, g)])[:3],
        }
    used = {g for options in choices.values() for g in options} | {int(home[s]) for s in choices}
    used.discard(NO_HOME)
    for group in used:
        for s in sound.members[group]:
            choices.setdefault(s, set()).add(group)
    listed = {s: sorted(options) for s, options in sorted(choices.items())}
    return Allowed(list(listed), sorted(used), listed, whole=False)


class Sound:
    """Whether groups hold as they are, with one less, with one more."""

    def __init__(self, instance: Instance, home: IntArray) -> None:
        self.instance = instance
        self.members = members_of(np.where(home == NO_HOME, instance.groups, home), instance.groups + 1)
        self.tied = _tied(instance, home)
        self.overlaps = [cost for cost in instance.costs if cost.must and isinstance(cost, OverlapCost)]

    def holds(self, group: int) -> bool:
        """Whether the group can stay as it is (an empty one can)."""
        return group not in self.tied and self._alone(self.members[group])

    def can_give(self, group: int, student: int) -> bool:
        """Whether it holds after this member leaves."""
        return len(self.members[group]) > 1 and self._alone(
            [one for one in self.members[group] if one != student]
        )

    def fits(self, student: int, group: int) -> bool:
        """Whether the student shares enough slots with all members, or all but one."""
        members = self.members[group]
        return all(
            _shared(cost, [*members, student]) >= cost.at_least
            or any(
                _shared(cost, [student, *members[:out], *members[out + 1 :]]) >= cost.at_least
                for out in range(len(members))
            )
            for cost in self.overlaps
        )

    def can_take(self, group: int) -> bool:
        """Whether there is room."""
        return len(self.members[group]) < self.instance.largest

    def _alone(self, members: Sequence[int]) -> bool:
        if not members:
            return True
        part = corner(self.instance, members, [0])
        musts = tuple(
            c for c in part.costs if c.must and isinstance(c, SumCost | CompanyCost | OverlapCost | PairCost)
        )
        checked = Instance(part.students, 1, part.smallest, part.largest, musts)
        return account(checked, [0] * len(members)).holds


def _shared(cost: OverlapCost, members: Sequence[int]) -> int:
    return int(np.bitwise_and.reduce(cost.masks[members])).bit_count()


def _tied(instance: Instance, home: IntArray) -> set[int]:
    """Groups of students who must be together and are not."""
    found: set[int] = set()
    for cost in instance.costs:
        if isinstance(cost, PairCost) and cost.must and cost.together:
            for a, b in cost.pairs.tolist():
                if home[a] != home[b]:
                    found.update(int(home[s]) for s in (a, b) if home[s] != NO_HOME)
    return found
