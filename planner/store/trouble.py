"""What keeps something from being saved or opened, in plain words with the way out."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from planner.problems import InputError, Level, Problem
from planner.text import Message, say

_SQLITE: Mapping[int, str] = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_PERM: "read-only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_NOTADB: "damaged",
    sqlite3.SQLITE_CORRUPT: "damaged",
}
_POSTGRES: Mapping[str, str] = {
    "53100": "disk-full",
    "25006": "read-only",
    "42501": "read-only",
    "55P03": "locked",
}

log = logging.getLogger(__name__)


class NotSaved(InputError):  # noqa: N818 - the name says what happened
    """Something could not be saved or opened; what is stored is as it was before.

    `at` is when another tab saved the course, where that is the matter.
    """

    at: datetime | None = None

    @property
    def code(self) -> str:
        """What the matter is, as a short stable name."""
        return self.problems[0].code


def not_saved(code: str, message: Message, way_out: Message) -> NotSaved:
    """Return an error with one problem."""
    return NotSaved([Problem(code=code, level=Level.ERROR, message=message, way_out=way_out)])


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Say in plain words what a database at `place` has to complain about."""
    try:
        yield
    except DBAPIError as error:
        log.warning("The database complains", exc_info=error)
        raise _explained(_kind(error), place) from error
    except OSError as error:
        log.warning("The database has no place", exc_info=error)
        raise _explained("no-folder", place) from error


def _kind(error: DBAPIError) -> str:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, "unusable")
    return _POSTGRES.get(getattr(cause, "sqlstate", None) or "", "unusable")


def _explained(kind: str, place: str) -> NotSaved:
    texts = {
        "disk-full": (
            say("The disk with {place} is full, so this is not saved.", place=place),
            say("Make some room there. What is on the page stays, and is saved as soon as that can be."),
        ),
        "read-only": (
            say("Hecht may not write in {place}, so this is not saved.", place=place),
            say(
                "Make the file and its folder writable, or name another file in HECHT_DATABASE and start "
                "Hecht again. Download the groups first: what is on the page stays only until then."
            ),
        ),
        "locked": (
            say("Another program keeps {place} busy, so this is not saved yet.", place=place),
            say("Close that program. What is on the page stays, and is saved at your next step."),
        ),
        "damaged": (
            say("{place} is damaged, or is not a database.", place=place),
            say("Put a copy of it back, or give it another name: Hecht then begins a new one."),
        ),
        "no-folder": (
            say("The folder for {place} cannot be made or used, so nothing is saved.", place=place),
            say("Name a file in a folder of your own in HECHT_DATABASE, and start Hecht again."),
        ),
    }
    message, way_out = texts.get(
        kind,
        (
            say("The database {place} cannot be used now, so nothing is saved.", place=place),
            say(
                "See that it can be reached, or name another one in HECHT_DATABASE. "
                "What is on the page stays; the details are in the window in which Hecht runs."
            ),
        ),
    )
    return not_saved(kind, message, way_out)


def newer(place: str) -> NotSaved:
    """Return the error for a database that a later version of Hecht has changed."""
    return not_saved(
        "newer",
        say("{place} was saved by a newer version of Hecht than this one.", place=place),
        say("Use that version, or name another file in HECHT_DATABASE; nothing was changed in this one."),
    )


def no_driver(place: str) -> NotSaved:
    """Return the error for an address that says nothing to SQLAlchemy."""
    return not_saved(
        "no-driver",
        say("HECHT_DATABASE is “{place}”, and that is no database that Hecht can reach.", place=place),
        say("Write it like sqlite:////folder/hecht.db or postgresql+psycopg://name@server/hecht."),
    )


def gone() -> NotSaved:
    """Return the error for a course that is not there, or is somebody else's."""
    return not_saved(
        "gone",
        say("This course is not there any more."),
        say("Keep what is on the page as a new course, or choose another one."),
    )


def saved_elsewhere(at: datetime) -> NotSaved:
    """Return the error for a course that another tab saved in the meantime, at a moment in UTC."""
    error = not_saved(
        "saved-elsewhere",
        say("This course was saved in another tab or window since it was opened here."),
        say("Use what the other tab saved, or keep what is on this page as a new course."),
    )
    error.at = at
    return error
