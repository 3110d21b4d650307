"""Runs are looked after: nobody waits for one that has been left."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from planner.jobs.job import FailureReason, JobLost
from planner.model.domain import Roster
from planner.rules import Rules
from planner.services.plan import PlanRequest
from planner.ui.session import work
from planner.ui.session.making import Making
from planner.ui.session.run import Run
from planner.ui.session.state import Session
from tests.builders.pages import FakeJob, go, session_of, texts
from tests.builders.places import ROOT


def run_of(job: FakeJob, *, unseen: float = 0.0) -> Run:
    run = Run(job, PlanRequest(Rules(), Roster(students=())))  # type: ignore[arg-type]
    run.seen -= unseen
    return run


def test_a_run_that_somebody_looks_at_goes_on() -> None:
    run, manager = run_of(FakeJob()), work.JobManager()
    manager.runs.add(run)
    manager.tidy(closing=False)
    assert not run.stopping
    assert run in manager.runs


def test_a_run_that_nobody_looks_at_is_stopped_and_cleared_away() -> None:
    job, manager = FakeJob(), work.JobManager()
    run = run_of(job, unseen=work.PATIENCE + 1)
    manager.runs.add(run)
    manager.tidy(closing=False)
    assert run.stopping
    job.end = RuntimeError("whatever it was")
    manager.tidy(closing=False)
    assert not manager.runs


def test_every_run_is_stopped_when_the_server_ends() -> None:
    run, manager = run_of(FakeJob()), work.JobManager()
    manager.runs.add(run)
    manager.tidy(closing=True)
    assert run.stopping


def test_a_server_that_ends_waits_until_what_was_reached_is_kept() -> None:
    @dataclass
    class Willing(FakeJob):
        def stop(self) -> None:
            super().stop()
            self.end = JobLost("withdrawn")

    run, manager = run_of(Willing()), work.JobManager()
    manager.runs.add(run)
    manager.open()
    manager.close()
    assert run.stopping
    assert not manager.runs
    assert manager.reaper is not None
    assert not manager.reaper.is_alive()


def test_a_session_has_one_run_at_a_time(jobs: list[FakeJob]) -> None:
    session = Session()
    for _ in range(2):
        work.start(session, session.making.request(Rules(), Roster(students=())))
    assert len(jobs) == 1


def test_a_run_is_given_the_time_that_the_coordinator_allows(jobs: list[FakeJob]) -> None:
    session = Session(making=Making(minutes=3, effort="prove"))
    work.start(session, session.making.request(Rules(), Roster(students=())))
    asked = jobs[0].request
    assert (asked.seed, asked.effort, asked.time_limit) == (0, "prove", 180.0)


def test_an_error_of_ours_in_a_run_is_kept_to_be_told(caplog: pytest.LogCaptureFixture) -> None:
    session = Session()
    error = AssertionError("the audit and the engines disagree")
    session.making.run = run_of(FakeJob(end=error))
    session.collect()
    assert session.making.run is None
    assert session.making.failure is error
    assert "A run went wrong" in caplog.text


def test_who_waits_for_a_turn_reads_the_place_in_line(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].waits = 3
    page = sample.run()
    assert page.get("progress")[0].proto.text.startswith("Je bent nummer 3 in de wachtrij · ")
    jobs[0].waits = 0
    page = sample.run()
    assert "in de wachtrij" not in page.get("progress")[0].proto.text


@pytest.mark.parametrize("elsewhere", ["rules", "courses"])  # with a bar at the bottom, and without
def test_who_goes_to_another_page_right_after_asking_does_not_ask_in_vain(
    sample: AppTest, jobs: list[FakeJob], elsewhere: str
) -> None:
    # Streamlit takes a click and a change of page that come together as one: the button is not drawn then.
    sample.button(key="make_plan").click()
    page = go(sample, elsewhere)
    assert len(jobs) == 1
    assert session_of(page).making.run is not None
    assert not page.exception
    assert [button.key for button in page.button if button.key in ("stop", "make_plan")] == (
        ["stop"] if elsewhere == "rules" else []
    )


def test_every_page_asks_in_its_own_name(jobs: list[FakeJob], page: AppTest) -> None:
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    for one in (page, other):
        one.button(key="use_sample").click().run()
        one.button(key="make_plan").click().run()
    assert len({job.owner for job in jobs}) == 2
    assert all(job.owner for job in jobs)


@pytest.mark.parametrize(
    ("loss", "told"),
    [
        ("died", "vastgelopen"),
        ("hung", "reageerde niet meer"),
        ("too-much", "meer geheugen nodig"),
        ("withdrawn", "toen het nog in de wachtrij stond"),
    ],
)
def test_a_run_that_was_lost_ends_with_what_happened(
    sample: AppTest, jobs: list[FakeJob], loss: FailureReason, told: str
) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].end = JobLost(loss)
    sample.run()
    page = go(sample.run(), "groups")
    assert told in texts(page)
    assert ("Probeer het nog eens" in texts(page)) == (loss != "withdrawn")
    assert not page.button(key="make_plan").disabled


def test_pages_look_less_often_where_many_runs_are_under_way(jobs: list[FakeJob]) -> None:
    assert work.pace(0.5) == 0.5
    for _ in range(4 * work.EASY):
        work.start(Session(), PlanRequest(Rules(), Roster(students=())))
    assert len(jobs) == 4 * work.EASY
    assert work.pace(0.5) == 2.0
