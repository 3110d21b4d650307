"""What a coordinator did by hand in this session, and the plans that were on the page before."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from planner.edit import Edit, EditStep, History, SavedEdits, describe_edit, handed_over
from planner.jobs.job import JobHandle
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.replanning.compare import Named
from planner.replanning.improve import around, improved
from planner.services.replan import ReplanRequest
from planner.store import PlanListing, edits_between
from planner.ui.session import saving
from planner.ui.session.days import day_and_time
from planner.ui.session.restoring import bring_roster
from planner.ui.session.run import Follower, Run
from planner.ui.session.saved_course import same_class
from planner.ui.session.state import Session

KEY = "hecht_by_hand"
MOST_SITTINGS = 4  # of edits that are looked at for whether they were undone again


@dataclass(frozen=True)
class Prepared:
    """What an edit comes to, worked out beforehand."""

    start: History
    edit: Edit
    week: int | None
    done: History

    def answers(self, start: History, edit: Edit, week: int | None) -> bool:
        """Whether this is what an edit comes to, from a start."""
        return self.start is start and (self.edit, self.week) == (edit, week)


@dataclass(frozen=True)
class EditNote:
    """What is told of an edit on the card of a group, for as long as the plan is the one that it made."""

    course: Course
    group: str
    told: tuple[Message, ...]
    breaks: bool


@dataclass
class ByHand(Follower):
    """Edits of the plan on the page, with all that came before.

    Attributes
    ----------
    history : History
    base : Handover or None
        What files said of changes before the first edit.
    earlier : list of Named
        Plans that were on the page before this one, the last one first.
    number : int
        Of the plans that runs made in this session.
    turn : int
        Counts what was done, so that fields start empty again.
    better : Course or None
        What a run came to that improves the groups around the edits, until the coordinator decides.
    prepared : Prepared or None
        The edit that somebody chose and has not done yet.
    saved : tuple of PlanListing or None
        The plan that the history starts with as it is saved, and those before it; None until that is asked.
    notes : tuple of EditNote
        What was told on cards, of the plan of now and of the one before.
    before_in_words : Message or None
        What the edits of an earlier visit came to, where there are any to undo.
    gone : frozenset of str
        Ids of who was marked as stopped, and then taken out of the course again by going back.
    """

    history: History
    base: Handover | None = None
    earlier: list[Named] = field(default_factory=list)
    number: int = 1
    turn: int = 0
    failure: Exception | None = None
    better: Course | None = None
    prepared: Prepared | None = None
    saved: tuple[PlanListing, ...] | None = None
    notes: tuple[EditNote, ...] = ()
    before_in_words: Message | None = None
    gone: frozenset[str] = frozenset()

    def show(self, session: Session, history: History) -> None:
        """Let the plan of a history be the one on the page.

        Raises
        ------
        InputError
            Where the groups may not be changed here.
        """
        saving.allow_change(session)
        if session.course is not None and _is_of_others(session.course, history.now):
            session.require_list()
        self.history, self.better, self.failure = history, None, None
        self.turn += 1
        before = session.course
        session.change_by_hand(history.now, handed_over(self.base, history))
        if before is not None:
            self.gone = _follow_people(session, before, history.now, self.gone)

    def do(self, session: Session, edit: Edit, week: int | None = None) -> None:
        """Make an edit.

        Raises
        ------
        InputError
            Where it cannot be made.
        """
        self.gone = frozenset()
        self.show(session, self._comes_to(edit, week).done)

    # The way back and forth

    def look_back(self, session: Session) -> None:
        """Ask once what is saved of the plan that the history starts with; it is, by the time it is seen."""
        fresh = not self.history.done and not self.history.undone
        kept = session.kept
        if self.saved is None and fresh and kept.id and kept.course is self.history.now and not kept.stale:
            with suppress(InputError):  # told on top of the page
                plans = saving.repository().plans(kept.id)
                self.saved = tuple(one for one in plans if one.number not in kept.damaged)
                self._pass_over(session)

    def _pass_over(self, session: Session) -> None:
        """Leave out edits that were undone again, and know in words what the ones before came to."""
        self.before_in_words = None
        place = 0
        while (edits := self.edited_before) is not None and place < MOST_SITTINGS:
            assert self.saved is not None  # noqa: S101 - the edits are one of them
            place += 1
            if place >= len(self.saved) or self.saved[place - 1].how != "edited":
                return
            before = saving.repository().plan(session.kept.id, self.saved[place].number).course
            if _same_groups(before, self.history.start):
                self.saved, place = self.saved[place:], 0
            elif place == 1:
                told = edits_between(before, self.history.start)
                self.before_in_words = edited_on(edits.made, told)
        if self.edited_before is None:
            self.before_in_words = None

    @property
    def edited_before(self) -> PlanListing | None:
        """The edits of an earlier visit that made the plan that the history starts with."""
        plans = self.saved or ()
        return plans[0] if len(plans) > 1 and plans[0].how == "edited" else None

    def undo(self, session: Session) -> EditStep | None:
        """Undo the last edit, or the edits of an earlier visit; return what was undone.

        Raises
        ------
        InputError
            Where what is saved of the plan before cannot be read.
        """
        while not self.history.done:
            edits = self.edited_before
            if edits is None:
                return None
            self._begin_before(session, edits)
        undone = self.history.done[-1]
        self.show(session, self.history.undo())
        return undone

    def _begin_before(self, session: Session, edits: PlanListing) -> None:
        """Let the history start with the plan before some edits, unless they came to nothing."""
        assert self.saved is not None  # noqa: S101 - the edits are one of them
        before, start = saving.repository().plan(session.kept.id, self.saved[1].number), self.history.start
        self.saved = self.saved[1:]
        if _same_groups(before.course, start):
            return
        told = edits_between(before.course, start)
        self.history = self.history.begun_before(before.course, SavedEdits(edits.made, self.base, told))
        self.base, self.before_in_words = before.handover, None
        self._pass_over(session)

    def redo(self, session: Session) -> EditStep | None:
        """Do again what was undone last; return what it was."""
        if not self.history.undone:
            return None
        again = self.history.undone[-1]
        self.show(session, self.history.redo())
        return again

    def tell(self, group: str, told: tuple[Message, ...], *, breaks: bool) -> None:
        """Have something told of the last edit on the card of a group, a sentence each."""
        self.notes = (*self.notes[-1:], EditNote(self.history.now, group, told, breaks))

    def prepare(self, edit: Edit, week: int) -> None:
        """Work out what an edit comes to before somebody does it, while they read what it would change."""
        with suppress(InputError):  # told beside the choice
            self.prepared = self._comes_to(edit, week)

    def _comes_to(self, edit: Edit, week: int | None) -> Prepared:
        ready = self.prepared
        if ready is not None and ready.answers(self.history, edit, week):
            return ready
        return Prepared(self.history, edit, week, self.history.do(edit, week))

    def follow(self, session: Session, course: Course) -> None:
        """Start afresh where the plan on the page is another than the one that was edited."""
        if self.history.now is course:
            return
        same = same_class(self.history.now.roster, course.roster)
        self.earlier = [*self.versions(whole=True), *self.earlier] if same else []
        self.number = self.number + 1 if same else 1
        self.history, self.base = History(course), session.handover
        self.better, self.failure, self.turn = None, None, self.turn + 1
        self.saved, self.notes, self.before_in_words = None, (), None
        self.leave_run()

    def versions(self, *, whole: bool = False) -> list[Named]:
        """Return the versions of this plan, the last one first; only with `whole` the one of now as well."""
        start = Named(_called(self.number), self.history.start)
        steps = [
            Named(
                message(
                    "Plan {number}, step {step}: {edit}",
                    number=self.number,
                    step=place,
                    edit=words(step, self),
                ),
                step.course,
            )
            for place, step in enumerate(self.history.done, start=1)
        ]
        every = [*reversed(steps), start]
        return every if whole else every[1:]

    # Better groups around what was done by hand

    def asked(self, most: int) -> ReplanRequest:
        """Return what a run is asked that improves the groups around the edits."""
        course = self.history.now
        earlier, options = around(course, self.history.placed, most)
        return ReplanRequest(course.rules, course.roster, earlier, options, {})

    def begin(self, job: JobHandle[Plan], asked: ReplanRequest) -> Run:
        """Follow a job that has just been started."""
        self.run, self.failure, self.better = Run(job, asked), None, None
        return self.run

    def collect(self) -> None:
        """Take the result of a run that is done."""
        run = self.finished()
        if run is None:
            return
        ended = run.end()
        if isinstance(ended, Exception):
            self.failure = ended
        else:
            self.better = improved(self.history.now, ended)


def _is_of_others(course: Course, other: Course) -> bool:
    """Whether somebody is in one of two courses only."""
    return course.roster.by_id.keys() != other.roster.by_id.keys()


def _follow_people(session: Session, before: Course, now: Course, gone: frozenset[str]) -> frozenset[str]:
    """Let the class list on the page have whom an edit brought into the course, or took out of it again.

    Whoever of `gone` comes back is marked as stopped again; return who of those taken out was so.
    """
    was, here, listed = before.roster.by_id, now.roster.by_id, session.roster
    if not _is_of_others(before, now) or listed is None:
        return gone
    session.planned_for = (now.rules, now.roster)
    staying = tuple(one for one in listed.students if one.id in here or one.id not in was)
    new = (
        one
        for one in now.roster.students
        if one.id not in was and one.id not in listed.by_id and one.id not in gone
    )
    marked = (was.keys() - here.keys()) & session.stopped
    bring_roster(session, Roster(students=(*staying, *new), columns=listed.columns), gone & here.keys())
    return (gone | marked) - here.keys()


def words(step: EditStep, hand: ByHand) -> Message:
    """Return a step in a few words; one without an edit is a run that improved the rest, or a visit."""
    if step.saved is not None:
        return edited_on(step.saved.made, step.saved.told)
    if step.edit is None:
        return message("the rest improved around it")
    return describe_edit(step.edit, hand.history.now.roster.shown_names)


def edited_on(made: datetime, told: tuple[Message, ...] = ()) -> Message:
    """Return what the edits of an earlier visit are called: by what came of them, where that is little."""
    if told:
        return message("{edits}", edits=told)
    return message("the edits of {time}", time=day_and_time(made))


def _same_groups(course: Course, other: Course) -> bool:
    """Whether two plans of a course are one to whoever looks at them."""
    one, two = course.plan, other.plan
    return (one.blocks, one.turns, course.locks, course.roster.by_id.keys()) == (
        two.blocks,
        two.turns,
        other.locks,
        other.roster.by_id.keys(),
    )


def note_on(course: Course, group: str) -> EditNote | None:
    """Return what is told of the edit that made a plan, on the card of a group."""
    kept: ByHand | None = st.session_state.get(KEY)
    notes = () if kept is None else kept.notes
    return next((note for note in notes if note.course is course and note.group == group), None)


def _called(number: int) -> Message:
    return message("Plan {number} as it was made", number=number)


def by_hand(session: Session, course: Course) -> ByHand:
    """Return what was done by hand to the plan on the page."""
    kept: ByHand | None = st.session_state.get(KEY)
    if kept is None:
        kept = ByHand(History(course), session.handover)
        st.session_state[KEY] = kept
    kept.follow(session, course)
    return kept
