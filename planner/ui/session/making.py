"""Groups in the making: how far to look, the run under way, and groups that wait for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from planner.jobs.job import Job
from planner.model.domain import Group, Plan, Roster
from planner.model.text import Message, message
from planner.planning.efforts import Effort
from planner.plans.course import Course
from planner.rules import Rules
from planner.services.plan import PlanRequest
from planner.ui.session.groups_aside import Aside
from planner.ui.session.places import Place
from planner.ui.session.run import Follower, Run

GIVEN_UP = message(
    "The calculation of new groups was stopped, because it did not include this change. "
    "You can start it again."
)


@dataclass
class Making(Follower):
    """How groups are made from nothing.

    Attributes
    ----------
    effort : {"quick", "normal", "prove"}
    minutes : int
        That a run may take.
    asked_at, replan_at : Place or None
        The page on which groups were asked for that are not begun yet, and the one on which few moves were.
    failure : Exception or None
        Why the last run came to nothing.
    note : Message or None
        Why the last run changed nothing.
    looked : Course or None
        The plan for which a longer look was taken.
    aside : Aside or None
        Groups that were made anew, until the coordinator decides.
    """

    effort: Effort = "normal"
    minutes: int = 10
    asked_at: Place | None = None
    replan_at: Place | None = None
    failure: Exception | None = None
    note: Message | None = None
    looked: Course | None = None
    aside: Aside | None = None

    @property
    def seconds(self) -> float:
        """Seconds that a run may take."""
        return self.minutes * 60.0

    def request(self, rules: Rules, roster: Roster, start: tuple[Group, ...] = ()) -> PlanRequest:
        """Return what a first plan is asked, from groups that hold where there are some."""
        return PlanRequest(rules, roster, effort=self.effort, time_limit=self.seconds, start=start)

    def begin(self, job: Job[Plan], request: PlanRequest) -> Run:
        """Follow a job that has just been started."""
        self.leave_aside()
        self.run, self.failure, self.note = Run(job, request), None, None
        return self.run

    def leave_aside(self) -> None:
        """Stay with the groups in use."""
        if self.aside is not None:
            self.aside.run.wanted = False
        self.aside = None

    def forget(self) -> None:
        """Forget what is about another class list."""
        self.failure, self.aside, self.note = None, None, None
        self.give_up()

    def give_up(self) -> None:
        """End the run, if there is one, and say so: it is about groups or a class list of before."""
        if self.run is not None:
            self.leave_run()
            self.note = GIVEN_UP
