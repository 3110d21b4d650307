"""What students answered before stays known where a new class list does not have it.

A learning system exports names and numbers. A column in use that the new list lacks is taken
from the class list of the plan before, person by person; so are the answers of whoever is not
in a survey that comes with the new list. A column that the new list has is right as it stands,
its empty cells too.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.model.moments import family_of
from planner.model.problems import Level
from planner.model.values import normalize_text
from planner.plans.previous import Previous
from planner.replanning.answer_remarks import EMPTY, answer_remarks, tell_busy
from planner.replanning.changes import Changes, compare
from planner.replanning.details_before import unsaid_details, with_details
from planner.rosters import Edits, Reading
from planner.rosters.columns import KEPT
from planner.rosters.edited_table import answered, respelled
from planner.rosters.known_columns import KnownColumns
from planner.rosters.listed_people import keys_of
from planner.rosters.pairing import pair
from planner.rosters.reading_log import ReadingLog
from planner.rules.wish import Wish

_BETWEEN = re.compile(r"[^\s;,|&+]+")  # what may be a number in a wish


@dataclass(frozen=True)
class AnswersBefore:
    """What is known when a new class list is read.

    Attributes
    ----------
    previous : Previous
        The plan before. Without its class list nothing is known.
    listed : Roster or None
        The class list on the page, where it may have been corrected since the plan.
    used : tuple of str
        Headings that the rules of now read.
    survey_again : bool
        Whether the survey is the one that these answers came from: for whoever is known, they
        count as they are, as they may have been corrected since.
    stopped : frozenset of str
        Ids of then of who was said to have stopped: what they answered is nobody else's.
    """

    previous: Previous
    listed: Roster | None = None
    used: tuple[str, ...] = ()
    survey_again: bool = False
    stopped: frozenset[str] = frozenset()

    @cached_property
    def columns(self) -> Mapping[str, Column]:
        """The columns of before that are in use, in their order, by heading."""
        course = self.previous.course
        if course is None:
            return {}
        then = {column.heading: column for column in course.roster.columns}
        page = {} if self.listed is None else {column.heading: column for column in self.listed.columns}
        used = {heading: page[heading] for heading in self.used if heading in page and heading not in then}
        return {**then, **used}

    @property
    def known(self) -> KnownColumns:
        """What the columns are called."""
        return KnownColumns(tuple(self.columns), self.survey_again)

    def complete(self, reading: Reading, edits: Edits) -> Reading:
        """Return what was read of a new class list, with what it does not say and was answered before.

        Parameters
        ----------
        reading : Reading
            Read with the columns `known`.
        edits : Edits
            What was changed by hand in it, also in answers of before.

        Returns
        -------
        Reading
            The same object where the list has it all.
        """
        roster, course = reading.roster, self.previous.course
        if roster is None or course is None:
            return reading
        missing, partly = _missing(self.columns, reading), self._partly(reading, roster)
        unsaid = any(heading not in one.answers for one in roster.students for heading in roster.headings)
        details = unsaid_details(reading, course.roster)
        answers_said = not self.columns or not (missing or partly or unsaid)
        if answers_said and not details:
            return reading
        changes = compare(self.previous, roster, stopped=self.stopped)
        if any(problem.level is Level.ERROR for problem in changes.problems):  # of another course, no doubt
            return reading.model_copy(update={"roster": _with(roster, roster.columns, _Found())})
        roster = with_details(roster, self._sources(roster, changes)[-1], details)
        if answers_said:
            return reading.model_copy(update={"roster": roster})
        headings = [*missing, *partly]
        found = self._found(roster, changes, headings, self._again(reading))
        columns = _in_order(roster.columns, [self.columns[one] for one in missing], tuple(self.columns))
        log = ReadingLog("" if not reading.columns else reading.columns[0].file)
        whole = _settled(_with(roster, columns, found), reading, found, headings, edits, log)
        tell_busy(whole, headings, found.nobody, log)
        read = (one for one in reading.problems if one.code not in EMPTY or one.column not in headings)
        problems = (
            *read,
            *answer_remarks(missing, len(found.counted), whole.names(found.nobody)),
            *log.problems(),
        )
        return reading.model_copy(update={"roster": whole, "problems": problems})

    def _again(self, reading: Reading) -> frozenset[str]:
        """Return headings under which what is known counts, also where the list says something."""
        return frozenset(reading.surveyed) if self.survey_again else frozenset()

    def _partly(self, reading: Reading, roster: Roster) -> list[str]:
        """Return known headings under which the list says nothing of some."""
        again = self._again(reading)
        return [
            heading
            for heading in self.columns
            if heading in roster.headings
            and (heading in again or any(heading not in one.answers for one in roster.students))
        ]

    def _found(
        self, roster: Roster, changes: Changes, headings: Sequence[str], again: Collection[str]
    ) -> _Found:
        sources, found = self._sources(roster, changes), _Found()
        wished = self._wished & set(headings)
        numbers = self._handed_on(roster, changes) if wished else {}
        for student in roster.students:
            then = [source[student.id] for source in sources if student.id in source]
            for heading in headings:
                if heading in student.answers and heading not in again:
                    continue
                known = next((one.answers[heading] for one in then if heading in one.answers), None)
                if known is not None and heading in wished:
                    known = _renumbered(known, numbers)
                if known is not None:
                    found.add(student, heading, known)
        for student in roster.students:
            said = student.answers | found.answers.get(student.id, {})
            new = student.id not in sources[-1]
            if new and not any(said.get(heading, "").strip() for heading in self.columns):
                found.nobody.append(student.id)
        return found

    def _sources(self, roster: Roster, changes: Changes) -> list[Mapping[str, Student]]:
        """Return whom each list of before has, by the id of now; that of the plan comes last."""
        course = self.previous.course
        then = () if course is None else course.roster.students
        planned = {changes.id_now.get(one.id, one.id): one for one in then}
        if self.listed is None:
            return [planned]
        by_id = self.listed.by_id
        pairs = pair(
            {one: keys_of(student) for one, student in by_id.items()},
            {student.id: keys_of(student) for student in roster.students},
        ).pairs
        return [{new: by_id[old] for old, new in pairs.items()}, planned]

    @property
    def _wished(self) -> set[str]:
        course = self.previous.course
        rules = () if course is None else course.rules.rule
        return {heading for rule in rules if isinstance(rule, Wish) for heading in rule.columns}

    def _handed_on(self, roster: Roster, changes: Changes) -> dict[str, str]:
        """Return whom a number meant that is somebody else's now: their number of now, else their name."""
        course, now = self.previous.course, {normalize_text(one) for one in roster.by_id}
        meant = {}
        for student in () if course is None else course.roster.students:
            new = changes.id_now.get(student.id, student.id)
            for number in (*student.numbers_before, student.id):
                if normalize_text(number) in now and number != new:
                    meant[normalize_text(number)] = new if new in roster.by_id else student.name
        return meant


