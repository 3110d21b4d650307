"""Reads the export of a pulse form; the answers are added up and forgotten."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NoReturn

from rapidfuzz import fuzz

from planner.handouts.content import Content, content
from planner.handouts.pulse import (
    QUESTIONS,
    Pulse,
    PulseLine,
    PulseWeek,
    Question,
    shown,
)
from planner.model.base import Frozen
from planner.model.domain import ColumnKind
from planner.model.problems import InputError, Level
from planner.model.text import LANGUAGES, message, plural_message
from planner.model.values import normalize_text
from planner.rosters import SourceFile
from planner.rosters.heading_vocabulary import asked, listed
from planner.rosters.headings import find_headings
from planner.rosters.opening import open_file
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.survey import ANONYMOUS
from planner.rosters.table import ClassTable
from planner.rosters.table_below import make_table

_SAME_QUESTION = 88  # of 100: how alike a heading and a question have to be
_EARLIER: dict[Question, tuple[str, ...]] = {  # forms that are out already ask in these words
    "belonging": ("Ik hoor erbij in mijn groep.", "I belong in my group.")
}
_PEOPLE = (ColumnKind.EMAIL, ColumnKind.STUDENT_NUMBER, ColumnKind.USERNAME, ColumnKind.NAME)


def read_pulse(
    file: SourceFile, groups: Sequence[str], week: int | None = None, texts: Iterable[Content] = ()
) -> Pulse:
    """Read the export of a pulse form.

    Parameters
    ----------
    file : SourceFile
        CSV or .xlsx from Microsoft Forms, Google Forms, or anything alike.
    groups : sequence of str
        The groups of the plan.
    week : int or None
        The week of all answers, where the form does not ask for it.
    texts : iterable of Content
        Where the questions are in other words than those that come along.

    Returns
    -------
    Pulse

    Raises
    ------
    InputError
        Where the file is no table, or a question is not in it.
    """
    log = ReadingLog(file.name)
    grid = open_file(file, None, log)
    table = make_table(grid, find_headings(grid, log, 1), log)
    if log.failed():
        raise InputError(log.problems())
    known = (*texts, *(content(language) for language in LANGUAGES))
    found = _Columns.of(table, known, week, log)
    lines = _lines(_answers(table, found, groups, known, week, log), groups)
    return Pulse(lines=lines, problems=log.problems())


class _Columns(Frozen):
    """Where the answers are."""

    group: int
    week: int | None
    questions: dict[Question, int]
    person: tuple[int, ...]

    @classmethod
    def of(cls, table: ClassTable, texts: Sequence[Content], week: int | None, log: ReadingLog) -> _Columns:
        """Find the questions by their wording.

        Raises
        ------
        InputError
            Where one of them is not there.
        """
        group = _column(table, [one.pulse.group for one in texts])
        if group is None:
            group = next((at for at, h in enumerate(table.headings) if listed(h) is ColumnKind.GROUP), None)
        if group is None:
            _not_asked(texts[0].pulse.group, log)
        when = _column(table, [one.pulse.week for one in texts])
        if when is None and week is None:
            _not_asked(texts[0].pulse.week, log)
        questions: dict[Question, int] = {}
        for question in QUESTIONS:
            wordings = (*(getattr(one.pulse, question) for one in texts), *_EARLIER.get(question, ()))
            asked_at = _column(table, wordings)
            if asked_at is None:
                _not_asked(getattr(texts[0].pulse, question), log)
            questions[question] = asked_at
        people = [at for at, h in enumerate(table.headings) if (listed(h) or asked(h)) in _PEOPLE]
        return cls(group=group, week=when, questions=questions, person=tuple(people))


def _column(table: ClassTable, wordings: Iterable[str]) -> int | None:
    """Return the column whose heading is most like one of some wordings of a question."""
    folded = [normalize_text(wording) for wording in wordings]
    likeness = [
        max((fuzz.ratio(normalize_text(heading), one) for one in folded), default=0)
        for heading in table.headings
    ]
    best = max(likeness, default=0)
    return likeness.index(best) if best >= _SAME_QUESTION else None


def _not_asked(question: str, log: ReadingLog) -> NoReturn:
    log.stop(
        "pulse-question",
        message("The question “{question}” is not in this file.", question=question),
        message("Use the questions on the page Cards, and export all answers from the form."),
    )


Heard = dict[tuple[str, int], dict[str, dict[Question, int]]]  # group and week -> person -> answers


def _answers(
    table: ClassTable,
    found: _Columns,
    groups: Sequence[str],
    texts: Sequence[Content],
    week: int | None,
    log: ReadingLog,
) -> Heard:
    """Return the answers by group, week and person; of somebody who answers again the last ones count."""
    by_name = {normalize_text(group): group for group in groups}
    heard: Heard = defaultdict(dict)
    unknown: dict[str, None] = {}
    for row, cells in zip(table.rows, table.cells, strict=True):
        group = by_name.get(normalize_text(cells[found.group]))
        when = week if found.week is None else _whole(cells[found.week])
        if group is None:
            unknown[cells[found.group]] = None
            continue
        if when is None:
            continue
        answers = {question: _points(cells[place], texts) for question, place in found.questions.items()}
        given = {question: points for question, points in answers.items() if points is not None}
        person = next(
            (text for at in found.person if (text := normalize_text(cells[at])) not in ANONYMOUS | {""}), ""
        )
        heard[group, when][person or f"row {row}"] = given
    if unknown:
        log.add(
            "pulse-unknown-group",
            Level.SKIPPED,
            plural_message(
                "Answers for a group that is not in the plan were left out: {groups}.",
                "Answers for {n} groups that are not in the plan were left out: {groups}.",
                len(unknown),
                groups=some([group or "–" for group in unknown]),
            ),
        )
    return heard


def _whole(cell: str) -> int | None:
    number = re.search(r"\d{1,2}", cell)
    return int(number.group()) if number else None


def _points(cell: str, texts: Sequence[Content]) -> int | None:
    """Return an answer as 1 to 5: a number, or the words of the scale."""
    number = re.match(r"\s*([1-5])(?![\d.,]*\d)", cell)
    if number:
        return int(number.group(1))
    for one in texts:
        for points, words in enumerate(one.pulse.scale, start=1):
            if normalize_text(words) == normalize_text(cell):
                return points
    return None


def _lines(heard: Heard, groups: Sequence[str]) -> tuple[PulseLine, ...]:
    weeks = sorted({week for _, week in heard})
    return tuple(
        PulseLine(
            group=group,
            weeks=tuple(
                PulseWeek(week=week, values=shown(heard.get((group, week), {}).values())) for week in weeks
            ),
        )
        for group in groups
    )
