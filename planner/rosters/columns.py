"""What the coordinator sees and hears of the columns: guesses, what was dropped, formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.domain import Column, ColumnKind
from planner.model.problems import Level
from planner.model.text import message
from planner.model.values import cut_short, normalize_text
from planner.rosters.column_inference import Meaning
from planner.rosters.model import ColumnGuess
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import ClassTable

# Columns whose answers are kept: rules can use them.
KEPT = frozenset(
    {
        ColumnKind.NUMBER,
        ColumnKind.CATEGORY,
        ColumnKind.SLOTS,
        ColumnKind.BUSY,
        ColumnKind.TIME_ZONE,
        ColumnKind.PEER,
        ColumnKind.NOT_WITH,
        ColumnKind.EARLIER_GROUP,
        ColumnKind.PARTICIPATION,
        ColumnKind.TEXT,
        ColumnKind.SECTION,
        ColumnKind.ROLE,
        ColumnKind.GROUP,
        ColumnKind.EARLIER_GROUP,
        ColumnKind.SCALE,
        ColumnKind.PARTICIPATION,
        ColumnKind.TOPIC_CHOICE,
        ColumnKind.NOT_WITH,
    }
)
_EXAMPLES = 3
_LONGEST = 80  # signs of an example


def guesses(table: ClassTable, found: Sequence[Meaning], file: str) -> tuple[ColumnGuess, ...]:
    """Return every column with what we think it means; nothing of a sensitive one but its heading.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    file : str
        Name of the file.

    Returns
    -------
    tuple of ColumnGuess
    """
    return tuple(
        ColumnGuess(
            heading=heading,
            kind=meaning.kind,
            examples=() if meaning.kind is ColumnKind.SENSITIVE else _examples(table, place),
            reason=meaning.reason,
            file=file,
            corrected=meaning.corrected,
        )
        for place, (heading, meaning) in enumerate(zip(table.headings, found, strict=True))
    )


def _examples(table: ClassTable, place: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for cell in filter(None, table.first_rows(place)):
        seen[cut_short(cell, _LONGEST)] = None
        if len(seen) == _EXAMPLES:
            break
    return tuple(seen)


def kept(
    table: ClassTable, found: Sequence[Meaning], moments: Mapping[str, tuple[str, ...]]
) -> list[tuple[int, Column]]:
    """Return the columns whose answers are kept, with their places; `moments` by heading, see `Column`.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    moments : mapping of str to tuple of str
        By heading, of the columns that say when people cannot; the order of scales.

    Returns
    -------
    list of tuple of (int, Column)
        Place in the table and column.
    """
    return [
        (place, _column(heading, meaning.kind, moments.get(heading, ())))
        for place, (heading, meaning) in enumerate(zip(table.headings, found, strict=True))
        if meaning.kind in KEPT
    ]


def _column(heading: str, kind: ColumnKind, known: tuple[str, ...]) -> Column:
    if kind is ColumnKind.SCALE:
        return Column(heading=heading, kind=kind, order=known)
    return Column(heading=heading, kind=kind, moments=known)


def tell_dropped(
    table: ClassTable, found: Sequence[Meaning], kinds: Mapping[str, ColumnKind], log: ReadingLog
) -> None:
    """Say which columns were dropped because they are sensitive, and that this cannot be undone.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    kinds : mapping of str to ColumnKind
        By heading, as the coordinator corrected them.
    log : ReadingLog
        Takes what comes to light.
    """
    wanted = {normalize_text(heading) for heading, kind in kinds.items() if kind is not ColumnKind.SENSITIVE}
    for heading, meaning in zip(table.headings, found, strict=True):
        if meaning.kind is not ColumnKind.SENSITIVE:
            continue
        if meaning.bsn:
            log.add(
                "bsn-column",
                Level.SKIPPED,
                message("“{column}” looks like BSN. Dropped.", column=heading),
                message("Use the student number or the e-mail address."),
                column=heading,
            )
        elif not meaning.corrected:
            log.add(
                "sensitive-column",
                Level.SKIPPED,
                message("“{column}” is sensitive and not needed. Dropped.", column=heading),
                message("Does it mean something else? Give it another heading in the file."),
                column=heading,
            )
        if normalize_text(heading) in wanted:
            log.add(
                "sensitive-stays-out",
                Level.SKIPPED,
                message(
                    "“{column}” is never used, even if you ask for it: groups can be made without it.",
                    column=heading,
                ),
                column=heading,
            )


def tell_formulas(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> None:
    """Say which cells start like a formula; they are text here and nothing is computed.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.
    """
    places = [
        place
        for place, meaning in enumerate(found)
        if meaning.kind not in {ColumnKind.SENSITIVE, ColumnKind.IGNORED}
    ]
    for row, cells in zip(table.rows, table.cells, strict=True):
        for place in places:
            cell = cells[place]
            if cell.startswith("=") and not cell.startswith(('="', '= "')):
                log.add(
                    "formula",
                    Level.NOTE,
                    message(
                        "Cell {cell} starts like a formula; kept as text.",
                        cell=f"{table.letters[place]}{row}",
                    ),
                    row=row,
                    column=table.headings[place],
                )
