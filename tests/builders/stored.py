"""The sample class in a database, in its fourth week: a journey begins with groups, and makes none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from benchmarks.courses import grouped, save
from planner.plans.course import Course
from planner.ui.session.state import Session


@dataclass(frozen=True)
class Stored:
    """A course in the database.

    Attributes
    ----------
    id : str
        What an address names it by.
    course : Course
        The sample class, in groups.
    """

    id: str
    course: Course

    @property
    def groups(self) -> dict[str, str]:
        """The group of each student, by number."""
        return dict(self.course.plan.group_of)

    def name(self, student: str) -> str:
        """Return what the page calls a student."""
        return self.course.roster.shown_names[student]


def stored(url: str, *, in_use: bool = True) -> Stored:
    """Put the sample class in groups into a database, as it was saved three weeks ago.

    Parameters
    ----------
    url : str
        Of the database.
    in_use : bool
        Whether the groups are in use since then, or a draft.

    Returns
    -------
    Stored
    """
    page = _sample()
    assert page.course is not None
    return Stored(save(url, "Klas 28", page, in_use=in_use), page.course)


@cache
def _sample() -> Session:
    """Return the page of the sample class in groups, which are made once in each process."""
    page = Session()
    page.take_sample("nl")
    return grouped(page)
