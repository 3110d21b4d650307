"""How the roles of a group are shared out, held against the best that its members allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations, islice, pairwise

from planner.rules.fair_turns import AbilityTable, Able, least_ahead, least_uneven, spread

Held = frozenset[tuple[int, int]]  # in one round: member and role
MOST_TRIES = 5_000  # other turns that are looked at
NO_MORE = -1  # a role that the course does not have any more


@dataclass(frozen=True)
class Shares:
    """Who has which role, in numbers of members and roles.

    Attributes
    ----------
    positions : tuple of int
        Roles that the group fills in each round; a doubled role occurs twice.
    able : tuple of frozenset of int
        Roles that each member can take.
    before : tuple of Held
        Rounds of the same block that are over.
    rounds : tuple of Held
        To come.
    """

    positions: tuple[int, ...]
    able: Able
    before: tuple[Held, ...]
    rounds: tuple[Held, ...]

    def unfair(self) -> tuple[int, int, int]:
        """Return what could be better: roles kept, turns ahead at the roles, and in all.

        Turns in all are told where those at each role are as fair as can be.
        """
        ahead, uneven = self._ahead, self._uneven
        more = ahead - least_ahead(self.table.sorted, ahead) if ahead else 0
        if uneven:
            uneven = 0 if more else uneven - least_uneven(self.table.sorted, ahead, uneven)
        return self._needless(), more, uneven

    @property
    def _ahead(self) -> int:
        turns, table = Counter(one for held in self.rounds for one in held), self.table
        return sum(
            spread(table.had[m][role] + turns[m, role] for m in table.takers(role))
            for role in set(self.positions)
        )

    @property
    def _uneven(self) -> int:
        """By how much more than one turns in all differ, where there is more than one role to add up."""
        turns, table = Counter(m for held in self.rounds for m, _ in held), self.table
        if len(set(self.positions)) < 2:
            return 0
        return spread(table.had_any[m] + turns[m] for m in table.anyone())

    @cached_property
    def table(self) -> AbilityTable:
        """What counts from before: who came later begins beside whoever had least then."""
        members = range(len(self.able))
        roles = max([*self.positions, *(role for mine in self.able for role in mine)], default=-1) + 1
        return AbilityTable(
            positions=self.positions,
            able=self.able,
            rounds=len(self.rounds),
            had=tuple(tuple(self._counted(m, role) for role in range(roles)) for m in members),
            had_any=tuple(self._counted(m, None) for m in members),
        )

    def _counted(self, m: int, role: int | None) -> int:
        """Return the turns of a member that count from before, at a role or at any."""
        own = _turns(m, role, self.before)
        if m not in self._late:
            return own
        early = (
            one
            for one, mine in enumerate(self.able)
            if one not in self._late and not mine.isdisjoint(self.positions if role is None else [role])
        )
        sofar = self.before[: self._late[m]]
        return own + min((_turns(one, role, sofar) for one in early), default=0)

    @cached_property
    def _late(self) -> dict[int, int]:
        """Who had no turn while everyone in the group had one, and the rounds until their first."""
        came: dict[int, int] = {}
        for m in range(len(self.able)):
            first = (place for place, held in enumerate(self.before) if any(one == m for one, _ in held))
            number = next(first, len(self.before))
            if number * len(self.positions) >= len(self.able):
                came[m] = number
        return came

    # Roles that stay with somebody two rounds running

    @property
    def _running(self) -> int:
        return sum(len(one & other) for one, other in pairwise([*self.before[-1:], *self.rounds]))

    def _needless(self) -> int:
        """Return how many fewer roles could stay with somebody, in turns that are as fair.

        They are looked for: in another order of the rounds, with somebody else in a role, with two who
        trade. Where that finds nothing, nothing is said against the turns.
        """
        best, running, left = self, self._running, MOST_TRIES
        while running:
            number, other = next(
                (
                    (number, one)
                    for number, one in enumerate(islice(best._others(), left), 1)
                    if one._running < running and not one._less_fair(best)
                ),
                (0, best),
            )
            if other is best:
                break
            best, running, left = other, other._running, left - number
        return self._running - running

    def _less_fair(self, other: Shares) -> bool:
        return (self._ahead, self._uneven) > (other._ahead, other._uneven)

    def _others(self) -> Iterator[Shares]:
        for one, other in combinations(range(len(self.rounds)), 2):
            rounds = list(self.rounds)
            rounds[one], rounds[other] = rounds[other], rounds[one]
            yield self._with(rounds)
        for number, held in enumerate(self.rounds):
            for changed in self._instead(held):
                yield self._with([*self.rounds[:number], changed, *self.rounds[number + 1 :]])

    def _with(self, rounds: Sequence[Held]) -> Shares:
        other = replace(self, rounds=tuple(rounds))
        other.__dict__["table"] = self.table  # what was before is the same
        return other

    def _instead(self, held: Held) -> Iterator[Held]:
        """Yield a round with somebody else in a role, or with two who trade theirs."""
        role_of = dict(held)
        for m, role in held:
            for other, mine in enumerate(self.able):
                theirs = role_of.get(other)
                if other == m or role not in mine:
                    continue
                if theirs is None:
                    yield held - {(m, role)} | {(other, role)}
                elif theirs in self.able[m]:
                    yield held - {(m, role), (other, theirs)} | {(other, role), (m, theirs)}


def _turns(m: int, role: int | None, rounds: Sequence[Held]) -> int:
    if role is None:
        return sum(any(one == m for one, _ in held) for held in rounds)
    return sum((m, role) in held for held in rounds)
