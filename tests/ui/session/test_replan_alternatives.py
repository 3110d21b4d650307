"""Why a choice for a group came to no plan, in a word: what is so, and no more."""

from __future__ import annotations

from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.ui.session.replan_alternatives import told_failure


def test_time_is_blamed_only_where_it_was_short() -> None:
    """It read "No plan was found in this time", also where the search had ended by itself."""
    assert told_failure(NoPlan(proven=True)).text("en") == "Not possible: proven."
    short = told_failure(NoPlan(proven=False, cut_short=True)).text("en")
    assert short == "No plan was found in the time allowed; with more time there may be one."
    ended = told_failure(NoPlan(proven=False)).text("en")
    assert ended == "No plan was found; it is not known whether there is one."
    lost = told_failure(JobLost()).text("nl")
    assert lost.startswith("De berekening stopte voordat er een plan was")
