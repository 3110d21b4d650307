"""Databases to save in, thrown away afterwards, and a course to save."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from planner.model.domain import Group, Roster
from planner.model.handover import Change, Handover
from planner.model.text import message
from planner.planning.formation import form
from planner.plans.course import Course, Version, only_used
from planner.rules import Rules
from planner.store import CourseRepository, CourseState, Sketch, SketchCard, Store, open_store
from planner.store import repository as repository_module
from tests.builders import postgres
from tests.builders.classes import make_roster, make_rules
from tests.builders.clock import ticking

NAMES = (
    "Noor Eikenhout",
    "Sem Vuurtoren",
    "Ali Zandloper",
    "Bo Kraaijeveld",
    "Jip Wolkenaar",
    "Kim Rietzang",
)
RULES = """
[groups]
size = [3, 3]
[[rule]]
kind = "mix"
column = "Kleur"
[term]
weeks = 2
"""
_numbers = count(1)


def file_url(path: Path, extra: str = "") -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite:///{path}{extra}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Run a PostgreSQL server; without PostgreSQL skip, or fail where nothing may be left out."""
    programs = postgres.programs()
    if programs is None:
        reason = "no PostgreSQL found; install its server, for instance with apt-get install postgresql"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with postgres.server(programs) as url:
        yield url


@pytest.fixture
def new_database(request: pytest.FixtureRequest) -> Callable[[], str]:
    """Return a maker of empty PostgreSQL databases."""
    server: str = request.getfixturevalue("postgres_server")

    def make() -> str:
        name = f"hecht_{next(_numbers)}"
        engine = create_engine(server.format("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return server.format(name)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where an empty database is: a file, and then a server."""
    if request.param == "sqlite":
        return file_url(tmp_path / "hecht.db")
    made: str = request.getfixturevalue("new_database")()
    return made


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """Open an empty database."""
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def repository(store: Store) -> CourseRepository:
    """Return the courses of somebody who does not sign in."""
    return CourseRepository(store)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[datetime]:
    """Return the clock that courses are saved by."""
    held = ticking(datetime(2026, 9, 1, 12, tzinfo=UTC))
    monkeypatch.setattr(repository_module, "datetime", held)
    return held


@pytest.fixture(scope="session")
def roster() -> Roster:
    """Return six students with two columns."""
    made = make_roster([{"Kleur": "rood" if n % 2 else "blauw", "Postcode": f"10{n}0 AB"} for n in range(6)])
    students = tuple(
        student.model_copy(update={"name": name, "call_name": name.split()[0]})
        for student, name in zip(made.students, NAMES, strict=True)
    )
    return made.model_copy(update={"students": students})


@pytest.fixture(scope="session")
def rules() -> Rules:
    """Return rules that read one of the columns."""
    return make_rules(RULES)


@pytest.fixture(scope="session")
def state(roster: Roster) -> CourseState:
    """Return a page with a rule that is finished and one that is not."""
    cards = (
        SketchCard(kind="mix", fields={"column": "Kleur", "importance": "must"}),
        SketchCard(kind="limit", fields={"column": "", "value": "", "at_most": None}, on=False),
    )
    return CourseState(list_name="klas.csv", roster=roster, sketch=Sketch(cards=cards, smallest=3, largest=3))


@pytest.fixture(scope="session")
def course(roster: Roster, rules: Rules) -> Course:
    """Return a plan for them, and the groups that were there before."""
    used = only_used(roster, rules)
    ids = [student.id for student in roster.students]
    before = (Group(name="Groep 1", members=tuple(ids[:3])), Group(name="Groep 2", members=tuple(ids[3:])))
    plan = form(rules, used, effort="quick")
    return Course(roster=used, rules=rules, plan=plan, history=(Version(from_week=1, groups=before),))


@pytest.fixture(scope="session")
def handover(roster: Roster) -> Handover:
    """Return what a rerun changed."""
    change = Change(roster.students[0].id, NAMES[0], "Groep 1", "Groep 2", message("Nobody has to move."))
    return Handover(week=2, previous={roster.students[0].id: "Groep 1"}, changes=(change,))
