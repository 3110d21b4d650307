"""Where a student could best be: every group, or everyone to swap with, ranked and told rule by rule.

No plan is searched for. What counts for a group hangs on its members alone, so all groups that could come
about are priced at once, as the engines price them, and for the best the audit says what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from planner.audit.what_if import RuleChange, WhatIf, rule_change
from planner.edit.values import Move, Swap
from planner.model.domain import Group, Roster, group_of
from planner.model.instance import Instance, IntArray, about_members
from planner.model.reports import Finding
from planner.planning.group_costs import GroupCosts, rows_of
from planner.rules import Rules, build_instance
from planner.rules.titles import title
from planner.rules.together import Together

TOLD = 10  # places of which it is told what they mean, unless more are asked for

Members = tuple[str, ...]
Found = Mapping[str, tuple[Finding, ...]]  # by the name of a group


@dataclass(frozen=True)
class PlaceInGroup:
    """Somewhere a student could be, and what that changes.

    Attributes
    ----------
    student : str
        Id.
    group : str
        The group to be in.
    members : tuple of str
        Of that group then, the student included.
    effect : WhatIf
        What changes for every rule.
    home : str or None
        The group that the student leaves; None for a new student.
    left : tuple of str
        Members of the home group then.
    partner : str or None
        Who goes the other way.
    full : bool
        Whether the group has the largest size already.
    locked : bool
        Whether nobody joins the group until it is unlocked.
    """

    student: str
    group: str
    members: Members
    effect: WhatIf
    home: str | None = None
    left: Members = ()
    partner: str | None = None
    full: bool = False
    locked: bool = False

    @property
    def size(self) -> int:
        """How many the group has then."""
        return len(self.members)

    @property
    def breaks(self) -> bool:
        """Whether a required rule that is met now would not be met any more."""
        return bool(self.effect.broken)


@dataclass(frozen=True)
class _Option:
    """Some students in other groups, with the members of every group that this touches."""

    places: Mapping[str, str]
    was: Mapping[str, Members]
    becomes: Mapping[str, Members]


class BestPlaces:
    """Ranks places in groups.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        With the new student in it, where there is one.
    groups : sequence of Group
    locked_students, locked_groups : set of str
        Who stays, and what nobody leaves or joins.
    """

    def __init__(
        self,
        rules: Rules,
        roster: Roster,
        groups: Sequence[Group],
        locked_students: AbstractSet[str] = frozenset(),
        locked_groups: AbstractSet[str] = frozenset(),
    ) -> None:
        self.rules, self.roster, self.groups = rules, roster, groups
        self._members = {group.name: group.members for group in groups}
        self._home = group_of(groups)
        self._fixed, self._closed = locked_students, locked_groups

    def groups_for(self, student: str, most: int | None = TOLD) -> tuple[PlaceInGroup, ...]:
        """Return the other groups for a student, or the groups for a new one, the best first.

        Groups that are locked come last, and before them those in which a required rule would break;
        then the lowest penalty counts, then the smallest group, then the order of the plan.

        Parameters
        ----------
        student : str
            Id; in no group for a new student.
        most : int, optional
            How many at the most; None is all of them.

        Returns
        -------
        tuple of PlaceInGroup
        """
        home = self._home.get(student)
        options = [self._option({student: name}) for name in self._members if name != home]
        broken, cost = self._priced(options)
        closed = np.asarray([option.places[student] in self._closed for option in options], np.int64)
        sizes = np.asarray([len(option.becomes[option.places[student]]) for option in options], np.int64)
        order = np.lexsort((sizes, cost, broken, closed))[:most]
        return self._marked(self._told(student, [options[number] for number in order.tolist()]))

    def partners_for(self, student: str, most: int | None = TOLD) -> tuple[PlaceInGroup, ...]:
        """Return with whom a student can swap so that no required rule breaks, the best first.

        Parameters
        ----------
        student : str
            Id.
        most : int, optional
            How many at the most; None is all of them.

        Returns
        -------
        tuple of PlaceInGroup
            By penalty, then in the order of the plan.

        Raises
        ------
        KeyError
            Where the student is in no group.
        """
        home = self._home[student]
        options = [
            self._option({student: group.name, other: home})
            for group in self.groups
            if group.name != home and group.name not in self._closed
            for other in group.members
            if other not in self._fixed
        ]
        broken, cost = self._priced(options)
        order = np.argsort(cost, kind="stable")
        kept = [options[number] for number in order[broken[order] == 0][:most].tolist()]
        return self._told(student, kept)

    def places_in(
        self, student: str, group: str, stays: str | None = None, most: int | None = TOLD
    ) -> tuple[PlaceInGroup, ...]:
        """Return the ways for a student into one group, the best first: in addition, or for a member.

        What would break a required rule is among them, at the end.

        Parameters
        ----------
        student : str
            Id.
        group : str
            Its name; not the student's own.
        stays : str, optional
            Id of a member with whom the student is to be.
        most : int, optional
            How many at the most; None is all of them.

        Returns
        -------
        tuple of PlaceInGroup
            That in addition only, where the group is locked or the student is in no group.
        """
        home = self._home.get(student)
        options = [self._option({student: group})]
        if home is not None and group not in self._closed:
            others = (one for one in self._members[group] if one != stays and one not in self._fixed)
            options += [self._option({student: group, other: home}) for other in others]
        broken, cost = self._priced(options)
        order = np.lexsort((cost, broken))[:most]
        return self._marked(self._told(student, [options[number] for number in order.tolist()]))

    def place(self, edit: Move | Swap) -> PlaceInGroup:
        """Return where an edit puts a student, whatever that breaks.

        Parameters
        ----------
        edit : Move or Swap
            To another group.

        Returns
        -------
        PlaceInGroup
            Of the first, where two swap.

        Raises
        ------
        KeyError
            Where somebody is in no group.
        """
        if isinstance(edit, Move):
            student, places = edit.student, {edit.student: edit.group}
        else:
            student = edit.first
            places = {student: self._home[edit.second], edit.second: self._home[student]}
        return self._marked(self._told(student, [self._option(places)]))[0]

    def _marked(self, places: Iterable[PlaceInGroup]) -> tuple[PlaceInGroup, ...]:
        """Note which groups are full or locked."""
        largest = self.rules.groups.size[1]
        return tuple(
            replace(place, full=place.size > largest, locked=place.group in self._closed) for place in places
        )

    def _option(self, places: Mapping[str, str]) -> _Option:
        """Return what becomes of the groups that some students leave or join."""
        touched = dict.fromkeys([*(self._home[one] for one in places if one in self._home), *places.values()])
        was = {name: self._members[name] for name in touched}
        becomes = {
            name: (
                *(one for one in members if places.get(one, name) == name),
                *(one for one, to in places.items() if to == name and one not in members),
            )
            for name, members in was.items()
        }
        return _Option(places, was, becomes)

    # Every option in numbers

    def _priced(self, options: Sequence[_Option]) -> tuple[IntArray, IntArray]:
        """Return how many required rules would break with each option, and what the others then cost more."""
        listed = _numbered(chain.from_iterable((*one.was.values(), *one.becomes.values()) for one in options))
        position = self.roster.position
        rows = rows_of([[position[one] for one in members] for members in listed])
        instance = about_members(build_instance(self.rules, self.roster, len(self.groups)))
        worse = [_differences(options, listed, units) for units in self._required(instance, rows)]
        broken: IntArray = (np.stack(worse) > 0).sum(axis=0).astype(np.int64)
        wishes = GroupCosts(instance, (cost for cost in instance.costs if not cost.must))
        return broken, _differences(options, listed, wishes.of(rows))

    def _required(self, instance: Instance, rows: IntArray) -> Iterator[IntArray]:
        """Yield the units of every required rule, that of the sizes first, in each group."""
        sizes, (smallest, largest) = (rows >= 0).sum(axis=1), self.rules.groups.size
        yield np.maximum(0, np.maximum(smallest - sizes, sizes - largest)).astype(np.int64)
        for rule in dict.fromkeys(cost.rule for cost in instance.costs if cost.must):
            asked = (cost for cost in instance.costs if cost.must and cost.rule == rule)
            yield GroupCosts(instance, asked, in_units=True).of(rows)

    # The best in words

    def _told(self, student: str, options: Sequence[_Option]) -> tuple[PlaceInGroup, ...]:
        return tuple(
            self._place(student, option, effect)
            for option, effect in zip(options, self._effects(options), strict=True)
        )

    def _place(self, student: str, option: _Option, effect: WhatIf) -> PlaceInGroup:
        group, home = option.places[student], self._home.get(student)
        return PlaceInGroup(
            student=student,
            group=group,
            members=option.becomes[group],
            effect=effect,
            home=home,
            left=() if home is None else option.becomes[home],
            partner=next((one for one in option.places if one != student), None),
        )

    def _effects(self, options: Sequence[_Option]) -> list[WhatIf]:
        """Return what every option changes, each group that could come about looked at once."""
        names = _numbered(chain.from_iterable((*one.was.values(), *one.becomes.values()) for one in options))
        made = [Group(name=str(number), members=members) for members, number in names.items()]
        changes: list[list[RuleChange]] = [[] for _ in options]
        for rule in self.rules.active():
            named = title(rule, self.roster)
            # A pair that is to be together may be in two groups, of which only one is looked at.
            found = None if isinstance(rule, Together) else _by_group(rule.findings(self.roster, made))
            for option, told in zip(options, changes, strict=True):
                if isinstance(rule, Together):
                    was, becomes = (self._together(rule, option, then=then) for then in (False, True))
                else:
                    was, becomes = (_of(some, names, found or {}) for some in (option.was, option.becomes))
                told.append(rule_change(rule, self.roster, named, was, becomes))
        return [WhatIf(tuple(told)) for told in changes]

    def _together(self, rule: Together, option: _Option, *, then: bool) -> tuple[Finding, ...]:
        """Return which pairs are not in one group, before or after; nothing where none of them goes."""
        if option.places.keys().isdisjoint(rule.students):
            return ()
        home = {**self._home, **(option.places if then else {})}
        groups: dict[str, list[str]] = {}
        for student in rule.students:
            if student in home:
                groups.setdefault(home[student], []).append(student)
        made = [Group(name=name, members=tuple(those)) for name, those in groups.items()]
        return tuple(rule.findings(self.roster, made))


def _numbered(groups: Iterable[Members]) -> dict[Members, int]:
    return {members: number for number, members in enumerate(dict.fromkeys(groups))}


def _differences(options: Sequence[_Option], listed: Mapping[Members, int], values: IntArray) -> IntArray:
    """Return by how much a value of groups goes up with each option."""
    of, known = values.tolist(), listed
    return np.asarray(
        [
            sum(of[known[one]] for one in option.becomes.values())
            - sum(of[known[one]] for one in option.was.values())
            for option in options
        ],
        np.int64,
    )


def _by_group(findings: Iterable[Finding]) -> Found:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.group is not None:  # what is said of all groups at once says nothing of one
            found.setdefault(finding.group, []).append(finding)
    return {name: tuple(some) for name, some in found.items()}


def _of(groups: Mapping[str, Members], names: Mapping[Members, int], found: Found) -> tuple[Finding, ...]:
    """Return what is found in some groups, with their own names."""
    return tuple(
        finding.model_copy(update={"group": group})
        for group, members in groups.items()
        for finding in found.get(str(names[members]), ())
    )
