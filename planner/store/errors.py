"""What keeps something from being saved or opened, in plain words with the way out."""

from __future__ import annotations

import logging
import re
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoneFree

from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message

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
    "42P01": "foreign",
    "42703": "foreign",
    "53300": "busy",
    "53100": "disk-full",
    "25006": "read-only",
    "42501": "read-only",
    "55P03": "locked",
    "XX001": "damaged",
    "XX002": "damaged",
}
_LACKS = re.compile("no such (table|column)|has no column")  # SQLite has no number for it

log = logging.getLogger(__name__)


FINAL = ("saved-elsewhere", "gone", "only-look")  # trying once more comes to the same


class NotSaved(InputError):  # noqa: N818 - the name says what happened
    """Something could not be saved or opened; what is stored is as it was before.

    `at` is when another tab or a colleague saved the course, where that is the matter; `by` is the
    colleague's name.
    """

    at: datetime | None = None
    by: str = ""

    @property
    def code(self) -> str:
        """What the matter is, as a short stable name."""
        return self.problems[0].code


def not_saved(code: str, message: Message, hint: Message) -> NotSaved:
    """Return an error with one problem."""
    return NotSaved([Problem(code=code, level=Level.ERROR, message=message, hint=hint)])


@contextmanager
def explained(place: str, otherwise: str = "unusable") -> Iterator[None]:
    """Say in plain words what a database at `place` has to complain about.

    Whatever it is, what it says quotes what is saved: no part of that goes into the error or the log.

    Parameters
    ----------
    place : str
    otherwise : str
        What the matter is where the database itself has nothing to complain about.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        kind = _kind(error) or otherwise
        log.warning("The database, %s: %s\n%s", kind, _named(error), _traced(error))
        raise _explained(kind, place) from None


def is_final(error: Exception | None) -> bool:
    """Whether it is for somebody to choose what now: a course was saved elsewhere, or may not be changed."""
    return isinstance(error, NotSaved) and error.code in FINAL


def _kind(error: Exception) -> str:
    if isinstance(error, NoneFree):
        return "busy"
    if isinstance(error, OSError):
        return "no-folder"
    if not isinstance(error, DBAPIError):
        return ""
    cause = error.orig
    if not isinstance(cause, sqlite3.Error):
        return _POSTGRES.get(getattr(cause, "sqlstate", None) or "", "unusable")
    if not hasattr(cause, "sqlite_errorcode"):
        return ""  # said by Python: what was found is not what it should be
    if _LACKS.search(str(cause)):
        return "foreign"
    return _SQLITE.get(cause.sqlite_errorcode & 0xFF, "unusable")


def _named(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    number = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    return f"{type(cause).__name__} {number}".strip()


def _traced(error: Exception) -> str:
    """Return where it happened: lines of code, without a value in them."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "planner" in frame.filename]
    return "".join(traceback.format_list(ours))


def _explained(kind: str, place: str) -> NotSaved:
    texts = {
        "disk-full": (
            message("The disk with {place} is full, so this is not saved.", place=place),
            message(
                "Free up some space there. Your work stays on the page and is saved as soon as possible."
            ),
        ),
        "read-only": (
            message("Hecht may not write in {place}, so this is not saved.", place=place),
            message(
                "Make the file and its folder writable, or name another file in HECHT_DATABASE and start "
                "Hecht again. Download the groups first: what is on the page stays only until then."
            ),
        ),
        "locked": (
            message("Another program keeps {place} busy, so this is not saved yet.", place=place),
            message("Close that program. Your work stays on the page and is saved at your next step."),
        ),
        "damaged": (
            message("{place} is damaged, or is not a database.", place=place),
            message("Put a copy of it back, or give it another name: Hecht then starts a new one."),
        ),
        "damaged-course": (
            message(
                "What is saved of this course in {place} is damaged and can no longer be read.",
                place=place,
            ),
            message(
                "Other courses open as before. Put back a copy of {place}, if there is one; otherwise "
                "start this course again with its class list.",
                place=place,
            ),
        ),
        "foreign": (
            message(
                "{place} lacks the tables in which Hecht keeps its courses, so nothing is saved.", place=place
            ),
            message(
                "Put a copy of it back, or name another one in HECHT_DATABASE and start Hecht again. Your "
                "work stays on the page until then."
            ),
        ),
        "busy": (
            message(
                "Every connection to {place} is taken, so this cannot be read or saved yet.", place=place
            ),
            message(
                "Wait a moment and try again. Your work stays on the page and is saved at your next step."
            ),
        ),
        "no-folder": (
            message("The folder for {place} cannot be made or used, so nothing is saved.", place=place),
            message("Name a file in a folder of your own in HECHT_DATABASE, and start Hecht again."),
        ),
    }
    sentence, hint = texts.get(
        kind,
        (
            message("The database {place} cannot be used now, so nothing is saved.", place=place),
            message(
                "See that it can be reached, or name another one in HECHT_DATABASE. Your work stays on the "
                "page; the details are in the window in which Hecht runs."
            ),
        ),
    )
    return not_saved(kind, sentence, hint)