@dataclass
class _Found:
    """Answers of before, by student and heading; who has any that counts; of whom nothing is known."""

    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    nobody: list[str] = field(default_factory=list)

    def add(self, student: Student, heading: str, known: str) -> None:
        """Let an answer of before count; it is told where the list says nothing."""
        self.answers.setdefault(student.id, {})[heading] = known
        if known.strip() and heading not in student.answers:
            self.counted.add(student.id)


def _missing(columns: Iterable[str], reading: Reading) -> list[str]:
    """Return the headings that neither list nor survey has; one that is there but not used is not missing."""
    assert reading.roster is not None  # noqa: S101 - it could be read
    there = set(map(normalize_text, reading.roster.headings))
    there |= {normalize_text(column.heading) for column in reading.columns if column.kind not in KEPT}
    return [heading for heading in columns if normalize_text(heading) not in there]


def _in_order(now: Sequence[Column], missing: Iterable[Column], before: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of now and those of before, each behind the one that it stood behind."""
    columns = list(now)
    for column in missing:
        ahead = set(before[: before.index(column.heading)])
        place = max((at for at, one in enumerate(columns, 1) if one.heading in ahead), default=0)
        columns.insert(place, column)
    return tuple(columns)


def _with(roster: Roster, columns: Sequence[Column], found: _Found) -> Roster:
    """Return a class list with answers of before; of whom nothing is known, the answer is empty."""
    students = []
    for student in roster.students:
        said = {**student.answers, **found.answers.get(student.id, {})}
        answers = {column.heading: said.get(column.heading, "") for column in columns}
        students.append(student.model_copy(update={"answers": answers}))
    return Roster(students=tuple(students), columns=tuple(columns))


def _settled(
    roster: Roster,
    reading: Reading,
    found: _Found,
    headings: Sequence[str],
    edits: Edits,
    log: ReadingLog,
) -> Roster:
    """Give answers that came from two sides one spelling, and take over what was changed by hand."""
    rows = {line.row: line.student for line in reading.lines if line.student}
    mixed = _mixed(roster, found, headings)
    if mixed:
        roster = respelled(roster, mixed, rows, log)
    own = Edits(cells=_only(edits.cells, headings), joined=_only(edits.joined, headings))
    return answered(roster, own, rows, log) if own else roster


def _only(rows: Mapping[int, Mapping[str, str]], headings: Collection[str]) -> dict[int, dict[str, str]]:
    kept = {row: {h: text for h, text in cells.items() if h in headings} for row, cells in rows.items()}
    return {row: cells for row, cells in kept.items() if cells}


def _mixed(roster: Roster, found: _Found, headings: Sequence[str]) -> list[str]:
    """Return headings whose answers are of now and of before, or that have other moments than their twins."""
    mixed = []
    for heading in headings:
        answered_by = [student.id for student in roster.students if student.answer(heading).strip()]
        if len({heading in found.answers.get(one, {}) for one in answered_by}) > 1:
            mixed.append(heading)
    asked = set(map(family_of, headings))
    busy = [one for one in roster.columns if one.kind is ColumnKind.BUSY and family_of(one.heading) in asked]
    moments = {family_of(one.heading): set[tuple[str, ...]]() for one in busy}
    for one in busy:
        moments[family_of(one.heading)].add(one.moments)
    twins = [one.heading for one in busy if len(moments[family_of(one.heading)]) > 1]
    return list(dict.fromkeys([*mixed, *twins]))


def _renumbered(cell: str, numbers: Mapping[str, str]) -> str:
    return _BETWEEN.sub(lambda part: numbers.get(normalize_text(part[0]), part[0]), cell)
