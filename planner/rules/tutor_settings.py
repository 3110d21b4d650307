"""Tutors of the groups, in the rules file under ``[[tutor]]``."""

from __future__ import annotations

from pydantic import Field, field_validator

from planner.model.base import MOST_STUDENTS, Frozen
from planner.rules.setting_error import SettingError
from planner.rules.topic_settings import Label, Range, check_range


class Tutor(Frozen):
    """A tutor, and which groups can be theirs.

    Attributes
    ----------
    name : str
    groups : tuple of (int, int) or None
        How many, at the least and at the most; None is any number.
    moments : tuple of str or None
        When they can meet groups; None is always.
    topics : tuple of str or None
        What their groups can be about; None is anything.
    not_with : tuple of str
        Ids of students whose tutor they are not.
    """

    name: Label
    groups: Range | None = None
    moments: tuple[str, ...] | None = Field(default=None, min_length=1)
    topics: tuple[str, ...] | None = Field(default=None, min_length=1)
    not_with: tuple[str, ...] = Field(default=(), max_length=MOST_STUDENTS)

    @field_validator("groups")
    @classmethod
    def _in_order(cls, groups: tuple[int, int] | None) -> tuple[int, int] | None:
        check_range(groups)
        return groups

    @field_validator("not_with")
    @classmethod
    def _once_each(cls, students: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(students)) < len(students):
            raise SettingError("student-twice")
        return students
