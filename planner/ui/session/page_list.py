"""The class list on its page; with groups, the last one that could be read counts until then."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from planner.model.domain import Roster
from planner.model.problems import InputError, Level, Problem
from planner.model.text import message
from planner.plans.course import Course
from planner.rosters import Reading
from planner.ui.session.list_files import ListFiles


@dataclass
class PageList(ListFiles):
    """A class list that groups may be of.

    A file with an error in it, or a slip of the pen in the table, is no reason to take groups from the
    page: it waits on its own page, and all else goes by the last list that could be read.

    Attributes
    ----------
    course : Course or None
        The groups, once there are any.
    usable : ListFiles or None
        The last list that could be read, with all that was said about it.
    gone_back : int
        How often it took the place of the one on its page: what was typed there is over then.
    """

    course: Course | None = None
    usable: ListFiles | None = None
    gone_back: int = 0

    @property
    def listed(self) -> ListFiles:
        """The list that counts: the one on its page, or with groups the last one that could be read."""
        if self.course is None or self.usable is None or _is_read(self.reading):
            return self
        return self.usable

    @property
    def roster(self) -> Roster | None:
        """The students, once the files can be read."""
        reading = self.listed.reading
        return None if reading is None else reading.roster

    @property
    def stopped(self) -> frozenset[str]:
        """Of whom it was said that they stopped, in the list that counts."""
        return frozenset(self.listed.marks.values())

    @property
    def list_waits(self) -> bool:
        """Whether the list on its page cannot be read, and so is neither used nor saved."""
        return self.reading is not None and not _is_read(self.reading)

    def read(self) -> Reading | None:
        """Read the files where that has not been done yet, and remember what can be used."""
        found = super().read()
        if _is_read(found) and (self.usable is None or self.usable.reading is not found):
            self.usable = ListFiles(**_of(self))
        return found

    def go_back_to_list(self) -> None:
        """Go on with the last list that could be read."""
        if self.usable is not None:
            self.gone_back += 1
            for name, value in _of(self.usable).items():
                setattr(self, name, value)

    def require_list(self) -> None:
        """See that the list on its page can be changed from elsewhere.

        Raises
        ------
        InputError
            Where it cannot be read: what waits there would be lost.
        """
        if self.list_waits:
            text = message("First the class list: as it is now, it cannot be read.")
            hint = message("Correct it on its page, or go back to the last list that could be read.")
            raise InputError([Problem(code="list-waits", level=Level.ERROR, message=text, hint=hint)])


def _is_read(reading: Reading | None) -> bool:
    return reading is not None and reading.roster is not None


def _of(files: ListFiles) -> dict[str, Any]:
    """Return all that there is of a list; what is changed of it later changes nothing here."""
    found = {one.name: getattr(files, one.name) for one in fields(ListFiles)}
    return {name: dict(value) if isinstance(value, dict) else value for name, value in found.items()}
