"""Joins the answers of a survey with the students of a class list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.model.values import normalize_text
from planner.rosters.column_inference import Meaning
from planner.rosters.columns import kept
from planner.rosters.directory import Directory, Match
from planner.rosters.identity import tidy_id
from planner.rosters.known_columns import FIRST_LIST, KnownColumns
from planner.rosters.name_columns import names, places
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.repeats import latest_answers
from planner.rosters.survey_columns import called_beside, with_answers
from planner.rosters.table import ClassTable

ANONYMOUS = frozenset({"anonymous", "anoniem", "anonym", "anonymous user", "anonieme gebruiker"})
_ASKED = 50  # people for whom the nearest name is looked up


@dataclass(frozen=True)
class Joined:
    """A roster with the answers of a survey, its columns, who was not found, and who did not answer."""

    roster: Roster
    headings: tuple[str, ...]
    unmatched: tuple[str, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True)
class _Respondent:
    """What one row says about the person who answered."""

    ids: tuple[str, ...]
    name: str

    @property
    def shown(self) -> str:
        return self.name or (self.ids[0] if self.ids else "")


def without_anonymous(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> ClassTable:
    """Return the answers that have a number, an e-mail or a name; say how many have none.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    ClassTable
    """
    people = _respondents(table, found)
    nameless = {place for place, person in enumerate(people) if not person.shown}
    if nameless:
        log.add(
            "anonymous-answers",
            Level.SKIPPED,
            plural_message(
                "1 answer has no name and cannot be used.",
                "{n} answers have no name and cannot be used.",
                len(nameless),
            ),
            message("Let people sign in to the form, or ask for their student number in it."),
            row=table.rows[min(nameless)],
        )
    return table.without(nameless)


def _respondents(table: ClassTable, found: Sequence[Meaning]) -> list[_Respondent]:
    columns = places(found, ColumnKind.EMAIL, ColumnKind.STUDENT_NUMBER, ColumnKind.USERNAME)
    people = []
    for row, name in zip(table.cells, names(table, found), strict=True):
        ids = (tidy_id(row[place]).text for place in columns)
        people.append(
            _Respondent(
                tuple(text for text in ids if text and normalize_text(text) not in ANONYMOUS),
                "" if normalize_text(name.full) in ANONYMOUS else name.full,
            )
        )
    return people


def join(
    roster: Roster,
    table: ClassTable,
    found: Sequence[Meaning],
    moments: Mapping[str, tuple[str, ...]],
    log: ReadingLog,
    known: KnownColumns = FIRST_LIST,
) -> Joined:
    """Add the answers of a survey to the students who gave them; `moments` by heading, see `Column`.

    People are found by e-mail and student number, else by their full name. Where
    these point at two students, nobody guesses which it is. Where columns are `known` from
    before, nothing is said of whoever is not in the survey: what they answered before counts.

    Parameters
    ----------
    roster : Roster
        The class list.
    table : ClassTable
        The answers.
    found : sequence of Meaning
        What each column means, in the order of the table.
    moments : mapping of str to tuple of str
        By heading, of the columns that say when people cannot.
    log : ReadingLog
        Takes what comes to light.
    known : KnownColumns
        Those of the class list before, in a replan.

    Returns
    -------
    Joined
    """
    table = without_anonymous(table, found, log)
    if not table.cells:
        _stop_other_course(log)
    directory = Directory(roster)
    who: list[str] = []
    unmatched: list[str] = []
    loose = 0
    for row, person in zip(table.rows, _respondents(table, found), strict=True):
        matches = [match for text in person.ids if (match := directory.by_id(text)) is not None]
        match = _agreed(person, matches, directory)
        who.append(match.student.id if match is not None else "")
        loose += match is not None and match.loose
        if match is None:
            unmatched.append(person.shown)
            _tell_unknown(person, matches, directory, row, log, propose=len(unmatched) <= _ASKED)
    _tell_loose(loose, log)
    if not any(who):
        _stop_other_course(log)
    earlier = latest_answers(table, who, [roster.shown_names.get(student, "") for student in who], log)
    answers = {
        student: row
        for place, (student, row) in enumerate(zip(who, table.cells, strict=True))
        if student and place not in earlier
    }
    unanswered = tuple(student.id for student in roster.students if student.id not in answers)
    if not known:
        _tell_unanswered(roster, unanswered, log)
    columns = [
        (place, called_beside(column, roster, table.headings, known, log))
        for place, column in kept(table, found, moments)
    ]
    headings = tuple(column.heading for _, column in columns)
    filled = with_answers(roster, columns, answers, blank=not known)
    return Joined(filled, headings, tuple(unmatched), unanswered)


def _agreed(person: _Respondent, matches: Sequence[Match], directory: Directory) -> Match | None:
    """Return the one student that number, address or else the name point at."""
    students = {match.student.id for match in matches}
    if len(students) > 1:
        return None
    if matches:
        return min(matches, key=lambda match: match.loose)
    return directory.by_name(person.name) if person.name else None


def _tell_unknown(
    person: _Respondent,
    matches: Sequence[Match],
    directory: Directory,
    row: int,
    log: ReadingLog,
    *,
    propose: bool,
) -> None:
    if matches:
        log.add(
            "two-students",
            Level.ASSUMED,
            message(
                "This answer matches both {first} and {second}; it was left out.",
                first=matches[0].student.name,
                second=matches[-1].student.name,
            ),
            message("Correct the number or the address in the survey file."),
            row=row,
        )
        return
    near = directory.nearest(person.name) if propose and person.name else None
    if near is not None:
        sentence = message(
            "“{person}” was not found on the class list. Is it {name} ({student})?",
            person=person.shown,
            name=near.name,
            student=near.id,
        )
    else:
        sentence = message("“{person}” was not found on the class list.", person=person.shown)
    log.add(
        "unknown-respondent",
        Level.ASSUMED,
        sentence,
        message("Match by hand: put the student number or the name of the class list in the survey file."),
        row=row,
    )


def _tell_loose(count: int, log: ReadingLog) -> None:
    if count:
        log.add(
            "loose-match",
            Level.ASSUMED,
            plural_message(
                "1 person was found by a number without the zeros or the letter in front.",
                "{n} people were found by a number without the zeros or the letter in front.",
                count,
            ),
        )


def _stop_other_course(log: ReadingLog) -> None:
    log.stop(
        "other-survey",
        message("None of the answers is from a student in the class list."),
        message("Choose the survey of this course, or ask for the student number in it."),
    )


def _tell_unanswered(roster: Roster, unanswered: Sequence[str], log: ReadingLog) -> None:
    if unanswered:
        log.add(
            "no-answer",
            Level.NOTE,
            plural_message(
                "1 student did not answer the survey: {people}.",
                "{n} students did not answer the survey: {people}.",
                len(unanswered),
                people=some(roster.names(unanswered)),
            ),
            message("They can still be placed; their answers are empty."),
        )