def damaged_course(place: str) -> NotSaved:
    """Return the error for a course of which what is saved cannot be read."""
    return _explained("damaged-course", place)


def damaged_plan(number: int) -> NotSaved:
    """Return the error for a plan of which what is saved cannot be read."""
    return not_saved(
        "damaged-plan",
        message(
            "What is saved of plan {number} of this course is damaged and can no longer be read.",
            number=number,
        ),
        message(
            "Go on with another plan of this course, or make the groups again. "
            "If there is a copy of the database from before the damage, put it back."
        ),
    )


def newer(place: str) -> NotSaved:
    """Return the error for a database that a later version of Hecht has changed."""
    return not_saved(
        "newer",
        message("{place} was saved by a newer version of Hecht than this one.", place=place),
        message("Use that version, or name another file in HECHT_DATABASE; nothing was changed in this one."),
    )


def no_driver(place: str) -> NotSaved:
    """Return the error for an address that says nothing to SQLAlchemy."""
    place = re.sub(r"(?<=:)[^:/@]*(?=@)", "***", place)  # it may hold a password
    return not_saved(
        "no-driver",
        message("HECHT_DATABASE is “{place}”, and that is not a database that Hecht can reach.", place=place),
        message("Write it like sqlite:////folder/hecht.db or postgresql+psycopg://name@server/hecht."),
    )


def gone() -> NotSaved:
    """Return the error for a course that is not there, or is somebody else's."""
    return not_saved(
        "gone",
        message("This course no longer exists."),
        message("Keep what is on the page as a new course, or choose another one."),
    )


def only_look() -> NotSaved:
    """Return the error for a change to a course that a colleague lets somebody look at."""
    return not_saved(
        "only-look",
        message("This course was shared with you to look at, so nothing of it is changed."),
        message("Ask its owner to let you change it, or save it as a course of your own."),
    )


def not_yours() -> NotSaved:
    """Return the error for what only the owner of a course can do."""
    return not_saved(
        "not-yours",
        message("Only the owner of this course can do this."),
        message("Ask the colleague who shared it with you."),
    )


def first_choose() -> NotSaved:
    """Return the error for a change to a course of which it is told already why it is not saved any more."""
    return not_saved(
        "first-choose",
        message("The groups were not changed."),
        message("First choose, at the top of the page, how to go on with this course."),
    )


def saved_elsewhere(at: datetime, by: str = "") -> NotSaved:
    """Return the error for a course that was saved in the meantime, at a moment in UTC.

    Parameters
    ----------
    at : datetime
    by : str
        The colleague who did; empty where it was another tab of the same person.
    """
    if by:
        error = not_saved(
            "saved-elsewhere",
            message("{name} saved this course since it was opened here.", name=by),
            message("Use what {name} saved, or keep what is on this page as a new course.", name=by),
        )
    else:
        error = not_saved(
            "saved-elsewhere",
            message("This course was saved in another tab or window since it was opened here."),
            message("Use what the other tab saved, or keep what is on this page as a new course."),
        )
    error.at, error.by = at, by
    return error
