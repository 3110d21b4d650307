"""Students who are told apart by their full name: all of a list without ids, or some without one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from planner.model.mentions import name_words
from planner.model.problems import Level
from planner.model.text import message, plural_message
from planner.rosters.column_inference import Meaning
from planner.rosters.directory import name_key
from planner.rosters.name_columns import NAMES, places
from planner.rosters.people import PersonName
from planner.rosters.reading_log import ReadingLog, some
from planner.rosters.table import ClassTable


def ids_by_name(
    table: ClassTable, found: Sequence[Meaning], people: Sequence[PersonName], log: ReadingLog
) -> list[str]:
    """Return the full names as ids of a list that has no other; ask where two rows are one name.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    people : sequence of PersonName
        Names, row by row.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    list of str
        Empty where a row has no name, or the same one as an earlier row.
    """
    heading = table.headings[places(found, *NAMES)[0]]
    log.add(
        "told-apart-by-name",
        Level.ASSUMED,
        message(
            "There are no student numbers or e-mail addresses; students are told apart by their full name."
        ),
        message("With a column of student numbers, they can also be found when a name changes."),
        column=heading,
    )
    written = _written(table, found)
    ids: list[str] = []
    first: dict[str, int] = {}
    for place, person in enumerate(people):
        key = name_key(person.full)
        earlier = first.setdefault(key, place)
        ids.append(person.full if earlier == place else "")
        if earlier != place and key:
            _ask_same(table, heading, written, (earlier, place), log)
    _tell_alike(table, heading, ids, log)
    return ids


def _written(table: ClassTable, found: Sequence[Meaning]) -> list[str]:
    columns = sorted(places(found, *NAMES))
    return [" ".join(cells[place] for place in columns if cells[place]) for cells in table.cells]


def _ask_same(
    table: ClassTable, heading: str, written: Sequence[str], rows: tuple[int, int], log: ReadingLog
) -> None:
    first, other = rows
    log.add(
        "same-person",
        Level.ERROR,
        message(
            "“{first}” (row {row}) and “{other}” (row {other_row}) are the same name. Is it one person?",
            first=written[first],
            row=table.rows[first],
            other=written[other],
            other_row=table.rows[other],
        ),
        message(
            "If so, remove one of the rows. If not, add a column with student numbers or e-mail addresses."
        ),
        row=table.rows[other],
        column=heading,
    )


def _tell_alike(table: ClassTable, heading: str, ids: Sequence[str], log: ReadingLog) -> None:
    """Say which names differ by a letter at most: one person may be there in two spellings."""
    near: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(ids):
        for less in _one_less(name_words(name)):
            near[less].append(place)
    pairs = {(found[0], other) for found in near.values() for other in found[1:] if found[0] != other}
    for first, other in sorted(pairs):
        log.add(
            "names-alike",
            Level.ASSUMED,
            message(
                "{first} (row {row}) and {other} (row {other_row}) look alike; they count as two students.",
                first=ids[first],
                row=table.rows[first],
                other=ids[other],
                other_row=table.rows[other],
            ),
            message("Is it one person? Then remove one of the rows."),
            row=table.rows[other],
            column=heading,
        )


def _one_less(name: str) -> set[str]:
    """Return a name and all that are left of it without one letter; names a letter apart share one."""
    if " " not in name:  # Tim and Tom are two
        return set()
    return {name, *(name[:at] + name[at + 1 :] for at in range(len(name)))}


def with_names(
    table: ClassTable, place: int, ids: Sequence[str], people: Sequence[PersonName], log: ReadingLog
) -> list[str]:
    """Return ids with the full name of whoever has none, where nobody else has that name.

    Parameters
    ----------
    table : ClassTable
    place : int
        Of the column with the ids.
    ids : sequence of str
        Row by row.
    people : sequence of PersonName
        Names, row by row.
    log : ReadingLog
        Takes what comes to light.

    Returns
    -------
    list of str
    """
    times: dict[str, int] = defaultdict(int)
    for person in people:
        times[name_key(person.full)] += 1
    named = [
        at
        for at, (student, person) in enumerate(zip(ids, people, strict=True))
        if not student and _is_full(person.full) and times[name_key(person.full)] == 1
    ]
    if named:
        shown = [message("{name} (row {row})", name=people[at].full, row=table.rows[at]) for at in named]
        log.add(
            "told-apart-by-name",
            Level.ASSUMED,
            plural_message(
                "1 student has nothing under “{column}” and is told apart by full name: {people}.",
                "{n} students have nothing under “{column}” and are told apart by full name: {people}.",
                len(named),
                column=table.headings[place],
                people=some(shown),
            ),
            message(
                "Fill it in if a learning platform has to recognise them, or remove the row if it is "
                "not a student."
            ),
            row=table.rows[named[0]],
            column=table.headings[place],
        )
    return [people[at].full if at in named else student for at, student in enumerate(ids)]


def _is_full(name: str) -> bool:
    """Whether a name has a first and a last one, and not a number as a total below a list has."""
    return " " in name and not any(map(str.isdigit, name))
