"""A rerun on the page: the plan before, the new class list, what is asked and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from planner.infeasibility.infeasible_replan import Remedy
from planner.jobs.pool import Job
from planner.model.domain import Plan, Roster
from planner.model.replan_options import ReplanOptions
from planner.model.text import Language
from planner.replanning.better import fewer_asked
from planner.replanning.choices import Choice, worth
from planner.replanning.previous_assignment import without_leavers
from planner.replanning.renaming import with_old_ids
from planner.rules import Rules
from planner.services.replan import ListComparison, ReplanRequest, ReplanResult
from planner.ui.session.replan_alternatives import Tries
from planner.ui.session.replan_conflict_state import Obstacle
from planner.ui.session.replan_rules import likely_rules
from planner.ui.session.replan_start import ReplanStart
from planner.ui.session.run import Run

_ids = count(1)


@dataclass
class ReplanSession(ReplanStart):
    """Everything between a new class list and the groups that follow from it.

    Attributes
    ----------
    tried : list of ReplanResult
        Plans that differ in the extra moves only, the fewest first.
    kept : bool
        Whether the last run came to less than a plan that was tried before, which then stays.
    done : str
        ``"accepted"`` or ``"left"`` once the coordinator has decided.
    settled : tuple
        Class list and rules on their pages when that was; where they change, there is more to do.
    """

    extra_moves: int = 0
    topped_up: tuple[str, ...] = ()
    dissolved: tuple[str, ...] = ()
    merged: tuple[tuple[str, str], ...] = ()
    run: Run | None = None
    running: ReplanRequest | None = None
    failure: Exception | None = None
    obstacle: Obstacle = field(default_factory=Obstacle)
    tried: list[ReplanResult] = field(default_factory=list)
    tries: Tries | None = None
    chosen: int = 0
    rounds: int = 0  # reruns that came to a plan
    wanted: bool = False  # the button was pressed, and nothing is started yet
    just_made: bool = False
    kept: bool = False
    done: str = ""
    settled: tuple[Roster | None, Rules | None] = (None, None)
    id: int = field(default_factory=lambda: next(_ids))
    _compared: ListComparison | None = None
    _compared_for: int = 1  # first week of the block that it starts from

    def forget_results(self) -> None:
        """End what is under way, and forget what was tried."""
        self.leave()
        self.failure, self.tried, self.tries, self.chosen, self.kept = None, [], None, 0, False
        if self._compared is not None:  # what is locked is known by the ids of then again
            then = self._compared.changes.old_id
            self.locked = tuple(then.get(student, student) for student in self.locked)
        self._compared = None

    # What is asked

    def compare(self, language: Language) -> ListComparison | None:
        """Hold the new class list against the previous plan; done anew only when something changed."""
        roster, previous = self.roster, self.previous
        if roster is None or previous is None or previous.failed:
            return None
        if self.rules is None:
            self.rules = likely_rules(previous, roster, language)
        kept = self._compared
        if kept is None or not self._is_of(kept, self.rules, roster):
            self._compared = ListComparison.of(previous, self.rules, roster, self.from_week)
            self._compared_for = self._block()
            if kept is None:
                new_id = {same.old_id: same.new_id for same in self._compared.changes.same}
                self.locked = tuple(new_id.get(student, student) for student in self.locked)
        return self._compared

    def _is_of(self, compared: ListComparison, rules: Rules, roster: Roster) -> bool:
        same_block = self._compared_for == self._block()
        return same_block and compared.roster is roster and compared.given is rules

    def _block(self) -> int:
        course = None if self.previous is None else self.previous.course
        return 1 if course is None else course.plan.block_of(self.from_week).from_week

    def asked(self, compared: ListComparison) -> ReplanRequest:
        """Return what is asked now."""
        here = {group.name for group in compared.previous.groups}
        return compared.ask(
            ReplanOptions(
                from_week=self.from_week,
                extra_moves=self.extra_moves,
                closed=frozenset(self.closed) & here,
                locked=frozenset(self.locked).intersection(compared.changes.home),
                topped_up=frozenset(self.topped_up) & here,
                dissolved=frozenset(self.dissolved) & here,
                merged=tuple(pair for pair in self.merged if here.issuperset(pair)),
            )
        )

    def switch(self, kindness: str, *, on: bool) -> None:
        """Switch on or off what a rerun is kind to, in the rules."""
        if self.rules is not None:
            kinder = self.rules.rerun.model_copy(update={kindness: on})
            self.rules = self.rules.model_copy(update={"rerun": kinder})

    def choose(self, choice: Choice) -> None:
        """Ask for what a choice says; what was asked of its groups before counts no more."""
        options = choice.added_to(
            ReplanOptions(
                closed=frozenset(self.closed),
                topped_up=frozenset(self.topped_up),
                dissolved=frozenset(self.dissolved),
                merged=self.merged,
            )
        )
        self.closed, self.merged = tuple(sorted(options.closed)), options.merged
        self.topped_up, self.dissolved = tuple(sorted(options.topped_up)), tuple(sorted(options.dissolved))

    def take_way(self, way: Remedy) -> None:
        """Ask for a little less, as a way out says."""
        asked, kept = self.running, self._compared
        if asked is None or kept is None:
            return
        if way.rules != without_leavers(asked.rules, asked.roster, asked.earlier):
            self.rules = with_old_ids(way.rules, kept.changes)
        options = way.options
        self.closed, self.locked = tuple(sorted(options.closed)), tuple(sorted(options.locked))
        self.topped_up, self.dissolved = tuple(sorted(options.topped_up)), tuple(sorted(options.dissolved))
        self.merged = options.merged

    # Runs and what comes of them

    def begin(self, job: Job[Plan], asked: ReplanRequest) -> Run:
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
            made, self.kept = self._best(ReplanResult.of(asked, ended))
            self._keep(made)
            self.tries = Tries(made)

    def _best(self, made: ReplanResult) -> tuple[ReplanResult, bool]:
        """Return a plan, or one that was tried before where that was asked the same and came to more."""
        for one in self.tried:
            if one.asked == made.asked and fewer_asked(one.course.plan, made.course.plan):
                return one, True
        return made, False

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

    def _keep(self, made: ReplanResult) -> None:
        extra = made.asked.options.extra_moves
        others = [
            one
            for one in self.tried
            if one.asked.but_for_moves(made.asked) and one.asked.options.extra_moves != extra
        ]
        self.tried = sorted([*others, made], key=lambda one: one.asked.options.extra_moves)
        place = self.tried.index(made)
        self.chosen = max(point for point in self.points if point <= place)
        self.rounds += 1

    @property
    def points(self) -> tuple[int, ...]:
        """Places among what was tried that bring something: each costs less than those with fewer moves."""
        return worth([one.course.plan.outcome.cost for one in self.tried])

    @property
    def made(self) -> ReplanResult | None:
        """The plan that is looked at."""
        return self.tried[self.chosen] if self.tried else None

    def outdated(self, asked: ReplanRequest | None) -> bool:
        """Whether something else is asked now than what any plan was made for."""
        return bool(self.tried) and all(one.asked != asked for one in self.tried)

    def accepted(self, made: ReplanResult) -> None:
        """Note that the new plan is the one on the page from now on."""
        self.base, self.done = made.course, "accepted"
