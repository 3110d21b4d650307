"""A page to drive without a browser, and jobs that end when a test says so."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from sqlalchemy import make_url
from streamlit.components.v2 import manifest_scanner
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules
from planner.store import open_store
from planner.store.database import VARIABLE
from planner.ui.session import saving, work, workers
from planner.ui.session.state import KEY, Session
from planner.ui.shell import parts
from tests.builders.pages import FakeJob, FakeWorkers, blank, go, load, planned, with_plan
from tests.builders.places import DATA


@pytest.fixture(scope="session", autouse=True)
def _packages_are_looked_through_once() -> Iterator[None]:
    """Streamlit looks for components in every installed package, for each page that a test begins."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_is_around_a_part_is_copied_once() -> Iterator[None]:
    """A part of a page keeps a copy of what it stands in: Streamlit copies what is around each ring anew."""

    def copied(self: DeltaGenerator, memo: dict[int, Any]) -> DeltaGenerator:
        copy = DeltaGenerator(
            root_container=self._root_container,
            cursor=deepcopy(self._cursor, memo),
            parent=deepcopy(self._parent, memo),
            block_type=self._block_type,
        )
        copy._form_data = deepcopy(self._form_data, memo)
        copy._creating_fragment_id = self._creating_fragment_id
        return copy

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DeltaGenerator, "__deepcopy__", copied)
        yield


@pytest.fixture(scope="session")
def tables(databases: Path) -> Path:
    """Return a database with all its tables and nothing in them, made once."""
    file = databases / "tables.db"
    open_store(f"sqlite:///{file}").close()
    return file


@pytest.fixture(autouse=True)
def _tables_are_there(_own_database: None, tables: Path) -> None:
    shutil.copy(tables, database())


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[FakeJob]:
    """Return the jobs that the page starts; none of them runs anything."""
    return jobs_of(monkeypatch)


def jobs_of(patch: pytest.MonkeyPatch) -> list[FakeJob]:
    """Let pages start jobs that run nothing; return them."""
    manager = work.JobManager(workers=FakeWorkers())  # type: ignore[arg-type]
    patch.setattr(work, "job_manager", lambda: manager)
    patch.setattr(workers, "workers", lambda: manager.workers)
    return manager.workers.jobs  # type: ignore[attr-defined]


def database() -> str:
    """Return the file in which a test saves its courses."""
    return str(make_url(os.environ[VARIABLE]).database)


@pytest.fixture(autouse=True)
def _whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    draw_whole_pages(monkeypatch)


def draw_whole_pages(patch: pytest.MonkeyPatch) -> None:
    """Draw the whole page after an edit: AppTest shows nothing but what was drawn last."""
    patch.setattr(parts, "only", lambda _: st.rerun())


@pytest.fixture
def page(jobs: list[FakeJob]) -> AppTest:
    """Return the page at a first visit."""
    return blank().run()


@pytest.fixture
def sample(jobs: list[FakeJob]) -> AppTest:
    """Return the page with the sample class on it, as after a click on the button for that."""
    return with_sample(blank()).run()


def with_sample(page: AppTest) -> AppTest:
    page.session_state[KEY] = Session()
    page.session_state[KEY].take_sample("nl")
    return page


@pytest.fixture
def rules(sample: AppTest) -> AppTest:
    """Return the page of the rules, with the sample class."""
    return go(sample, "rules")


@pytest.fixture
def groups(sample: AppTest, sample_course: Course) -> AppTest:
    """Return the page of the groups, with a finished plan of the sample class."""
    return with_plan(sample, sample_course)


@pytest.fixture
def draft(jobs: list[FakeJob], groups_made: dict[str, Path]) -> AppTest:
    """Return the page of groups of the sample class that nobody uses yet."""
    return opened(groups_made["draft"])


@pytest.fixture
def in_use(jobs: list[FakeJob], groups_made: dict[str, Path]) -> AppTest:
    """Return the page of groups of the sample class that are in use."""
    return opened(groups_made["in_use"])


@pytest.fixture
def never_reloaded(sample: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the same page with all that its class list says, also what no rule uses and so is not saved."""
    page = planned(sample, jobs, sample_course).button(key="use_groups").click().run()
    return go(page, "groups")


def opened(saved: Path) -> AppTest:
    """Load the page anew, with a database that has one course."""
    shutil.copy(saved, database())
    return load()


@pytest.fixture(scope="session")
def groups_made(tables: Path, databases: Path, sample_course: Course) -> dict[str, Path]:
    """Go once from the sample class to groups that are in use; return what was saved on the way."""
    saved = {step: databases / f"{step}.db" for step in ("draft", "in_use")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, f"sqlite:///{databases / 'journey.db'}")
        draw_whole_pages(patch)
        shutil.copy(tables, database())
        page = planned(with_sample(blank()).run(), jobs_of(patch), sample_course)
        keep(saved["draft"])
        page.button(key="use_groups").click().run()
        keep(saved["in_use"])
        saving._opened.clear()
    return saved


def keep(copy: Path) -> None:
    """Copy what is saved by now."""
    with closing(sqlite3.connect(database())) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))


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
