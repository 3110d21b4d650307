"""A rerun on the page: the plan before, the new class list, what is asked and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from planner.infeasibility.infeasible_replan import Remedy
from planner.jobs.job import Job
from planner.model.domain import Plan, Roster
from planner.model.text import Language, Message
from planner.plans.previous import Previous
from planner.replanning.previous_assignment import without_leavers
from planner.replanning.renaming import with_old_ids
from planner.rules import Rules
from planner.services.compare_lists import ListComparison
from planner.services.replan import ReplanRequest, ReplanResult
from planner.store import Choices
from planner.ui.session.beside_plan import BesidePlan, choose
from planner.ui.session.replan_conflict_state import Obstacle
from planner.ui.session.replan_plans import ReplanPlans
from planner.ui.session.replan_rules import likely_rules
from planner.ui.session.replan_start import ReplanStart
from planner.ui.session.run import Follower, Run

_ids = count(1)


@dataclass
class ReplanSession(Follower, ReplanStart):
    """Everything between a new class list and the groups that follow from it.

    Attributes
    ----------
    running : ReplanRequest or None
        What the run under way, or the last one, was asked.
    failure : Exception or None
        Why the last run came to nothing.
    plans : ReplanPlans
        What runs came to.
    exchanged : tuple of (str, str) or None
        Who stays and who moves instead, where that is what the run is about.
    wanted : bool
        The button was pressed, and nothing is started yet.
    quiet : bool
        The run was not asked for with a button: nobody is taken to what comes of it.
    done : str
        ``"accepted"`` or ``"left"`` once the coordinator has decided.
    settled : tuple
        Class list and rules on their pages when that was; where they change, there is more to do.
    beside : BesidePlan or None
        What is known of the page beside the plan that this starts from: it is not found a second time.
    """

    running: ReplanRequest | None = None
    failure: Exception | None = None
    obstacle: Obstacle = field(default_factory=Obstacle)
    plans: ReplanPlans = field(default_factory=ReplanPlans)
    exchanged: tuple[str, str] | None = None
    wanted: bool = False
    quiet: bool = False
    just_made: bool = False
    done: str = ""
    settled: tuple[Roster | None, Rules | None] = (None, None)
    id: int = field(default_factory=lambda: next(_ids))
    beside: BesidePlan | None = None
    _compared: ListComparison | None = None
    _compared_for: int = 1  # the week
    _compared_with: frozenset[str] = frozenset()  # who stopped

    def forget_results(self) -> None:
        """End what is under way, and forget what was tried."""
        self.leave()
        self.failure = None
        self.plans.forget()
        if self._compared is not None:  # what is locked is known by the ids of then again
            self.options.rename_locked(self._compared.changes.old_id)
        self._compared = None

    # What is asked

    @property
    def ids_then(self) -> Mapping[str, str]:
        """The ids of then, by those of now that students are asked for with, where they are others."""
        return {} if self._compared is None else self._compared.changes.old_id

    def choose(self, choices: Choices) -> None:
        """Ask for what was chosen, in fields that start from it."""
        if self.base is None:
            return
        choose(self.options, choices, self.base)
        if self._compared is not None:
            ids = {same.old_id: same.new_id for same in self._compared.changes.same}
            self.options.rename_locked(ids)
        self.id = next(_ids)

    def compare(self, language: Language) -> ListComparison | None:
        """Hold the new class list against the previous plan; done anew only when something changed."""
        roster, previous = self.roster, self.previous
        if roster is None or previous is None or previous.failed:
            return None
        if self.rules is None:
            self.rules = likely_rules(previous, roster, language)
        kept = self._compared
        if kept is None or not self._is_of(kept, self.rules, roster):
            week = self.options.from_week
            self._compared = self._unfitted(previous, self.rules, roster, week).fitted(week)
            self._compared_with = self.stopped
            self._compared_for = self.options.from_week
            if kept is None:
                self.options.rename_locked({same.old_id: same.new_id for same in self._compared.changes.same})
        return self._compared

    def _unfitted(self, previous: Previous, rules: Rules, roster: Roster, week: int) -> ListComparison:
        """Hold the list against the plan, or take what was found of the page where it is about that."""
        if self.beside is not None and self.base is not None and rules == self.page_rules:
            look = self.beside.known if self.unfinished else self.beside.compare
            found = look(self.base, roster, rules, week, self.stopped)
            if found is not None:
                return replace(found, given=rules)
        return ListComparison.unfitted(previous, rules, roster, week, self.stopped)

    def _is_of(self, compared: ListComparison, rules: Rules, roster: Roster) -> bool:
        same = self._compared_for == self.options.from_week and self._compared_with == self.stopped
        return same and compared.listed is roster and compared.given is rules

    def asked(self, compared: ListComparison) -> ReplanRequest:
        """Return what is asked now."""
        groups = {group.name for group in compared.previous.groups}
        return compared.ask(self.options.asked(groups, compared.changes.home))

    def switch(self, kindness: str, *, on: bool) -> None:
        """Switch on or off what a rerun is kind to, in the rules."""
        if self.rules is not None:
            kinder = self.rules.rerun.model_copy(update={kindness: on})
            self.rules = self.rules.model_copy(update={"rerun": kinder})

    def take_way(self, way: Remedy) -> None:
        """Ask for a little less, as a way out says."""
        asked, kept = self.running, self._compared
        if asked is None or kept is None:
            return
        if way.rules != without_leavers(asked.rules, asked.roster, asked.earlier):
            self.rules = with_old_ids(way.rules, kept.changes)
        self.options.take(way.options)

    def clash(self, rules: Rules) -> tuple[Message, ...]:
        """Return which of the rules on their page are known to be in each other's way in a rerun."""
        found, same = self.obstacle.found, self.base is not None and self.page_rules == rules
        return found.conflict.rules if same and found is not None and found.conflict is not None else ()

    # Runs and what comes of them

    def begin(self, job: Job[Plan], asked: ReplanRequest) -> Run:
        """Follow a job that has just been started; what was tried beside the last plan is over."""
        self.plans.leave_tries()
        self.obstacle.leave()
        self.run, self.running, self.failure = Run(job, asked), asked, None
        self.exchanged, self.quiet = None, False
        return self.run

    def leave(self) -> None:
        """End the run, if there is one, and what is tried beside it."""
        self.plans.leave_tries()
        self.obstacle.leave()
        self.leave_run()

    def collect(self) -> None:
        """Take the result of a run that is done."""
        run, asked = self.finished(), self.running
        if run is None or asked is None:
            return
        self.just_made = not self.quiet
        ended = run.end()
        if isinstance(ended, Exception):
            self.failure = ended
        elif self.exchanged is not None:
            self.plans.exchange(asked, ended, self.exchanged)
        else:
            self.plans.add(asked, ended)

    @property
    def made(self) -> ReplanResult | None:
        """The plan that is looked at."""
        return self.plans.made

    def accepted(self, made: ReplanResult) -> None:
        """Note that the new plan is the one on the page from now on."""
        self.base, self.done = made.course, "accepted"
