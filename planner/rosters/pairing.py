"""Who is who in two lists: students paired by id, by e-mail address or LMS id, by name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from planner.model.values import normalize_text

_FEW = 0.1  # no more than this share found by id: ids of another kind
_LEAST_CLASHES = 3  # fewer people under somebody else's number may be a coincidence
_ROW_NUMBER = re.compile(r"\d{1,4}", re.ASCII)  # real student numbers are not given out anew
_NUMBER = re.compile(r"[a-z]{0,2}\d+", re.ASCII)

Keys = Mapping[str, frozenset[str]]


@dataclass
class Pairing:
    """Old ids and new ids, and what pairs them."""

    old: Keys
    new: Keys
    pairs: dict[str, str] = field(default_factory=dict)
    steps: dict[str, dict[str, str]] = field(default_factory=dict)  # the pairs of each step
    clash: tuple[str, str] | None = None  # one of many whose id means somebody else now

    @property
    def left(self) -> list[str]:
        """Old ids that nobody of now has."""
        return [old for old in self.old if old not in self.pairs]

    @property
    def joined(self) -> list[str]:
        """New ids that nobody of then had."""
        taken = set(self.pairs.values())
        return [new for new in self.new if new not in taken]

    @cached_property
    def other_ids(self) -> bool:
        """Whether students were told apart by something else than now; once everybody is paired."""
        by_id = len(self.steps["id"]) + len(self.steps["number"])
        return usual(self.old) != usual(self.new) and by_id <= _FEW * len(self.old)

    def of(self, some: Collection[str]) -> Pairing:
        """Return the same pairing for only some of the old ids."""

        def only(pairs: Mapping[str, str]) -> dict[str, str]:
            return {old: new for old, new in pairs.items() if old in some}

        old = {one: has for one, has in self.old.items() if one in some}
        steps = {step: only(pairs) for step, pairs in self.steps.items()}
        return Pairing(old, self.new, only(self.pairs), steps, self.clash)

    def add(self, step: str, pairs: Mapping[str, str]) -> None:
        """Add the pairs that one step found.

        Parameters
        ----------
        step : str
            Name of the step.
        pairs : mapping of str to str
            Id of now by the id of then.
        """
        self.steps[step] = dict(pairs)
        self.pairs.update(pairs)


def pair(old: Keys, new: Keys, stopped: Collection[str] = ()) -> Pairing:
    """Pair students by id, then by number, by e-mail address or LMS id, and by name.

    Of whom it was said that they stopped is nobody of now, but for who has their id and is called as they.

    Parameters
    ----------
    old : mapping
        All that each student can be recognised by, by id; see `planner.rosters.listed_people.keys_of`.
    new : mapping
        All that each student can be recognised by, by id; see `planner.rosters.listed_people.keys_of`.
    stopped : collection of str
        Old ids of who was said to have stopped.

    Returns
    -------
    Pairing
    """
    everybody, by_id = old, {normalize_text(one): one for one in new}
    old = {one: has for one, has in old.items() if one not in stopped or _is_back(one, has, new, by_id)}
    direct = {one: by_id[normalize_text(one)] for one in old if normalize_text(one) in by_id}
    pairing = Pairing(everybody, new, clash=_clash(direct, old, new))
    mistaken = direct if pairing.clash is not None else _mistaken(direct, old, new)
    direct = {one: other for one, other in direct.items() if one not in mistaken}
    clashes = pairing.clash is not None
    old = _without_ids(old, old if clashes else mistaken)
    new = _without_ids(new, new if clashes else set(mistaken.values()))
    pairing.add("id", direct)
    for step, belongs in (("number", _is_number), ("key", _is_key)):
        pairing.add(step, _shared(old, new, pairing, belongs))
    left = {one: old[one] for one in pairing.left if one in old}
    pairing.add("name", _shared(left, {one: new[one] for one in pairing.joined}, pairing, is_name))
    return pairing


def _is_back(one: str, has: frozenset[str], new: Keys, by_id: Mapping[str, str]) -> bool:
    """Whether somebody who stopped is in the list again: with the id and the name of then."""
    other = by_id.get(normalize_text(one))
    names = {key for key in has if is_name(key)}
    return other is not None and not (names and names.isdisjoint(new[other]))


def others_of(
    pairing: Pairing, grouped: Collection[str], past: Iterable[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the ids from now on of those who have no group to come from.

    Somebody who left may have an id that is somebody else's now, as where rows are numbered
    anew. The past of the course then calls them by that id with a star, so that nothing of
    theirs becomes somebody else's. Whoever comes back with their id is who they were.

    Parameters
    ----------
    pairing : Pairing
        Of everybody of the plan.
    grouped : collection of str
        Old ids of who is in a group.
    past : iterable of str
        Ids of then that the course has from earlier in the term.

    Returns
    -------
    dict
        New id by id of then, of whoever is not called as then.
    tuple of str
        Who of those without a group is not in the new class list.
    """
    ids = {old: new for old, new in pairing.pairs.items() if old not in grouped}
    back = () if pairing.clash is not None else pairing.joined
    known = {*past, *pairing.old}
    for one in sorted(known - pairing.pairs.keys()):
        if one in pairing.new and (one in pairing.old or one not in back):
            star = f"{one}*"
            while star in known or star in pairing.new:
                star += "*"
            ids[one] = star
    return ids, tuple(one for one in pairing.left if one not in grouped)


