"""Edits one after another, with undo and redo: a value, so that nothing of it is ever lost half-way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from planner.edit.apply import BY_HAND, apply
from planner.edit.values import Edit, moved_by
from planner.model.handover import Handover
from planner.model.text import Message
from planner.plans.course import Course


@dataclass(frozen=True)
class SavedEdits:
    """Edits of an earlier visit, which are known by what came of them.

    Attributes
    ----------
    made : datetime
        When they were saved.
    handover : Handover or None
        What files say of changes after them.
    told : tuple of Message
        What came of them, in a few words.
    """

    made: datetime
    handover: Handover | None = None
    told: tuple[Message, ...] = ()


@dataclass(frozen=True)
class EditStep:
    """An edit and the course that it made.

    Attributes
    ----------
    edit : Edit or None
        None where a run improved the groups around them, or for all that was done in an earlier visit.
    course : Course
    saved : SavedEdits or None
        That visit.
    """

    edit: Edit | None
    course: Course
    saved: SavedEdits | None = None


@dataclass(frozen=True)
class History:
    """A course and what was done to it by hand.

    Attributes
    ----------
    start : Course
        As it was before the first edit.
    done : tuple of EditStep
        The last one is the course of now.
    undone : tuple of EditStep
        What can be done again, the next one last.
    """

    start: Course
    done: tuple[EditStep, ...] = ()
    undone: tuple[EditStep, ...] = ()

    @property
    def now(self) -> Course:
        """The course as it is."""
        return self.done[-1].course if self.done else self.start

    def do(self, edit: Edit, week: int | None = None) -> History:
        """Return the history with one edit more; what was undone cannot be done again after it.

        Parameters
        ----------
        edit : Edit
        week : int, optional
            First week in which it holds; None is the first week of the plan.

        Returns
        -------
        History

        Raises
        ------
        InputError
            Where the edit cannot be made.
        """
        return History(self.start, (*self.done, EditStep(edit, apply(self.now, edit, week))))

    def improved(self, course: Course) -> History:
        """Return the history with groups that a run made around the edits."""
        return History(self.start, (*self.done, EditStep(None, course)))

    def begun_before(self, start: Course, saved: SavedEdits) -> History:
        """Return the history with what an earlier visit made of another course as its first step.

        Parameters
        ----------
        start : Course
            As it was before that visit.
        saved : SavedEdits

        Returns
        -------
        History
        """
        return replace(self, start=start, done=(EditStep(None, self.start, saved), *self.done))

    @property
    def placed(self) -> frozenset[str]:
        """Students who were put in their group by hand, those of an earlier visit included."""
        before = {one for one, how in self.now.placed.items() if how == BY_HAND}
        return frozenset(before.union(*(moved_by(step.edit) for step in self.done)))

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
