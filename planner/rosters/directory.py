"""Finds a student of a roster by whatever a second file says about them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process

from planner.model.domain import Roster, Student
from planner.model.values import normalize_text
from planner.rosters.identity import tidy_id
from planner.rosters.people import from_full

# Keys that only one system gives out: their numbers mean nothing elsewhere.
PRIVATE_KEYS = frozenset({"canvas_user_id", "integration_id"})
_LOOSE = re.compile(r"[a-z]{0,2}0*(\d{3,})", re.ASCII)
_NEAR = 72.0


@dataclass(frozen=True)
class Match:
    """A student who was found; `loose` where only zeros or a letter in front were missing."""

    student: Student
    loose: bool = False


class Directory:
    """A roster by number, e-mail, key and name."""

    def __init__(self, roster: Roster) -> None:
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._private: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: dict[str, set[str]] = defaultdict(set)
        self._students = roster.by_id
        for student in roster.students:
            self._add(student)

    def _add(self, student: Student) -> None:
        for key, value in student.keys.items():
            self._private[key, normalize_text(value)].add(student.id)
        for text in (student.id, student.email or "", *_public(student)):
            if text:
                self._exact[normalize_text(text)].add(student.id)
                loose = _loose(text)
                if loose:
                    self._loose[loose].add(student.id)
        self._names[name_key(student.name)].add(student.id)

    def by_id(self, text: str) -> Match | None:
        """Return the one student with this number, e-mail or user name.

        A number that lost zeros or a letter in front is found where no other
        student could be meant.
        """
        tidied = tidy_id(text).text
        if not tidied:
            return None
        exact = self._one(self._exact.get(normalize_text(tidied)))
        if exact is not None:
            return Match(exact)
        loose = self._one(self._loose.get(_loose(tidied) or ""))
        return Match(loose, loose=True) if loose is not None else None

    def by_key(self, key: str, text: str) -> Match | None:
        """Return the one student with this value of a named key.

        Parameters
        ----------
        key : str
            Name of an LMS's key.
        text : str
            Its value.

        Returns
        -------
        Match or None
            None where nobody has it, or more than one.
        """
        found = self._one(self._private.get((key, normalize_text(tidy_id(text).text))))
        return Match(found) if found is not None else None

    def by_name(self, name: str) -> Match | None:
        """Return the one student with this full name, in any order of its parts."""
        found = self._one(self._names.get(name_key(from_full(name).full)))
        return Match(found) if found is not None else None

    def nearest(self, name: str) -> Student | None:
        """Return the student whose name is most like this one, where one comes near."""
        wanted = name_key(from_full(name).full)
        if len(wanted) < 3:
            return None
        found = process.extractOne(wanted, self._names.keys(), score_cutoff=_NEAR)
        return self._students[min(self._names[found[0]])] if found is not None else None

    def _one(self, ids: Iterable[str] | None) -> Student | None:
        found = list(ids or ())
        return self._students[found[0]] if len(found) == 1 else None


def _public(student: Student) -> Iterable[str]:
    own = student.with_numbers_before(()).keys  # an earlier number may be somebody else's now
    return (value for key, value in own.items() if key not in PRIVATE_KEYS)


def _loose(text: str) -> str | None:
    """Return a number without the zeros and the letter in front that some files leave out."""
    found = _LOOSE.fullmatch(normalize_text(text))
    return found[1] if found is not None else None


def name_key(name: str) -> str:
    """Return a name as it is compared: its words without accents and signs, sorted."""
    words = re.sub(r"[^\w]+", " ", normalize_text(name)).split()
    return " ".join(sorted(words))
