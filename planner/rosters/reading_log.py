"""A log of what comes to light while a file is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, plural_message

_NAMED = 10
# More of the same helps nobody: the rest is counted.
SHOWN_AT_MOST = 20


def some(names: Sequence[str | Message]) -> tuple[str | Message, ...]:
    """Return the first ten of a list and how many others there are, to fill a gap in a message."""
    rest = len(names) - _NAMED
    if rest <= 0:
        return tuple(names)
    return (*names[:_NAMED], plural_message("1 other", "{n} others", rest))


class ReadingLog:
    """The problems of one file, in the order in which they were found, and its sheets."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: tuple[str, ...] = ()
        self._problems: list[Problem] = []
        self._counts: Counter[tuple[str, Level]] = Counter()

    def add(
        self,
        code: str,
        level: Level,
        message: Message,
        hint: Message | None = None,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        """Write down a problem; after twenty of one kind only their number.

        Parameters
        ----------
        code : str
            Short stable name of the problem.
        level : Level
        message : Message
            What is the matter, in a full sentence.
        hint : Message, optional
            What the coordinator can do.
        row : int, optional
            As the file counts them, the heading row included.
        column : str, optional
            Its heading.
        """
        self._counts[code, level] += 1
        if self._counts[code, level] > SHOWN_AT_MOST:
            return
        self._problems.append(
            Problem(
                code=code,
                level=level,
                message=message,
                hint=hint,
                file=self.file,
                row=row,
                column=column or None,
            )
        )

    def stop(
        self,
        code: str,
        message: Message,
        hint: Message,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> NoReturn:
        """Write down an error and read no further.

        Parameters
        ----------
        code : str
            Short stable name of the problem.
        message : Message
            What is the matter, in a full sentence.
        hint : Message
            What the coordinator can do.
        row : int, optional
            As the file counts them, the heading row included.
        column : str, optional
            Its heading.

        Raises
        ------
        InputError
            Always, with all that was written down.
        """
        self.add(code, Level.ERROR, message, hint, row=row, column=column)
        raise InputError(self.problems())

    def failed(self) -> bool:
        """Whether there is an error among the problems."""
        return any(level is Level.ERROR for _, level in self._counts)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems, the most of each kind in full and the rest counted."""
        return (
            *self._problems,
            *(self._rest(*kind, n) for kind, n in self._counts.items() if n > SHOWN_AT_MOST),
        )

    def _rest(self, code: str, level: Level, count: int) -> Problem:
        last = next(p for p in reversed(self._problems) if (p.code, p.level) == (code, level))
        more = plural_message(
            "The same goes for 1 more place.",
            "The same goes for {n} more places.",
            count - SHOWN_AT_MOST,
        )
        return Problem(code=code, level=level, message=more, hint=last.hint, file=self.file)
