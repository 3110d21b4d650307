"""A page to drive without a browser, and jobs that end when a test says so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.ui.session import saving, work, workers
from planner.ui.shell import parts
from tests.builders.pages import FakeJob, FakeWorkers, go, planned, with_plan
from tests.builders.places import DATA, ROOT


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components in every installed package, for each page that a test begins."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[FakeJob]:
    """Return the jobs that the page starts; none of them runs anything."""
    manager = work.JobManager(workers=FakeWorkers())  # type: ignore[arg-type]
    monkeypatch.setattr(work, "job_manager", lambda: manager)
    monkeypatch.setattr(workers, "workers", lambda: manager.workers)
    return manager.workers.jobs  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the whole page after an edit: AppTest shows nothing but what was drawn last."""
    monkeypatch.setattr(parts, "only", lambda _: st.rerun())


@pytest.fixture
def page(jobs: list[FakeJob]) -> AppTest:
    """Return the page at a first visit."""
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()


@pytest.fixture
def sample(page: AppTest) -> AppTest:
    """Return the page with the sample class on it."""
    return page.button(key="use_sample").click().run()


@pytest.fixture
def rules(sample: AppTest) -> AppTest:
    """Return the page of the rules, with the sample class."""
    return go(sample, "rules")


@pytest.fixture
def groups(sample: AppTest, sample_course: Course) -> AppTest:
    """Return the page of the groups, with a finished plan of the sample class."""
    return with_plan(sample, sample_course)


@pytest.fixture
def in_use(sample: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the page of groups of the sample class that are in use."""
    page = planned(sample, jobs, sample_course).button(key="use_groups").click().run()
    return go(page, "groups")


@pytest.fixture(scope="session")
def sample_course() -> Course:
    """Return the sample class with groups for it."""
    roster = read_class_list(SourceFile("klas-28.csv", (DATA / "klas-28.csv").read_bytes())).require()
    rules = read_rules((DATA / "regels-28.toml").read_bytes())
    return Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))


@pytest.fixture(autouse=True)
def _let_go() -> Iterator[None]:
    """Let go of the database of a test."""
    yield
    saving._opened.clear()
