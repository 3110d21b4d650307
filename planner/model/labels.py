"""Which group of before a group is: a label may change, and then its people say which group it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from planner.model.domain import Group

Members = Mapping[str, frozenset[str]]


def alike(one: Sequence[Group], other: Sequence[Group]) -> bool:
    """Whether the same people are in groups of the same labels, in whatever order.

    Parameters
    ----------
    one : sequence of Group
    other : sequence of Group

    Returns
    -------
    bool
    """
    return _members(one) == _members(other)


def renamed(before: Sequence[Group], now: Sequence[Group]) -> dict[str, str]:
    """Match groups under new labels to those of before.

    A group with exactly the same people is the same group, whatever it is called. Else a label
    that is still there means what it meant; and a group under a new label is one whose label is
    gone where most people of either are in both, leaving out whoever is in no group now. No
    group is given a label of another one that keeps it.

    Parameters
    ----------
    before : sequence of Group
        With the labels of before.
    now : sequence of Group
        With the labels of now.

    Returns
    -------
    dict of str to str
        New label by old one, of those that differ.
    """
    new = _members(now)
    placed = frozenset(student for people in new.values() for student in people)
    old = {label: people & placed for label, people in _members(before).items()}
    same = _paired(old, new)
    while clashing := [name for name, label in same.items() if label != name and _kept(label, old, same)]:
        for name in clashing:
            del same[name]
    return {name: same[name] for name in old if same.get(name, name) != name}


def as_named(groups: Sequence[Group], called: Mapping[str, str]) -> tuple[Group, ...]:
    """Relabel groups.

    Parameters
    ----------
    groups : sequence of Group
    called : mapping of str to str
        New label by old one; a group that is not in it keeps its own.

    Returns
    -------
    tuple of Group
    """
    return tuple(
        one.model_copy(update={"name": called[one.name]}) if one.name in called else one for one in groups
    )


def _members(groups: Sequence[Group]) -> dict[str, frozenset[str]]:
    return {group.name: frozenset(group.members) for group in groups if group.members}


def _paired(old: Members, new: Members) -> dict[str, str]:
    """Return the label of now of every group of before that can be found again."""
    by_people = {people: label for label, people in new.items()}
    same = {name: by_people[people] for name, people in old.items() if people in by_people}
    left = {name: people for name, people in old.items() if name not in same}
    free = {label: people for label, people in new.items() if label not in same.values()}
    same |= {name: name for name in left if name in free}
    for name, label in product(left.keys() - free.keys(), free.keys() - left.keys()):
        if 2 * len(left[name] & free[label]) > max(len(left[name]), len(free[label])):
            same[name] = label  # two groups at most have most of their people in common
    return same


def _kept(label: str, old: Members, same: Mapping[str, str]) -> bool:
    """Whether a label is that of a group of before which is not called otherwise now."""
    return label in old and same.get(label, label) == label
