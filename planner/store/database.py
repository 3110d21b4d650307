"""Where courses are saved, and how the database is opened and brought up to date."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.orm import Session

from planner.files.private_files import make_file, make_folder
from planner.store.errors import explained, newer, no_driver

VARIABLE = "HECHT_DATABASE"
PATIENCE = 5.0  # seconds to wait until another program has written, or for a connection that is free
MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 4832658  # our lock on a PostgreSQL server, while its tables are brought up to date
_WRITES = "hecht_writes"  # execution option of a transaction that will write


@dataclass(frozen=True)
class Store:
    """An open database.

    Attributes
    ----------
    engine : Engine
    place : str
        Where it is, to show to people: a path, or an address without its password.
    """

    engine: Engine
    place: str

    @property
    def local(self) -> bool:
        """Whether it is a file on this computer."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look at what is saved, at one moment.

        Raises
        ------
        NotSaved
            Where the database has something to complain about.
        """
        with explained(self.place, "damaged-course"), Session(self.engine) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Change what is saved: all of it or nothing, and on the disk once this has ended without an error.

        Raises
        ------
        NotSaved
            Where the database has something to complain about; nothing was changed.
        """
        engine = self.engine.execution_options(**{_WRITES: True})
        with explained(self.place), Session(engine) as session, session.begin():
            yield session

    def wipe(self) -> None:
        """Take what was deleted out of SQLite's log as well; the database itself overwrites it at once."""
        if self.local:
            with explained(self.place), closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def default_url() -> str:
    """Return where courses are saved: as HECHT_DATABASE says, else a file in the user's data folder."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    path = platformdirs.user_data_path("hecht", appauthor=False) / "hecht.db"
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def open_store(url: str | None = None) -> Store:
    """Open the database at a SQLAlchemy URL, made or brought up to date where needed.

    Raises
    ------
    NotSaved
        Where it cannot be reached or made, is damaged, or is of a newer version of Hecht.
    """
    asked = url or default_url()
    try:
        address = make_url(asked)
        store = Store(_engine(address), _place(address))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise no_driver(asked) from error
    try:
        with explained(store.place, "damaged"):
            _make_folder(address)
            _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def _place(address: URL) -> str:
    if address.get_backend_name() == "sqlite" and address.database:
        return address.database
    return address.render_as_string(hide_password=True)


def _make_folder(address: URL) -> None:
    """Make the folder and the file of SQLite, for nobody else on this computer to read."""
    path = address.database
    if address.get_backend_name() != "sqlite" or not path or path == ":memory:" or path.startswith("file:"):
        return
    make_folder(Path(path).parent)
    make_file(Path(path))


def _engine(address: URL) -> Engine:
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, hide_parameters=True, pool_timeout=PATIENCE)
    arguments = {} if "timeout" in address.query else {"timeout": PATIENCE}
    # In memory it has one connection for all, and none to wait for.
    waits = {} if address.database in (None, "", ":memory:") else {"pool_timeout": PATIENCE}
    engine = create_engine(address, connect_args=arguments, hide_parameters=True, **waits)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    """Make SQLite safe against a crash, and let it overwrite what is deleted."""
    connection.isolation_level = None  # transactions begin where we say so, also around changes of tables
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "secure_delete = ON", "synchronous = FULL", "journal_mode = WAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later could be refused halfway.
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _bring_up_to_date(store: Store) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    with store.engine.connect() as connection:
        now = _revision(connection)
    if now is not None and now not in known:
        raise newer(store.place)
    if now == script.get_current_head():
        return
    with store.engine.execution_options(**{_WRITES: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:ours)"), {"ours": _ONE_AT_A_TIME})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
