"""A plan in the making: the job, how far it is, and how it ended."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from planner.engines.common.watch import Progress
from planner.jobs.job import JobHandle, JobLost
from planner.model.domain import Plan, Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import Message, message
from planner.plans.course import Course, only_used
from planner.rules import Rules
from planner.store import Added

log = logging.getLogger(__name__)


class About(Protocol):
    """A request, as far as it says what it is about."""

    @property
    def rules(self) -> Rules: ...  # noqa: D102
    @property
    def roster(self) -> Roster: ...  # noqa: D102


@dataclass(eq=False)
class Run:
    """A plan in the making: the job, and what it was asked."""

    job: JobHandle[Any]
    request: About
    started: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)
    wanted: bool = True  # whether somebody still waits for the result
    history: list[Progress] = field(default_factory=list)
    course_id: str = ""  # the saved course that the plan is for
    keeper: Callable[[Course], Added] | None = None  # saves the plan
    added: Added | None = None  # once it has
    course: Course | None = None  # with the plan, once somebody asked for it
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rules(self) -> Rules:
        """The rules that it was asked to hold."""
        return self.request.rules

    @property
    def roster(self) -> Roster:
        """The class list that it is of."""
        return self.request.roster

    @property
    def seconds(self) -> float:
        """Seconds since the button was pressed."""
        return time.monotonic() - self.started

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end."""
        return self.job.stopped_at is not None

    def look(self) -> Progress:
        """Return where the run is, and remember it."""
        self.seen = time.monotonic()
        now = self.job.progress()
        if not self.history or now.seconds > self.history[-1].seconds:
            self.history.append(now)
        return now

    def standing(self, otherwise: Message) -> Message:
        """Return the place in line of a run that waits for its turn, else what it does."""
        place = self.job.place()
        return message("You are number {place} in the queue", place=place) if place else otherwise

    def leave(self) -> None:
        """End it; nobody waits for the result any more."""
        self.job.stop()
        self.wanted = False

    def end(self, *, wanted: bool = False) -> Plan | Exception:
        """Return the plan of a run that is done, or why there is none; while wanted, it is kept."""
        self.wanted = wanted
        try:
            made: Plan = self.job.result()
            return made
        except Exception as error:
            if not isinstance(error, NoPlan | InputError | JobLost):
                log.exception("A run went wrong")
            return error

    def course_of(self, plan: Plan) -> Course:
        """Return the course with the plan of this run, the same one each time."""
        if self.course is None:
            self.course = Course(roster=only_used(self.roster, self.rules), rules=self.rules, plan=plan)
        return self.course

    def save(self) -> Added | None:
        """Save the plan of a run that is done, once: a page or the reaper, whoever comes first.

        Raises
        ------
        NotSaved
            Where it cannot be saved now.
        """
        with self._lock:
            if self.added is None and self.keeper is not None and self.job.done():
                plan = self._plan()
                self.added = None if plan is None else self.keeper(self.course_of(plan))
            return self.added

    def _plan(self) -> Plan | None:
        try:
            made: Plan = self.job.result()
            return made
        except Exception:  # the page tells of it
            return None


@dataclass
class Follower:
    """Who follows a run of their own: it is left, or what came of it is taken, once.

    Attributes
    ----------
    run : Run or None
        Under way.
    """

    run: Run | None = field(default=None, kw_only=True)

    def finished(self) -> Run | None:
        """Return the run if it is done, and follow it no more."""
        run = self.run
        if run is None or not run.job.done():
            return None
        self.run = None
        return run

    def leave_run(self) -> None:
        """End the run, if there is one; nobody waits for it any more."""
        if self.run is not None:
            self.run.leave()
            self.run = None
