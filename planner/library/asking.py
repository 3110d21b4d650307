"""A class list held against rules, and the questions to students, as the command line has them."""

from __future__ import annotations

from os import PathLike
from typing import Unpack

from planner.library.files import ListOptions, reading_of
from planner.rules import Rules
from planner.services.ask import AskResult
from planner.services.ask import ask as questions_of
from planner.services.check import CheckResult, check_list


def inspect(
    path: str | PathLike[str], rules: Rules | None = None, **options: Unpack[ListOptions]
) -> CheckResult:
    """Read a class list and say what its columns mean, what is amiss and what could be asked of groups.

    It is what ``hecht check --json`` prints; nothing is raised for what is in the files.

    Parameters
    ----------
    path : path
    rules : Rules, optional
    **options
        `survey`, `earlier`, `kinds`, `sheet` and `heading_row`, as `read_class_list` takes them.

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
    return check_list(reading_of(path, **options), rules or Rules())


def ask(
    path: str | PathLike[str], rules: Rules, *, again: bool = False, **options: Unpack[ListOptions]
) -> AskResult:
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
    return questions_of(reading_of(path, **options), rules, again=again)
