"""The people of a list of groups, and all that somebody can be recognised by in another list."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import ColumnKind, Student
from planner.model.values import normalize_text
from planner.rosters.classlist import TableReading, read_table
from planner.rosters.directory import PRIVATE_KEYS
from planner.rosters.heading_vocabulary import compact, spaced
from planner.rosters.identity import tidy_id
from planner.rosters.model import SourceFile
from planner.rosters.name_columns import names, places
from planner.rosters.people import PersonName
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import is_email

_IDS = (ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY)
# Keys that mean the same person wherever they turn up. Other columns that look like
# ids may be mere row numbers, which the next list gives to somebody else.
_PUBLIC_KEYS = frozenset({"user_id", "login_id", "username", "student_number", "org_defined_id"})
_KEY_NAMES = {ColumnKind.STUDENT_NUMBER: "student_number", ColumnKind.USERNAME: "username"}


def keys_of(student: Student) -> frozenset[str]:
    """Return all that a student can be recognised by in another list.

    Each key says what it is: ``key:`` ids that mean the same everywhere (student
    number, e-mail, user name), ``canvas_user_id:`` and the like for ids of one
    system, ``number:`` a student number without zeros in front, ``name:``.
    """
    public = [student.id, student.email or "", *(student.keys.get(key, "") for key in _PUBLIC_KEYS)]
    keys = {f"key:{normalize_text(text)}" for text in public if text.strip()}
    keys |= {
        f"{key}:{normalize_text(text)}" for key, text in student.keys.items() if key in PRIVATE_KEYS and text
    }
    if student.id.isascii() and student.id.isdigit():
        keys.add(f"number:{student.id.lstrip('0')}")
    # A list without names shows the number instead; that is no name.
    if normalize_text(student.name) != normalize_text(student.id) or " " in student.name:
        keys.add(f"name:{normalize_text(student.name)}")
    return frozenset(keys)


def listed_people(file: SourceFile) -> tuple[Student, ...]:
    """Return the people of a list of groups, each once, by the best id that their row has.

    Raises
    ------
    InputError
        Where the file is no table.
    """
    draft = TableReading(ReadingLog(file.name), ours=True)
    table, found = read_table(file, draft, {}, None, None)
    columns = []
    for place in places(found, *_IDS):
        heading, kind = table.headings[place], found[place].kind
        name = draft.source.keys.get(compact(heading)) or _KEY_NAMES.get(kind)
        columns.append((place, name or spaced(heading).replace(" ", "_")))
    people: dict[str, Student] = {}
    for cells, person in zip(table.cells, names(table, found), strict=True):
        ids = [(key, text) for place, key in columns if (text := tidy_id(cells[place]).text)]
        if ids or person.full:
            student = _student(ids, person)
            people.setdefault(student.id.casefold(), student)
    return tuple(people.values())


def _student(ids: Sequence[tuple[str, str]], person: PersonName) -> Student:
    best = ids[0][1] if ids else person.full
    return Student(
        id=best,
        name=person.full or best,
        call_name=person.call or best,
        sort_name=person.sort or best,
        email=next((text for _, text in ids if is_email(text)), None),
        keys={key: text for key, text in reversed(ids) if not is_email(text)},
    )
