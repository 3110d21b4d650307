"""A setting of a rule or a section that cannot be: known by a short name, and said in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.model.text import Language


def code_of(detail: Mapping[str, Any]) -> str:
    """Return the short name of what is wrong, of one error of pydantic; empty for its own kinds."""
    error = detail.get("ctx", {}).get("error")
    return error.code if isinstance(error, SettingError) else ""


class SettingError(ValueError):
    """Raised by validators; whoever makes a rule in Python reads it within pydantic's own error.

    Parameters
    ----------
    code : str
        A key of `planner.rules.file_values.TEXTS`, where a rules file has its sentences from.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return f"{self.text('en')} ({self.code})"

    def text(self, language: Language) -> str:
        """Return what is wrong, in a language."""
        from planner.rules.file_values import TEXTS

        return TEXTS[self.code].text(language) if self.code in TEXTS else self.code
