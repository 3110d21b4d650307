"""What is damaged or in the way is told in plain words, without a student in them; what is whole opens."""

from __future__ import annotations

import logging
import random
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from planner.model.handover import Handover
from planner.plans.course import Course
from planner.store import (
    CourseRepository,
    CourseState,
    NotSaved,
    SignOuts,
    Store,
    open_store,
    tables,
    write_archive,
)
from planner.store.errors import no_driver
from tests.store.conftest import NAMES, file_url

FLIPS = 80  # damaged copies of one database
CODES = {"damaged", "damaged-course", "damaged-plan", "foreign", "gone", "newer", "unusable", "read-only"}


def quoted(error: BaseException | None) -> list[str]:
    """Return the students whom an error names, with what it came from as far as a log would show that."""
    found = ""
    while error is not None:
        found += repr(error) + str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [name for name in NAMES if name in found]


@contextmanager
def refused(*codes: str) -> Iterator[None]:
    """Expect an error of the store's own, with a way out, that says nothing of a student."""
    with pytest.raises(NotSaved) as caught:
        yield
    assert caught.value.code in codes
    problem = caught.value.problems[0]
    assert problem.hint is not None
    for language in ("nl", "en"):
        assert problem.text(language)  # type: ignore[arg-type]
    assert not quoted(caught.value)


@pytest.fixture(autouse=True)
def _silent_about_people(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """See that no log names a student."""
    caplog.set_level(logging.DEBUG)
    yield
    assert not [name for name in NAMES if name in caplog.text]


# Bytes


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, state: CourseState, course: Course, handover: Handover
) -> Path:
    """Return a database with two courses, each with two plans."""
    path = tmp_path_factory.mktemp("whole") / "hecht.db"
    store = open_store(file_url(path))
    repository = CourseRepository(store)
    for name in ("Een", "Twee"):
        made = repository.create(name, state)
        repository.add_plan(made.id, 1, course, "made")
        repository.add_plan(made.id, 2, course, "rerun", handover)
    store.wipe()
    store.close()
    return path


def each(ask: Callable[[CourseRepository, str], object]) -> Callable[[Store], object]:
    """Return a look at each course."""
    return lambda store: [ask(CourseRepository(store), one.id) for one in CourseRepository(store).courses()]


LOOKS: list[Callable[[Store], object]] = [
    lambda store: CourseRepository(store).courses(),
    each(lambda repository, course: repository.open(course)),
    each(
        lambda repository, course: [repository.plan(course, plan.number) for plan in repository.plans(course)]
    ),
    each(write_archive),
    lambda store: SignOuts(store).last("somebody"),
]


def tried(way: Callable[[], object]) -> NotSaved | None:
    """Return the error where there is one; it has a way out, and says nothing of a student."""
    try:
        way()
    except NotSaved as error:
        if error.problems[0].hint is None or quoted(error):
            raise
        return error
    return None


def attempt(url: str) -> set[str]:
    """Look at all that a database holds, and return what the matter is where something is."""
    stores: list[Store] = []
    errors = [tried(lambda: stores.append(open_store(url)))]
    for store in stores:
        errors += [tried(partial(look, store)) for look in LOOKS]
        store.close()
    return {error.code for error in errors if error is not None}


def test_flipped_bytes_are_told_as_damage(whole: Path, tmp_path: Path) -> None:
    """One damaged byte in five showed an error of the machinery, and one quoted a student."""
    content, path = whole.read_bytes(), tmp_path / "hecht.db"
    chance, found = random.Random(0), set()
    for _ in range(FLIPS):
        damaged = bytearray(content)
        for _ in range(chance.choice((1, 1, 1, 4, 16))):
            damaged[chance.randrange(len(damaged))] ^= chance.randrange(1, 256)
        for left in tmp_path.iterdir():
            left.unlink()
        path.write_bytes(damaged)
        found.update(attempt(file_url(path)))
    assert found <= CODES
    assert {"damaged-course", "damaged-plan"} <= found


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_told_as_damage(whole: Path, tmp_path: Path, kept: float) -> None:
    content, path = whole.read_bytes(), tmp_path / "hecht.db"
    path.write_bytes(content[: int(len(content) * kept)])
    found = attempt(file_url(path))
    assert found
    assert found <= CODES


# Rows

TEXTS = [
    ("course", "state", "{"),
    ("course", "state", '{"sketch": {"cards": [{"kind": "no-such-rule", "fields": {}}]}}'),
    ("course", "roster", '{"students": [{"id": "a", "name": "Noor Eikenhout"}]}'),
    ("course", "roster", "Noor Eikenhout"),
]
PLANS: list[tuple[str, str, Any]] = [
    ("plan", "content", b"Noor Eikenhout"),
    ("plan", "handover", '{"week": "Noor Eikenhout"}'),
    ("plan", "how", "Noor Eikenhout"),
]
UNTYPED: list[tuple[str, str, Any]] = [  # SQLite takes anything in any column
    ("course", "version", "Noor Eikenhout"),
    ("course", "changed", "Noor Eikenhout"),
    ("course", "changed", "2026-02-31 00:00:00"),
    ("course", "changed", "9999-12-31 00:00:00"),
    ("course", "keep_until", "0001-01-01"),
    ("course", "students", 2**40),
    ("course", "name", b"\xff\xfe"),
]


