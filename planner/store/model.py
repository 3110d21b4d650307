"""What is saved of a course, as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, Field, JsonValue, TypeAdapter, ValidationInfo, field_validator

from planner.model.base import LARGEST_GROUP, LONGEST_TERM, MOST_STUDENTS, Frozen, Week
from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.model.text import Language, Message
from planner.planning.efforts import Effort
from planner.plans.course import Course, with_columns
from planner.rules import KINDS, TermSettings
from planner.rules.goals import GoalSettings
from planner.rules.replan_settings import RerunSettings
from planner.rules.settings import MOST_RULES, AnyRule

May = Literal["own", "change", "look"]  # what somebody may do with a course
MadeBy = Literal["made", "rerun", "edited", "brought-back", "proven"]
KEPT_DAYS = 365  # after the last change, where the coordinator chose no date
LONGEST_RUN = 240  # minutes
_FIRST_YEAR, _LAST_YEAR = 2000, 2200

T = TypeVar("T", bound=date)
Size = Annotated[int, Field(ge=1, le=LARGEST_GROUP)]


def _of_our_time(day: T) -> T:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError("year")
    return day


Day = Annotated[date, AfterValidator(_of_our_time)]
Moment = Annotated[datetime, AfterValidator(_of_our_time)]


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

    @field_validator("fields")
    @classmethod
    def _shown(cls, fields: dict[str, JsonValue], info: ValidationInfo) -> dict[str, JsonValue]:
        """Leave out what the page could not show, finished or not."""
        kind = info.data.get("kind", "")
        return {name: value for name, value in fields.items() if _can_show(kind, name, value)}


def _can_show(kind: str, name: str, value: JsonValue) -> bool:
    """Whether a value is of the sort that a field of a rule holds, and no more than it can show."""
    field = KINDS[kind].model_fields.get(name) if kind in KINDS and name != "kind" else None
    if field is None:
        return False
    try:
        _sort(kind, name).validate_json(json.dumps(value), strict=True)
    except ValueError:
        return False
    most = next((limit.le for limit in field.metadata if hasattr(limit, "le")), MOST_STUDENTS)
    return isinstance(value, bool) or not isinstance(value, int | float) or 0 <= value <= most


@cache
def _sort(kind: str, name: str) -> TypeAdapter[Any]:
    sort: Any = KINDS[kind].model_fields[name].annotation
    return TypeAdapter(sort)


class Sketch(Frozen):
    """The rules while somebody works on them; see `planner.ui.session.draft.RulesDraft`."""

    language: Language | None = None
    smallest: Size = 3
    largest: Size = 5
    prefer: Size | None = None
    count: int | None = Field(default=None, ge=1, le=MOST_STUDENTS)
    names: str | None = None
    cards: tuple[SketchCard, ...] = Field(default=(), max_length=MOST_RULES)
    role_names: tuple[str, ...] | None = None
    opt_out: str | None = None
    role_wish: str | None = None
    rotate_every: int = Field(default=1, ge=0, le=LONGEST_TERM)
    term: TermSettings = TermSettings()
    goals: GoalSettings = GoalSettings()
    rerun: RerunSettings = RerunSettings()
    suggested: tuple[AnyRule, ...] = Field(default=(), max_length=MOST_RULES)

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


class InUse(Frozen):
    """Since when the groups of a course are in use.

    Attributes
    ----------
    week : int
        First week in which they are.
    since : date
        The day on which the coordinator said so.
    """

    week: Week = 1
    since: Day

    def week_on(self, day: date) -> int:
        """Return which week of the term a day is likely in: weeks begin on Mondays."""
        then, now = (one - timedelta(days=one.weekday()) for one in (self.since, day))
        return self.week + max(0, (now - then).days // 7)


class Choices(Frozen):
    """What was chosen for a replan of groups in use, and is not carried out yet.

    Attributes
    ----------
    closed, open : tuple of str
        Groups that stay as they are, and that need not though they are locked.
    locked, unlocked : tuple of str
        Students who stay where they are, and who need not though they are locked, by the ids of the plan.
    topped_up, dissolved, merged : tuple
        See `planner.model.replan_options.ReplanOptions`.
    extra_moves : int
    """

    closed: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    unlocked: tuple[str, ...] = ()
    topped_up: tuple[str, ...] = ()
    dissolved: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    extra_moves: int = Field(default=0, ge=0, le=MOST_STUDENTS)


class CourseState(Frozen):
    """All that is on the page of a course, but for its plans.

    Attributes
    ----------
    list_name : str
        The file that the class list came from, without what follows the dot.
    roster : Roster or None
        With only the columns in use; make it with `CourseState.of`.
    sample : bool
        Whether this is the invented class.
    moodle_course, numbers_are_usernames : str, bool
        What was told for the files of learning systems; see `planner.exports.Elsewhere`.
    in_use : InUse or None
        Since when the groups are in use; None while they are a draft.
    choices : Choices
    stopped : tuple of str or None
        Of whom it was said that they stopped, by the ids of the plan; None where that was not noted yet.
    """

    list_name: str = ""
    roster: Roster | None = None
    sketch: Sketch = Sketch()
    effort: Effort = "normal"
    minutes: int = Field(default=10, ge=1, le=LONGEST_RUN)
    sample: bool = False
    moodle_course: str = ""
    numbers_are_usernames: bool = False
    in_use: InUse | None = None
    choices: Choices = Choices()
    stopped: tuple[str, ...] | None = None

    def only_used(self) -> CourseState:
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
    may : May
        What whoever asks may do with it.
    given_by : str
        The colleague who shared it, where it is not one's own.
    colleagues : int
        With how many it is shared.
    """

    id: str
    name: str
    version: int
    changed: datetime
    keep_until: date
    students: int
    plans: int
    damaged: bool = False
    may: May = "own"
    given_by: str = ""
    colleagues: int = 0

    def past(self, today: date) -> bool:
        """Whether the day until which it was to be kept is over."""
        return self.keep_until < today


