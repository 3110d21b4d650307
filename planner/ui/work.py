"""The workers that all coordinators on this server share; no plan is ever made in the page's own process."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.runtime import RuntimeState

from planner.chances import Ask, Start
from planner.domain import Roster
from planner.jobs import Job, Work, Workers, conflict_task, plan_task, replan_task, start_forecast, try_task
from planner.problems import InputError
from planner.rules import Rules
from planner.ui import saving
from planner.ui.edit_state import ByHand
from planner.ui.forecast_state import Outlook
from planner.ui.ready import get_ready
from planner.ui.rerun_made import Asked
from planner.ui.rerun_state import Rerun
from planner.ui.run import Run
from planner.ui.state import Session
from planner.ui.why_state import Inquiry

SEED = 0  # the same class list and rules give the same plan
PATIENCE = 180.0  # seconds that a run goes on unseen; a browser lets a hidden page look once a minute
ROUND = 0.5  # seconds between two rounds of the caretaker


@dataclass
class Office:
    """The workers, and the runs that they were given."""

    workers: Workers = field(default_factory=Workers)
    runs: set[Run] = field(default_factory=set)
    getting_ready: Job[None] | None = None

    def open(self) -> None:
        """Let a worker compile before anybody waits for it, and have the runs looked after."""
        self.getting_ready = self.workers.start(get_ready)
        threading.Thread(target=_take_care, args=(self,), name="hecht-caretaker", daemon=True).start()

    def tidy(self, *, closing: bool) -> None:
        """Stop the runs that nobody looks at, or all when the server ends; clear away what is done."""
        if self.getting_ready is not None and self.getting_ready.done():
            _clear_away(self.getting_ready)
            self.getting_ready = None
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
        return next(
            (run for run in self.runs if course and run.course_id == course and run.wanted and not run.added),
            None,
        )


@st.cache_resource(show_spinner=False)
def office() -> Office:
    """Return the workers of this server."""
    made = Office()
    made.open()
    return made


def start(session: Session, rules: Rules, roster: Roster) -> None:
    """Start a run for a session, unless it has one."""
    if session.run is not None:
        return
    here, limit = office(), session.minutes * 60.0
    job = here.workers.start(plan_task, rules, roster, SEED, session.effort, limit, time_limit=limit)
    run = session.begin(job, rules, roster)
    saving.follow(session, run)
    here.runs.add(run)


def start_again(rerun: Rerun, asked: Asked, minutes: int) -> None:
    """Start a rerun, unless one is under way."""
    if rerun.run is not None:
        return
    here, limit = office(), minutes * 60.0
    job = here.workers.start(
        replan_task, asked.rules, asked.roster, asked.earlier, asked.wishes, SEED, limit, time_limit=limit
    )
    here.runs.add(rerun.begin(job, asked))


def improve(hand: ByHand, asked: Asked, minutes: int) -> None:
    """Start making the groups better around what was done by hand, unless that is under way."""
    if hand.run is not None:
        return
    here, limit = office(), minutes * 60.0
    job = here.workers.start(
        replan_task, asked.rules, asked.roster, asked.earlier, asked.wishes, SEED, limit, time_limit=limit
    )
    here.runs.add(hand.begin(job, asked))


def try_out(rerun: Rerun, minutes: int) -> None:
    """Start the next try beside a plan in hand, unless one is under way."""
    if rerun.tries is None or rerun.tries.run is not None:
        return
    here, limit = office(), minutes * 60.0

    def start(asked: Asked, whole: bool) -> Run:
        task = replan_task if whole else try_task
        job = here.workers.start(
            task, asked.rules, asked.roster, asked.earlier, asked.wishes, SEED, limit, time_limit=limit
        )
        run = Run(job, asked.roster, asked.rules)
        here.runs.add(run)
        return run

    rerun.tries.go_on(start)


def inquire(rules: Rules, roster: Roster, minutes: int) -> Inquiry:
    """Start looking for what is in the way of a plan."""
    here, limit = office(), minutes * 60.0
    inquiry = Inquiry(
        here.workers.start(conflict_task, rules, roster, limit, time_limit=limit), roster, rules
    )
    here.runs.add(inquiry)
    return inquiry


def look_ahead(start: Start, ask: Ask) -> Outlook:
    """Start a forecast."""
    here = office()
    outlook = Outlook(start_forecast(here.workers, start, ask), start.roster, start.rules)
    here.runs.add(outlook)
    return outlook


def _clear_away(job: Work[Any]) -> None:
    with contextlib.suppress(Exception):
        job.result()


def _saved(run: Run) -> bool:
    """Save the plan of a run that is done, seen or not; return whether no more is to be tried."""
    try:
        run.save()
    except InputError:
        return time.monotonic() - run.seen > PATIENCE
    return True


def _take_care(here: Office) -> None:
    while not _server_ends():
        time.sleep(ROUND)
        here.tidy(closing=False)
    while here.runs or here.getting_ready:
        here.tidy(closing=True)
        time.sleep(ROUND / 10)


def _server_ends() -> bool:
    return runtime.exists() and runtime.get_instance().state in (RuntimeState.STOPPING, RuntimeState.STOPPED)
