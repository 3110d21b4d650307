"""What the page knows of the weeks to come: simulated terms under way, and what came of them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import streamlit as st

from planner.forecast.scenarios import ForecastRequest, OptionResult
from planner.jobs.job import JobLost
from planner.model.problems import InputError
from planner.plans.course import Course
from planner.ui.session.run import Run

KEY = "hecht_forecast"
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Outlook(Run):
    """Simulated terms under way."""

    def found(self) -> tuple[OptionResult, ...] | Exception:
        """Return what became of every option, or what went wrong."""
        self.wanted = False
        try:
            rows: tuple[OptionResult, ...] = self.job.result()
            return rows
        except Exception as error:
            if not isinstance(error, JobLost | InputError):
                log.exception("A forecast went wrong")
            return error


@dataclass
class Forecast:
    """The forecast of one coordinator.

    Attributes
    ----------
    outlook : Outlook or None
        Under way.
    rows : tuple of OptionResult or Exception or None
        What came of `asked`.
    course : Course or None
        The course it is about.
    asked : ForecastRequest or None
    """

    outlook: Outlook | None = None
    rows: tuple[OptionResult, ...] | Exception | None = None
    course: Course | None = None
    asked: ForecastRequest | None = None

    def begin(self, outlook: Outlook, course: Course, ask: ForecastRequest) -> None:
        """Follow a forecast that has just been started."""
        self.leave()
        self.outlook, self.rows, self.course, self.asked = outlook, None, course, ask

    def collect(self) -> None:
        """Take what came of a forecast that is done."""
        if self.outlook is not None and self.outlook.job.done():
            self.rows = self.outlook.found()
            self.outlook = None

    def leave(self) -> None:
        """End one that nobody waits for any more."""
        if self.outlook is not None:
            self.outlook.leave()
            self.outlook = None

    def about(self, course: Course) -> None:
        """Forget what is about another plan."""
        if self.course is not None and self.course is not course:
            self.leave()
            self.rows = self.course = self.asked = None


def forecast() -> Forecast:
    """Return the forecast of this coordinator."""
    if KEY not in st.session_state:
        st.session_state[KEY] = Forecast()
    kept: Forecast = st.session_state[KEY]
    return kept
