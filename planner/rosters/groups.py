"""Reads who is in which group: our own file, also after Excel, an LMS export, or any such table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from planner.model.domain import ColumnKind, Group, Roster
from planner.model.problems import InputError, Level
from planner.model.text import message, plural_message
from planner.rosters.classlist import TableReading, read_table
from planner.rosters.column_inference import Meaning
from planner.rosters.directory import PRIVATE_KEYS, Directory, Match
from planner.rosters.heading_vocabulary import compact
from planner.rosters.lms_formats import Source
from planner.rosters.model import GroupList, SourceFile
from planner.rosters.name_columns import names, places
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.section_groups import tell_apart
from planner.rosters.sections import tidy_sections
from planner.rosters.table import ClassTable

_IDS = (ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY)


class _Places(NamedTuple):
    """Places of the columns that say who is in which group; of the ids each with the name of its key."""

    ids: list[tuple[int, str]]
    group: int
    role: int | None
    section: int | None
    beside: dict[str, int]  # by what a group has besides members


@dataclass
class _Placed:
    """Where students were found: the rows and groups of each, in the order of the file."""

    groups: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    sections: dict[int, str] = field(default_factory=dict)  # by row
    roles: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    loose: list[int] = field(default_factory=list)
    beside: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)  # rows: group, what, which

    def add(self, match: Match, row: int, label: str, cells: Sequence[str], columns: _Places) -> None:
        """Put a student into the group of a row."""
        if match.loose:
            self.loose.append(row)
        if label:
            self.groups[match.student.id].append((row, label))
            self.sections[row] = "" if columns.section is None else cells[columns.section]
            for what, place in columns.beside.items():
                if cells[place]:
                    had = self.beside.setdefault(label, {}).setdefault(what, {})
                    had.setdefault(" ".join(cells[place].split()), row)
        if columns.role is not None and cells[columns.role]:
            self.roles.setdefault(match.student.id, cells[columns.role])


def read_groups(
    file: SourceFile, roster: Roster, *, of_before: bool = False, beside: Sequence[str] = ()
) -> GroupList:
    """Read a group list and match it with the students of a roster.

    Parameters
    ----------
    file : SourceFile
        A table with a column of ids (number, e-mail, user name or an LMS key) and
        a column of groups; a column of roles is read where there is one.
    roster : Roster
    of_before : bool, default False
        Whether they are the groups of another course or year: then nothing is said of who is in the list
        and not in the class, or the other way round, and the first group of somebody counts.
    beside : sequence of str
        What else is read of the groups, by its heading: those of `BESIDE_MEMBERS`.

    Returns
    -------
    GroupList
        Without groups while a problem of level ``ERROR`` stands, such as a student
        in two groups. People who are not in the roster are left out and listed, and
        so are students whom the file does not place. Input never raises.
    """
    draft = TableReading(ReadingLog(file.name), ours=True)
    log = draft.log
    try:
        table, found = read_table(file, draft, {}, None, None)
        placed = _place(table, found, draft.source, roster, log, of_before=of_before, beside=beside)
    except InputError:
        return GroupList(groups=(), problems=log.problems())
    tell_apart(placed.groups, placed.sections, draft.source, log)
    labels = _labels(placed, log)
    had = _beside(placed, labels, log)
    missing = tuple(student.id for student in roster.students if student.id not in placed.groups)
    if of_before:
        _keep_first(placed, labels, roster, log)
    else:
        _check_one_group(placed, labels, roster, log)
        _tell_missing(roster, missing, log)
    return GroupList(
        groups=() if log.failed() else _groups(placed, labels, had),
        roles={} if log.failed() else placed.roles,
        problems=log.problems(),
        missing=missing,
        unknown=tuple(placed.unknown),
    )


def _place(
    table: ClassTable,
    found: Sequence[Meaning],
    source: Source,
    roster: Roster,
    log: ReadingLog,
    *,
    of_before: bool,
    beside: Sequence[str],
) -> _Placed:
    directory = Directory(roster)
    known = {compact(heading): place for place, heading in enumerate(table.headings)}
    columns = _columns(table, found, source, directory, log)
    columns = columns._replace(beside={what: known[what] for what in beside if what in known})
    table = table.without(_leaving(table))
    if columns.section is not None:
        tidy_sections(table, [columns.section], ReadingLog(log.file))
    ids = columns.ids
    if of_before and not any(_match(cells, ids, "", directory) for cells in table.cells):
        ids = []  # of another kind: people are found by name
    placed = _Placed()
    people = names(table, found)
    for row, cells, person in zip(table.rows, table.cells, people, strict=True):
        label = " ".join(cells[columns.group].split())
        match = _match(cells, ids, person.full, directory)
        if match is not None:
            placed.add(match, row, label, cells, columns)
            continue
        shown = person.full or next((cells[place] for place, _ in ids if cells[place]), "")
        if shown and label:
            placed.unknown.append(shown)
            if not of_before:
                _tell_unknown(shown, row, log)
    _tell_loose(placed, log)
    return placed


def _columns(
    table: ClassTable, found: Sequence[Meaning], source: Source, directory: Directory, log: ReadingLog
) -> _Places:
    ids = _id_columns(table, found, source) or _with_ids(table, directory)
    group = _group_column(table, found, log)
    if not ids and not places(found, ColumnKind.NAME, ColumnKind.LAST_NAME):
        log.stop(
            "no-id",
            message("There is no column with student numbers, e-mail addresses or names."),
            message("Add the column student_id to the file, with the numbers of the class list."),
        )
    role = next(iter(places(found, ColumnKind.ROLE)), None)
    section = next((place for place in places(found, ColumnKind.SECTION) if place != group), None)
    return _Places(ids, group, role, section, {})


def _leaving(table: ClassTable) -> set[int]:
    """Return the rows of a Brightspace import that take somebody out of a group."""
    action = next((place for place, name in enumerate(table.headings) if compact(name) == "action"), None)
    if action is None:
        return set()
    return {place for place, cells in enumerate(table.cells) if compact(cells[action]) == "unenroll"}


def _id_columns(table: ClassTable, found: Sequence[Meaning], source: Source) -> list[tuple[int, str]]:
    """Return the columns with ids, and the name of the key each of them holds."""
    columns = []
    for place in places(found, *_IDS):
        word = compact(table.headings[place])
        key = source.keys.get(word) or ("canvas_user_id" if word == "canvasuserid" else "")
        columns.append((place, key))
    return columns


def _with_ids(table: ClassTable, directory: Directory) -> list[tuple[int, str]]:
    """Return the column with ids that no heading tells: most of its cells are of this class list.

    A column "student" has names in one system, and numbers in many a list that was made by hand.
    """
    counts = [
        sum(directory.by_id(cell) is not None for cell in table.column(place))
        for place in range(len(table.headings))
    ]
    best = max(counts)
    return [(counts.index(best), "")] if 2 * best > len(table.rows) else []


def _match(
    cells: Sequence[str], ids: Sequence[tuple[int, str]], name: str, directory: Directory
) -> Match | None:
    """Return the student of a row: by any of the ids, else by the full name."""
    for place, key in ids:
        if not cells[place]:
            continue
        match = directory.by_key(key, cells[place]) if key else None
        if match is None and key not in PRIVATE_KEYS:
            match = directory.by_id(cells[place])
        if match is not None:
            return match
    return directory.by_name(name) if name and not any(cells[place] for place, _ in ids) else None


def _group_column(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> int:
    """Return the column of groups; a name says more than a number or a code."""
    columns = places(found, ColumnKind.GROUP) or places(found, ColumnKind.SECTION)
    if not columns:
        log.stop(
            "no-groups",
            message("There is no column with groups."),
            message("Give the column with the groups the heading “group” and try again."),
        )
    filled = [place for place in columns if any(table.column(place))] or columns
    named = [place for place in filled if re.search("name|naam", compact(table.headings[place]))]
    return (named or filled)[0]


def _labels(placed: _Placed, log: ReadingLog) -> Mapping[str, str]:
    """Return one spelling for every group name: "groep 1 " is "Groep 1"."""
    counts: Counter[str] = Counter(label for rows in placed.groups.values() for _, label in rows)
    twins: dict[str, list[str]] = defaultdict(list)
    for label in counts:
        twins[label.casefold()].append(label)
    labels: dict[str, str] = {}
    for spellings in twins.values():
        best = max(spellings, key=lambda label: counts[label])
        labels.update(dict.fromkeys(spellings, best))
        if len(spellings) > 1:
            log.add(
                "group-twins",
                Level.FIXED,
                message(
                    "{names} are treated as one group, {best}.",
                    names=[f"“{label}”" for label in spellings],
                    best=f"“{best}”",
                ),
            )
    return labels


def _check_one_group(placed: _Placed, labels: Mapping[str, str], roster: Roster, log: ReadingLog) -> None:
    for student, rows in placed.groups.items():
        different = dict.fromkeys(labels[label] for _, label in rows)
        if len(different) > 1:
            first, second = list(different)[:2]
            log.add(
                "two-groups",
                Level.ERROR,
                message(
                    "{name} ({student}) is in {first} and in {second}. Which one?",
                    name=roster.by_id[student].name,
                    student=student,
                    first=first,
                    second=second,
                ),
                message("Remove one of the rows from the file: {rows}.", rows=[str(row) for row, _ in rows]),
                row=next(row for row, label in rows if labels[label] == second),
            )


def _keep_first(placed: _Placed, labels: Mapping[str, str], roster: Roster, log: ReadingLog) -> None:
    """Let the first group count of whoever is in more than one, and say of whom that is."""
    several = [
        student for student, rows in placed.groups.items() if len({labels[label] for _, label in rows}) > 1
    ]
    for student in several:
        placed.groups[student] = placed.groups[student][:1]
    if several:
        log.add(
            "several-groups",
            Level.ASSUMED,
            plural_message(
                "1 student is in more than one group of this list; the first counts: {people}.",
                "{n} students are in more than one group of this list; the first counts: {people}.",
                len(several),
                people=some(roster.names(several)),
            ),
            message("Make a separate list for each round of groups if all of them should count."),
        )


def _tell_unknown(person: str, row: int, log: ReadingLog) -> None:
    log.add(
        "unknown-student",
        Level.ASSUMED,
        message("“{person}” is not on the class list and is left out.", person=person),
        message("Correct the number in the file if it should be someone on the class list."),
        row=row,
    )


def _tell_loose(placed: _Placed, log: ReadingLog) -> None:
    if placed.loose:
        log.add(
            "lost-zeros",
            Level.FIXED,
            plural_message(
                "1 student number had lost its leading zeros; it was still found on the class list.",
                "{n} student numbers had lost their leading zeros; they were still found on the class list.",
                len(placed.loose),
            ),
            row=placed.loose[0],
        )


def _tell_missing(roster: Roster, missing: Sequence[str], log: ReadingLog) -> None:
    if missing:
        log.add(
            "not-in-groups",
            Level.ASSUMED,
            plural_message(
                "1 student on the class list is in no group in this file: {people}.",
                "{n} students on the class list are in no group in this file: {people}.",
                len(missing),
                people=some(roster.names(missing)),
            ),
            message("Are they new? Then this is right. If not, add them to the file."),
        )


def _beside(placed: _Placed, labels: Mapping[str, str], log: ReadingLog) -> dict[str, dict[str, str]]:
    """Return what each group has besides members; refuse two of a kind."""
    found: dict[str, dict[str, str]] = {}
    for label, kinds in placed.beside.items():
        for what, which in kinds.items():
            had = found.setdefault(labels[label], {})
            for one, row in which.items():
                if had.setdefault(what, one) != one:
                    log.add(
                        "two-of-a-group",
                        Level.ERROR,
                        message(
                            "{group} has {first} and {second} in the column “{column}”. Which one?",
                            group=labels[label],
                            first=f"“{had[what]}”",
                            second=f"“{one}”",
                            column=what,
                        ),
                        message("Write the same on every row of a group."),
                        row=row,
                    )
    return found


def _groups(
    placed: _Placed, labels: Mapping[str, str], beside: Mapping[str, Mapping[str, str]]
) -> tuple[Group, ...]:
    members: dict[str, list[str]] = {}
    rows = sorted(
        (row, student, labels[label]) for student, found in placed.groups.items() for row, label in found
    )
    for _, student, label in rows:
        group = members.setdefault(label, [])
        if student not in group:
            group.append(student)
    return tuple(
        Group(
            name=label,
            members=tuple(students),
            **{"class_" if what == "class" else what: one for what, one in beside.get(label, {}).items()},
        )
        for label, students in members.items()
    )
