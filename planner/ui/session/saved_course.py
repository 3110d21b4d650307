"""What a page knows of the course that it is saved as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from planner.model.domain import Roster
from planner.plans.course import Course, with_columns
from planner.rosters.listed_people import keys_of
from planner.rosters.pairing import usual
from planner.store import Added, CourseState, LastSave, MadeBy, May, Opened
from planner.store.errors import is_final
from planner.ui.session.run import Run

SAME_CLASS = 0.5  # so many of the smaller list have to be in both for it to be the same class


def same_class(roster: Roster, other: Roster) -> bool:
    """Whether two class lists are of one class: enough of the smaller one are in both.

    Where another kind of column tells people apart than before, names and addresses are still theirs. Where
    everybody has another number of the same kind, only addresses are: two classes may well have namesakes.
    """
    least = SAME_CLASS * min(len(roster.students), len(other.students))
    if len(roster.by_id.keys() & other.by_id.keys()) >= least:
        return True
    same_kind = usual(roster.by_id) == usual(other.by_id)
    known = frozenset[str]().union(*map(keys_of, roster.students))
    if same_kind:
        known = frozenset(key for key in known if "@" in key)
    return sum(not known.isdisjoint(keys_of(one)) for one in other.students) >= least


@dataclass
class SavedCourse:
    """The course that the page is saved as; without an id it is not saved yet.

    Attributes
    ----------
    version : int
        What the page has seen of the course.
    state, course : CourseState, Course or None
        What was last saved of the page, and the plan that was.
    how : MadeBy
        How the plan came about that is saved next.
    at : datetime or None
        When this page last saved something, UTC.
    trouble : Exception or None
        Why the last attempt failed.
    run : Run or None
        A run whose plan is saved once it is there, also when nobody looks.
    addressed : bool
        Whether the address of the page names the course.
    opened_with : int
        Number of the plan that the course was opened with; 0 where it had none.
    damaged : tuple of int
        Numbers of later plans that could not be read then.
    may : May
        What whoever has the page open may do with the course.
    given_by : str
        The colleague who shared it, where it is not one's own.
    last : LastSave or None
        Who had saved it last when it was opened.
    brought : int
        Number of the earlier plan that is brought back next.
    sitting : str
        Of this page: what is edited by hand in it, one thing after another, is one plan.
    before_sitting : Course or None
        The plan that these edits began with.
    began : CourseState or None
        How it was saved before the first change of this visit.
    by_hand : bool
        Whether the plan that was saved last was changed by hand.
    left : (str, str) or None
        Id and name of the course that was on the page until a list of other people came.
    """

    id: str = ""
    name: str = ""
    version: int = 0
    state: CourseState | None = None
    course: Course | None = None
    how: MadeBy = "made"
    at: datetime | None = None
    trouble: Exception | None = None
    run: Run | None = None
    addressed: bool = False
    opened_with: int = 0
    damaged: tuple[int, ...] = ()
    may: May = "own"
    given_by: str = ""
    last: LastSave | None = None
    brought: int = 0
    sitting: str = field(default_factory=lambda: str(uuid4()))
    before_sitting: Course | None = None
    began: CourseState | None = None
    by_hand: bool = False
    left: tuple[str, str] | None = None
    _used: tuple[Roster, frozenset[str], Roster] | None = field(default=None, repr=False)

    @classmethod
    def of(cls, opened: Opened) -> SavedCourse:
        """Return what is known of a course that was just opened or made."""
        kept = cls(opened.id, opened.name, opened.version, opened.state, damaged=opened.damaged)
        kept.may, kept.given_by, kept.last = opened.may, opened.given_by, opened.last
        if opened.plan is not None:
            kept.course, kept.opened_with = opened.plan.course, opened.plan.number
            kept.by_hand = opened.plan.how == "edited"
        return kept

    @property
    def stale(self) -> bool:
        """Whether somebody else saved, deleted or no longer shares it: what now, is to be chosen."""
        return is_final(self.trouble)

    @property
    def look_only(self) -> bool:
        """Whether a colleague shared the course to look at: nothing of it is saved."""
        return bool(self.id) and self.may == "look"

    def same_class(self, roster: Roster) -> bool:
        """Whether a class list is of the course that was saved, or of another one."""
        before = None if self.state is None else self.state.roster
        return before is None or same_class(before, roster)

    def used(self, state: CourseState) -> CourseState:
        """Return a page without the columns that no rule reads; worked out anew only when either changed."""
        roster, headings = state.roster, state.sketch.headings()
        if roster is None:
            return state
        if self._used is None or self._used[0] is not roster or self._used[1] != headings:
            self._used = (roster, headings, with_columns(roster, headings))
        return state.model_copy(update={"roster": self._used[2]})

    def saved(self, state: CourseState, version: int) -> None:
        """Note that the page was saved."""
        self.state, self.version, self.at = state, version, datetime.now(UTC)

    def added(self, course: Course, added: Added) -> bool:
        """Note that a plan was saved; return whether nobody else saved the course in between."""
        if self.how != "edited":
            self.before_sitting = None
        elif self.before_sitting is None:
            self.before_sitting = self.course
        self.course, self.run, self.at = course, None, datetime.now(UTC)
        self.by_hand, self.how = self.how == "edited", "made"
        self.damaged = ()  # there is a later one that can be read
        if added.before != self.version:
            return self.version == added.after
        self.version = added.after
        return True
