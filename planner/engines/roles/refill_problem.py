"""A group whose roles are shared out again, and how good that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# What matters, the most first.
KEEP = ("open", "changed", "twice", "ahead", "uneven", "again", "unwished")
SHARE = ("open", "ahead", "uneven", "twice", "changed", "again", "unwished")
GRANT = ("open", "ahead", "uneven", "twice", "unwished", "changed", "again")

Held = Sequence[Mapping[int, int]]  # per round: member -> role


@dataclass(frozen=True)
class RefillProblem:
    """A group and what its members bring along; members and roles are numbers from zero.

    Attributes
    ----------
    positions : sequence of int
        Role at each position of the new group; a doubled role occurs twice.
    able : sequence of frozenset of int
        Roles that each member can take.
    kept : sequence of mapping
        Per round to come, member -> role in the plan before.
    past : sequence of mapping
        Per round of this block that is over, member -> role; counts for fairness only.
        Who came later counts as whoever had least then, see `turns_before`.
    stayed : frozenset of int
        Members who were in this group already.
    earlier : mapping
        (member, role) -> turns in the whole term so far.
    wished : sequence of frozenset of int
        Roles that each member likes to have; empty where nobody was asked.
    """

    positions: Sequence[int]
    able: Sequence[frozenset[int]]
    kept: Held
    past: Held
    stayed: frozenset[int]
    earlier: Mapping[tuple[int, int], int] = field(default_factory=dict)
    wished: Sequence[frozenset[int]] = ()

    @property
    def roles(self) -> list[int]:
        """Each role once."""
        return sorted(set(self.positions))

    @property
    def enough(self) -> int:
        """Number of rounds after which everyone had a turn at something."""
        return -(-len(self.able) // len(self.positions)) if self.positions else 0

    def takers(self, role: int | None) -> list[int]:
        """Return the members who can take a role, or with None any of those to fill."""
        wanted = set(self.positions) if role is None else {role}
        return [m for m, mine in enumerate(self.able) if mine & wanted]

    def before(self, role: int | None) -> dict[int, int]:
        """Return the turns at a role that count for each of its takers; see `turns_before`.

        Parameters
        ----------
        role : int or None
            None: any role.

        Returns
        -------
        dict
            Member -> turns.
        """
        return turns_before(role, self.takers(role), self.past, self.enough)

    def price(self, m: int, role: int, name: str) -> int:
        """Return what one turn adds to an objective that is a sum over turns.

        Parameters
        ----------
        m, role : int
        name : str
            ``"again"`` or ``"unwished"``.

        Returns
        -------
        int
        """
        if name == "again":
            return self.earlier.get((m, role), 0)
        return 1 if self.wished and role not in self.wished[m] else 0

    def measured(self, found: Held) -> dict[str, int]:
        """Measure roles by every objective.

        Parameters
        ----------
        found : sequence of mapping
            Per round to come, member -> role.

        Returns
        -------
        dict
            By name of the objective, see `KEEP`; smaller is better.
        """
        running = [*self.past[-1:], *found]
        turns = Counter((m, role) for held in found for m, role in held.items())
        every = Counter(m for held in found for m in held)
        return {
            "open": sum(len(self.positions) - len(held) for held in found),
            "changed": sum(map(self._changed, self.kept, found)),
            "twice": sum(len(one.items() & other.items()) for one, other in pairwise(running)),
            "ahead": sum(
                _spread(n + turns[m, role] for m, n in self.before(role).items()) for role in self.roles
            ),
            "uneven": _spread(n + every[m] for m, n in self.before(None).items()),
            **{
                name: sum(self.price(*turn, name) * times for turn, times in turns.items())
                for name in ("again", "unwished")
            },
        }

    def _changed(self, kept: Mapping[int, int], held: Mapping[int, int]) -> int:
        count = 0
        for m in self.stayed:
            had, now = kept.get(m), held.get(m)
            lost = had in self.positions and had in self.able[m] and now != had
            count += lost + (now is not None and now != had)
        return count


def _spread(turns: Iterable[int]) -> int:
    listed = list(turns)
    return max(0, max(listed) - min(listed) - 1) if listed else 0


def turns_before(role: int | None, takers: Sequence[int], past: Held, enough: int) -> dict[int, int]:
    """Return the turns at a role, or at any, of each of its takers, as they count from now on.

    After `enough` rounds everyone had a turn at something. Who had their first one later
    came later, and begins where whoever had least was then: nobody has to catch
    up for weeks in which they were not there.

    Parameters
    ----------
    role : int or None
        None: any role.
    takers : sequence of int
        Members.
    past : sequence of mapping
        Per round that is over, member -> role.
    enough : int
        Rounds.

    Returns
    -------
    dict
        Member -> turns.
    """
    first = {m: next((r for r, held in enumerate(past) if m in held), len(past)) for m in takers}
    early = [m for m in takers if first[m] < enough]

    def turns(m: int, rounds: Held) -> int:
        return sum(m in held if role is None else held.get(m) == role for held in rounds)

    def least(rounds: Held) -> int:
        return min((turns(m, rounds) for m in early), default=0)

    return {m: turns(m, past) + (0 if m in early else least(past[: first[m]])) for m in takers}
