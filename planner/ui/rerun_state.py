"""A rerun on the page: the plan before, the new class list, what is asked and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

from planner.changes import compare
from planner.choices import Choice, worth
from planner.course import Course
from planner.domain import ColumnKind, Plan
from planner.jobs import Job
from planner.previous import Previous, previous_from_course, previous_of
from planner.problems import InputError, Problem
from planner.reader import READERS
from planner.renaming import with_new_ids, with_old_ids
from planner.repair import earlier_of, without_leavers
from planner.rosters import Edits, SourceFile
from planner.rules import Rules, read_rules
from planner.standstill import WayOut
from planner.term import previous_at
from planner.text import Language
from planner.ui.listed import Listed
from planner.ui.obstacle import Obstacle
from planner.ui.rerun_made import Asked, Compared, Made
from planner.ui.rerun_rules import fit_of, likely_rules
from planner.ui.rerun_tries import Tries
from planner.ui.run import Run
from planner.wishes import Wishes

_ids = count(1)


@dataclass
class Rerun(Listed):
    """Everything between a new class list and the groups that follow from it.

    Attributes
    ----------
    base : Course or None
        The plan on the page that this starts from; None where it came from a file.
    tried : list of Made
        Plans that differ in the extra moves only, the fewest first.
    done : str
        ``"accepted"`` or ``"left"`` once the coordinator has decided.
    """

    base: Course | None = None
    previous: Previous | None = None
    previous_file: str | None = None
    rules: Rules | None = None
    rules_problems: tuple[Problem, ...] = ()
    from_week: int = 1
    extra_moves: int = 0
    closed: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    topped_up: tuple[str, ...] = ()
    dissolved: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    run: Run | None = None
    running: Asked | None = None
    failure: Exception | None = None
    obstacle: Obstacle = field(default_factory=Obstacle)
    tried: list[Made] = field(default_factory=list)
    tries: Tries | None = None
    chosen: int = 0
    rounds: int = 0  # reruns that came to a plan
    wanted: bool = False  # the button was pressed, and nothing is started yet
    just_made: bool = False
    done: str = ""
    id: int = field(default_factory=lambda: next(_ids))
    _compared: Compared | None = None

    # Where it starts

    def outlived(self, course: Course | None) -> bool:
        """Whether it started from a plan that is not the one on the page any more."""
        return self.base is not None and self.base is not course

    def start_from(self, course: Course, kinds: Mapping[str, ColumnKind], survey: SourceFile | None) -> None:
        """Start from the plan on the page; the survey of then counts until there is another."""
        self.base, self.survey = course, survey
        self._begin_with(previous_from_course(course))
        self.kinds.update(kinds)

    def take_previous(self, file: SourceFile | None) -> None:
        """Start from a plan.json or a list of groups; None goes back to the plan on the page."""
        self._forget_results()
        self.base, self.previous, self.previous_file, self.rules = None, None, None, None
        self.reading, self.survey = None, None
        if file is None:
            return
        self.previous_file = file.name
        self._begin_with(_previous(file))

    def _begin_with(self, previous: Previous) -> None:
        self.previous = previous
        course = previous.course
        self.rules = None if course is None else course.rules
        self.from_week = 1 if course is None else course.plan.from_week
        # What was locked by hand stays, unless the coordinator says otherwise.
        names = {group.name for group in previous.groups}
        self.locked = () if course is None else course.locks.students
        self.closed = () if course is None else tuple(g for g in course.locks.groups if g in names)
        # A column means what it meant when the plan was made.
        self.kinds = {} if course is None else {c.heading: c.kind for c in course.roster.columns}

    def take(self, file: SourceFile | None) -> None:
        """Look at a new class list; the plan and the list of before stay as they are."""
        self.class_list, self.reading, self.sheet, self.heading_row = file, None, None, None
        self.edits = Edits()
        self._forget_results()

    def take_rules(self, file: SourceFile | None) -> None:
        """Use a rules file, or none; where it cannot be used nothing changes."""
        self.rules_problems = ()
        if file is None:
            course = None if self.previous is None else self.previous.course
            self.rules = None if course is None else course.rules
            return
        try:
            self.rules = READERS.read(read_rules, file.content, file.name, file=file.name)
        except InputError as error:
            self.rules_problems = error.problems

    def has_read(self) -> None:
        """Forget what was made of other students."""
        self._forget_results()

    def _forget_results(self) -> None:
        self.leave()
        self.failure, self.tried, self.tries, self.chosen = None, [], None, 0
        self._compared = None

    # What is asked

    def compare(self, language: Language) -> Compared | None:
        """Hold the new class list against the previous plan; done anew only when either changed."""
        roster, previous = self.roster, self.previous
        if roster is None or previous is None or previous.failed:
            return None
        if self.rules is None:
            self.rules = likely_rules(previous, roster, language)
        kept = self._compared
        if kept is None or kept.roster is not roster or kept.given is not self.rules:
            changes = compare(previous, roster, self.rules.headings())
            rules = with_new_ids(self.rules, changes)
            new_id = {same.old_id: same.new_id for same in changes.same}
            self.locked = tuple(new_id.get(student, student) for student in self.locked)
            fit = fit_of(rules, roster, previous, changes)
            self._compared = Compared(rules, self.rules, roster, changes, fit)
        return self._compared

    def asked(self, compared: Compared) -> Asked:
        """Return what is asked now."""
        assert self.previous is not None  # noqa: S101 - there is a comparison, so there is a plan
        previous, changes = previous_at(self.previous, self.from_week), compared.changes
        here = {group.name for group in previous.groups}
        return Asked(
            rules=compared.rules,
            roster=compared.roster,
            earlier=earlier_of(previous.groups, previous.turns, previous.course, changes),
            wishes=Wishes(
                from_week=self.from_week,
                extra_moves=self.extra_moves,
                closed=frozenset(self.closed) & here,
                locked=frozenset(self.locked).intersection(changes.home),
                topped_up=frozenset(self.topped_up) & here,
                dissolved=frozenset(self.dissolved) & here,
                merged=tuple(pair for pair in self.merged if here.issuperset(pair)),
            ),
            left={old: previous.names.get(old, old) for old in changes.left},
        )

    def switch(self, kindness: str, *, on: bool) -> None:
        """Switch on or off what a rerun is kind to, in the rules."""
        if self.rules is not None:
            kinder = self.rules.rerun.model_copy(update={kindness: on})
            self.rules = self.rules.model_copy(update={"rerun": kinder})

    def choose(self, choice: Choice) -> None:
        """Ask for what a choice says; what was asked of its groups before counts no more."""
        wishes = choice.added_to(
            Wishes(
                closed=frozenset(self.closed),
                topped_up=frozenset(self.topped_up),
                dissolved=frozenset(self.dissolved),
                merged=self.merged,
            )
        )
        self.closed, self.merged = tuple(sorted(wishes.closed)), wishes.merged
        self.topped_up, self.dissolved = tuple(sorted(wishes.topped_up)), tuple(sorted(wishes.dissolved))

    def take_way(self, way: WayOut) -> None:
        """Ask for a little less, as a way out says."""
        asked, kept = self.running, self._compared
        if asked is None or kept is None:
            return
        if way.rules != without_leavers(asked.rules, asked.roster, asked.earlier):
            self.rules = with_old_ids(way.rules, kept.changes)
        wishes = way.wishes
        self.closed, self.locked = tuple(sorted(wishes.closed)), tuple(sorted(wishes.locked))
        self.topped_up, self.dissolved = tuple(sorted(wishes.topped_up)), tuple(sorted(wishes.dissolved))
        self.merged = wishes.merged

    # Runs and what comes of them

    def begin(self, job: Job[Plan], asked: Asked) -> Run:
        """Follow a job that has just been started; what was tried beside the last plan is over."""
        self._leave_tries()
        self.obstacle.leave()
        self.run, self.running, self.failure = Run(job, asked.roster, asked.rules), asked, None
        return self.run

    def leave(self) -> None:
        """End the run, if there is one, and what is tried beside it."""
        self._leave_tries()
        self.obstacle.leave()
        if self.run is not None:
            self.run.leave()
            self.run = None

    def _leave_tries(self) -> None:
        if self.tries is not None:
            self.tries.leave()

    def collect(self) -> None:
        """Take the result of a run that is done."""
        run, asked = self.run, self.running
        if run is None or asked is None or not run.job.done():
            return
        self.run, self.just_made = None, True
        ended = run.end()
        if isinstance(ended, Exception):
            self.failure = ended
        else:
            made = Made.of(asked, ended)
            self._keep(made)
            self.tries = Tries(made)

    def collect_try(self) -> bool:
        """Take what came of a try; return whether one was done. A better point of the curve can be chosen."""
        if self.tries is None or self.tries.run is None or not self.tries.run.job.done():
            return False
        point = self.tries.collect()
        if point is not None:
            chosen = self.made
            self._keep(point)
            self.chosen = self.tried.index(chosen) if chosen in self.tried else self.chosen
        return True

    def _keep(self, made: Made) -> None:
        extra = made.asked.wishes.extra_moves
        others = [
            one
            for one in self.tried
            if one.asked.but_for_moves(made.asked) and one.asked.wishes.extra_moves != extra
        ]
        self.tried = sorted([*others, made], key=lambda one: one.asked.wishes.extra_moves)
        place = self.tried.index(made)
        self.chosen = max(point for point in self.points if point <= place)
        self.rounds += 1

    @property
    def points(self) -> tuple[int, ...]:
        """Places among what was tried that bring something: each costs less than those with fewer moves."""
        return worth([one.course.plan.outcome.cost for one in self.tried])

    @property
    def made(self) -> Made | None:
        """The plan that is looked at."""
        return self.tried[self.chosen] if self.tried else None

    def outdated(self, asked: Asked | None) -> bool:
        """Whether something else is asked now than what any plan was made for."""
        return bool(self.tried) and all(one.asked != asked for one in self.tried)

    def accepted(self, made: Made) -> None:
        """Note that the new plan is the one on the page from now on."""
        self.base, self.done = made.course, "accepted"


def _previous(file: SourceFile) -> Previous:
    try:
        return READERS.read(previous_of, file, file=file.name)
    except InputError as error:
        return Previous(problems=error.problems)
