"""A class list held against rules, and the questions to students, as the command line has them."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TypedDict, Unpack

from planner.model.domain import ColumnKind
from planner.rosters import Reading
from planner.rosters.said_kinds import require_headings, said_columns
from planner.rules import Rules
from planner.services.ask import AskResult
from planner.services.ask import ask as questions_of
from planner.services.check import CheckResult, check_list
from planner.services.reading import ListRequest, class_list_of, source

Place = str | PathLike[str]


class ListOptions(TypedDict, total=False):
    """What can be said of a class list: its survey, what columns mean, its sheet and its headings."""

    survey: Place | None
    kinds: dict[str, ColumnKind | str] | None
    sheet: str | None
    heading_row: int | None


def inspect(path: Place, rules: Rules | None = None, **options: Unpack[ListOptions]) -> CheckResult:
    """Read a class list and say what its columns mean, what is amiss and what could be asked of groups.

    It is what ``hecht check --json`` prints; nothing is raised for what is in the files.

    Parameters
    ----------
    path : path
    rules : Rules, optional
    **options
        `survey`, `kinds`, `sheet` and `heading_row`, as `read_class_list` takes them.

    Returns
    -------
    CheckResult

    Raises
    ------
    InputError
        Where `kinds` speaks of no column.
    OSError
        Where a file cannot be opened.

    Examples
    --------
    >>> import planner
    >>> found = planner.inspect("data/klas-28.csv").as_dict("en")
    >>> found["students"], found["columns"][0]["meaning"]
    (28, 'student-number')
    """
    return check_list(_reading(path, options), rules or Rules())


def ask(path: Place, rules: Rules, *, again: bool = False, **options: Unpack[ListOptions]) -> AskResult:
    """Return the questions to students that answer the rules, and who has not answered.

    Parameters
    ----------
    path : path
        Of the class list.
    rules : Rules
    again : bool, default False
        Whether what the class list has is asked as well.
    **options
        As `inspect` takes them.

    Returns
    -------
    AskResult

    Raises
    ------
    InputError
        Where the class list cannot be read.
    OSError
        Where a file cannot be opened.

    Examples
    --------
    >>> import planner
    >>> rules = planner.Rules(language="en", rules=[planner.Wish(columns=("Wish",))])
    >>> [one.heading for one in planner.ask("data/klas-28.csv", rules).questions("en")]
    ['Wish']
    """
    return questions_of(_reading(path, options), rules, again=again)


def _reading(path: Place, options: ListOptions) -> Reading:
    said, survey = said_columns((options.get("kinds") or {}).items()), options.get("survey")
    reading = class_list_of(
        ListRequest(
            class_list=source(Path(path)),
            survey=None if survey is None else source(Path(survey)),
            kinds=said.kinds,
            seen=said.orders,
            sheet=options.get("sheet"),
            heading_row=options.get("heading_row"),
        )
    )
    require_headings(said.kinds, [column.heading for column in reading.columns])
    return reading
