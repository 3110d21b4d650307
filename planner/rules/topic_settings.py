"""Topics that groups take on, in the rules file under ``[topics]`` and ``[[topic]]``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from planner.model.base import MOST_COLUMNS, MOST_STUDENTS, Frozen
from planner.model.reports import Importance
from planner.rules.group_settings import LONGEST_LABEL
from planner.rules.setting_error import SettingError

MOST_NEEDS = 20  # of one topic
TOPIC = "{topic}"  # where the name of a topic goes in a heading

Label = Annotated[str, Field(min_length=1, max_length=LONGEST_LABEL)]
Range = tuple[Annotated[int, Field(ge=0, le=MOST_STUDENTS)], Annotated[int, Field(ge=0, le=MOST_STUDENTS)]]


class Need(Frozen):
    """What a group on a topic needs: so many who gave an answer."""

    column: str = Field(min_length=1)
    value: str = Field(min_length=1)
    at_least: int | None = Field(default=None, ge=0, le=MOST_STUDENTS)
    at_most: int | None = Field(default=None, ge=0, le=MOST_STUDENTS)
    importance: Importance = Importance.MUST

    @model_validator(mode="after")
    def _has_a_limit(self) -> Need:
        check_limits(self.at_least, self.at_most)
        return self


def check_limits(at_least: int | None, at_most: int | None) -> None:
    """Refuse a limit without a number, or with more at the least than at the most.

    Parameters
    ----------
    at_least, at_most : int or None

    Raises
    ------
    SettingError
    """
    if at_least is None and at_most is None:
        raise SettingError("limit")
    if at_least is not None and at_most is not None and at_least > at_most:
        raise SettingError("limits-crossed")


def check_range(groups: tuple[int, int] | None) -> None:
    """Refuse numbers of groups in the wrong order, or none at all.

    Parameters
    ----------
    groups : tuple of (int, int) or None
        At the least and at the most; None is any number.

    Raises
    ------
    SettingError
    """
    if groups is not None and groups[0] > groups[1]:
        raise SettingError("groups-order")
    if groups is not None and groups[1] == 0:
        raise SettingError("groups-none")


class Topic(Frozen):
    """A topic, and how many groups take it on.

    Attributes
    ----------
    name : str
    groups : tuple of (int, int) or None
        At the least and at the most; None is any number, none included.
    needs : tuple of Need
        What a group on it needs of its members.
    """

    name: Label
    groups: Range | None = None
    needs: tuple[Need, ...] = Field(default=(), max_length=MOST_NEEDS)

    @field_validator("groups")
    @classmethod
    def _in_order(cls, groups: tuple[int, int] | None) -> tuple[int, int] | None:
        check_range(groups)
        return groups


class Topics(Frozen):
    """How students chose among the topics.

    Attributes
    ----------
    choices : tuple of str
        Columns with their choices, the first choice first; or one column with all of them.
    scores : str or None
        Instead of that, the headings of a column for each topic, with ``{topic}`` for its name.
    best : {"high", "low"}
        Which score is best.
    importance : Importance
        Required: nobody gets a topic outside their choices.
    """

    choices: tuple[str, ...] = Field(default=(), max_length=MOST_COLUMNS)
    scores: str | None = None
    best: Literal["high", "low"] = "high"
    importance: Importance = Importance.IMPORTANT

    @model_validator(mode="after")
    def _one_way(self) -> Topics:
        if self.choices and self.scores is not None:
            raise SettingError("topics-both")
        if self.scores is not None and self.scores.count(TOPIC) != 1:
            raise SettingError("scores-topic")
        return self

    @property
    def asked(self) -> bool:
        """Whether students chose at all."""
        return bool(self.choices) or self.scores is not None

    def heading(self, topic: str) -> str:
        """Return the heading of the column with the scores of a topic."""
        return (self.scores or TOPIC).replace(TOPIC, topic)

    def headings(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the headings of all choices or scores, for topics of these names."""
        return self.choices if self.scores is None else tuple(map(self.heading, names))
