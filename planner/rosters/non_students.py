"""Rows of a class list that are no students: points, test students, staff, totals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.model.values import choices, normalize_text
from planner.rosters.column_inference import Meaning
from planner.rosters.lms_formats import Source
from planner.rosters.name_columns import names, places
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable

_POINTS = frozenset(
    {
        "points possible",
        "mogelijke punten",
        "punten mogelijk",
        "maximaal aantal punten",
        "mogelijk aantal punten",
    }
)
_FOOTER = re.compile(
    r"(totaal|total|subtotaal|aantal|count|number of|bron|source|gegenereerd|generated|geexporteerd|exported"
    r"|legenda|pagina|page|afgedrukt|printed|einde|end of)\b"
)
_TEST_WORD = re.compile(r"test|demo|preview")
_LONGEST_TEST = 50
_TEST = frozenset({"student test", "demo student", "preview user", "preview student"})
_STUDENT = re.compile(r"\b(student|studente|leerling|learner|cursist|deelnemer|participant)(?![ -]?ass)\b")
_STAFF = re.compile(
    r"\b(teacher|docent|docente|leraar|lerares|instructor|lecturer|professor|faculty|ta|teaching assistant"
    r"|student[ -]?assist\w+|tutor|coordinator|beheerder|manager|admin|administrator|designer|ontwerper"
    r"|observer|waarnemer|begeleider|examinator|examiner|grader|beoordelaar|staff|medewerker|coach|mentor)\b"
)
_STUDENT_DOMAIN = re.compile(r"(?:students?|stud|leerling(?:en)?|mystudent|edu)\.(.+)")


def leave_out(table: ClassTable, found: Sequence[Meaning], source: Source, log: ReadingLog) -> ClassTable:
    """Return the table with students only; say what was left out and ask about who may be staff.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    source : Source
        Which learning system or program wrote the file.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    ClassTable
    """
    for step in (_points_and_totals, _test_students, _staff):
        table = step(table, found, source, log)
    if not table.cells:
        log.stop(
            "no-students",
            message("Columns found, but no students."),
            message("Export the list again, with the students in it."),
        )
    _tell_staff_addresses(table, found, log)
    return table


def _points_and_totals(
    table: ClassTable, found: Sequence[Meaning], source: Source, log: ReadingLog
) -> ClassTable:
    ids = places(found, ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY)
    people = places(found, ColumnKind.NAME, ColumnKind.FIRST_NAME, ColumnKind.LAST_NAME)
    if not ids and not people:
        return table
    numbered = _mostly_numbers(table, ids)
    out = [place for place, row in enumerate(table.cells) if _is_nobody(row, ids, people, numbered, source)]
    if out:
        log.add(
            "not-students",
            Level.SKIPPED,
            plural_message(
                "Skipped 1 row that is not a student: row {rows}.",
                "Skipped {n} rows that are not students: rows {rows}.",
                len(out),
                rows=some([str(table.rows[place]) for place in out]),
            ),
            row=table.rows[out[0]],
        )
    return table.without(set(out))


def _mostly_numbers(table: ClassTable, ids: Sequence[int]) -> bool:
    """Whether nearly every id has digits in it."""
    cells = [cell for place in ids[:1] for cell in table.column(place) if cell]
    return sum(any(map(str.isdigit, cell)) for cell in cells) > 0.8 * len(cells)


def _is_nobody(
    row: Sequence[str], ids: Sequence[int], people: Sequence[int], numbered: bool, source: Source
) -> bool:
    known = any(row[place] for place in ids)
    name = "" if known else normalize_text(" ".join(row[place] for place in people))
    if not known and (not name or name in _POINTS):
        # Forms keeps rows of people who stayed anonymous: they are counted as answers.
        return not source.survey
    filled = [cell for cell in row if cell]
    if len(row) < 3 or len(filled) > 2:
        return False
    if _FOOTER.match(normalize_text(filled[0])):
        return True
    # "Werkgroep 2" alone in a row stands above students: a number has no words, a name no digits.
    has_digit = any(map(str.isdigit, filled[0]))
    return len(filled) == 1 and (numbered and " " in filled[0] if known else has_digit)


def _test_students(
    table: ClassTable, found: Sequence[Meaning], source: Source, log: ReadingLog
) -> ClassTable:
    columns = places(found, ColumnKind.NAME, ColumnKind.FIRST_NAME, ColumnKind.LAST_NAME)
    likely = [
        place
        for place, row in enumerate(table.cells)
        if any(_TEST_WORD.search(row[column].lower()) for column in columns)
    ]
    people = names(replace(table, cells=[table.cells[place] for place in likely]), found)
    out = set()
    for place, name in zip(likely, people, strict=True):
        words = normalize_text(name.full).replace("-", " ") if len(name.full) < _LONGEST_TEST else ""
        if " ".join(sorted(words.split())) in _TEST or words.endswith(("teststudent", "previewuser")):
            out.add(place)
            log.add(
                "test-student",
                Level.SKIPPED,
                message(
                    "“{name}” is a test student of {source}; skipped.", name=name.sort, source=source.title
                ),
                row=table.rows[place],
            )
    return table.without(out)


def _staff(table: ClassTable, found: Sequence[Meaning], source: Source, log: ReadingLog) -> ClassTable:
    """Leave out who has another role than student, where others have that role."""
    out: set[int] = set()
    for column in places(found, ColumnKind.ROLE) if source.code != "own-groups" else []:
        cells = [normalize_text(cell) for cell in table.column(column)]
        if any(_is_student(cell) for cell in cells):
            out.update(
                place for place, cell in enumerate(cells) if _STAFF.search(cell) and not _is_student(cell)
            )
    if out:
        people = names(table, found)
        left = sorted(out)
        log.add(
            "staff",
            Level.ASSUMED,
            plural_message(
                "1 person looks like staff and was left out: {people}.",
                "{n} people look like staff and were left out: {people}.",
                len(left),
                people=some([people[place].full or str(table.rows[place]) for place in left]),
            ),
            message("Is one of them a student? Change the role in the file and read it again."),
            row=table.rows[left[0]],
        )
    return table.without(out)


def _is_student(cell: str) -> bool:
    return any(_STUDENT.search(part) for part in choices(cell))


def _tell_staff_addresses(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> None:
    """Ask about people without the "student." that nearly everybody has in the address."""
    column = next(iter(places(found, ColumnKind.EMAIL)), None)
    if column is None:
        return
    domains = [cell.lower().rpartition("@")[2] for cell in table.column(column)]
    usual, count = Counter(domains).most_common(1)[0]
    school = _STUDENT_DOMAIN.fullmatch(usual)
    if school is None or count < 0.8 * len(domains):
        return
    likely = [place for place, domain in enumerate(domains) if domain == school[1]]
    if likely:
        people = names(table, found)
        log.add(
            "staff",
            Level.ASSUMED,
            plural_message(
                "1 person looks like staff, by the e-mail address: {people}. Leave out?",
                "{n} people look like staff, by the e-mail address: {people}. Leave out?",
                len(likely),
                people=some([people[place].full or table.cells[place][column] for place in likely]),
            ),
            message("They are kept as students. Remove their rows from the file if they are not."),
            row=table.rows[likely[0]],
            column=table.headings[column],
        )
