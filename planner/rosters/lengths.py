"""How long a name can be: it comes back in every file, for each week of the term."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.base import LONGEST_NAME
from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.text import message
from planner.rosters.column_inference import Meaning
from planner.rosters.reading_log import ReadingLog
from planner.rosters.table import ClassTable

_K = ColumnKind
_NAMES = frozenset(
    {_K.STUDENT_NUMBER, _K.EMAIL, _K.USERNAME, _K.LMS_KEY, _K.NAME, _K.FIRST_NAME, _K.INFIX, _K.LAST_NAME}
    | {_K.SECTION, _K.GROUP, _K.ROLE}
)


def check_lengths(table: ClassTable, found: Sequence[Meaning], log: ReadingLog) -> None:
    """Refuse what is far too long to be a name, a number or a group.

    Parameters
    ----------
    table : ClassTable
    found : sequence of Meaning
        What each column means, in the order of the table.
    log : ReadingLog
        Takes what comes to light.
    """
    columns = [place for place, meaning in enumerate(found) if meaning.kind in _NAMES]
    for row, cells in zip(table.rows, table.cells, strict=True):
        for place in columns:
            if len(cells[place]) > LONGEST_NAME:
                log.add(
                    "too-long",
                    Level.ERROR,
                    message(
                        "This cell has {n} characters; that is too long for a name, number or group.",
                        n=len(cells[place]),
                    ),
                    message("Shorten it, or say what the column means."),
                    row=row,
                    column=table.headings[place][:LONGEST_NAME],
                )
