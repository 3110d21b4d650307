"""How people are called: as they wish, with just what is needed to tell them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from babel.lists import format_list

from planner.model.domain import Student
from planner.model.text import Language
from planner.model.values import normalize_text

_LEAST_DIGITS = 3  # of a student number, where even full names are the same


def called(students: Sequence[Student]) -> dict[str, str]:
    """Return what to call each of a few students, by id.

    Their call name; with the first letter of the surname where two share it; with
    the full name where that is the same too; and only then with the end of their
    number.
    """
    return _told_apart(students, (_call_name, _with_initial, _full, _full_with_end(students)))


def full_names(students: Sequence[Student]) -> dict[str, str]:
    """Return the names of many students, by id; only namesakes have the end of their number with it."""
    counts = Counter(normalize_text(_full(student)) for student in students)
    namesakes = [student for student in students if counts[normalize_text(_full(student))] > 1]
    return _told_apart(students, (_full, _full_with_end(namesakes)))


def _told_apart(students: Sequence[Student], ways: Sequence[Callable[[Student], str]]) -> dict[str, str]:
    """Return names by the first way in which each is one person's."""
    names: dict[str, str] = {}
    left = list(students)
    for way in ways:
        counts = Counter(normalize_text(way(student)) for student in left)
        names.update({student.id: way(student) for student in left})
        left = [student for student in left if counts[normalize_text(way(student))] > 1]
    return names


def _call_name(student: Student) -> str:
    return _tidy(student.call_name or student.name or student.id)


def _with_initial(student: Student) -> str:
    surname = student.sort_name.partition(",")[0].strip()
    if not surname or normalize_text(surname) == normalize_text(student.call_name):
        return _full(student)
    return f"{_call_name(student)} {surname[0].upper()}."


def _full(student: Student) -> str:
    return _tidy(student.name or student.id)


def _full_with_end(students: Sequence[Student]) -> Callable[[Student], str]:
    """Return a way to call people by full name and as much of the end of their id as tells them apart."""
    ids = [student.id for student in students]
    longest = max(map(len, ids), default=0)
    digits = next((n for n in range(_LEAST_DIGITS, longest) if len({i[-n:] for i in ids}) == len(ids)), 0)
    return lambda student: f"{_full(student)} ({student.id[-digits:]})"


def _tidy(text: str) -> str:
    return " ".join(text.split())


def listed(names: Sequence[str], language: Language) -> str:
    """Return names as a list in a sentence: "Noor, Sem en Ali".

    Parameters
    ----------
    names : sequence of str
    language : Language

    Returns
    -------
    str
    """
    return str(format_list(list(names), locale=language))
