"""A course lived through: what happened to it, written down plainly, week by week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from tests.builders.commands import write_rows

WEEKS = 8
FIRST = ("Ada", "Ben", "Cas", "Dee", "Eli", "Fay", "Gus", "Hal", "Ivy", "Jan", "Kim", "Leo", "Mia", "Ned")

Placed = dict[int, str]  # group by person


@dataclass
class Person:
    """Somebody of the class; `tag` is who they are, whatever else changes."""

    tag: int
    number: str
    name: str
    email: str

    @classmethod
    def new(cls, tag: int) -> Person:
        """Return somebody whose name nobody else has."""
        first = FIRST[tag % len(FIRST)]
        last = "".join(chr(ord("a") + int(digit)) for digit in f"{tag:02}").title()
        return cls(tag, str(3_000_000 + 7 * tag), f"{first} {last}", f"s{tag}@example.org")


@dataclass
class Record:
    """What is true of a course.

    Attributes
    ----------
    people : dict
        Who is in the class list, by tag.
    gone : dict
        Who was, and left.
    week : int
        First week of the plan.
    groups : dict
        For every week who is in which group: what was for weeks before `week`, what is planned after.
    roles : dict
        For every week the roles of everyone.
    always : set
        Who never left.
    """

    people: dict[int, Person]
    gone: dict[int, Person] = field(default_factory=dict)
    week: int = 1
    groups: dict[int, Placed] = field(default_factory=dict)
    roles: dict[int, dict[int, frozenset[str]]] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)
    apart: tuple[int, ...] = ()
    locked: set[int] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    always: set[int] = field(default_factory=set)

    @property
    def tag_of(self) -> dict[str, int]:
        """Everyone of now by their number."""
        return {person.number: person.tag for person in self.people.values()}

    def write(self, path: Path) -> Path:
        """Write the class list of now."""
        return write_rows(
            path,
            [
                {"Student number": one.number, "Name": one.name, "Email": one.email, "Wish": "presenting"}
                for one in self.people.values()
            ],
        )

    def leaves(self, tag: int) -> None:
        """Let somebody leave; what was asked about them ends."""
        self.gone[tag] = self.people.pop(tag)
        self.links.pop(tag, None)
        self.locked.discard(tag)
        self.always.discard(tag)
        staying = tuple(one for one in self.apart if one != tag)
        self.apart = staying if len(staying) > 1 else ()

    def comes_back(self, tag: int) -> None:
        """Let somebody who left come back, under the number that they had."""
        self.people[tag] = self.gone.pop(tag)

    def renamed(self, old: str, new: str) -> None:
        """Call a group otherwise: in all weeks, and where it is locked."""
        for placed in self.groups.values():
            placed.update({tag: new for tag, group in placed.items() if group == old})
        if old in self.closed:
            self.closed = self.closed - {old} | {new}

    def here(self, week: int) -> Placed:
        """Return who of those who are here now was or will be where in a week."""
        return {tag: group for tag, group in self.groups[week].items() if tag in self.people}

    # What figures must say

    def moves(self) -> dict[int, set[int]]:
        """Return who moves in which week."""
        found = {}
        for week in range(2, WEEKS + 1):
            was, now = self.here(week - 1), self.here(week)
            moved = {tag for tag in was.keys() & now.keys() if was[tag] != now[tag]}
            if moved:
                found[week] = moved
        return found

    def weeks_together(self) -> float:
        """Return for how long people who share a group do so, on average."""
        together: dict[tuple[int, int], int] = {}
        for week in range(1, WEEKS + 1):
            placed = self.here(week)
            for one, other in combinations(sorted(placed), 2):
                if placed[one] == placed[other]:
                    together[one, other] = together.get((one, other), 0) + 1
        return sum(together.values()) / len(together)


def changes(told: Mapping[int, str], now: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Return from where to where everybody goes for whom something changes; empty where there is no group."""
    everybody: Iterable[int] = told.keys() | now.keys()
    return {
        tag: (told.get(tag, ""), now.get(tag, ""))
        for tag in everybody
        if told.get(tag, "") != now.get(tag, "")
    }
