"""Class lists and group lists that are DataFrames: the same inference as for a file.

A frame becomes rows of text, each cell as a workbook with the same values would be read, so
that an answer means the same in a frame as in a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from planner.model.domain import ColumnKind
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.model.wording import did_you_mean
from planner.rosters.classlist import read_class_list
from planner.rosters.earlier_groups import with_earlier_groups
from planner.rosters.edits import Edits
from planner.rosters.model import Reading, SourceFile
from planner.rosters.said_kinds import said_columns
from planner.rosters.table import clean
from planner.rosters.workbook import as_text

CLASS_LIST, SURVEY, GROUPS = "class list", "survey", "groups"  # what a frame is called in messages
HEADING_ROW = 1


def read_frame(
    frame: pd.DataFrame,
    survey: pd.DataFrame | None = None,
    kinds: Mapping[str, ColumnKind | str] | Iterable[tuple[str, ColumnKind | str]] = (),
    earlier: Mapping[str, pd.DataFrame] = MappingProxyType({}),
) -> Reading:
    """Read a class list, and the survey and earlier groups that go with it, from frames.

    Parameters
    ----------
    frame : DataFrame
        One row per student. An index with a name counts as the first column.
    survey : DataFrame, optional
        Answers of the same students; joined on number or e-mail, else on full name.
    kinds : mapping, or iterable of (str, ColumnKind or str)
        What columns mean, by heading, where it is said.
    earlier : mapping
        Lists of earlier groups, those of long ago first, by the heading that each gets.

    Returns
    -------
    Reading
        Rows count from 1 with the headings as row 1, as in a file.

    Raises
    ------
    InputError
        Where headings or the index have several levels, or `kinds` speaks of no column
        or says two things of one.
    """
    first = source_of(frame, CLASS_LIST)
    second = None if survey is None else source_of(survey, SURVEY)
    said = kinds.items() if isinstance(kinds, Mapping) else kinds
    meant = said_columns((shown(heading), kind) for heading, kind in said)
    _check_known(meant.kinds, (first, *(() if second is None else (second,))))
    reading = read_class_list(first, second, kinds=meant.kinds, seen=meant.orders, heading_row=HEADING_ROW)
    lists = [source_of(groups, heading) for heading, groups in earlier.items()]
    return with_earlier_groups(reading, lists, Edits())


def source_of(frame: pd.DataFrame, name: str) -> SourceFile:
    """Return a frame as a table of text, the headings first.

    Parameters
    ----------
    frame : DataFrame
    name : str
        What it is called in messages.

    Returns
    -------
    SourceFile

    Raises
    ------
    InputError
        Where headings or the index have several levels.
    TypeError
        Where it is no DataFrame.
    """
    if not isinstance(frame, pd.DataFrame):
        raise TypeError(f"a pandas DataFrame is needed here, not {type(frame).__name__}")
    if isinstance(frame.columns, pd.MultiIndex) or isinstance(frame.index, pd.MultiIndex):
        raise InputError([_levels(name)])
    columns = [_cells(frame.iloc[:, place]) for place in range(frame.shape[1])]
    headings = [cell_text(label) for label in frame.columns]
    index = frame.index.name
    if index is not None and cell_text(index) not in headings:
        headings, columns = [cell_text(index), *headings], [_cells(frame.index.to_series()), *columns]
    return SourceFile(name, b"", rows=(tuple(headings), *zip(*columns, strict=True)))


def _cells(column: pd.Series) -> list[str]:
    return [cell_text(cell) for cell in column.astype(object)]


def cell_text(cell: object) -> str:
    """Return a cell as text: nothing for a missing one, several answers with semicolons between them."""
    if isinstance(cell, np.generic):
        cell = cell.item()
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode()  # half a letter is no text
    if isinstance(cell, list | tuple | set | frozenset | np.ndarray):
        several = sorted(map(cell_text, cell)) if isinstance(cell, set | frozenset) else map(cell_text, cell)
        return "; ".join(several)
    if cell is None or cell is pd.NaT or cell is pd.NA or cell != cell:
        return ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)  # also where a number of this length would lose digits
    return as_text(cell) or str(cell)


def _levels(name: str) -> Problem:
    return Problem(
        code="frame-levels",
        level=Level.ERROR,
        message=message("The headings or the index of this DataFrame have several levels."),
        hint=message("Give every column one heading, and use reset_index() to make columns of an index."),
        file=name,
    )


def _check_known(kinds: Mapping[str, ColumnKind], sources: Iterable[SourceFile]) -> None:
    """Refuse what is said of a column that is not there."""
    headings = {shown(cell) for source in sources for row in (source.rows or ())[:1] for cell in row}
    unknown = [heading for heading in kinds if heading not in headings]
    if unknown:
        raise InputError([unknown_heading(one, sorted(headings), CLASS_LIST) for one in unknown])


def shown(heading: object) -> str:
    """Return a heading as a reading has it."""
    return " ".join(clean(cell_text(heading)).split())


def unknown_heading(heading: str, known: list[str], name: str) -> Problem:
    """Return the error for a column that a frame does not have, with the nearest one.

    Parameters
    ----------
    heading : str
    known : list of str
        Headings that there are.
    name : str
        What the frame is called in messages.

    Returns
    -------
    Problem
    """
    return Problem(
        code="unknown-column",
        level=Level.ERROR,
        message=message("There is no column “{heading}”.", heading=heading),
        hint=did_you_mean(heading, known, message("Columns you can use: {known}.", known=tuple(known))),
        file=name,
    )