def _is_number(key: str) -> bool:
    return key.startswith("number:")


def is_name(key: str) -> bool:
    """Whether a key is a name."""
    return key.startswith("name:")


def _is_key(key: str) -> bool:
    return not _is_number(key) and not is_name(key)


def _shared(old: Keys, new: Keys, pairing: Pairing, belongs: Callable[[str], bool]) -> dict[str, str]:
    """Return who has a key that nobody else has, where it leads to one person on either side."""
    then, now = _owners(old, belongs), _owners(new, belongs)
    left, joined = set(pairing.left), set(pairing.joined)
    found = {
        (then[key][0], now[key][0])
        for key in then.keys() & now.keys()
        if len(then[key]) == len(now[key]) == 1
    }
    found = {(one, other) for one, other in found if one in left and other in joined}
    olds, news = Counter(one for one, _ in found), Counter(other for _, other in found)
    return {one: other for one, other in sorted(found) if olds[one] == news[other] == 1}


def _owners(keys: Keys, belongs: Callable[[str], bool]) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for one, has in keys.items():
        for key in has:
            if belongs(key):
                owners[key].append(one)
    return owners


def _clash(direct: Mapping[str, str], old: Keys, new: Keys) -> tuple[str, str] | None:
    """Return an example where most ids stand for other people, as when rows are numbered anew."""
    compared = 0
    clashes = []
    for one, other in direct.items():
        then, now = _words(old[one]), _words(new[other])
        if then and now and _ROW_NUMBER.fullmatch(one):
            compared += 1
            if not then & now and not any("@" in key for key in old[one] & new[other]):
                clashes.append((one, other))
    return clashes[0] if len(clashes) >= _LEAST_CLASHES and 2 * len(clashes) > compared else None


def _words(keys: Iterable[str]) -> set[str]:
    return {word for key in keys if is_name(key) for word in key.removeprefix("name:").split()}


def _mistaken(direct: Mapping[str, str], old: Keys, new: Keys) -> dict[str, str]:
    """Return the pairs of one id in which all else says that it is somebody else's now.

    Two people whose numbers were swapped, or a number that was handed on: name, e-mail
    address and whatever else there is of one side lead to somebody else on the other.
    """
    then, now = _owners(old, bool), _owners(new, bool)
    found: dict[str, tuple[str, str]] = {}  # old id -> the pair that the rest of the row says
    for one, other in direct.items():
        mine, theirs = _else(one, old[one]), _else(other, new[other])
        after, before = _only(mine, then, now), _only(theirs, now, then)
        if mine & theirs or not (after or before):
            continue
        found[one] = (one, after) if after else (str(before), other)
    known = {other: one for one, other in direct.items()}
    while True:
        # Whom the rest of the row leads to must not be somebody for whom the id is right.
        free = {
            one: (person, as_now)
            for one, (person, as_now) in found.items()
            if (person not in direct or person in found) and (as_now not in known or known[as_now] in found)
        }
        if len(free) == len(found):
            return {one: direct[one] for one in found}
        found = free


def _else(one: str, has: Iterable[str]) -> frozenset[str]:
    """Return what somebody can be recognised by besides their id."""
    return frozenset(key for key in has if key != f"key:{normalize_text(one)}" and not _is_number(key))


def _only(keys: Iterable[str], here: Mapping[str, list[str]], there: Mapping[str, list[str]]) -> str | None:
    """Return the one person of the other list that every key leads to, each of them one person's."""
    led = {there[key][0] if len(here[key]) == len(there.get(key, ())) == 1 else None for key in keys}
    return led.pop() if len(led) == 1 else None


def _without_ids(keys: Keys, some: Collection[str]) -> Keys:
    return {one: _else(one, has) if one in some else has for one, has in keys.items()}


def usual(ids: Iterable[str]) -> str:
    """Return what students are told apart by: ``email``, ``number``, ``name`` or ``user``."""
    kinds = Counter(kind_of(one) for one in ids)
    return max(kinds, key=lambda kind: kinds[kind]) if kinds else ""


def kind_of(one: str) -> str:
    """Return what an id is: ``email``, ``number``, ``name`` or ``user``."""
    if "@" in one:
        return "email"
    if _NUMBER.fullmatch(normalize_text(one)):
        return "number"
    return "name" if " " in one else "user"


def has_other_id(old: str, new: str, pairing: Pairing) -> bool:
    """Whether nothing in either list says that these ids belong to one person.

    Parameters
    ----------
    old : str
        Id of then.
    new : str
        Id of now.
    pairing : Pairing
        As far as it is known.

    Returns
    -------
    bool
    """
    if normalize_text(old) == normalize_text(new) or pairing.steps["number"].get(old) == new:
        return False
    return (
        f"key:{normalize_text(old)}" not in pairing.new[new]
        and f"key:{normalize_text(new)}" not in pairing.old[old]
    )


def known_apart(pairing: Pairing) -> bool:
    """Whether e-mail addresses show that those who left are nobody of those who joined."""
    return all(
        any(key.startswith("key:") and "@" in key for key in has)
        for has in (
            *(pairing.old[one] for one in pairing.left),
            *(pairing.new[one] for one in pairing.joined),
        )
    )
