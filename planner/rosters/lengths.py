"""How long a name can be: it comes back in every file, for each week of the term."""

from __future__ import annotations

from collections.abc import Sequence

from planner.domain import LONGEST_NAME, ColumnKind
from planner.problems import Level
from planner.rosters.account import Account
from planner.rosters.meaning import Meaning
from planner.rosters.table import Table
from planner.text import say

_K = ColumnKind
_NAMES = frozenset(
    {_K.STUDENT_NUMBER, _K.EMAIL, _K.USERNAME, _K.LMS_KEY, _K.NAME, _K.FIRST_NAME, _K.INFIX, _K.LAST_NAME}
    | {_K.SECTION, _K.GROUP, _K.ROLE}
)


def check_lengths(table: Table, found: Sequence[Meaning], account: Account) -> None:
    """Refuse what is far too long to be a name, a number or a group."""
    columns = [place for place, meaning in enumerate(found) if meaning.kind in _NAMES]
    for row, cells in zip(table.rows, table.cells, strict=True):
        for place in columns:
            if len(cells[place]) > LONGEST_NAME:
                account.add(
                    "too-long",
                    Level.ERROR,
                    say("This cell has {n} signs; that is no name, number or group.", n=len(cells[place])),
                    say("Shorten it, or say what the column means."),
                    row=row,
                    column=table.headings[place][:LONGEST_NAME],
                )
