"""Sizes, number and names of the groups, in the rules file under ``[groups]``."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from planner.model.base import LARGEST_GROUP, MOST_STUDENTS, Frozen
from planner.rules.setting_error import SettingError

LONGEST_LABEL = 500  # signs in the name of a group or a role


class GroupSizes(Frozen):
    """Sizes, number and names of the groups.

    `names` holds ``{n}`` where the number goes; None is "Groep {n}" or "Group {n}".
    """

    size: tuple[int, int] = (3, 5)
    prefer: int | None = Field(default=None, ge=1, le=LARGEST_GROUP)
    count: int | None = Field(default=None, ge=1, le=MOST_STUDENTS)
    names: str | None = Field(default=None, max_length=LONGEST_LABEL)

    @field_validator("size")
    @classmethod
    def _in_order(cls, size: tuple[int, int]) -> tuple[int, int]:
        if not 1 <= size[0] <= size[1]:
            raise SettingError("size-order")
        if size[1] > LARGEST_GROUP:
            raise SettingError("size-large")
        return size

    @field_validator("names")
    @classmethod
    def _numbered(cls, names: str | None) -> str | None:
        if names is not None and names.count("{n}") != 1:
            raise SettingError("names-number")
        return names

    @model_validator(mode="after")
    def _prefer_an_allowed_size(self) -> GroupSizes:
        if self.prefer is not None and not self.size[0] <= self.prefer <= self.size[1]:
            raise SettingError("prefer-outside")
        return self

    @property
    def preferred(self) -> int:
        """The size that groups rather have: as asked, or the middle of the range."""
        return self.prefer if self.prefer is not None else (self.size[0] + self.size[1]) // 2
