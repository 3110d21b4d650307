"""The database is made, brought up to date, safe against a crash, and says what is the matter with it."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import platformdirs
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text

from planner.plans.course import Course
from planner.store import CourseRepository, CourseState, NotSaved, SignOuts, Store, open_store
from planner.store.database import MIGRATIONS, default_url
from planner.store.tables import Base
from tests.store.conftest import file_url

EARLIER = Path(__file__).parent / "earlier"


def revisions() -> list[str]:
    """Return every revision, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()][::-1]


# Where


def test_courses_are_saved_in_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HECHT_DATABASE")
    folder = platformdirs.user_data_path("hecht", appauthor=False)
    assert default_url() == f"sqlite:///{folder / 'hecht.db'}"
    monkeypatch.setenv("HECHT_DATABASE", "postgresql+psycopg://somebody@server/hecht")
    assert default_url() == "postgresql+psycopg://somebody@server/hecht"


def test_the_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "a b" / "é" / "hecht.db"
    store = open_store(file_url(path))
    assert store.place == str(path)
    store.close()
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_password_is_not_shown() -> None:
    with pytest.raises(NotSaved) as error:
        open_store("postgresql+psycopg://somebody:secret@127.0.0.1:1/hecht?connect_timeout=1")
    assert error.value.code == "unusable"
    assert "secret" not in str(error.value)
    assert "somebody:***@127.0.0.1" in str(error.value)


# Safe against a crash


def test_sqlite_writes_through_before_a_save_returns(tmp_path: Path) -> None:
    store = open_store(file_url(tmp_path / "hecht.db"))
    with store.reading() as session:
        found = {
            pragma: session.execute(text(f"PRAGMA {pragma}")).scalar()
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    store.close()
    assert found == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000,
    }  # fmt: skip


def test_a_save_is_there_for_others_as_soon_as_it_returns(
    tmp_path: Path, state: CourseState, course: Course
) -> None:
    path = tmp_path / "hecht.db"
    store = open_store(file_url(path))
    made = CourseRepository(store).create("Vak", state)
    CourseRepository(store).add_plan(made.id, 1, course, "made")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT version FROM course").fetchall() == [(2,)]
        assert other.execute("SELECT number FROM plan").fetchall() == [(1,)]
    store.close()


# Up to date


def test_an_empty_database_gets_the_tables_that_the_models_describe(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == revisions()[-1]
        assert compare_metadata(context, Base.metadata) == []


def test_an_opening_of_what_is_up_to_date_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "hecht.db"
    open_store(file_url(path)).close()
    before = path.read_bytes()
    open_store(file_url(path)).close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("revision", revisions())
def test_a_database_of_each_earlier_revision_is_brought_up_to_date(tmp_path: Path, revision: str) -> None:
    path = tmp_path / "hecht.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript((EARLIER / f"{revision}.sql").read_text("utf-8"))
    store = open_store(file_url(path))
    repository = CourseRepository(store)
    (listing,) = repository.courses()
    opened = repository.open(listing.id)
    assert (opened.name, opened.version, listing.students, listing.plans) == ("Biologie 1", 2, 6, 1)
    assert opened.plan is not None
    assert opened.state.roster is not None
    assert opened.plan.course.roster == opened.state.roster
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        assert connection.execute(text("PRAGMA foreign_key_check")).fetchall() == []
    store.close()


@pytest.mark.parametrize("revision", revisions()[1:-1])
def test_a_database_of_each_earlier_revision_keeps_its_courses_on_a_server_too(
    url: str, revision: str
) -> None:
    engine = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with closing(sqlite3.connect(":memory:")) as earlier, engine.begin() as connection:
        earlier.executescript((EARLIER / f"{revision}.sql").read_text("utf-8"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for table in ("course", "plan"):
            rows = earlier.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in rows.description]
            into = f"INSERT INTO {table} ({', '.join(names)}) VALUES (:{', :'.join(names)})"
            for row in rows.fetchall():
                connection.execute(text(into), dict(zip(names, row, strict=True)))
        if connection.dialect.name == "postgresql":  # which counts by itself from where rows were put
            connection.execute(text("SELECT setval('plan_id_seq', max(id)) FROM plan"))
    engine.dispose()
    store = open_store(url)
    repository = CourseRepository(store)
    (listing,) = repository.courses()
    assert (listing.name, listing.may, listing.colleagues, listing.plans) == ("Biologie 1", "own", 0, 1)
    opened = repository.open(listing.id)
    assert opened.plan is not None
    assert opened.plan.course.roster == opened.state.roster
    assert [(line.who, line.plan) for line in repository.history(listing.id)] == [("", 1)]
    assert repository.save(listing.id, 2, opened.state) == 3
    assert repository.add_plan(listing.id, 3, opened.plan.course, "edited", sitting="one").number == 2
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.close()


def test_a_database_of_a_newer_version_is_left_alone(store: Store, url: str, state: CourseState) -> None:
    CourseRepository(store).create("Vak", state)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NotSaved) as error:
        open_store(url)
    assert error.value.code == "newer"
    with store.engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        connection.execute(text("UPDATE alembic_version SET version_num = :ours"), {"ours": revisions()[-1]})
    assert [listing.name for listing in CourseRepository(open_store(url)).courses()] == ["Vak"]


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "other.db"  # of another program, with a table of the same name
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE plan (id INTEGER)")
        other.commit()
    with pytest.raises(NotSaved) as error:
        open_store(file_url(path))
    assert error.value.code == "unusable"
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("plan",)]


