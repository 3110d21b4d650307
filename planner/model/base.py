"""What every value is: frozen, strict, finite, and within the limits of a course."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler

# What no course goes beyond; a file that does is refused before anything is made of it.
MOST_STUDENTS = 20_000
MOST_COLUMNS = 2_000
LARGEST_GROUP = 2_000
LONGEST_TERM = 60  # weeks
MOST_VERSIONS = 1_000
LONGEST_NAME = 1_000  # signs of one cell; a name of several parts has more
FARTHEST = 2**62  # costs fit in 64 bits

Name = Annotated[str, Field(max_length=4 * LONGEST_NAME)]
Week = Annotated[int, Field(ge=1, le=LONGEST_TERM)]
Amount = Annotated[int, Field(ge=-FARTHEST, le=FARTHEST)]


def _only_numbers(schema: Any) -> Any:
    """Let every number of a model be a number: neither true, nor the text of one."""
    if isinstance(schema, dict):
        changed = {name: _only_numbers(part) for name, part in schema.items()}
        return changed | {"strict": True} if schema.get("type") in ("int", "float") else changed
    return [_only_numbers(part) for part in schema] if isinstance(schema, list) else schema


class Frozen(BaseModel):
    """A value: equal by content, never changed, strict about unknown fields, and finite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        return _only_numbers(handler(source))
