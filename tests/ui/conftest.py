"""A page to drive without a browser, and jobs that end when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from planner.engines.common.limits import Progress
from planner.infeasibility.conflict import Explanation
from planner.model.domain import Plan
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.ui.session import work, workers
from planner.ui.session.state import KEY, Session
from planner.ui.shell import parts

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"


@dataclass
class FakeJob:
    """A job that is under way until it is given an end."""

    end: Plan | Explanation | Exception | None = None
    at: Progress = field(default_factory=Progress)
    stopped_at: float | None = None
    arguments: tuple[object, ...] = ()
    waits: int = 0
    owner: str = ""
    task: Callable[..., object] | None = None

    def place(self) -> int:
        return self.waits

    def progress(self) -> Progress:
        return self.at

    def stop(self) -> None:
        self.stopped_at = 1.0

    def done(self) -> bool:
        return self.end is not None

    def result(self) -> Plan | Explanation:
        assert self.end is not None
        if isinstance(self.end, Exception):
            raise self.end
        return self.end


@dataclass
class FakeWorkers:
    """Workers that keep the jobs they were given."""

    jobs: list[FakeJob] = field(default_factory=list)

    def start(
        self, task: Callable[..., object], *args: object, time_limit: float | None = None, owner: str = ""
    ) -> FakeJob:
        self.jobs.append(FakeJob(arguments=args, owner=owner, task=task))
        return self.jobs[-1]


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


@pytest.fixture(scope="session")
def sample_course() -> Course:
    """Return the sample class with groups for it."""
    roster = read_class_list(SourceFile("klas-28.csv", (DATA / "klas-28.csv").read_bytes())).require()
    rules = read_rules((DATA / "regels-28.toml").read_bytes())
    return Course(roster=only_used(roster, rules), rules=rules, plan=form(rules, roster, effort="quick"))


def go(page: AppTest, path: str) -> AppTest:
    """Open a page by its address; the first page has none."""
    page._page_hash = calc_hash(path or "class-list")
    page.run()
    page._page_hash = ""  # from here on where the page itself goes
    return page


def with_plan(page: AppTest, course: Course) -> AppTest:
    """Show a finished plan, as if the run had just ended."""
    session = session_of(page)
    assert session.roster is not None
    session.keep(course, session.roster)
    return go(page, "groups")


def session_of(page: AppTest) -> Session:
    """Return what the coordinator has on the page."""
    kept: Session = page.session_state[KEY]
    return kept


def cards(page: AppTest, week: int = 1) -> list[list[tuple[str, str]]]:
    """Return who is in each group on the page, with their role in a week, as it stands there."""
    head = f"| Naam | Rol in week {week} |"
    found = []
    for text in (one.value for one in page.markdown if head in one.value):
        rows = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("|")]
        found.append([(name.strip().replace("\\", ""), role.strip()) for name, role in rows[2:]])
    return found


def texts(page: AppTest) -> str:
    """Return everything that is said on the page, without the signs of Markdown."""
    parts = [element.value for element in [*page.markdown, *page.caption, *page.header, *page.subheader]]
    for alert in [*page.error, *page.warning, *page.info, *page.success]:
        parts += [getattr(alert.proto, "title", ""), alert.value]
    parts += [expander.label for expander in page.expander]
    return "\n".join(str(part) for part in parts).replace("\\", "")
