"""Rules that name students, and finding the students that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
from pydantic import Field, field_validator
from rapidfuzz import fuzz, process

from planner.model.base import LARGEST_GROUP
from planner.model.domain import Roster, Student
from planner.model.instance import PairCost
from planner.model.mentions import mentions, name_words
from planner.model.problems import Level, Problem
from planner.model.reports import Importance
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.rules.base import Rule
from planner.rules.setting_error import SettingError

_SHORTEST = 4  # letters of a part of a name that one slip can be seen in


class NamedStudents(Rule):
    """A rule about some students, two by two. No reason is asked or kept."""

    importance: Importance = Importance.MUST
    students: tuple[str, ...] = Field(min_length=2, max_length=LARGEST_GROUP)

    @field_validator("students")
    @classmethod
    def _once_each(cls, students: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(students)) < len(students):
            raise SettingError("student-twice")
        return students

    def check(self, roster: Roster) -> list[Problem]:
        """Refuse students who are not in the class list."""
        return check_students(self, self.students, roster)

    def natural(self, units: int, roster: Roster) -> Message:
        """Return units as pairs of students."""
        return plural_message("1 pair", "{n} pairs", units)

    def pairs(self, roster: Roster) -> PairCost:
        """Return a cost of every pair that shares a group."""
        places = [roster.position[student] for student in self.students]
        pairs = np.asarray(list(combinations(places, 2)), np.int64)
        ones = np.ones(len(pairs), np.int64)
        return PairCost(must=self.must, price=self.price, pairs=pairs, weights=ones)


def check_students(rule: Rule, ids: Sequence[str], roster: Roster) -> list[Problem]:
    """Return an error for each id that is not in the class list, with the nearest student.

    Parameters
    ----------
    rule : Rule
    ids : sequence of str
        Those that the rule names.
    roster : Roster

    Returns
    -------
    list of Problem
    """
    return [_unknown_student(rule, wanted, roster) for wanted in ids if wanted not in roster.by_id]


def _unknown_student(rule: Rule, wanted: str, roster: Roster) -> Problem:
    hint = message("Write the student number as it is in the class list.")
    return Problem(
        code="unknown-student",
        level=Level.ERROR,
        message=message(
            "Rule “{rule}”: {wanted} is not in the class list.", rule=rule.label(), wanted=wanted
        ),
        hint=did_you_mean_student(wanted, roster, hint),
    )


def did_you_mean_student(
    wanted: str, roster: Roster, otherwise: Message, *, but: str | None = None
) -> Message:
    """Ask whether the student whose id or name looks most like what was written is meant.

    Parameters
    ----------
    wanted : str
        An id or a name.
    roster : Roster
    otherwise : Message
        The hint where nobody comes close.
    but : str, optional
        Id of somebody who is never meant.

    Returns
    -------
    Message
    """
    near = nearest_student(wanted, roster)
    if near is None or near.id == but:
        return otherwise
    return message("Did you mean {near} ({name})?", near=near.id, name=near.name)


def nearest_student(wanted: str, roster: Roster) -> Student | None:
    """Return the student whose id or name looks most like what was written.

    Parameters
    ----------
    wanted : str
        An id or a name.
    roster : Roster

    Returns
    -------
    Student or None
        None where nobody comes close.
    """
    names = {student.id: student.name for student in roster.students}
    by_id = process.extractOne(wanted, list(roster.by_id), scorer=fuzz.ratio, score_cutoff=75)
    by_name = process.extractOne(wanted, names, scorer=fuzz.ratio, processor=normalize_text, score_cutoff=75)
    if by_name and (not by_id or by_name[1] > by_id[1]):
        return roster.by_id[by_name[2]]
    if by_id:
        return roster.by_id[by_id[0]]
    words = name_words(wanted)  # a first name or a surname with a letter wrong
    part = process.extractOne(words, list(roster.known_people), scorer=fuzz.ratio, score_cutoff=75)
    return roster.by_id[roster.known_people[part[0]]] if part and len(words) >= _SHORTEST else None


def lookup(roster: Roster) -> Mapping[str, str]:
    """Return ids by everything that names exactly one student: id, e-mail, key, name, part of a name."""
    return roster.known_people


def in_names(answer: str, roster: Roster) -> str:
    """Return an answer that names students, each by the name that is shown.

    Parameters
    ----------
    answer : str
        A cell: numbers, names or e-mail addresses.
    roster : Roster

    Returns
    -------
    str
        What points to nobody stays as it is.
    """
    found = mentions(answer, lookup(roster))
    if not any(one.student for one in found):
        return answer
    return ", ".join(one.written if one.student is None else roster.shown_names[one.student] for one in found)
