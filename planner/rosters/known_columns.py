"""The columns that a class list of before had, for a list that comes after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planner.model.values import normalize_text
from planner.rosters.table import ClassTable


@dataclass(frozen=True)
class KnownColumns:
    """What the columns in use are called in the class list of the plan before.

    Attributes
    ----------
    headings : tuple of str
        None of them where there was no class list before.
    survey_again : bool
        Whether the survey is the one that those answers came from, joined once more.
    """

    headings: tuple[str, ...] = ()
    survey_again: bool = False

    def __bool__(self) -> bool:
        """Whether there was a class list before."""
        return bool(self.headings)


FIRST_LIST = KnownColumns()


def called_as_before(table: ClassTable, known: KnownColumns) -> ClassTable:
    """Return a table whose headings are spelled as before, where just case, accents or spaces differ.

    Parameters
    ----------
    table : ClassTable
    known : KnownColumns
        Those of the class list before.

    Returns
    -------
    ClassTable
    """
    before = _by_text(known.headings)
    now = Counter(map(normalize_text, table.headings))
    headings = tuple(
        before[text]
        if (text := normalize_text(heading)) in before and now[text] == 1 and table.named[place]
        else heading
        for place, heading in enumerate(table.headings)
    )
    return table if headings == table.headings else replace(table, headings=headings)


def _by_text(headings: Sequence[str]) -> dict[str, str]:
    """Return headings by how they count in a comparison, where that tells them apart."""
    counts = Counter(map(normalize_text, headings))
    return {text: heading for heading in headings if counts[text := normalize_text(heading)] == 1}