@dataclass(frozen=True)
class PlanListing:
    """One accepted plan of a course, without its content."""

    number: int
    made: datetime
    how: MadeBy


@dataclass(frozen=True)
class PlanVersion:
    """One accepted plan of a course, with the class list and the rules that it was made with."""

    number: int
    made: datetime
    how: MadeBy
    course: Course
    handover: Handover | None = None


@dataclass(frozen=True)
class WrittenPlan:
    """One plan of a course from a file, checked and as it is saved."""

    number: int
    made: datetime
    how: MadeBy
    content: bytes
    handover: Handover | None = None


@dataclass(frozen=True)
class LastSave:
    """When a course was saved last, and the colleague who did: empty where that was the one who asks."""

    at: datetime
    by: str = ""


@dataclass(frozen=True)
class Opened:
    """A course as it was saved, with the plan that it came to last.

    Attributes
    ----------
    damaged : tuple of int
        Numbers of later plans, of which what is saved cannot be read any more.
    may : May
        What whoever opened it may do with it.
    given_by : str
        The colleague who shared it, where it is not one's own.
    last : LastSave or None
    """

    id: str
    name: str
    version: int
    state: CourseState
    plan: PlanVersion | None
    damaged: tuple[int, ...] = ()
    may: May = "own"
    given_by: str = ""
    last: LastSave | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Added:
    """A plan was saved: its number, the version of the course before and after, and who saved it before."""

    number: int
    before: int
    after: int
    last: LastSave | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Note:
    """What somebody did to a course, in a few words."""

    kind: str
    what: Message


@dataclass(frozen=True)
class HistoryLine:
    """One line of the history of a course.

    Attributes
    ----------
    who : str
        Name of who did it; empty where nobody signs in, or nobody noted it.
    plan : int or None
        The plan that came of it.
    back : int or None
        What to ask for to have it as it was before, where it took the place of all there was.
    """

    at: datetime
    who: str
    what: Message
    plan: int | None = None
    back: int | None = None


@dataclass(frozen=True)
class Share:
    """A colleague, by the address they sign in with, and what they may do."""

    address: str
    may: May
