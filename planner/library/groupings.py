"""Groups from whatever has them: a DataFrame, a mapping, a plan or a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from planner.library.group_plan import GroupPlan
from planner.model.domain import Roster
from planner.model.problems import InputError
from planner.rosters import GroupList, SourceFile, read_groups
from planner.rosters.frames import GROUPS, cell_text, shown, source_of, unknown_heading
from planner.services.reading import groups_source

Groups: TypeAlias = (
    pd.DataFrame
    | GroupPlan
    | Mapping[str, str]
    | Mapping[str, Iterable[str]]
    | Mapping[str, list[str]]
    | str
    | PathLike[str]
)
STUDENT, GROUP = "student_id", "group"  # headings of our own lists


def groups_of(
    groups: Groups,
    roster: Roster,
    student: str | None = None,
    group: str | None = None,
    *,
    beside: Sequence[str] = (),
) -> GroupList:
    """Read groups and match them with the students of a class list.

    Parameters
    ----------
    groups : DataFrame, GroupPlan, mapping or path
    roster : Roster
    student, group : str, optional
        Headings of a DataFrame; looked for as in a file where left out.
    beside : sequence of str
        What else is read of the groups, by its heading: those of `Rules.beside_members`.

    Returns
    -------
    tuple of Group

    Raises
    ------
    InputError
        Where the groups cannot be read, or somebody is in two of them.
    """
    if isinstance(groups, GroupPlan):
        return GroupList(groups=groups.course.plan.groups)
    if isinstance(groups, str | PathLike):
        return read_groups(groups_source(Path(groups)), roster, beside=beside).require()
    if isinstance(groups, Mapping):
        groups = pd.DataFrame(_rows(groups), columns=[STUDENT, GROUP])
    headings, *cells = source_of(groups, GROUPS).rows or ((),)
    named = _named([shown(one) for one in headings], student, group)
    keep = [at for at, one in enumerate(headings) if at in named or one in beside]
    keep = keep if len(named) == 2 else list(range(len(headings)))
    top = tuple(named.get(place, heading) for place, heading in enumerate(headings))
    rows = tuple(tuple(row[place] for place in keep) for row in (top, *cells))
    return read_groups(SourceFile(GROUPS, b"", rows=rows), roster, beside=beside).require()


def _rows(groups: Mapping[str, str] | Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return student and group, from a mapping either way round."""
    rows: list[tuple[str, str]] = []
    for key, value in groups.items():
        if isinstance(value, Iterable) and not isinstance(value, str):
            rows += [(cell_text(one), cell_text(key)) for one in value]
        else:
            rows.append((cell_text(key), cell_text(value)))
    return rows


def _named(headings: Sequence[str], student: str | None, group: str | None) -> dict[int, str]:
    """Return the places of the columns that are spoken of, with the headings of our own lists.

    Raises
    ------
    InputError
        Where there is no such column.
    """
    given = {STUDENT: student, GROUP: group}
    spoken = {name: shown(heading) for name, heading in given.items() if heading is not None}
    unknown = [heading for heading in spoken.values() if heading not in headings]
    if unknown:
        raise InputError([unknown_heading(one, list(headings), GROUPS) for one in unknown])
    return {headings.index(heading): name for name, heading in spoken.items()}