def damage(store: Store, table: str, column: str, value: Any, course: str, number: int = 2) -> None:
    """Put something else in a column of one course, or of one plan of it."""
    where = "id = :course" if table == "course" else "course_id = :course AND number = :number"
    with store.engine.begin() as connection:
        statement = text(f"UPDATE {table} SET {column} = :value WHERE {where}")
        connection.execute(statement, {"value": value, "course": course, "number": number})


@pytest.fixture
def two(repository: CourseRepository, state: CourseState, course: Course) -> tuple[str, str]:
    """Return a course with two plans, and another one."""
    made, other = repository.create("Vak", state), repository.create("Ander vak", state)
    for one in (made, other):
        repository.add_plan(one.id, 1, course, "made")
        repository.add_plan(one.id, 2, course, "made")
    return made.id, other.id


@pytest.mark.parametrize(("table", "column", "value"), TEXTS)
def test_a_damaged_course_leaves_the_others_as_they_were(
    repository: CourseRepository, two: tuple[str, str], table: str, column: str, value: str
) -> None:
    made, other = two
    before = repository.whole(other)
    damage(repository.store, table, column, value, made)
    for look in (repository.open, repository.whole):
        with refused("damaged-course"):
            look(made)
    assert repository.whole(other) == before
    assert {listing.id for listing in repository.courses()} == {made, other}
    repository.delete(made)
    assert [listing.id for listing in repository.courses()] == [other]


@pytest.mark.parametrize(("table", "column", "value"), PLANS)
def test_a_damaged_plan_leaves_the_one_before(
    repository: CourseRepository, two: tuple[str, str], course: Course, table: str, column: str, value: Any
) -> None:
    made, _ = two
    damage(repository.store, table, column, value, made)
    opened = repository.open(made)
    assert opened.damaged == (2,)
    assert opened.plan == repository.plan(made, 1)
    with refused("damaged-plan"):
        repository.plan(made, 2)
    with refused("damaged-plan"):
        repository.whole(made)
    assert repository.add_plan(made, 3, course, "made").number == 3
    assert repository.open(made).damaged == ()


@pytest.mark.parametrize(("table", "column", "value"), UNTYPED)
def test_what_cannot_be_in_a_column_is_told_as_damage(
    tmp_path: Path, state: CourseState, table: str, column: str, value: Any
) -> None:
    """One course of which even the list could not be drawn kept every other one out of sight."""
    store = open_store(file_url(tmp_path / "hecht.db"))
    repository = CourseRepository(store)
    other, made = repository.create("Ander vak", state), repository.create("Vak", state)
    damage(store, table, column, value, made.id)
    assert [(one.id, one.damaged) for one in repository.courses()] == [(other.id, False), (made.id, True)]
    assert repository.open(other.id) == other
    repository.delete(made.id)
    assert [one.id for one in repository.courses()] == [other.id]
    store.close()


# The whole database


@pytest.mark.parametrize(
    "change",
    ["DROP TABLE plan", "ALTER TABLE course DROP COLUMN students", "ALTER TABLE course RENAME TO another"],
)
def test_other_tables_than_those_of_hecht_are_told(
    repository: CourseRepository, state: CourseState, change: str
) -> None:
    repository.create("Vak", state)
    with repository.store.engine.begin() as connection:
        connection.execute(text(change))
    with refused("foreign"):
        repository.courses()


def test_a_file_that_may_only_be_read_is_told(whole: Path, tmp_path: Path, state: CourseState) -> None:
    path = tmp_path / "hecht.db"
    shutil.copy(whole, path)
    with refused("read-only", "unusable"):
        store = open_store(f"sqlite:///file:{path}?mode=ro&uri=true")
        CourseRepository(store).create("Nog een", state)


def test_a_pool_of_which_every_connection_is_taken_is_told(
    store: Store, url: str, state: CourseState
) -> None:
    """Where every connection to the database was in use, the page showed an error of the machinery."""
    made = CourseRepository(store).create("Vak", state)
    small = Store(create_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.01), "here")
    repository = CourseRepository(small)
    ways: list[Callable[[], object]] = [
        repository.courses,
        lambda: repository.open(made.id),
        lambda: repository.save(made.id, 1, state),
        lambda: repository.create("Nog een", state),
        lambda: repository.delete(made.id),
        small.wipe,
    ]
    with small.engine.connect():
        for way in ways if small.local else ways[:-1]:
            with refused("busy"):
                way()
    assert repository.open(made.id) == made  # there is one again, and nothing was lost
    small.close()


def test_a_password_in_an_address_that_says_nothing_is_not_shown() -> None:
    error = no_driver("nosuch://somebody:secret@server/hecht")
    assert "secret" not in str(error)
    assert "nosuch://somebody:***@server/hecht" in str(error)


def test_what_unpacks_to_more_than_a_plan_can_be_is_told(
    repository: CourseRepository, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = two
    damage(repository.store, "plan", "content", zlib.compress(bytes(5_000_000)), made)
    monkeypatch.setattr(tables, "LARGEST", 4_000_000)
    with refused("damaged-plan"):
        repository.plan(made, 2)
    assert repository.open(made).damaged == (2,)
