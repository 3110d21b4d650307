"""What goes into reading and what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import Field

from planner.model.base import Frozen
from planner.model.domain import ColumnKind, Group, Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message
from planner.rosters.edits import EditedRow


@dataclass(frozen=True)
class SourceFile:
    """A file as the coordinator gave it: its name and its bytes, untouched.

    `ours` says that we wrote it ourselves and nobody had it in their hands since: it is
    read where it is, without a reader of its own (`planner.jobs.reader`). A table that never was
    a file has `rows` of text, the headings first, and no bytes.
    """

    name: str
    content: bytes = field(repr=False)
    ours: bool = False
    rows: tuple[tuple[str, ...], ...] | None = field(default=None, repr=False)


class ColumnGuess(Frozen):
    """A column of the file, what we think it means, and why.

    `examples` are up to three different cells; empty for a sensitive column, of
    which nothing is kept. `corrected` says that the coordinator told us.
    """

    heading: str
    kind: ColumnKind
    examples: tuple[str, ...] = ()
    reason: Message | None = None
    file: str = ""
    corrected: bool = False


class Reading(Frozen):
    """A class list as it was read, and everything worth saying about it.

    Attributes
    ----------
    roster : Roster or None
        None while a problem of level ``ERROR`` stands.
    problems : tuple of Problem
    source : Message
        What kind of file it is: "Canvas gradebook".
    columns : tuple of ColumnGuess
        Every column of the class list, then of the survey.
    sheets : tuple of str
        The visible sheets of a workbook that hold anything.
    heading_row : int or None
        Where the headings were found, counted from 1; 0 where there are none.
    unmatched : tuple of str
        Who answered the survey but is not in the class list.
    unanswered : tuple of str
        Ids of students who did not answer the survey.
    surveyed : tuple of str
        Headings of the roster that the survey has answers under.
    lines : tuple of EditedRow
        The rows with students as they are now, to edit; also while an error stands.
    """

    roster: Roster | None
    problems: tuple[Problem, ...] = ()
    source: Message
    columns: tuple[ColumnGuess, ...] = ()
    sheets: tuple[str, ...] = ()
    heading_row: int | None = None
    unmatched: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    surveyed: tuple[str, ...] = ()
    lines: tuple[EditedRow, ...] = ()

    def require(self) -> Roster:
        """Return the roster.

        Raises
        ------
        InputError
            With every problem of level ``ERROR``, where there is no roster.
        """
        if self.roster is None:
            raise InputError(_errors(self.problems))
        return self.roster


class GroupList(Frozen):
    """Groups as they were read from a file, matched with the students of a roster.

    Attributes
    ----------
    groups : tuple of Group
        In the order of the file; empty while a problem of level ``ERROR`` stands.
    roles : dict
        Student id -> role, where the file has a column for it.
    problems : tuple of Problem
    missing : tuple of str
        Ids of students of the roster who are in no group of the file.
    unknown : tuple of str
        People in the file who are not in the roster.
    """

    groups: tuple[Group, ...]
    roles: dict[str, str] = Field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def require(self) -> GroupList:
        """Return the list itself.

        Raises
        ------
        InputError
            With every problem of level ``ERROR``, where there is one.
        """
        errors = _errors(self.problems)
        if errors:
            raise InputError(errors)
        return self


def _errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.level is Level.ERROR)
