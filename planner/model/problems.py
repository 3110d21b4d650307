"""What is worth saying about an input: skipped, fixed, assumed, asked or refused."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from planner.model.text import Language, Message, message


class Level(StrEnum):
    """How much a problem matters, from least to most."""

    NOTE = "note"  # read as is; good to know
    SKIPPED = "skipped"  # a row or column that was left out
    FIXED = "fixed"  # changed on reading, with no doubt about it
    ASSUMED = "assumed"  # changed or kept on a guess: please check
    ERROR = "error"  # nothing goes on until this is resolved


class Problem(BaseModel):
    """One thing found in an input.

    Attributes
    ----------
    code : str
        Short stable name, such as ``"duplicate-other-name"``; used by tests and pages.
    level : Level
    message : Message
        What is the matter, in a full sentence.
    hint : Message or None
        What the coordinator can do; every error has one.
    file, row, column : str, int, str or None
        Where it is. Rows count from 1 as in Excel, the heading included.
    item, together : Message or None
        How several of its kind become one: what this one adds to a list, and the sentence with that
        list in its gap ``{items}``; see `planner.model.problem_groups`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    level: Level
    message: Message
    hint: Message | None = None
    file: str | None = None
    row: int | None = None
    column: str | None = None
    item: Message | None = Field(default=None, exclude=True)
    together: Message | None = Field(default=None, exclude=True)

    def text(self, language: Language) -> str:
        """Return place, message and way out as one line."""
        parts = [self.message.text(language)]
        if self.hint is not None:
            parts.append(self.hint.text(language))
        place = self.place().text(language) if self.file or self.row or self.column else ""
        return f"{place}: {' '.join(parts)}" if place else " ".join(parts)

    def place(self) -> Message:
        """Return where the problem is, as a message."""
        if self.file and self.row and self.column:
            return message(
                "{file}, row {row}, column {column}", file=self.file, row=self.row, column=self.column
            )
        if self.file and self.row:
            return message("{file}, row {row}", file=self.file, row=self.row)
        if self.file and self.column:
            return message("{file}, column {column}", file=self.file, column=self.column)
        return message("{file}", file=self.file or "")


class InputError(Exception):
    """An input that cannot be used as it stands; nothing has been changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Return every problem on a line: place, message and way out."""
        return "\n".join(problem.text(language) for problem in self.problems)

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Problem, ...]]]:
        """Come back whole from another process."""
        return (type(self), (self.problems,))
