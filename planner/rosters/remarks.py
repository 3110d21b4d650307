"""What a reading has to say to a script: an error that stops it, and warnings for the rest."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

from planner.model.domain import ColumnKind, Roster
from planner.model.problems import Level, Problem
from planner.model.text import Language, message
from planner.rosters.model import Reading
from planner.rosters.table import is_date

WARNED = (Level.SKIPPED, Level.FIXED, Level.ASSUMED)


class ReadingWarning(UserWarning):
    """Something was skipped, mended or assumed while a class list was read.

    Parameters
    ----------
    problem : Problem
        Its level, place, message and hint; ``problem.text("nl")`` says it in Dutch.
    language : {"en", "nl"}
        Of the warning's own text.

    Attributes
    ----------
    problem : Problem
        Its level, place, message and hint; ``problem.text("nl")`` says it in Dutch.

    Examples
    --------
    Whoever wants no guessing makes errors of them:

    >>> import warnings
    >>> import planner
    >>> warnings.simplefilter("error", planner.ReadingWarning)  # doctest: +SKIP
    """

    def __init__(self, problem: Problem, language: Language = "en") -> None:
        super().__init__(problem.text(language))
        self.problem = problem
        self._language = language

    def __reduce__(self) -> tuple[type[ReadingWarning], tuple[Problem, Language]]:
        """Come back whole from another process."""
        return ReadingWarning, (self.problem, self._language)


def roster_of(reading: Reading, language: Language = "en", depth: int = 2) -> Roster:
    """Return the roster of a reading, with a warning for whatever was skipped, mended or assumed.

    Parameters
    ----------
    reading : Reading
    language : {"en", "nl"}
    depth : int
        How many calls up the script is that is told.

    Returns
    -------
    Roster

    Raises
    ------
    InputError
        Where there is no roster.
    """
    roster = reading.require()
    for problem in (*reading.problems, *_dates(reading)):
        if problem.level in WARNED:
            warnings.warn(ReadingWarning(problem, language), stacklevel=depth + 1)
    return roster


def _dates(reading: Reading) -> Iterator[Problem]:
    """Say which columns hold dates and are left out: a page shows what columns mean, a script does not."""
    for column in reading.columns:
        is_left_out = column.kind is ColumnKind.IGNORED and not column.corrected
        if is_left_out and column.examples and all(map(is_date, column.examples)):
            yield Problem(
                code="dates-left-out",
                level=Level.SKIPPED,
                message=message("“{heading}” has dates, which no rule can use.", heading=column.heading),
                hint=message("Turn them into a number or a category first, such as an age or a year."),
                column=column.heading,
                file=column.file or None,
            )
