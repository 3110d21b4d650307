"""Classes within a cohort, in the rules file under ``[classes]``."""

from __future__ import annotations

from pydantic import Field

from planner.model.base import Frozen


class Classes(Frozen):
    """Classes that exist: a group stays within one.

    Attributes
    ----------
    column : str
        Column with the class of each student.
    """

    column: str = Field(min_length=1)
