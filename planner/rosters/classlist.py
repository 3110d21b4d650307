"""Reads a class list, with or without a survey, from the bytes up to the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.model.cells import restore
from planner.model.domain import (
    ColumnKind,
    Roster,
)
from planner.model.problems import InputError, Level
from planner.model.text import Message, message
from planner.rosters import survey as surveys
from planner.rosters.busy import Moments, tell_empty
from planner.rosters.column_inference import Meaning, meanings
from planner.rosters.columns import guesses, kept, tell_dropped, tell_formulas
from planner.rosters.edited_table import answered, edited, lines, still_here
from planner.rosters.edits import EditedRow, Edits
from planner.rosters.encoding_repair import tell_letters
from planner.rosters.heading_vocabulary import compact, listed, spaced
from planner.rosters.headings import find_headings
from planner.rosters.identity import check_ids, choose_id, tidy_column
from planner.rosters.known_columns import FIRST_LIST, KnownColumns, called_as_before
from planner.rosters.lengths import check_lengths
from planner.rosters.lms_formats import PLAIN, Source, as_asked, recognise
from planner.rosters.model import ColumnGuess, Reading, SourceFile
from planner.rosters.name_columns import (
    NAMES,
    names,
    tell_infix,
    tell_kept_names,
    tell_same_names,
)
from planner.rosters.named_columns import with_named
from planner.rosters.non_students import leave_out
from planner.rosters.opening import open_file
from planner.rosters.people import PersonName
from planner.rosters.reading_log import ReadingLog
from planner.rosters.remembered import with_remembered
from planner.rosters.repeats import check_headings, latest_answers, merge_students
from planner.rosters.students import students_of
from planner.rosters.table import ClassTable, Grid, is_email
from planner.rosters.table_below import make_table
from planner.rosters.tidy import tidied
from planner.rosters.told_apart import ids_by_name, with_names


@dataclass
class TableReading:
    """What is known of a file so far; it stays when reading stops."""

    log: ReadingLog
    source: Source = PLAIN
    ours: bool = False  # a file that we wrote ourselves, or may have written
    written: bool = False  # a list that we wrote: its rows are students, and their ids are as they are
    columns: tuple[ColumnGuess, ...] = ()
    heading_row: int | None = None
    edits: Edits = field(default_factory=Edits)
    table: ClassTable | None = None  # as the file has it, without what nobody may see
    rows: tuple[int, ...] = ()  # those that hold students
    students: dict[int, str] = field(default_factory=dict)  # row -> id
    seen: Moments = field(default_factory=dict)  # moments that columns had before
    known: KnownColumns = FIRST_LIST


def read_class_list(
    file: SourceFile,
    survey: SourceFile | None = None,
    *,
    kinds: Mapping[str, ColumnKind] | None = None,
    sheet: str | None = None,
    heading_row: int | None = None,
    edits: Edits | None = None,
    seen: Moments | None = None,
    known: KnownColumns = FIRST_LIST,
) -> Reading:
    """Read a class list and, where there is one, the survey that goes with it.

    Parameters
    ----------
    file : SourceFile
        CSV or .xlsx, from an LMS, a student administration or by hand.
    survey : SourceFile or None
        Answers of the same students; joined on number or e-mail, else on full name.
    kinds : mapping or None
        What the coordinator says that columns mean, by heading. Columns without a
        heading are called by their letter. A sensitive column stays out.
    sheet : str or None
        The sheet with the students, where a workbook has several.
    heading_row : int or None
        The row with the headings, counted from 1; 0 where there are none. It is
        looked for when left out.
    edits : Edits or None
        What was changed by hand since.
    seen : mapping or None
        Moments that columns of busy ones were known to have before, and orders of scales, by heading.
    known : KnownColumns
        What the columns were called in the list before: they are called that again. Whoever is
        not in the survey then has no answer at all, not an empty one.

    Returns
    -------
    Reading
        With a roster, or with at least one problem of level ``ERROR``. Input never
        raises an exception.
    """
    draft = TableReading(ReadingLog(file.name), edits=edits or Edits(), seen=seen or {}, known=known)
    draft.written = file.ours
    try:
        table, found = read_table(file, draft, kinds or {}, sheet, heading_row)
        roster = _roster(table, found, draft)
    except InputError:
        roster = None
    if survey is None:
        return _reading(draft, roster)
    return _with_survey(survey, draft, roster, kinds or {})


def _with_survey(
    file: SourceFile, draft: TableReading, roster: Roster | None, kinds: Mapping[str, ColumnKind]
) -> Reading:
    """Read the survey as well, even where the class list has errors: all are told at once."""
    second = TableReading(ReadingLog(file.name), seen=draft.seen, known=draft.known)
    joined: surveys.Joined | None = None
    try:
        table, found = read_table(file, second, kinds, None, None)
        tell_formulas(table, found, second.log)
        moments = tidied(table, found, second.log, second.seen)
        if roster is not None:
            joined = surveys.join(roster, table, found, moments, second.log, draft.known)
    except InputError:
        joined = None
    if joined is None or second.log.failed():
        return _reading(draft, None, second)
    return _reading(draft, joined.roster, second, joined)


def read_table(
    file: SourceFile,
    draft: TableReading,
    kinds: Mapping[str, ColumnKind],
    sheet: str | None,
    heading_row: int | None,
) -> tuple[ClassTable, list[Meaning]]:
    """Return the table of a file and what its columns mean.

    Parameters
    ----------
    file : SourceFile
    draft : TableReading
    kinds : mapping of str to ColumnKind
    sheet : str or None
    heading_row : int or None

    Returns
    -------
    tuple of (ClassTable, list of Meaning)

    Raises
    ------
    InputError
        Where the file is no table; the log has the problems.
    """
    log = draft.log
    grid = open_file(file, sheet, log, groups=draft.ours)
    heading = find_headings(grid, log, 1 if draft.written and heading_row is None else heading_row)
    _check_is_list(grid, heading, log)
    table = make_table(grid, heading, log)
    draft.heading_row = table.heading_row
    draft.source = recognise(table.headings)
    table = called_as_before(as_asked(table, draft.source), draft.known)
    if draft.ours or draft.source.code == "own-groups":
        table = replace(table, cells=[[restore(cell) for cell in row] for row in table.cells])
    found = with_named(table, meanings(table, draft.source, kinds))
    draft.columns = guesses(table, found, log.file)
    sensitive = [place for place, meaning in enumerate(found) if meaning.kind is ColumnKind.SENSITIVE]
    table = table.blanked(sensitive)  # from here on nobody can see them
    draft.table = table
    table = edited(table, draft.edits).blanked(sensitive)
    tell_letters(grid, table, [table.letters[place] for place in sensitive], log)
    if heading is None and heading_row is None:
        log.stop(
            "no-headings",
            message("Row {row} looks like a student. Are there no headings?", row=table.rows[0]),
            message("Say what the columns are, or put a row with headings above the students."),
            row=table.rows[0],
        )
    tell_dropped(table, found, kinds, log)
    check_lengths(table, found, log)
    if log.failed():
        raise InputError(log.problems())
    return table, check_headings(table, found, draft.source, log)


def _check_is_list(grid: Grid, heading: int | None, log: ReadingLog) -> None:
    """Stop at a letter, a poem or a single column of nothing in particular."""
    if grid.width > 1 or heading is None:
        return
    if any(is_email(cell.strip()) for row in grid.rows for cell in row):
        return
    top = next(cell.strip() for cell in grid.rows[heading] if cell.strip())
    if listed(top) is None and len(spaced(top)) != len(compact(top)):
        log.stop(
            "not-a-table",
            message("This is not a class list that Hecht can read."),
            message("Export the list again as CSV (UTF-8) or as .xlsx."),
        )


def _roster(table: ClassTable, found: Sequence[Meaning], draft: TableReading) -> Roster | None:
    log, source = draft.log, draft.source
    if source.survey:
        table = surveys.without_anonymous(table, found, log)
    gone = [cells for row, cells in zip(table.rows, table.cells, strict=True) if row in draft.edits.left]
    table = still_here(table, draft.edits)
    if not (draft.written and table.cells):
        table = leave_out(table, found, source, log)
    draft.rows = tuple(table.rows)
    column = choose_id(table, found, log)
    tell_formulas(table, found, log)
    tell_infix(table, found, log)
    tell_kept_names(table, found, log)
    exact = _exact(table, column, draft)
    people = names(table, found)
    if found[column].kind in NAMES:
        ids = ids_by_name(table, found, people, log)
    else:
        ids = with_names(table, column, tidy_column(table, column, log, exact), people, log)
    draft.students = {row: student for row, student in zip(table.rows, ids, strict=True) if student}
    check_ids(table, found, column, ids, people, log, exact)
    moments = tidied(table, found, log, draft.seen, gone)
    if source.survey:
        table, staying = _latest(table, ids, people, log)
    else:
        table, staying = merge_students(table, ids, people, column, log)
    if len(staying) < len(ids):
        ids = [ids[place] for place in staying]
        people = names(table, found)
    if log.failed():
        return None
    _tell_nameless(people, log)
    roster = students_of(table, found, kept(table, found, moments), source, column, ids, people)
    tell_same_names(roster, log)
    return roster


def _exact(table: ClassTable, column: int, draft: TableReading) -> frozenset[int]:
    """Return the rows whose id is as it was written by us, and not by hand since."""
    if not draft.written:
        return frozenset()
    heading, edits = table.headings[column], draft.edits
    return frozenset(
        row for row in table.rows if row not in edits.joined and heading not in edits.cells.get(row, {})
    )


def _latest(
    table: ClassTable, ids: Sequence[str], people: Sequence[PersonName], log: ReadingLog
) -> tuple[ClassTable, list[int]]:
    shown = [person.full or student for person, student in zip(people, ids, strict=True)]
    out = latest_answers(table, [student.casefold() for student in ids], shown, log)
    return table.without(out), [place for place in range(len(ids)) if place not in out]


def _tell_nameless(people: Sequence[PersonName], log: ReadingLog) -> None:
    if not any(person.full for person in people):
        log.add(
            "no-names",
            Level.ASSUMED,
            message("There is no column with names; students are shown by their number."),
            message("Add a column with names, or say which column has them."),
        )


def _reading(
    draft: TableReading,
    roster: Roster | None,
    survey: TableReading | None = None,
    joined: surveys.Joined | None = None,
) -> Reading:
    source: Message = draft.source.title
    if roster is not None and joined is not None:
        roster = answered(roster, draft.edits, draft.students, draft.log)
    if roster is not None:
        remarks = draft.log if survey is None else survey.log
        tell_empty(roster, joined.unanswered if joined else (), remarks)
        roster = with_remembered(roster, draft.seen)
    return Reading(
        roster=roster,
        problems=draft.log.problems() + (survey.log.problems() if survey else ()),
        source=source,
        columns=draft.columns + (survey.columns if survey else ()),
        sheets=draft.log.sheets,
        heading_row=draft.heading_row,
        unmatched=joined.unmatched if joined else (),
        unanswered=joined.unanswered if joined else (),
        surveyed=joined.headings if joined else (),
        lines=_lines(draft),
    )


def _lines(draft: TableReading) -> tuple[EditedRow, ...]:
    if draft.table is None:
        return ()
    hidden = {ColumnKind.SENSITIVE, ColumnKind.IGNORED}
    shown = [place for place, column in enumerate(draft.columns) if column.kind not in hidden]
    return lines(draft.table, shown, draft.rows, draft.students, draft.edits)