# What is the matter


@contextmanager
def refused(code: str, repository: CourseRepository | None = None) -> Iterator[None]:
    """Expect that something is not saved, and that what was saved is as it was."""
    before = None if repository is None else [repository.whole(one.id) for one in repository.courses()]
    with pytest.raises(NotSaved) as error:
        yield
    assert error.value.code == code
    for language in ("nl", "en"):
        assert error.value.problems[0].text(language)  # type: ignore[arg-type]
    assert error.value.problems[0].hint is not None
    if repository is not None:
        assert [repository.whole(one.id) for one in repository.courses()] == before


def attempts(repository: CourseRepository, course: Course, state: CourseState) -> list[Callable[[], object]]:
    """Return each way to write, with what fits no small space."""
    made = repository.create("Vak", CourseState())
    return [
        lambda: repository.add_plan(made.id, 1, course, "made"),
        lambda: repository.create("Nog een", state),
        lambda: repository.save(made.id, 1, state),
    ]


def test_a_full_disk_saves_nothing_and_says_so(tmp_path: Path, state: CourseState, course: Course) -> None:
    store = open_store(file_url(tmp_path / "hecht.db"))
    repository = CourseRepository(store)
    ways = attempts(repository, course, large(state))
    ways.append(lambda: SignOuts(store).add("x" * 100_000, datetime(2026, 9, 1, tzinfo=UTC)))
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    store.engine.dispose()
    limit = f"PRAGMA max_page_count = {pages}"
    listener = lambda connection, _: connection.execute(limit)  # noqa: E731
    event.listen(store.engine, "connect", listener)
    for way in ways[1:]:
        with refused("disk-full", repository):
            way()
    event.remove(store.engine, "connect", listener)
    store.engine.dispose()
    ways[2]()  # there is room again
    ways[3]()
    assert repository.open(repository.courses()[0].id).version == 2
    store.close()


def large(state: CourseState) -> CourseState:
    """Return a page with a class list that needs more room than there is."""
    assert state.roster is not None
    students = tuple(
        student.model_copy(update={"id": f"{student.id}{n}"})
        for n in range(40)
        for student in state.roster.students
    )
    return state.model_copy(update={"roster": state.roster.model_copy(update={"students": students})})


def test_where_nothing_may_be_written_courses_can_be_read(
    tmp_path: Path, state: CourseState, course: Course
) -> None:
    path = tmp_path / "hecht.db"
    store = open_store(file_url(path))
    ways = attempts(CourseRepository(store), course, state)
    engine = store.engine
    listener = lambda connection, _: connection.execute("PRAGMA query_only = ON")  # noqa: E731
    engine.dispose()
    event.listen(engine, "connect", listener)
    for way in ways:
        with refused("read-only", CourseRepository(store)):
            way()
    store.close()


def test_a_file_that_may_only_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "hecht.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE something (id INTEGER)")
    with refused("read-only"):
        open_store(f"sqlite:///file:{path}?mode=ro&uri=true")


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with refused("no-folder"):
        open_store(file_url(tmp_path / "file" / "hecht.db"))


def test_a_busy_database_says_so_and_goes_on_afterwards(
    tmp_path: Path, state: CourseState, course: Course
) -> None:
    path = tmp_path / "hecht.db"
    store = open_store(file_url(path, "?timeout=0.05"))
    repository = CourseRepository(store)
    ways = attempts(repository, course, state)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for way in ways:
            with refused("locked", repository):
                way()
        other.execute("COMMIT")
    assert [way() for way in ways[2:]] == [2]
    store.close()


def test_what_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "hecht.db"
    path.write_bytes(b"Naam;Nummer\n" * 500)
    with refused("damaged"):
        open_store(file_url(path))
    assert path.read_bytes() == b"Naam;Nummer\n" * 500


@pytest.mark.parametrize("named", ["hecht.db", "nosuch://server/db", "mysql+nodriver://x/y", "sqlite"])
def test_an_address_that_says_nothing_is_explained(named: str) -> None:
    with refused("no-driver"):
        open_store(named)


def test_a_server_that_may_only_be_read_says_so(
    new_database: Callable[[], str], state: CourseState, course: Course
) -> None:
    url = new_database()
    store = open_store(url)
    ways = attempts(CourseRepository(store), course, state)
    with store.engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    store.engine.dispose()
    for way in ways:
        with refused("read-only", CourseRepository(store)):
            way()
    store.close()
