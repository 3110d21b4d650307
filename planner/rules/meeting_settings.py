"""When and where groups meet, in the rules file under ``[meetings]`` and ``[[room]]``."""

from __future__ import annotations

from pydantic import Field

from planner.model.base import MOST_COLUMNS, MOST_STUDENTS, Frozen
from planner.model.reports import Importance
from planner.rules.topic_settings import Label


class Meetings(Frozen):
    """An hour for every group.

    Attributes
    ----------
    columns : tuple of str
        Columns with times at which students can, or cannot.
    moments : tuple of str
        Times at which groups may meet; left out: all those that students, tutors or rooms have.
    importance : Importance
        Whether all members have to be free then.
    """

    columns: tuple[str, ...] = Field(default=(), max_length=MOST_COLUMNS)
    moments: tuple[str, ...] = ()
    importance: Importance = Importance.MUST


class Room(Frozen):
    """A room, when it is free, and how many groups can be there at the same time.

    Attributes
    ----------
    name : str
    moments : tuple of str or None
        None is always.
    groups : int
    """

    name: Label
    moments: tuple[str, ...] | None = Field(default=None, min_length=1)
    groups: int = Field(default=1, ge=1, le=MOST_STUDENTS)
