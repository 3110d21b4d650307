"""The workers that all coordinators on this server share; no plan is ever made in the page's own process."""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar
from uuid import uuid4

import streamlit as st

from planner.forecast.scenarios import ForecastRequest, Scenario
from planner.jobs.job import Job, JobHandle
from planner.jobs.pool import WorkerPool
from planner.jobs.reader import READERS
from planner.model.problems import InputError
from planner.services import running
from planner.services.forecast import start_forecast
from planner.services.plan import PlanRequest, explain_plan, plan
from planner.services.replan import ReplanRequest, ReplanResult, explain_replan, let_move, replan, try_replan
from planner.services.running import Request, Task, new_pool
from planner.store.errors import is_final
from planner.ui.session import saving, sign_in
from planner.ui.session.conflict_state import Inquiry
from planner.ui.session.edit_state import ByHand
from planner.ui.session.forecast_state import Outlook
from planner.ui.session.replan_state import ReplanSession
from planner.ui.session.run import Run
from planner.ui.session.state import Session
from planner.ui.session.workers import workers

T = TypeVar("T")

WHOSE = "hecht_whose"  # in the session
PATIENCE = 180.0  # seconds that a run goes on unseen; a browser lets a hidden page look once a minute
EASY = 3  # runs that pages can look at as often as they like
ROUND = 0.5  # seconds between two rounds of the reaper
_opened: list[JobManager] = []


@dataclass
class JobManager:
    """The workers, and the runs that they were given."""

    workers: WorkerPool = field(default_factory=new_pool)
    runs: set[Run] = field(default_factory=set)
    ending: threading.Event = field(default_factory=threading.Event)
    reaper: threading.Thread | None = None

    def open(self) -> None:
        """Have the runs looked after."""
        self.reaper = threading.Thread(target=_take_care, args=(self,), name="hecht-reaper", daemon=True)
        self.reaper.start()

    def close(self) -> None:
        """Stop what is under way, and wait until what it came to is saved."""
        self.ending.set()
        if self.reaper is not None:
            self.reaper.join()
        self.workers.close()

    def tidy(self, *, closing: bool) -> None:
        """Stop the runs that nobody looks at, or all when the server ends; clear away what is done."""
        for run in list(self.runs):
            if closing or time.monotonic() - run.seen > PATIENCE:
                run.wanted = False
                run.job.stop()
            if run.job.done() and not _saved(run):
                continue
            if not run.wanted and run.job.done():
                self.runs.discard(run)
                _clear_away(run.job)

    def run_for(self, course: str) -> Run | None:
        """Return the run for a saved course whose plan is still to be saved or shown."""
        runs = list(self.runs)  # other pages begin runs meanwhile
        return next(
            (run for run in runs if course and run.course_id == course and run.wanted and not run.added),
            None,
        )


@st.cache_resource(show_spinner=False)
def job_manager() -> JobManager:
    """Return the workers of this server."""
    made = JobManager(workers())
    made.open()
    _opened.append(made)
    return made


def close() -> None:
    """End all work: the server ends."""
    while _opened:
        _opened.pop().close()


def whose() -> str:
    """Return for whom this page asks for work: who signed in, else whoever has this page open."""
    named: str = sign_in.owner() or st.session_state.setdefault(WHOSE, uuid4().hex)
    return named


def pace(seconds: float) -> float:
    """Return after how many seconds a page looks again: less often where many runs are looked at."""
    return seconds * max(1.0, len(job_manager().runs) / EASY)


def _give(task: Task[T], request: Request) -> Job[T]:
    """Have a task done for whoever is on the page."""
    return running.start(job_manager().workers, task, request, owner=whose())


def start(session: Session, request: PlanRequest) -> None:
    """Start a run for a session, unless it has one."""
    if session.making.run is not None:
        return
    run = session.making.begin(_give(plan, request), request)
    saving.follow(session, run)
    job_manager().runs.add(run)


def start_again(rerun: ReplanSession, request: ReplanRequest) -> None:
    """Start a rerun, unless one is under way."""
    if rerun.run is None:
        job_manager().runs.add(rerun.begin(_give(replan, request), request))


def exchange(rerun: ReplanSession, made: ReplanResult, mover: str, volunteer: str) -> None:
    """Let a volunteer move instead of somebody else, in the plan of a rerun."""
    if rerun.run is None:
        task = partial(let_move, plan=made.course.plan, exchange=(mover, volunteer))
        request = replace(made.request, start=())
        job_manager().runs.add(rerun.begin(_give(task, request), request))
        rerun.exchanged = (mover, volunteer)


def improve(hand: ByHand, request: ReplanRequest) -> None:
    """Start making the groups better around what was done by hand, unless that is under way."""
    if hand.run is None:
        job_manager().runs.add(hand.begin(_give(replan, request), request))


def try_out(rerun: ReplanSession) -> None:
    """Start the next try beside a plan in hand, unless one is under way."""
    if rerun.plans.tries is None or rerun.plans.tries.run is not None:
        return

    def start(request: ReplanRequest, whole: bool) -> Run:
        run = Run(_give(replan if whole else try_replan, request), request)
        job_manager().runs.add(run)
        return run

    rerun.plans.tries.go_on(start)


def inquire(request: PlanRequest) -> Inquiry:
    """Start looking for what is in the way of a plan."""
    inquiry = Inquiry(_give(explain_plan, request), request)
    job_manager().runs.add(inquiry)
    return inquiry


def inquire_again(request: ReplanRequest) -> Inquiry:
    """Start looking for what is in the way of a rerun."""
    inquiry = Inquiry(_give(explain_replan, request), request)
    job_manager().runs.add(inquiry)
    return inquiry


def look_ahead(scenario: Scenario, request: ForecastRequest) -> Outlook:
    """Start a forecast."""
    here = job_manager()
    outlook = Outlook(start_forecast(here.workers, scenario, request, owner=whose()), scenario)
    here.runs.add(outlook)
    return outlook


def _clear_away(job: JobHandle[Any]) -> None:
    with contextlib.suppress(Exception):
        job.result()


def _saved(run: Run) -> bool:
    """Save the plan of a run that is done, seen or not; return whether no more is to be tried."""
    try:
        run.save()
    except InputError as error:
        return is_final(error) or time.monotonic() - run.seen > PATIENCE
    return True


def _take_care(here: JobManager) -> None:
    _settle_in()
    with contextlib.suppress(OSError):  # the first file that comes tries again
        READERS.get_ready()
    while not here.ending.wait(ROUND):
        here.tidy(closing=False)
    while here.runs:
        here.tidy(closing=True)
        time.sleep(ROUND / 10)


def _settle_in() -> None:
    """Load what the pages draw with, before they need it; and never again look whether it can be let go."""
    import altair
    import pandas

    _ = altair, pandas
    gc.freeze()
