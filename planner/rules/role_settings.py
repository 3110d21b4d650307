"""Which roles a course has, in the rules file under ``[roles]``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from planner.model.base import LONGEST_TERM, Frozen
from planner.rules.group_settings import LONGEST_LABEL
from planner.rules.setting_error import SettingError


class RoleSettings(Frozen):
    """Which roles there are; `names` None takes the first four of the catalogue.

    `opt_out` and `wish` are columns: the roles that somebody rather leaves to others,
    and those they like to have. `rotate_every` counts weeks; with 0 a role stays with
    the same person as long as the groups stay, as in a project.
    """

    names: tuple[Annotated[str, Field(max_length=LONGEST_LABEL)], ...] | None = None
    opt_out: str | None = None
    wish: str | None = None
    rotate_every: int = Field(default=1, ge=0, le=LONGEST_TERM)

    @field_validator("names")
    @classmethod
    def _once_each(cls, names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if names is not None and len({name.strip().casefold() for name in names}) < len(names):
            raise SettingError("role-twice")
        if names is not None and (len(names) > 8 or any(not name.strip() for name in names)):
            raise SettingError("role-names")
        return names
