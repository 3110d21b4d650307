"""How fair the turns of a group can be: worked out by flows, with no solver.

A table says how often each member has each role in the rounds to come. Any table in which
nobody has more turns than there are rounds, and no role more than its places allow, can be
dealt out over the rounds (Konig 1916). Whether one of them keeps turns at each role, and
turns in all, within given limits is a question of flow.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count, islice, product
from typing import NamedTuple

MOST_TRIES = 500  # flows; where these do not decide it nothing is said against the turns

Able = tuple[frozenset[int], ...]
Span = tuple[int, int]


class AbilityTable(NamedTuple):
    """What the turns of a group depend on.

    Attributes
    ----------
    positions : tuple of int
        Roles to fill in each round; a doubled role occurs twice.
    able : tuple of frozenset of int
        Roles that each member can take.
    rounds : int
        To come.
    had : tuple of tuple of int
        ``had[member][role]``: turns of before that count.
    had_any : tuple of int
        Turns of before at any role that count, by member.
    """

    positions: tuple[int, ...]
    able: Able
    rounds: int
    had: tuple[tuple[int, ...], ...]
    had_any: tuple[int, ...]

    @property
    def sorted(self) -> AbilityTable:
        """The same with members in an order that does not depend on who they are."""
        rows = zip(map(tuple, map(sorted, self.able)), self.had, self.had_any, strict=True)
        able, had, had_any = zip(*sorted(rows), strict=True)
        return self._replace(able=tuple(map(frozenset, able)), had=had, had_any=had_any)

    @property
    def filled(self) -> int:
        """Turns in all, where as many positions are filled as can be."""
        return self.rounds * most_filled(self.positions, self.able)

    def takers(self, role: int) -> list[int]:
        """Return the members who can take a role."""
        return [m for m, mine in enumerate(self.able) if role in mine]

    def anyone(self) -> list[int]:
        """Return the members who can take some role."""
        return [m for m, mine in enumerate(self.able) if not mine.isdisjoint(self.positions)]


def spread(turns: Iterable[int]) -> int:
    """Return by how much more than one turns differ."""
    listed = list(turns)
    return max(0, max(listed) - min(listed) - 1) if listed else 0


# What a single round can hold


@lru_cache(maxsize=1 << 12)
def most_filled(positions: tuple[int, ...], able: Able) -> int:
    """Return how many positions of one round can be filled at once: a maximum matching by augmenting paths.

    Parameters
    ----------
    positions : tuple of int
        The role of each.
    able : Able
        Roles that each member can take.

    Returns
    -------
    int
    """
    held: dict[int, int] = {}  # member -> position

    def placed(position: int, seen: set[int]) -> bool:
        for m, mine in enumerate(able):
            if positions[position] in mine and m not in seen:
                seen.add(m)
                if m not in held or placed(held[m], seen):
                    held[m] = position
                    return True
        return False

    return sum(placed(position, set()) for position in range(len(positions)))


# What all rounds together can hold


@lru_cache(maxsize=1 << 12)
def least_ahead(table: AbilityTable, found: int) -> int:
    """Return the least by which turns at the roles differ by more than one, added up over the roles.

    Parameters
    ----------
    table : AbilityTable
    found : int
        What some turns come to: no more than this is ever returned.

    Returns
    -------
    int
        `found` too where the tries do not decide it.
    """

    def possible(total: int) -> bool:
        return any(_possible(table, limits) for limits in islice(_limits(table, total), MOST_TRIES))

    # Whoever may differ by more may differ by less: mostly one look ends it.
    return next(filter(possible, range(found)), found) if found and possible(found - 1) else found


@lru_cache(maxsize=1 << 12)
def least_uneven(table: AbilityTable, ahead: int, found: int) -> int:
    """Return the least by which turns in all differ by more than one.

    Turns at the roles differ by no more than `ahead`, which has to be possible.

    Parameters
    ----------
    table : AbilityTable
    ahead : int
        What turns at the roles may differ by more than one, added up; this has to be possible.
    found : int
        What some turns come to: no more than this is ever returned.

    Returns
    -------
    int
        `found` too where the tries do not decide it.
    """
    had = [table.had_any[m] for m in table.anyone()]
    tries = (
        (more, limits, whole)
        for more in range(found)
        for whole in _spans(had, more, table.rounds, (table.filled, table.filled))
        for limits in _limits(table, ahead)
    )
    best = (more for more, limits, whole in islice(tries, MOST_TRIES) if _possible(table, limits, whole))
    return next(best, found)


def _limits(table: AbilityTable, total: int) -> Iterator[Mapping[int, Span]]:
    """Yield limits on the turns at each role that together allow for `total` more than one."""
    roles = [role for role in sorted(set(table.positions)) if len(table.takers(role)) > 1]
    least = [_alone(table, role) for role in roles]
    for more in _shared(total - sum(least), len(roles)):
        allowed = [one + extra for one, extra in zip(least, more, strict=True)]
        spans = [list(_role_spans(table, *pair)) for pair in zip(roles, allowed, strict=True)]
        yield from (dict(zip(roles, chosen, strict=True)) for chosen in product(*spans))


def _shared(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to share out a number over parts."""
    if parts == 0:
        yield from [()] if total == 0 else []
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in _shared(total - first, parts - 1))


