"""The names in a table: which columns they come from and what is worth saying about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import Level
from planner.model.text import message
from planner.model.values import normalize_text
from planner.rosters.column_inference import Meaning
from planner.rosters.heading_vocabulary import compact
from planner.rosters.people import PersonName, from_full, from_parts
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable

NAMES = (ColumnKind.NAME, ColumnKind.FIRST_NAME, ColumnKind.INFIX, ColumnKind.LAST_NAME)
_LIKE_NOTHING = frozenset({"null", "na", "n/a", "none", "nan", "nil", "true", "false"})
_CALLED = ("roepnaam", "preferredname", "preferredfirstname", "callname", "knownas")


def places(found: Sequence[Meaning], *kinds: ColumnKind) -> list[int]:
    """Return the places of the columns of some kinds, in the order of the kinds.

    Within a kind, the columns that the coordinator spoke of come first.

    Parameters
    ----------
    found : sequence of Meaning
        What each column means, in the order of the table.
    *kinds : ColumnKind
        Those that are wanted.

    Returns
    -------
    list of int
    """
    of_kind = [place for kind in kinds for place, meaning in enumerate(found) if meaning.kind is kind]
    return sorted(of_kind, key=lambda place: (kinds.index(found[place].kind), not found[place].corrected))


def names(table: ClassTable, found: Sequence[Meaning]) -> list[PersonName]:
    """Return everybody's name; an empty one where the row has none.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.

    Returns
    -------
    list of PersonName
        Row by row.
    """
    first, infix, last, full = (
        _filled(table, found, kind)
        for kind in (ColumnKind.FIRST_NAME, ColumnKind.INFIX, ColumnKind.LAST_NAME, ColumnKind.NAME)
    )
    called = first is not None and compact(table.headings[first]).startswith(_CALLED)
    people = []
    for row in table.cells:
        if last is not None and row[last]:
            name = from_parts(_cell(row, first), _cell(row, infix), row[last], whole_call_name=called)
        elif full is not None and row[full]:
            name = from_full(row[full])
            if called and _cell(row, first):
                name = PersonName(name.full, _cell(row, first), name.sort)
        else:
            name = from_full(" ".join(filter(None, (_cell(row, first), _cell(row, infix)))))
        people.append(name)
    return people


def _filled(table: ClassTable, found: Sequence[Meaning], kind: ColumnKind) -> int | None:
    """Return the first column of a kind with anything in it."""
    return next((place for place in places(found, kind) if any(table.column(place))), None)


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place] if place is not None else ""


def same_name(one: PersonName, other: PersonName) -> bool:
    """Whether two names may well be one person's; an empty name says nothing against it.

    Parameters
    ----------
    one : PersonName
        A name.
    other : PersonName
        Another one.

    Returns
    -------
    bool
    """
    return not one.full or not other.full or _parts(one.full) == _parts(other.full)


def _parts(name: str) -> list[str]:
    return sorted(normalize_text(name).replace(".", " ").replace(",", " ").replace("-", " ").split())


def tell_infix(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> None:
    """Say that a column with infixes was joined with the names.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.
    """
    place = _filled(table, found, ColumnKind.INFIX)
    if place is not None:
        heading = table.headings[place]
        log.add(
            "infix-joined",
            Level.NOTE,
            message(
                "“{column}” is joined with the name; lists are sorted by surname.",
                column=heading,
            ),
            column=heading,
        )


def tell_kept_names(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> None:
    """Say that a name that looks like "nothing" is a name all the same.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.
    """
    kinds = (ColumnKind.LAST_NAME, ColumnKind.FIRST_NAME, ColumnKind.NAME)
    for place in places(found, *kinds):
        for row, cell in zip(table.rows, table.column(place), strict=True):
            words = (
                {normalize_text(word) for word in cell.replace(",", " ").split()} if len(cell) < 60 else set()
            )
            if words & _LIKE_NOTHING:
                log.add(
                    "kept-name",
                    Level.NOTE,
                    message("“{name}” is kept as a name.", name=cell),
                    row=row,
                    column=table.headings[place],
                )


def tell_same_names(roster: Roster, log: ReadingLog) -> None:
    """Say which students share a full name; they are shown with their number.

    Parameters
    ----------
    roster : Roster
    log : ReadingLog
        Takes what comes to light.
    """
    sharing: dict[str, list[str]] = defaultdict(list)
    for student in roster.students:
        sharing[student.name.casefold()].append(student.id)
    for ids in sharing.values():
        if len(ids) > 1:
            log.add(
                "same-name",
                Level.NOTE,
                message(
                    "{n} students are named {name}; their number is shown with the name: {ids}.",
                    n=len(ids),
                    name=roster.by_id[ids[0]].name,
                    ids=some(ids),
                ),
            )
