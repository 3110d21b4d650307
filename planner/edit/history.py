"""Edits one after another, with undo and redo: a value, so that nothing of it is ever lost half-way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.course import Course
from planner.edit.apply import apply
from planner.edit.values import Edit


@dataclass(frozen=True)
class Step:
    """An edit, the week from which it holds, and the course that it made."""

    edit: Edit
    week: int
    course: Course


@dataclass(frozen=True)
class History:
    """A course and what was done to it by hand.

    Attributes
    ----------
    start : Course
        As it was before the first edit.
    done : tuple of Step
        The last one is the course of now.
    undone : tuple of Step
        What can be done again, the next one last.
    """

    start: Course
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def now(self) -> Course:
        """The course as it is."""
        return self.done[-1].course if self.done else self.start

    def do(self, edit: Edit, week: int | None = None) -> History:
        """Return the history with one edit more; what was undone cannot be done again after it.

        Raises
        ------
        InputError
            Where the edit cannot be made.
        """
        course = apply(self.now, edit, week)
        at = self.now.plan.from_week if week is None else week
        return History(self.start, (*self.done, Step(edit, at, course)))

    def undo(self) -> History:
        """Return the history with the last edit undone; the same where there is none."""
        if not self.done:
            return self
        return replace(self, done=self.done[:-1], undone=(*self.undone, self.done[-1]))

    def redo(self) -> History:
        """Return the history with the last undone edit done again; the same where there is none."""
        if not self.undone:
            return self
        return replace(self, done=(*self.done, self.undone[-1]), undone=self.undone[:-1])
