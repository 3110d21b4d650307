"""What is saved of a course, as data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pydantic import Field, JsonValue, field_validator

from planner.course import Course, with_columns
from planner.domain import Frozen, Roster
from planner.efforts import Effort
from planner.exports import Handover
from planner.rules import KINDS, TermSettings
from planner.rules.goals import GoalSettings
from planner.rules.rerun import RerunSettings
from planner.rules.settings import AnyRule
from planner.text import Language

How = Literal["made", "rerun", "edited", "brought-back", "proven"]
KEPT_DAYS = 365  # after the last change, where the coordinator chose no date


class SketchCard(Frozen):
    """One rule as it stands on the page: it may be off, or not finished yet."""

    kind: str
    fields: dict[str, JsonValue]
    on: bool = True

    @field_validator("kind")
    @classmethod
    def _known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError("kind")
        return kind


class Sketch(Frozen):
    """The rules while somebody works on them; see `planner.ui.draft.Draft`."""

    language: Language | None = None
    smallest: int = 3
    largest: int = 5
    prefer: int | None = None
    count: int | None = None
    names: str | None = None
    cards: tuple[SketchCard, ...] = ()
    role_names: tuple[str, ...] | None = None
    opt_out: str | None = None
    role_wish: str | None = None
    rotate_every: int = 1
    term: TermSettings = TermSettings()
    goals: GoalSettings = GoalSettings()
    rerun: RerunSettings = RerunSettings()
    suggested: tuple[AnyRule, ...] = ()

    def headings(self) -> frozenset[str]:
        """Return the columns in use: a rule that is switched off for now keeps its columns."""
        named = [self.opt_out, self.role_wish, self.goals.column]
        for card in self.cards:
            named += _texts(card.fields.get("column")) + _texts(card.fields.get("columns"))
        return frozenset(heading for heading in named if heading)


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


class State(Frozen):
    """All that is on the page of a course, but for its plans.

    Attributes
    ----------
    list_name : str
        The file that the class list came from, without what follows the dot.
    roster : Roster or None
        With only the columns in use; make it with `State.of`.
    sample : bool
        Whether this is the invented class.
    """

    list_name: str = ""
    roster: Roster | None = None
    sketch: Sketch = Sketch()
    effort: Effort = "normal"
    minutes: int = Field(default=10, ge=1)
    sample: bool = False

    def only_used(self) -> State:
        """Return the same without the columns that no rule on the page reads."""
        if self.roster is None:
            return self
        return self.model_copy(update={"roster": with_columns(self.roster, self.sketch.headings())})


@dataclass(frozen=True)
class Listing:
    """One course in the list of courses.

    Attributes
    ----------
    changed : datetime
        When anything of it was last saved, UTC.
    keep_until : date
        After this day it is offered for deletion: as chosen, or a year after the last change.
    students, plans : int
        How many there are; students of the class list that is on the page.
    damaged : bool
        Whether nothing but its id can be read.
    """

    id: str
    name: str
    version: int
    changed: datetime
    keep_until: date
    students: int
    plans: int
    damaged: bool = False

    def past(self, today: date) -> bool:
        """Whether the day until which it was to be kept is over."""
        return self.keep_until < today


@dataclass(frozen=True)
class PlanListing:
    """One accepted plan of a course, without its content."""

    number: int
    made: datetime
    how: How


@dataclass(frozen=True)
class PlanVersion:
    """One accepted plan of a course, with the class list and the rules that it was made with."""

    number: int
    made: datetime
    how: How
    course: Course
    handover: Handover | None = None


@dataclass(frozen=True)
class Opened:
    """A course as it was saved, with the plan that it came to last.

    Attributes
    ----------
    damaged : tuple of int
        Numbers of later plans, of which what is saved cannot be read any more.
    """

    id: str
    name: str
    version: int
    state: State
    plan: PlanVersion | None
    damaged: tuple[int, ...] = ()


@dataclass(frozen=True)
class Added:
    """A plan was saved: its number, and the version of the course before and after."""

    number: int
    before: int
    after: int