@lru_cache(maxsize=1 << 12)
def _alone(table: AbilityTable, role: int) -> int:
    """Return by how much more than one turns at a role have to differ, whatever the others do."""
    return next(
        more
        for more in count()
        if any(_possible(table, {role: span}) for span in _role_spans(table, role, more))
    )


def _role_spans(table: AbilityTable, role: int, more: int) -> Iterator[Span]:
    had = [table.had[m][role] for m in table.takers(role)]
    most = table.rounds * table.positions.count(role)
    whole = table.filled == table.rounds * len(table.positions)
    return _spans(had, more, table.rounds, (most if whole else 0, most))


def _spans(had: Sequence[int], more: int, rounds: int, turns: Span) -> Iterator[Span]:
    """Yield limits for turns that differ by `more` than one, where so many are dealt in all."""
    for low in range(max(min(had), max(had) - 1 - more), min(had) + rounds + 1):
        high = low + 1 + more
        least = sum(max(0, low - one) for one in had)
        if least <= turns[1] and sum(min(rounds, high - one) for one in had) >= turns[0]:
            yield low, high


def _possible(table: AbilityTable, limits: Mapping[int, Span], whole: Span | None = None) -> bool:
    """Whether as many turns as can be are dealt within limits at each role, and in all."""
    rounds, anyone = table.rounds, set(table.anyone())
    flow = _Flow()
    for role in set(table.positions):
        flow.edge("from", ("role", role), 0, rounds * table.positions.count(role))
        for m in table.takers(role):
            low, high = limits.get(role, (0, 2 * rounds + table.had[m][role]))
            had = table.had[m][role]
            flow.edge(("role", role), ("member", m), max(0, low - had), min(rounds, high - had))
    for m in anyone:
        low, high = whole or (0, 2 * rounds + table.had_any[m])
        had = table.had_any[m]
        flow.edge(("member", m), "to", max(0, low - had), min(rounds, high - had))
    flow.edge("to", "from", table.filled, table.filled)
    return flow.possible()


class _Flow:
    """A circulation with a least and a most on every edge."""

    def __init__(self) -> None:
        self._room: dict[object, dict[object, int]] = defaultdict(lambda: defaultdict(int))
        self._needed = self._apart = 0

    def edge(self, start: object, end: object, low: int, high: int) -> None:
        """Add an edge; what has to flow is taken in at its end and given off at its start."""
        self._apart += high < low
        self._room[start][end] += high - low
        self._room["source"][end] += low
        self._room[start]["drain"] += low
        self._needed += low

    def possible(self) -> bool:
        """Whether there is a flow."""
        if self._apart:
            return False
        flowing = 0
        while (way := self._way()) is not None:
            amount = min(self._room[a][b] for a, b in way)
            for a, b in way:
                self._room[a][b] -= amount
                self._room[b][a] += amount
            flowing += amount
        return flowing == self._needed

    def _way(self) -> list[tuple[object, object]] | None:
        came: dict[object, object] = {"source": None}
        line: deque[object] = deque(["source"])
        while line and "drain" not in came:
            now = line.popleft()
            for after, room in self._room[now].items():
                if room > 0 and after not in came:
                    came[after] = now
                    line.append(after)
        if "drain" not in came:
            return None
        way: list[tuple[object, object]] = []
        end: object = "drain"
        while (start := came[end]) is not None:
            way.append((start, end))
            end = start
        return way
